"""What binds the moves of one task to each other, and whether it still does."""

from collections.abc import Sequence

from motcua.casework.tasks.models import TaskMove
from motcua.casework.tasks.rules.moves import chain


def hashed(move: TaskMove) -> dict[str, object]:
    """Return the values a move's hash covers."""
    return {
        "task": move.task_id,
        "seq": move.seq,
        "at": move.at,
        "act": str(move.act),
        "part": move.part_seq,
        "was": move.was,
        "state": str(move.state),
        "part_state": str(move.part_state),
        "by": move.by_id,
        "note": move.note,
        "due_at": move.due_at,
        "detail": move.detail,
    }


def verify_moves(moves: Sequence[TaskMove]) -> int | None:
    """Return the number of the first move that is not what was written, None if all are."""
    previous, state = "", ""
    for move in moves:
        is_next = (move.prev_hash, move.was) == (previous, state)
        if not is_next or move.hash != chain(previous, hashed(move)):
            return move.seq
        previous, state = move.hash, str(move.state)
    return None
