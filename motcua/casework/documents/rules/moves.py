"""The table of moves of a document.

Source: docs/law/documents.md
"""

from collections.abc import Mapping

from motcua.casework.documents.choices import State
from motcua.casework.documents.errors import MoveNotAllowed

S = State
MOVES: Mapping[State, frozenset[State]] = {
    S.ARRIVED: frozenset({S.REGISTERED, S.REFUSED, S.LINKED, S.RECALLED, S.REPLACED}),
    S.REGISTERED: frozenset({S.DIRECTED, S.DONE, S.RETURNED, S.RECALLED, S.REPLACED}),
    S.DIRECTED: frozenset({S.DONE, S.RETURNED, S.RECALLED, S.REPLACED}),
    S.DONE: frozenset({S.DIRECTED, S.RECALLED, S.REPLACED}),
    S.REFUSED: frozenset(),
    S.LINKED: frozenset(),
    S.RETURNED: frozenset(),
    S.DRAFT: frozenset({S.SUBMITTED, S.SIGNING, S.DROPPED}),
    S.SUBMITTED: frozenset({S.DRAFT, S.SIGNING, S.ISSUED, S.DROPPED}),
    S.SIGNING: frozenset({S.DRAFT, S.ISSUED}),
    S.ISSUED: frozenset({S.RECALLED, S.REPLACED}),
    S.DROPPED: frozenset(),
    S.RECALLED: frozenset(),
    S.REPLACED: frozenset(),
}
ENDS = frozenset({S.DONE, S.ISSUED}) | {state for state, further in MOVES.items() if not further}
OPEN = frozenset(MOVES) - ENDS
# What came in and is with the agency no more: it can come again.
NOT_HELD = frozenset({S.LINKED, S.REFUSED, S.RETURNED, S.RECALLED, S.REPLACED})


def check_move(current: State, target: State) -> None:
    """Raises: MoveNotAllowed if `target` may not follow `current`."""
    if target not in MOVES[current]:
        message = f"Văn bản đang ở “{current.label}”, không thể chuyển sang “{target.label}”."
        raise MoveNotAllowed(message)
