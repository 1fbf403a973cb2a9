"""The rules against an independent reading of the law, over random histories.

Ten thousand of them in the suite; `MOTCUA_BENCH_HISTORIES=100002` asks for ten times as many.
"""

import os
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.foundation.calendar.choices import LimitUnit
from motcua.foundation.calendar.rules import due_at, working_minutes_between

from .histories import Case, calendars, random_case
from .naive import ONE_MINUTE, Walker

EACH_UNIT = int(os.environ.get("MOTCUA_BENCH_HISTORIES", "10002")) // len(LimitUnit)


def seeded(word: str = "") -> Random:
    return Random(f"Art. 147 {word}")  # noqa: S311 -- repeatable chance, no secret


WALKERS = [Walker(facts) for facts in calendars(seeded())]


def differences(walker: Walker, case: Case) -> list[tuple[Case, str, str]]:
    ours = due_at(case.limit, case.start, case.history, case.facts).due_at
    theirs = walker.due(case.limit, case.start, case.history)
    return [] if ours == theirs else [(case, f"ours {ours}", f"naive {theirs}")]


@pytest.mark.parametrize("unit", LimitUnit)
def test_histories_are_due_when_the_naive_reading_says(unit: LimitUnit) -> None:
    random = seeded(unit)

    wrong = [
        difference
        for number in range(EACH_UNIT)
        for walker in [WALKERS[number % len(WALKERS)]]
        for difference in differences(walker, random_case(random, walker.facts, unit))
    ]

    assert wrong[:3] == []


@given(random=st.randoms(), unit=st.sampled_from(LimitUnit), walker=st.sampled_from(WALKERS))
@settings(max_examples=300, deadline=None)
def test_fresh_histories_are_due_when_the_naive_reading_says(
    random: Random, unit: LimitUnit, walker: Walker
) -> None:
    assert differences(walker, random_case(random, walker.facts, unit)) == []


@given(random=st.randoms(), walker=st.sampled_from(WALKERS))
@settings(max_examples=100, deadline=None)
def test_the_minutes_between_two_moments_are_those_a_clock_counts(
    random: Random, walker: Walker
) -> None:
    since = random_case(random, walker.facts, LimitUnit.SAME_DAY).start
    length = random.randrange(6_000)

    counted = sum(
        since + n * ONE_MINUTE in walker.minutes_of((since + n * ONE_MINUTE).date())
        for n in range(length)
    )

    until = since + length * ONE_MINUTE
    assert working_minutes_between(since, until, walker.facts) == counted
