"""Which state follows which, where a whole task stands, and what binds its moves."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256

from motcua.casework.tasks.choices import TaskState
from motcua.casework.tasks.errors import MoveNotAllowed

S = TaskState
MOVES: Mapping[S, frozenset[S]] = {
    S.GIVEN: frozenset({S.ACCEPTED, S.WORKING, S.REPORTED, S.DONE, S.REFUSED, S.ENDED}),
    S.ACCEPTED: frozenset({S.WORKING, S.REPORTED, S.DONE, S.ENDED, S.GIVEN}),
    S.WORKING: frozenset({S.REPORTED, S.DONE, S.ENDED, S.GIVEN}),
    S.REPORTED: frozenset({S.DONE, S.RETURNED, S.ENDED, S.GIVEN}),
    S.RETURNED: frozenset({S.REPORTED, S.DONE, S.ENDED, S.GIVEN}),
    S.REFUSED: frozenset({S.GIVEN}),
    S.DONE: frozenset({S.RETURNED}),
    S.ENDED: frozenset(),
    S.CANCELLED: frozenset(),
}
OPEN = frozenset({S.GIVEN, S.ACCEPTED, S.WORKING, S.REPORTED, S.RETURNED, S.REFUSED})
CLOSED = frozenset(S) - OPEN
RUNNING = frozenset({S.GIVEN, S.ACCEPTED, S.WORKING, S.RETURNED})
_FURTHEST = (S.RETURNED, S.WORKING, S.ACCEPTED)


def check_move(current: S, target: S) -> None:
    """Raises: MoveNotAllowed if `target` may not follow `current`."""
    is_stop = target is S.CANCELLED and current in OPEN
    if not is_stop and target not in MOVES[current]:
        message = (
            f"Phần việc đang ở “{current.label}”, không thể chuyển sang “{target.label}”."
            " Xin mở lại trang để xem tình trạng mới."
        )
        raise MoveNotAllowed(message)


def state_of_task(leads: Iterable[S]) -> S:
    """Return where a task stands whose leads stand there.

    It is over when all leads are; it waits for its giver when every open lead does; it is refused
    when nobody who leads has taken it; else it is under way as soon as one lead is.
    """
    states = list(leads)
    open_ones = {one for one in states if one in OPEN}
    if not open_ones:
        return S.DONE if S.DONE in states or not states else S.CANCELLED
    if open_ones in ({S.REPORTED}, {S.REFUSED}):
        return open_ones.pop()
    begun = next((one for one in _FURTHEST if one in open_ones), None)
    if begun is not None:
        return begun
    is_begun = S.REPORTED in open_ones or S.DONE in states
    return S.WORKING if is_begun else S.GIVEN


def chain(previous: str, values: Mapping[str, object]) -> str:
    """Return the hash of a move's values bound to the move before it."""
    plain = {key: _plain(value) for key, value in values.items()}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(f"{previous}\n{text}".encode()).hexdigest()


def _plain(value: object) -> object:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
