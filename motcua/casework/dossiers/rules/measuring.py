"""What one move of a dossier changes in the figures.

Source: docs/law/indicators.md
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from motcua.casework.dossiers.choices import Act, Status
from motcua.casework.dossiers.rules.moves import ENDS, is_received_by
from motcua.casework.indicators.api import PROVINCE, Count

FILED, FILED_ONLINE = "dossiers.filed", "dossiers.filed_online"
RECEIVED, RECEIVED_ONLINE = "dossiers.received", "dossiers.received_online"
RESOLVED, RESOLVED_LATE = "dossiers.resolved", "dossiers.resolved_late"
RESOLVED_ONLINE, RESOLVED_ONLINE_LATE = "dossiers.resolved_online", "dossiers.resolved_online_late"
RESOLVED_ONLINE_WHOLE = "dossiers.resolved_online_whole"  # the result is electronic too
RETURNED, REFUSED = "dossiers.returned", "dossiers.refused"
WITHDRAWN, STOPPED = "dossiers.withdrawn", "dossiers.stopped"
SUPPLEMENTED, APOLOGISED = "dossiers.supplemented", "dossiers.apologised"
OPEN_PREFIX = "dossiers.open."
HAPPENED = (
    FILED,
    FILED_ONLINE,
    RECEIVED,
    RECEIVED_ONLINE,
    RESOLVED,
    RESOLVED_LATE,
    RESOLVED_ONLINE,
    RESOLVED_ONLINE_LATE,
    RESOLVED_ONLINE_WHOLE,
    RETURNED,
    REFUSED,
    WITHDRAWN,
    STOPPED,
    SUPPLEMENTED,
    APOLOGISED,
)
ALL = (*HAPPENED, *(f"{OPEN_PREFIX}{status.value}" for status in Status if status not in ENDS))
_ENTERED = {
    Status.RESOLVED: RESOLVED,
    Status.RETURNED: RETURNED,
    Status.REFUSED: REFUSED,
    Status.WITHDRAWN: WITHDRAWN,
    Status.STOPPED: STOPPED,
}
_BROUGHT = frozenset({Act.IMPORT, Act.TAKE_BACK})
_ACTS = {Act.ASK_SUPPLEMENT: SUPPLEMENTED, Act.APOLOGISE: APOLOGISED}


class MoveSeen(NamedTuple):
    """What the figures need to know of a move; a fact of the outbox and a row give the same.

    `is_electronic` says of a dossier settled on-line that its result is there as a file.
    """

    act: str
    was: str
    status: str
    channel: str
    on: date
    is_late: bool
    units: frozenset[int]
    days: str = ""
    is_electronic: bool = False


def counts_of(move: MoveSeen) -> Iterator[Count]:
    """Yield the counts of one move for each of its units and the whole province; none for none."""
    if not move.units:
        return
    if move.act in _BROUGHT:
        yield from _brought(move)
        return
    happened = list(_happened(move))
    standing = list(_standing(move))
    for unit_id in {*move.units, PROVINCE}:
        for measure in happened:
            yield Count(unit_id, measure, move.on, 1)
        for measure, value in standing:
            yield Count(unit_id, measure, None, value)


def _brought(move: MoveSeen) -> Iterator[Count]:
    """Yield the counts of a dossier of another system, by the days on which things happened there.

    Each is a word “+measure=day”, or “-” where a later delivery or its undoing takes it back.
    """
    standing = list(_standing(move))
    for unit_id in {*move.units, PROVINCE}:
        for word in move.days.split():
            measure, _, day = word[1:].partition("=")
            yield Count(unit_id, measure, date.fromisoformat(day), 1 if word[0] == "+" else -1)
        for measure, value in standing:
            yield Count(unit_id, measure, None, value)


def _happened(move: MoveSeen) -> Iterator[str]:
    online = move.channel == "portal"
    if not move.was:
        yield FILED
        if online:
            yield FILED_ONLINE
    if is_received_by(move.act, move.was):
        yield RECEIVED
        if online:
            yield RECEIVED_ONLINE
    if move.status != move.was and move.status in _ENTERED:
        yield _ENTERED[Status(move.status)]
        if move.status == Status.RESOLVED:
            yield from _how_resolved(move, online=online)
    if move.act in _ACTS:
        yield _ACTS[Act(move.act)]


def _how_resolved(move: MoveSeen, *, online: bool) -> Iterator[str]:
    if move.is_late:
        yield RESOLVED_LATE
    if online:
        yield RESOLVED_ONLINE
    if online and move.is_late:
        yield RESOLVED_ONLINE_LATE
    # A notice that is merely acknowledged has no paper result, and lacks none (indicator 3.3).
    if online and (move.is_electronic or move.act == Act.ACKNOWLEDGE):
        yield RESOLVED_ONLINE_WHOLE


def _standing(move: MoveSeen) -> Iterator[tuple[str, int]]:
    if move.status == move.was:
        return
    if move.was and move.was not in ENDS:
        yield f"{OPEN_PREFIX}{move.was}", -1
    if move.status and move.status not in ENDS:
        yield f"{OPEN_PREFIX}{move.status}", 1
