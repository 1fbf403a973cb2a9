from collections.abc import Sequence
from datetime import timedelta

import pytest

from motcua.casework.tasks.choices import PartRole, TaskState
from motcua.casework.tasks.errors import MoveNotAllowed, NobodyToGive
from motcua.casework.tasks.rules.giving import PartIn, TaskIn, checked, plan_parts
from motcua.casework.tasks.rules.moves import CLOSED, MOVES, OPEN, check_move, state_of_task
from motcua.lib.errors import BadInput

from .make import FRIDAY, MONDAY

S = TaskState


def test_every_state_has_a_row_and_the_ends_are_these() -> None:
    assert set(MOVES) == set(S)
    assert {state for state in S if not MOVES[state]} == {S.ENDED, S.CANCELLED}
    assert {S.DONE, S.ENDED, S.CANCELLED} == CLOSED


@pytest.mark.parametrize("current", list(S))
@pytest.mark.parametrize("target", list(S))
def test_only_the_table_and_a_stop_are_allowed(current: S, target: S) -> None:
    allowed = target in MOVES[current] or (target is S.CANCELLED and current in OPEN)

    if allowed:
        check_move(current, target)
    else:
        with pytest.raises(MoveNotAllowed):
            check_move(current, target)


@pytest.mark.parametrize(
    ("leads", "whole"),
    [
        ([S.GIVEN], S.GIVEN),
        ([S.REFUSED], S.REFUSED),
        ([S.GIVEN, S.REFUSED], S.GIVEN),
        ([S.GIVEN, S.ACCEPTED], S.ACCEPTED),
        ([S.ACCEPTED, S.WORKING], S.WORKING),
        ([S.REPORTED, S.GIVEN], S.WORKING),
        ([S.REPORTED, S.DONE], S.REPORTED),
        ([S.DONE, S.GIVEN], S.WORKING),
        ([S.WORKING, S.RETURNED], S.RETURNED),
        ([S.DONE, S.CANCELLED], S.DONE),
        ([S.CANCELLED, S.CANCELLED], S.CANCELLED),
    ],
)
def test_a_task_stands_where_its_leads_stand(leads: Sequence[S], whole: S) -> None:
    assert state_of_task(leads) is whole


def test_leads_come_first_nobody_twice_and_limits_are_inherited() -> None:
    own = FRIDAY + timedelta(days=1)
    facts = TaskIn(
        "Rà soát",
        agency_id=1,
        lead_unit_id=10,
        due_at=FRIDAY,
        more_leads=[PartIn(11, due_at=own), PartIn(10)],
        together=[(12, 5, "Cung cấp số liệu", None), (11, None, "", None)],
    )

    found = [(role, part.unit_id, part.due_at) for role, part in plan_parts(facts)]

    assert found == [
        (PartRole.LEAD, 10, FRIDAY),
        (PartRole.LEAD, 11, own),
        (PartRole.TOGETHER, 12, FRIDAY),
    ]


def test_a_task_needs_somebody_who_leads() -> None:
    with pytest.raises(NobodyToGive):
        plan_parts(TaskIn("Rà soát", agency_id=1, together=[(12, None, "", None)]))


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (TaskIn("  ", agency_id=1), "title"),
        (TaskIn("x" * 301, agency_id=1), "title"),
        (TaskIn("Rà soát", agency_id=1, words="x" * 8001), "words"),
        (TaskIn("Rà soát", agency_id=1, due_at=MONDAY), "due"),
    ],
)
def test_what_cannot_be_given_says_where_it_is_wrong(facts: TaskIn, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked(facts, at=MONDAY)

    assert refused.value.field == field
