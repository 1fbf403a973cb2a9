"""Dates, times, sums and sizes read as people write them."""

from datetime import UTC, date, datetime, time

import pytest

from motcua.channels.kit import words
from motcua.channels.kit.words import Badge

FIVE_IN_HANOI = datetime(2026, 1, 7, 10, 0, tzinfo=UTC)
LATE_EVENING_UTC = datetime(2025, 12, 31, 18, 30, tzinfo=UTC)


def test_a_moment_is_told_in_words_on_the_clocks_of_hanoi() -> None:
    assert words.by_moment(FIVE_IN_HANOI) == "trước 17 giờ, thứ Tư 07/01/2026"


def test_a_moment_after_midnight_in_hanoi_belongs_to_the_new_year() -> None:
    assert words.moment(LATE_EVENING_UTC) == "1 giờ 30, thứ Năm 01/01/2026"


def test_a_day_is_told_with_its_weekday() -> None:
    assert words.long_day(date(2026, 11, 22)) == "Chủ nhật, 22/11/2026"


def test_tables_show_day_and_clock() -> None:
    assert words.stamp(FIVE_IN_HANOI) == "07/01/2026 17:00"


def test_a_closing_time_needs_no_date() -> None:
    assert (words.hour(time(16, 30)), words.clock(time(7, 5))) == ("16 giờ 30", "07:05")


@pytest.mark.parametrize(
    ("size", "text"),
    [(12, "12 byte"), (310_000, "310 kB"), (2_400_000, "2,4 MB"), (20_000_000, "20 MB")],
)
def test_sizes_use_a_decimal_comma(size: int, text: str) -> None:
    assert words.file_size(size) == text


def test_numbers_are_grouped_by_dots() -> None:
    assert words.number(1_250_000) == "1.250.000"


@pytest.mark.parametrize(
    ("name", "kind"), [("don.pdf", "PDF"), ("anh.jpeg", "JPEG"), ("khong-duoi", "TỆP")]
)
def test_a_file_is_known_by_its_ending(name: str, kind: str) -> None:
    assert words.file_kind(name) == kind


def test_kinds_of_files_are_named_once() -> None:
    assert words.file_kinds(".pdf,image/jpeg, image/png,.odt") == "PDF, ảnh, ODT"
    assert words.file_kinds(".zip,application/zip") == "ZIP"


@pytest.mark.parametrize(
    ("days", "badge"),
    [
        (5, Badge("Còn 5 ngày", "ok")),
        (1, Badge("Còn 1 ngày", "soon")),
        (0, Badge("Hạn hôm nay", "soon")),
        (-2, Badge("Quá hạn 2 ngày", "late")),
        (None, Badge("Không tính hạn", "neutral")),
    ],
)
def test_days_left_have_a_word_and_a_tone(days: int | None, badge: Badge) -> None:
    assert words.days_left(days) == badge


def test_a_paused_dossier_is_not_late() -> None:
    assert words.days_left(-2, paused=True) == Badge("Tạm dừng", "paused")
