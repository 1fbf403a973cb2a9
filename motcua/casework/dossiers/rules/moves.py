"""The table of moves of a dossier.

Source: docs/law/dossier-status.md
"""

from collections.abc import Mapping

from motcua.casework.dossiers.choices import Act, Status
from motcua.casework.dossiers.errors import MoveNotAllowed
from motcua.lib.tongue import said

S = Status
MOVES: Mapping[Status, frozenset[Status]] = {
    S.SUBMITTED: frozenset(
        {S.RECEIVED, S.REFUSED, S.AWAITING_APPLICANT, S.AWAITING_PAYMENT, S.WITHDRAWN}
    ),
    S.RECEIVED: frozenset(
        {S.PROCESSING, S.AWAITING_APPLICANT, S.AWAITING_PAYMENT, S.WITHDRAWN, S.STOPPED}
    ),
    S.REFUSED: frozenset(),
    S.PROCESSING: frozenset(
        {S.AWAITING_APPLICANT, S.AWAITING_PAYMENT, S.WITHDRAWN, S.STOPPED, S.RESOLVED}
    ),
    S.AWAITING_APPLICANT: frozenset({S.RECEIVED, S.PROCESSING, S.WITHDRAWN, S.STOPPED}),
    S.AWAITING_PAYMENT: frozenset({S.RECEIVED, S.PROCESSING, S.WITHDRAWN, S.STOPPED}),
    S.WITHDRAWN: frozenset(),
    S.STOPPED: frozenset(),
    S.RESOLVED: frozenset({S.RETURNED}),
    S.RETURNED: frozenset(),
}
ENDS = frozenset(status for status, further in MOVES.items() if not further)
OPEN = frozenset(MOVES) - ENDS
BEFORE_RECEIPT = frozenset({S.SUBMITTED})
FIRST_HASH = ""
_NOT_RECEIVED = frozenset({"", Status.SUBMITTED})


def check_move(current: Status, target: Status) -> None:
    """Raises: MoveNotAllowed if `target` may not follow `current`."""
    if target not in MOVES[current]:
        message = said(
            "Hồ sơ đang ở “%(current)s”, không thể chuyển sang “%(target)s”.",
            current=current.label,
            target=target.label,
        )
        raise MoveNotAllowed(message)


def is_received_by(act: str, was: str) -> bool:
    """Say whether a move receives a dossier: a desk's act, or the acknowledgement of a filing."""
    return act == Act.RECEIVE or (act == Act.ACKNOWLEDGE and was in _NOT_RECEIVED)
