from typing import Any

import pytest

from motcua.casework.processes.api import BadProcess, is_finished, openable, parse_process


def step(code: str, **extra: Any) -> dict[str, Any]:
    return {"code": code, "name": code.upper(), "duty": "justice", "role": "handler", **extra}


LAND = [
    step("tham-dinh"),
    step("y-kien-1", kind="consultation", after=["tham-dinh"]),
    step("y-kien-2", kind="consultation", after=["tham-dinh"], when="dien_tich > 1000"),
    step("du-thao", after=["y-kien-1", "y-kien-2"], return_to="tham-dinh"),
    step("ky", kind="decision"),
]


def open_codes(done: set[str], opened: set[str] | None = None, **facts: Any) -> list[str]:
    process = parse_process(LAND)
    return [s.code for s in openable(process, done, opened or set(), facts)]


def test_a_process_begins_with_its_first_step() -> None:
    assert open_codes(set()) == ["tham-dinh"]


def test_parallel_steps_open_together() -> None:
    assert open_codes({"tham-dinh"}, dien_tich=2000) == ["y-kien-1", "y-kien-2"]


def test_a_step_whose_condition_fails_is_passed_over() -> None:
    assert open_codes({"tham-dinh", "y-kien-1"}, dien_tich=10) == ["du-thao"]


def test_a_join_waits_for_every_branch() -> None:
    assert open_codes({"tham-dinh", "y-kien-1"}, {"y-kien-2"}, dien_tich=2000) == []


def test_going_back_redoes_what_came_after() -> None:
    again = parse_process(LAND).following("y-kien-1")

    assert again == {"y-kien-1", "du-thao", "ky"}


def test_a_process_is_finished_when_nothing_is_open_or_will_open() -> None:
    done = {"tham-dinh", "y-kien-1", "du-thao", "ky"}

    assert is_finished(parse_process(LAND), done, set(), {"dien_tich": 1}) is True


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ([], "danh sách từ 1"),
        ([step("a")], "loại “Ký quyết định”"),
        ([step("a"), step("a", kind="decision")], "phải duy nhất"),
        ([step("a", after=["b"]), step("b", kind="decision")], "không phải là bước đứng trước"),
        ([step("a", kind="script")], "loại “script” không có"),
        ([step("a", when="1 +", kind="decision")], "cần một giá trị"),
        ([step("a", budget=3, kind="decision")], "“amount” và “unit”"),
        ([{"code": "a"}], "thiếu “name”"),
    ],
)
def test_a_bad_process_is_refused_with_the_step(data: Any, complaint: str) -> None:
    with pytest.raises(BadProcess, match=complaint):
        parse_process(data)
