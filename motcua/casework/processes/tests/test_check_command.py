from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from .make import END, SIGN, START, bpmn, flow, task

WHOLE = (START, END, SIGN, task("xem"), flow("s", "xem"), flow("xem", "ky"), flow("ky", "e"))


def check(path: Path) -> list[str]:
    out = StringIO()
    call_command("processes_check", str(path), stdout=out)
    return out.getvalue().splitlines()


def test_a_file_that_will_do_is_told_step_by_step(tmp_path: Path) -> None:
    path = tmp_path / "tot.bpmn"
    path.write_bytes(bpmn(*WHOLE))

    assert check(path) == [
        "xem: xem [Xử lý, Tư pháp – Hộ tịch] đầu tiên",
        "ky: ky [Ký quyết định, Tư pháp – Hộ tịch] sau xem",
        "Quy trình dùng được, 2 bước.",
    ]


def test_a_file_that_will_not_do_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "xau.bpmn"
    path.write_bytes(bpmn(*WHOLE, '<scriptTask id="la"/>'))

    with pytest.raises(CommandError, match=r"xau.bpmn: Không nhận “scriptTask” \(id “la”"):
        check(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Không đọc được"):
        check(tmp_path / "khong.bpmn")
