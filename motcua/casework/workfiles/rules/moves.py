"""The table of moves of a work file.

Source: docs/law/workfiles.md
"""

from collections.abc import Mapping

from motcua.casework.workfiles.choices import State
from motcua.casework.workfiles.errors import MoveNotAllowed

MOVES: Mapping[State, frozenset[State]] = {
    State.OPEN: frozenset({State.CLOSED}),
    State.CLOSED: frozenset({State.OPEN, State.OFFERED}),
    State.OFFERED: frozenset({State.CLOSED, State.HANDED_OVER}),
    State.HANDED_OVER: frozenset(),
}


def check_move(current: State, target: State) -> None:
    """Raises: MoveNotAllowed if `target` may not follow `current`."""
    if target not in MOVES[current]:
        message = f"Hồ sơ đang ở “{current.label}”, không thể chuyển sang “{target.label}”."
        raise MoveNotAllowed(message)
