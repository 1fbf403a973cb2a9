"""Who signs after whom, which field is whose, and what each signature locks.

Source: docs/law/signatures.md
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from motcua.foundation.signing.choices import TurnRole, TurnState

NUMBER, DAY = "so", "ngay"
SEAL_FIELD, COPY_FIELD = "SIG_ORG", "SIG_COPY"
NO_CHANGES, FILL_FORMS = 1, 2
_COUNTED = {
    TurnRole.INITIAL: "SIG_INITIAL_{}",
    TurnRole.LEADER: "SIG_LEADER_{}",
    TurnRole.APPLICANT: "SIG_APPLICANT_{}",
}
_ENDS = frozenset({TurnState.DONE, TurnState.REFUSED, TurnState.DROPPED})


@dataclass(frozen=True, slots=True)
class Lock:
    """What a signature forbids from then on: all fields but those in `free` (PDF's FieldMDP).

    `is_field_lock` is off for initials, which lock nothing; `permits` is PDF's DocMDP level.
    """

    free: tuple[str, ...]
    permits: int
    is_field_lock: bool = True


def field_names(roles: Sequence[TurnRole]) -> tuple[str, ...]:
    """Return the signature field of each turn, in the order of the turns."""
    names: list[str] = []
    for place, role in enumerate(roles):
        if role in _COUNTED:
            names.append(_COUNTED[role].format(roles[: place + 1].count(role)))
        else:
            names.append(SEAL_FIELD if role == TurnRole.SEAL else COPY_FIELD)
    return tuple(names)


def locks_of(roles: Sequence[TurnRole]) -> dict[str, Lock]:
    """Return what each signature locks: all that has been said, leaving free what is to come.

    Number and day stay free until the seal, which fills them.
    """
    names = field_names(roles)
    locks: dict[str, Lock] = {}
    for place, (name, role) in enumerate(zip(names, roles, strict=True)):
        later = names[place + 1 :]
        numbers = (NUMBER, DAY) if SEAL_FIELD in later else ()
        free = (*numbers, *later)
        permits = FILL_FORMS if free else NO_CHANGES
        locks[name] = Lock(free, permits, is_field_lock=role != TurnRole.INITIAL)
    return locks


def next_ready(states: Mapping[int, TurnState]) -> int | None:
    """Return the turn that may begin now: the first not ended, if it still waits."""
    for seq in sorted(states):
        if states[seq] not in _ENDS:
            return seq if states[seq] == TurnState.WAITING else None
    return None


def is_complete(states: Mapping[int, TurnState]) -> bool:
    """Say whether everybody has signed."""
    return bool(states) and all(state == TurnState.DONE for state in states.values())
