"""Row 3: about somebody who died; free within fifteen days, later eight thousand or exempt."""

import pytest

from .acts import LAN, Request, carry_through, file_online, hand_out, receive
from .hall import Hall, due, whole

CODE = "1.000656"
DEAD = {"ho_ten_nguoi_mat": "Lò Văn Inh", "quan_he": "con"}
ABOUT = {"subject_name": "Lò Văn Inh"}


def filed(hall: Hall, day: str, *, exempt: bool = False) -> str:
    answers = {**DEAD, "ngay_mat": day, "dien_mien": exempt}
    request = Request(CODE, "", answers, authority="exempt_relative", people=ABOUT)
    return file_online(hall(LAN), request)


@pytest.mark.parametrize(
    ("day", "exempt", "fee"),
    [
        ("2026-02-24", False, ""),
        ("2026-02-23", False, "8.000 đồng"),
        ("2026-02-23", True, "Thuộc diện miễn"),
    ],
    ids=["on the fifteenth day", "on the sixteenth", "on the sixteenth, exempt"],
)
def test_the_fifteen_days_decide_on_the_fee(hall: Hall, day: str, exempt: bool, fee: str) -> None:  # noqa: FBT001 -- a named case
    code = filed(hall, day, exempt=exempt)
    receive(hall("binh"), code)
    carry_through(hall, code)

    desk = hall("binh").go(f"/mot-cua/ho-so/{code}/tra/")

    if fee:
        desk.reads(fee)
    else:
        desk.does_not_read("Lệ phí khai tử quá hạn")


def test_the_family_gets_the_extract_on_the_same_day(hall: Hall) -> None:
    code = filed(hall, "2026-03-01")
    receive(hall("binh"), code)
    assert due(code) == "11/03 17:00"
    carry_through(hall, code)
    hand_out(hall("binh"), code)

    found = whole(code)
    assert (found.dossier.subject_name, found.dossier.authority) == (
        "Lò Văn Inh",
        "exempt_relative",
    )
    assert found.outcomes[0].result_code == "KQ.G15.000034"


def test_a_death_told_late_is_flagged_at_the_desk(hall: Hall) -> None:
    hall("binh").go(f"/mot-cua/ho-so/{filed(hall, '2026-02-01')}/").reads("quá 15 ngày")
