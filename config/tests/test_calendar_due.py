"""The command that says when an answer is due."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from motcua.foundation.calendar import api as calendar
from motcua.foundation.calendar.tests.make import ADMINISTRATOR, at, make_calendar
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.tests.make import make_agency

pytestmark = pytest.mark.django_db


def answer(*words: str) -> list[str]:
    out = StringIO()
    call_command("calendar_due", *words, stdout=out)
    return out.getvalue().splitlines()


def test_the_moment_comes_first_and_its_reason_second() -> None:
    lines = answer("--from", "2026-01-01T10:00", "--amount", "3", "--unit", "working_day")

    assert lines == [
        "2026-01-07T17:00:00+07:00",
        (
            "Nhận 10:00 thứ Năm 01/01/2026 (ngày nghỉ: Tết Dương lịch);"
            " 3 ngày làm việc tính từ thứ Hai 05/01/2026;"
            " không tính ngày nghỉ 02/01 (Nghỉ hoán đổi, làm bù ngày 10/01/2026);"
            " hạn trả 17 giờ thứ Tư 07/01/2026."
        ),
    ]


@pytest.mark.parametrize(
    ("unit", "due"),
    [
        ("working_day", "2026-03-09T17:00:00+07:00"),
        ("calendar_day", "2026-03-09T17:00:00+07:00"),
        ("month", "2026-04-06T17:00:00+07:00"),
        ("working_hour", "2026-03-06T16:00:00+07:00"),
        ("half_day", "2026-03-09T09:30:00+07:00"),
        ("same_day", "2026-03-06T17:00:00+07:00"),
    ],
)
def test_every_unit_is_understood(unit: str, due: str) -> None:
    assert answer("--from", "2026-03-06T15:00", "--unit", unit)[0] == due


def test_a_moment_of_another_zone_is_read_as_such() -> None:
    assert answer("--from", "2026-03-06T17:30Z", "--amount", "1")[0] == "2026-03-09T17:00:00+07:00"


def test_an_agency_brings_its_own_calendar() -> None:
    agency = make_agency("H18.77")
    summer = make_calendar("summer", closes=16 * 60)
    organisation.Unit.objects.filter(agency=agency).update(calendar_id=summer.pk)
    organisation.forget_tree()

    lines = answer("--from", "2026-03-06T10:00", "--amount", "1", "--agency", "H18.77")

    assert lines[0] == "2026-03-09T16:00:00+07:00"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--agency", "H99"], "Không có cơ quan mang mã “H99”"),
        (["--amount", "0"], "“0 ngày làm việc” không hợp lệ"),
        (["--amount", "9999"], "Lịch làm việc không có ngày"),
        (["--unit", "fortnight"], "fortnight"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_words(words: list[str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        answer("--from", "2026-03-06T10:00", *words)


def test_a_moment_that_is_none_is_refused_in_words() -> None:
    with pytest.raises(CommandError, match="không phải là một thời điểm"):
        answer("--from", "hôm nay")


def test_a_new_day_off_moves_the_next_answer() -> None:
    calendar.add_holiday(
        at("2026-03-09").date(), "Bão số 1", by=ADMINISTRATOR, at=at("2026-03-06 08:00")
    )

    assert answer("--from", "2026-03-06T10:00")[0] == "2026-03-10T17:00:00+07:00"
