"""The sentence that tells a citizen why the answer is due when it is."""

import pytest

from motcua.foundation.calendar.choices import LimitUnit, WaitingRule
from motcua.foundation.calendar.rules import (
    Event,
    Extension,
    Limit,
    Reappointment,
    Waiting,
    due_at,
    explain,
    in_words,
)

from .make import at, make_facts

FACTS = make_facts()
FIVE_DAYS = Limit(5, LimitUnit.WORKING_DAY)
SUPPLEMENT = (at("2026-03-04 10:00"), at("2026-03-06 09:00"))


def said(limit: Limit, start: str, *history: Event) -> str:
    return explain(due_at(limit, at(start), history, FACTS))


@pytest.mark.parametrize(
    ("limit", "start", "sentence"),
    [
        pytest.param(
            Limit(3, LimitUnit.WORKING_DAY),
            "2026-01-07 16:30",
            "Nhận 16:30 thứ Tư 07/01/2026; 3 ngày làm việc tính từ thứ Năm 08/01/2026;"
            " hạn trả 17 giờ thứ Bảy 10/01/2026 (ngày làm bù).",
            id="ends on a worked Saturday",
        ),
        pytest.param(
            Limit(3, LimitUnit.WORKING_DAY),
            "2026-01-01 10:00",
            "Nhận 10:00 thứ Năm 01/01/2026 (ngày nghỉ: Tết Dương lịch); 3 ngày làm việc tính từ"
            " thứ Hai 05/01/2026; không tính ngày nghỉ 02/01 (nghỉ hoán đổi);"
            " hạn trả 17 giờ thứ Tư 07/01/2026.",
            id="received on a holiday",
        ),
        pytest.param(
            Limit(1, LimitUnit.WORKING_DAY),
            "2026-01-10 08:00",
            "Nhận 08:00 thứ Bảy 10/01/2026 (ngày làm bù); 1 ngày làm việc tính từ"
            " thứ Hai 12/01/2026; hạn trả 17 giờ thứ Hai 12/01/2026.",
            id="received on a worked Saturday",
        ),
        pytest.param(
            FIVE_DAYS,
            "2026-08-28 09:00",
            "Nhận 09:00 thứ Sáu 28/08/2026; 5 ngày làm việc tính từ thứ Năm 03/09/2026; không tính"
            " ngày nghỉ 31/08–02/09 (nghỉ hoán đổi, Quốc khánh);"
            " hạn trả 17 giờ thứ Tư 09/09/2026.",
            id="holidays in a row",
        ),
        pytest.param(
            Limit(20, LimitUnit.CALENDAR_DAY),
            "2026-01-28 09:00",
            "Nhận 09:00 thứ Tư 28/01/2026; 20 ngày tính từ thứ Năm 29/01/2026; ngày cuối"
            " 17/02/2026 là ngày nghỉ (Tết Nguyên đán) nên chuyển sang ngày làm việc tiếp theo;"
            " hạn trả 17 giờ thứ Hai 23/02/2026.",
            id="the last day is a day off",
        ),
        pytest.param(
            Limit(1, LimitUnit.HALF_DAY),
            "2026-03-06 10:00",
            "Nhận 10:00 thứ Sáu 06/03/2026; nửa ngày làm việc (nửa ngày là 4 giờ) tính theo giờ"
            " làm việc từ 10:00 ngày 06/03/2026; hạn trả 15 giờ 30 thứ Sáu 06/03/2026.",
            id="half a day",
        ),
        pytest.param(
            Limit(1, LimitUnit.SAME_DAY),
            "2026-03-07 10:00",
            "Nhận 10:00 thứ Bảy 07/03/2026 (ngày nghỉ); thủ tục trả kết quả trong ngày, nhận sau"
            " 15:00 hoặc vào ngày nghỉ thì trả ngày làm việc tiếp theo;"
            " hạn trả 17 giờ thứ Hai 09/03/2026.",
            id="the same day",
        ),
    ],
)
def test_the_reason_is_told(limit: Limit, start: str, sentence: str) -> None:
    assert said(limit, start) == sentence


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (
            Waiting(*SUPPLEMENT, ground="chờ bổ sung hồ sơ"),
            (
                "5 ngày làm việc tính từ thứ Ba 03/03/2026; cộng 2 ngày làm việc tạm dừng"
                " (chờ bổ sung hồ sơ); hạn trả 17 giờ thứ Tư 11/03/2026"
            ),
        ),
        (
            Waiting(*SUPPLEMENT, WaitingRule.RESTART),
            (
                "bổ sung đủ ngày 06/03/2026 nên thời hạn tính lại từ ngày này; 5 ngày làm việc"
                " tính từ thứ Hai 09/03/2026; hạn trả 17 giờ thứ Sáu 13/03/2026"
            ),
        ),
        (
            Waiting(SUPPLEMENT[0]),
            (
                "5 ngày làm việc tính từ thứ Ba 03/03/2026; thời hạn đang tạm dừng từ 10:00 ngày"
                " 04/03/2026; hạn trả 17 giờ thứ Hai 09/03/2026"
            ),
        ),
        (
            Extension(FIVE_DAYS, "cần xác minh", SUPPLEMENT[0]),
            (
                "5 ngày làm việc tính từ thứ Ba 03/03/2026; gia hạn thêm 5 ngày làm việc"
                " (cần xác minh); hạn trả 17 giờ thứ Hai 16/03/2026"
            ),
        ),
        (
            Reappointment(at("2026-03-11 17:00"), "chờ ý kiến", SUPPLEMENT[0]),
            (
                "ngày 04/03/2026 cơ quan xin lỗi và hẹn lại (chờ ý kiến);"
                " hạn trả 17 giờ thứ Tư 11/03/2026"
            ),
        ),
    ],
)
def test_what_happened_since_is_told(event: Event, told: str) -> None:
    sentence = said(FIVE_DAYS, "2026-03-02 09:00", event)

    assert sentence == f"Nhận 09:00 thứ Hai 02/03/2026; {told}."


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        (LimitUnit.WORKING_HOUR, "cộng 15 giờ 00 phút làm việc tạm dừng"),
        (LimitUnit.CALENDAR_DAY, "cộng 2 ngày tạm dừng"),
    ],
)
def test_a_pause_is_told_in_the_words_of_the_limit(unit: LimitUnit, told: str) -> None:
    parts = said(Limit(5, unit), "2026-03-02 09:00", Waiting(*SUPPLEMENT)).split("; ")

    assert parts[2] == told


def test_an_extension_by_half_a_day_is_told_without_a_number() -> None:
    granted = Extension(Limit(1, LimitUnit.HALF_DAY), "", SUPPLEMENT[0])

    parts = said(FIVE_DAYS, "2026-03-02 09:00", granted).split("; ")

    assert parts[2] == "gia hạn thêm nửa ngày làm việc"


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (Limit(1, LimitUnit.SAME_DAY), "trong ngày làm việc"),
        (Limit(3, LimitUnit.HALF_DAY), "3 nửa ngày làm việc"),
        (Limit(2, LimitUnit.MONTH), "2 tháng"),
    ],
)
def test_a_limit_is_written_as_people_say_it(limit: Limit, words: str) -> None:
    assert in_words(limit) == words
