"""Which state of a receiver may follow which, on each of the three axes.

Source: docs/law/exchange.md
"""

from collections.abc import Mapping

from motcua.casework.exchange.choices import BusinessKind, Status, Transport
from motcua.casework.exchange.errors import MoveNotAllowed

TRANSPORT_MOVES: Mapping[Transport, frozenset[Transport]] = {
    Transport.QUEUED: frozenset(
        {Transport.SENT, Transport.UNROUTED, Transport.FAILED, Transport.CANCELLED}
    ),
    Transport.UNROUTED: frozenset({Transport.QUEUED, Transport.CANCELLED}),
    Transport.SENT: frozenset({Transport.DELIVERED, Transport.FAILED}),
    Transport.FAILED: frozenset({Transport.QUEUED, Transport.CANCELLED}),
    Transport.DELIVERED: frozenset(),
    Transport.CANCELLED: frozenset(),
}
# What the receiver says of the document; the empty word is what stands before the first. What
# was registered by mistake is refused later than it was accepted.
STATUS_MOVES: Mapping[str, frozenset[str]] = {
    "": frozenset({Status.ARRIVED}),
    Status.ARRIVED: frozenset({Status.REFUSED, Status.ACCEPTED}),
    Status.ACCEPTED: frozenset(
        {Status.ASSIGNED, Status.PROCESSING, Status.FINISHED, Status.REFUSED}
    ),
    Status.ASSIGNED: frozenset({Status.PROCESSING, Status.FINISHED, Status.REFUSED}),
    Status.PROCESSING: frozenset({Status.ASSIGNED, Status.FINISHED, Status.REFUSED}),
    Status.FINISHED: frozenset(),
    Status.REFUSED: frozenset(),
}
SIDE_MOVES: Mapping[str, frozenset[str]] = {
    "": frozenset({Status.ASKED_BACK}),
    Status.ASKED_BACK: frozenset({Status.AGREED, Status.DECLINED}),
    Status.DECLINED: frozenset({Status.ASKED_BACK}),
    Status.AGREED: frozenset(),
}
SIDE = frozenset({Status.ASKED_BACK, Status.AGREED, Status.DECLINED})
WAITING = (
    Transport.QUEUED,
    Transport.UNROUTED,
    Transport.FAILED,
)  # nothing has left yet: taking back is cancelling


def check_transport(current: str, target: Transport) -> None:
    """Raises: MoveNotAllowed."""
    if target not in TRANSPORT_MOVES[Transport(current)]:
        now = Transport(current).label
        raise MoveNotAllowed(f"Gói tin “{now}” không thể chuyển sang “{target.label}”.")


def check_status(current: str, target: Status) -> None:
    """Raises: MoveNotAllowed."""
    if target not in STATUS_MOVES[current]:
        now = Status(current).label if current else "chưa đến"
        raise MoveNotAllowed(f"Văn bản “{now}” không thể chuyển sang “{target.label}”.")


def check_side(current: str, target: Status, business: str) -> None:
    """Accept a request to give back, or its answer; a recall or an update is one by itself.

    Raises: MoveNotAllowed.
    """
    asks = business in (BusinessKind.RECALL, BusinessKind.UPDATE, BusinessKind.REPLACE)
    allowed = SIDE_MOVES[current]
    if not current and asks:
        allowed = SIDE_MOVES[Status.ASKED_BACK]
    if target not in allowed:
        now = Status(current).label if current else "chưa có yêu cầu lấy lại, cập nhật"
        raise MoveNotAllowed(f"“{now}”: không thể ghi “{target.label}”.")


_STEPS = ("", Status.ARRIVED, Status.ACCEPTED, Status.ASSIGNED, Status.PROCESSING, Status.FINISHED)


def can_be_heard(current: str, target: Status) -> bool:
    """Say whether a status from outside is news: steps may be left out, none is taken back."""
    if target in STATUS_MOVES[current]:
        return True
    if current in (Status.REFUSED, Status.FINISHED):
        return False
    return target == Status.REFUSED or _STEPS.index(target) > _STEPS.index(current)


def can_be_asked(current: str, target: Status) -> bool:
    """Say whether a request to give back, or its answer, is news."""
    if target == Status.ASKED_BACK:
        return current in ("", Status.DECLINED)
    return current not in (target, Status.AGREED)
