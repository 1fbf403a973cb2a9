"""Who signs after whom, and what each signature locks."""

import pytest

from motcua.foundation.signing.choices import TurnRole, TurnState
from motcua.foundation.signing.rules.order import (
    FILL_FORMS,
    NO_CHANGES,
    Lock,
    field_names,
    is_complete,
    locks_of,
    next_ready,
)

R, S = TurnRole, TurnState


def test_each_turn_has_a_field_of_its_own() -> None:
    roles = (R.INITIAL, R.INITIAL, R.LEADER, R.SEAL)

    names = field_names(roles)

    assert names == ("SIG_INITIAL_1", "SIG_INITIAL_2", "SIG_LEADER_1", "SIG_ORG")


def test_the_leader_leaves_number_day_and_seal_free_and_the_seal_locks_all() -> None:
    locks = locks_of((R.LEADER, R.SEAL))

    assert locks == {
        "SIG_LEADER_1": Lock(("so", "ngay", "SIG_ORG"), FILL_FORMS),
        "SIG_ORG": Lock((), NO_CHANGES),
    }


def test_an_initial_locks_nothing_but_certifies() -> None:
    lock = locks_of((R.INITIAL, R.LEADER, R.SEAL))["SIG_INITIAL_1"]

    assert (lock.is_field_lock, lock.permits) == (False, FILL_FORMS)


def test_a_single_signature_lets_nothing_change() -> None:
    locks = locks_of((R.SEAL,))

    assert locks == {"SIG_ORG": Lock((), NO_CHANGES)}


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ({0: S.WAITING, 1: S.WAITING}, 0),
        ({0: S.DONE, 1: S.WAITING}, 1),
        ({0: S.READY, 1: S.WAITING}, None),
        ({0: S.UNDERWAY, 1: S.WAITING}, None),
        ({0: S.DONE, 1: S.DONE}, None),
    ],
)
def test_only_the_first_turn_that_is_left_may_begin(
    states: dict[int, TurnState], expected: int | None
) -> None:
    assert next_ready(states) == expected


@pytest.mark.parametrize(
    ("states", "expected"),
    [({}, False), ({0: S.DONE}, True), ({0: S.DONE, 1: S.READY}, False)],
)
def test_all_have_signed_only_when_every_turn_is_done(
    states: dict[int, TurnState], *, expected: bool
) -> None:
    assert is_complete(states) is expected
