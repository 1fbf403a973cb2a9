"""What may become of an issued paper.

Source: docs/law/signatures.md
"""

from collections.abc import Mapping

from motcua.foundation.signing.choices import PaperState
from motcua.foundation.signing.errors import PaperIsOver

REISSUED = "giấy cấp lại"  # in place of a decision, where a slip was issued anew
_BY_DECISION = frozenset({PaperState.CORRECTED, PaperState.REPLACED, PaperState.REVOKED})
# A corrected paper still counts, with its correction; a replaced or revoked one never again.
CHANGES: Mapping[PaperState, frozenset[PaperState]] = {
    PaperState.IN_FORCE: _BY_DECISION,
    PaperState.CORRECTED: _BY_DECISION,
    PaperState.REPLACED: frozenset(),
    PaperState.REVOKED: frozenset(),
    PaperState.EXPIRED: frozenset(),
}


def can_change(current: PaperState) -> bool:
    """Say whether a decision may still change the paper."""
    return bool(CHANGES[current])


def check_change(current: PaperState, target: PaperState) -> None:
    """Raises: PaperIsOver."""
    if target not in CHANGES[current]:
        message = f"Giấy này {current.label.lower()}; không thể ghi “{target.label.lower()}” nữa."
        raise PaperIsOver(message)
