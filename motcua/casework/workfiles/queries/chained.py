"""What binds the moves of one work file to each other, and whether it still does."""

from collections.abc import Sequence

from motcua.casework.workfiles.models import WorkFileMove
from motcua.lib.chained import chain


def hashed(move: WorkFileMove) -> dict[str, object]:
    """Return the values a move's hash covers."""
    return {
        "work_file": move.work_file_id,
        "seq": move.seq,
        "at": move.at,
        "act": str(move.act),
        "was": move.was,
        "state": str(move.state),
        "by": move.by_id,
        "note": move.note,
        "detail": move.detail,
    }


def verify_moves(moves: Sequence[WorkFileMove]) -> int | None:
    """Return the number of the first move that is not what was written, None if all are."""
    previous, state = "", ""
    for move in moves:
        is_next = (move.prev_hash, move.was) == (previous, state)
        if not is_next or move.hash != chain(previous, hashed(move)):
            return move.seq
        previous, state = move.hash, str(move.state)
    return None
