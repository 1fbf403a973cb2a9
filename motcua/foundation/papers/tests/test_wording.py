"""Dates and letters as official papers write them."""

from datetime import UTC, date, datetime

import pytest

from motcua.foundation.papers.rules.wording import (
    day_in_words,
    moment_in_words,
    printable,
    short_moment,
    weekday,
)

LETTERS = frozenset(map(ord, "Nguyễn Thị Lant\ufffd\u0301"))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        pytest.param(date(2026, 1, 2), "ngày 02 tháng 01 năm 2026", id="both padded"),
        pytest.param(date(2026, 2, 28), "ngày 28 tháng 02 năm 2026", id="month padded"),
        pytest.param(date(2026, 3, 9), "ngày 09 tháng 3 năm 2026", id="day padded"),
        pytest.param(date(2026, 12, 31), "ngày 31 tháng 12 năm 2026", id="nothing padded"),
    ],
)
def test_days_below_ten_and_the_first_two_months_carry_a_zero(day: date, words: str) -> None:
    assert day_in_words(day) == words


def test_a_moment_stands_on_the_clocks_of_hanoi() -> None:
    last_minute_of_the_year_in_utc = datetime(2025, 12, 31, 23, 59, tzinfo=UTC)

    assert (
        moment_in_words(last_minute_of_the_year_in_utc)
        == "06 giờ 59 phút, ngày 01 tháng 01 năm 2026"
    )
    assert short_moment(last_minute_of_the_year_in_utc) == "06:59 01/01/2026"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 1, 5), "thứ Hai"),
        (date(2026, 1, 6), "thứ Ba"),
        (date(2026, 1, 7), "thứ Tư"),
        (date(2026, 1, 8), "thứ Năm"),
        (date(2026, 1, 9), "thứ Sáu"),
        (date(2026, 1, 10), "thứ Bảy"),
        (date(2026, 1, 11), "Chủ nhật"),
    ],
)
def test_weekdays_have_their_names(day: date, name: str) -> None:
    assert weekday(day) == name


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("Nguye\u0302\u0303n", "Nguyễn", id="composed"),
        pytest.param("La\u202en\u0000", "Lan", id="direction and control marks go"),
        pytest.param("La\u200bn\ue000", "Lan", id="invisible and private letters go"),
        pytest.param("Lan\r\nThị", "Lan\nThị", id="lines stay"),
        pytest.param("Lan\tThị\u00a0Lan", "Lan Thị Lan", id="odd spaces become spaces"),
        pytest.param("Lan 张", "Lan \ufffd", id="another script"),
        pytest.param("t\u0301", "t\u0301", id="a mark the font has"),
        pytest.param("n\u0489", "n", id="a mark the font has not"),
        pytest.param("\ud800Lan", "Lan", id="half a letter"),
    ],
)
def test_only_what_the_font_can_draw_is_printed(text: str, shown: str) -> None:
    assert printable(text, letters=LETTERS) == shown
