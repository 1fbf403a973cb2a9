"""How old a paper may be when it is handed in."""

from datetime import date

import pytest

from motcua.casework.dossiers.rules.ages import check_age


@pytest.mark.parametrize(
    ("issued", "on", "words"),
    [
        ("2026-02-28", date(2026, 8, 28), ""),
        ("2026-02-28", date(2026, 8, 29), "chỉ dùng được đến 28/08/2026"),
        ("2026-08-31", date(2027, 2, 28), ""),
        ("2026-08-31", date(2026, 8, 30), "không thể sau hôm nay"),
        ("hôm qua", date(2026, 8, 30), ""),
    ],
)
def test_a_paper_may_be_six_months_old_to_the_day(issued: str, on: date, words: str) -> None:
    complaint = check_age("Giấy xác nhận", issued, 6, on)

    assert words in complaint
    assert bool(words) == bool(complaint)
