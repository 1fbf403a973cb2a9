"""What binds the moves of one dossier to each other, and whether it still does."""

from collections.abc import Sequence

from motcua.casework.dossiers.models import DossierMove
from motcua.lib.chained import chain


def hashed(move: DossierMove) -> dict[str, object]:
    """Return the values a move's hash covers."""
    return {
        "dossier": move.dossier_id,
        "seq": move.seq,
        "at": move.at,
        "act": str(move.act),
        "was": move.was,
        "status": str(move.status),
        "by": move.by_id,
        "note": move.note,
        "due_at": move.due_at,
        "detail": move.detail,
    }


def verify_moves(moves: Sequence[DossierMove]) -> int | None:
    """Return the number of the first move that is not what was written, None if all are.

    Each begins in the status in which the one before it ended.
    """
    previous, status = "", ""
    for move in moves:
        is_next = (move.prev_hash, move.was) == (previous, status)
        if not is_next or move.hash != chain(previous, hashed(move)):
            return move.seq
        previous, status = move.hash, str(move.status)
    return None
