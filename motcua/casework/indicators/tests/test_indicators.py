from datetime import date

import pytest

from motcua.casework.indicators import api as indicators
from motcua.casework.indicators.api import Count

DAY, NEXT = date(2026, 3, 2), date(2026, 3, 3)


def test_counts_of_the_same_thing_are_summed_and_what_cancels_out_is_left_out() -> None:
    counts = [Count(1, "a", DAY, 1), Count(1, "a", DAY, 2), Count(1, "b", None, 1)]

    assert indicators.summed([*counts, Count(1, "b", None, -1)]) == [Count(1, "a", DAY, 3)]


@pytest.mark.django_db
def test_added_counts_can_be_read_by_unit_and_day() -> None:
    for _ in range(2):
        indicators.add_counts([Count(1, "a", DAY, 2), Count(2, "a", NEXT, 1)])

    assert (
        indicators.totals([1, 2], ["a"], DAY, NEXT),
        indicators.totals_by_unit([1, 2], ["a"], DAY, DAY),
        indicators.by_day(2, "a", DAY, NEXT),
    ) == ({"a": 6}, {1: {"a": 4}}, {NEXT: 2})


@pytest.mark.django_db
def test_what_stands_open_goes_up_and_down() -> None:
    indicators.add_counts([Count(1, "open", None, 5)])
    indicators.add_counts([Count(1, "open", None, -2)])

    assert indicators.standing([1]) == {"open": 3}


@pytest.mark.parametrize(("part", "whole", "share"), [(1, 3, 33.33), (0, 0, None)])
def test_a_share_has_two_decimals(part: int, whole: int, share: float | None) -> None:
    assert indicators.per_cent(part, whole) == share
