"""Which unit and period a report is about."""

from datetime import date

import pytest

from motcua.channels.kit.periods import BY_DAYS, Wanted, days_of, periods_before, wanted
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.tests.make import make_agency, root_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 5)


def ask(**typed: str) -> Wanted:
    root = root_of(make_agency("H18.101", "UBND xã Mường Phăng"))
    organisation.forget_tree()
    return wanted(typed, [organisation.tree().unit(root.pk)], TODAY)


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("2026-02", (date(2026, 2, 1), date(2026, 2, 28))),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2025-Q4", (date(2025, 10, 1), date(2025, 12, 31))),
        ("2026-Q1", (date(2026, 1, 1), date(2026, 3, 31))),
        ("2025", (date(2025, 1, 1), date(2025, 12, 31))),
    ],
)
def test_a_period_has_its_first_and_last_day(period: str, days: tuple[date, date]) -> None:
    assert days_of(period) == days


def test_months_quarters_and_years_go_back_over_new_year() -> None:
    offered = dict(periods_before(TODAY))

    assert [offered[one] for one in ("2026-01", "2025-12", "2026-Q1", "2025-Q4", "2023")] == [
        "Tháng 1/2026",
        "Tháng 12/2025",
        "Quý I/2026",
        "Quý IV/2025",
        "Năm 2023",
    ]


def test_nothing_asked_for_is_this_month() -> None:
    asked = ask()

    assert (asked.period, asked.first, asked.latest) == (
        "2026-01",
        date(2026, 1, 1),
        date(2026, 1, 31),
    )


@pytest.mark.parametrize(
    ("typed", "period", "first"),
    [
        ({"period": "2025-Q4", "shown": "2026-01"}, "2025-Q4", date(2025, 10, 1)),
        ({"period": "2026-01", "shown": "2026-01"}, BY_DAYS, date(2025, 3, 1)),
        ({}, BY_DAYS, date(2025, 3, 1)),
        ({"period": "2099-01"}, BY_DAYS, date(2025, 3, 1)),
    ],
)
def test_another_period_sets_the_days_and_other_days_stand_alone(
    typed: dict[str, str], period: str, first: date
) -> None:
    asked = ask(first="1/3/2025", latest="31/3/2025", **typed)

    assert (asked.period, asked.first) == (period, first)


def test_days_that_go_backwards_are_complained_about() -> None:
    asked = ask(first="2/3/2025", latest="1/3/2025")

    assert (asked.form.is_valid(), asked.first) == (False, date(2026, 1, 1))


def test_a_unit_that_is_not_offered_is_not_asked_for() -> None:
    asked = ask(unit="999999")

    assert asked.query["unit"] == str(asked.unit_id)
    assert asked.unit_id != 999999
