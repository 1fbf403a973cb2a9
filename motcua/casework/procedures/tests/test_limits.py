import pytest

from motcua.casework.procedures.choices import Doubt
from motcua.casework.procedures.rules.limits import bare_number, read_limit
from motcua.casework.procedures.rules.published import Reason
from motcua.foundation.calendar.api import Limit, LimitUnit


@pytest.mark.parametrize(
    ("cell", "limit"),
    [
        ("5 Ngày làm việc", Limit(5, LimitUnit.WORKING_DAY)),
        ("30 Ngày", Limit(30, LimitUnit.CALENDAR_DAY)),
        ("8 Giờ", Limit(8, LimitUnit.WORKING_HOUR)),
        ("2 Tháng", Limit(2, LimitUnit.MONTH)),
        ("1.5 Ngày làm việc", Limit(3, LimitUnit.HALF_DAY)),
        ("0,5 Ngày làm việc", Limit(1, LimitUnit.HALF_DAY)),
    ],
)
def test_a_number_with_its_unit_is_a_limit(cell: str, limit: Limit) -> None:
    assert read_limit(cell, "") == (limit, ())


@pytest.mark.parametrize("cell", ["Không có thông tin", "Không quy định", "Không phải trả kết quả"])
def test_a_cell_that_knows_no_limit_is_no_doubt(cell: str) -> None:
    assert read_limit(cell, "Nộp đơn tại bàn số 3.") == (None, ())


def test_a_number_without_a_unit_is_a_doubt() -> None:
    assert read_limit("7", "") == (None, (Reason(Doubt.LIMIT_WITHOUT_UNIT, "7"),))
    assert bare_number("7") == 7
    assert bare_number("7 Ngày") is None


def test_steps_only_hint_at_what_a_bare_number_means() -> None:
    steps = "Bước 2: Trong thời hạn 07 (bảy) ngày làm việc, văn phòng trả lời."

    assert read_limit("7", "", steps) == (
        None,
        (Reason(Doubt.LIMIT_WITHOUT_UNIT, "7", "7 ngày làm việc"),),
    )


def test_two_meanings_give_no_hint() -> None:
    steps = "Kiểm tra trong 07 ngày. Trả lời trong 07 ngày làm việc."

    assert read_limit("7", "", steps)[1] == (Reason(Doubt.LIMIT_WITHOUT_UNIT, "7"),)


def test_a_unit_contradicted_by_the_description_is_a_doubt() -> None:
    words = "Trong thời hạn 05 ngày làm việc kể từ khi đủ đơn"

    assert read_limit("5 Ngày", words) == (
        Limit(5, LimitUnit.CALENDAR_DAY),
        (Reason(Doubt.LIMIT_CONTRADICTED, f"5 Ngày – {words}", "5 ngày làm việc"),),
    )


def test_an_hour_of_the_day_contradicts_hours_of_work() -> None:
    words = "Ngay trong ngày; nhận đơn sau 15 giờ thì trả ngày làm việc sau"

    assert read_limit("15 Giờ", words)[1] == (
        Reason(Doubt.LIMIT_CONTRADICTED, f"15 Giờ – {words}", "trong ngày"),
    )


@pytest.mark.parametrize(
    "words",
    [
        "Trong 05 ngày làm\nviệc kể từ khi đủ đơn",
        "Kiểm tra 2 ngày; trả lời 5 ngày làm việc",
        "Thông tư ngày 5 tháng 12 năm 2025",
        "Bàn số 5 mở lúc 5 giờ 30",
        "Nghỉ 00 ngày",
    ],
)
def test_other_numbers_and_dates_contradict_nothing(words: str) -> None:
    assert read_limit("5 Ngày làm việc", words) == (Limit(5, LimitUnit.WORKING_DAY), ())


def test_a_limit_that_stands_only_in_the_description_is_a_doubt() -> None:
    words = "Trả lời trong 10 ngày"

    assert read_limit("", words) == (None, (Reason(Doubt.LIMIT_ONLY_IN_WORDS, words, "10 ngày"),))


@pytest.mark.parametrize("cell", ["Hệ thống tự trả lời", "0 Ngày", "3 Tuần trăng", "1.5 Tháng"])
def test_other_words_stay_words(cell: str) -> None:
    assert read_limit(cell, "") == (None, (Reason(Doubt.LIMIT_NOT_READ, cell),))
