"""Which acts the public ledger must hold, and what it must say of each.

Everything follows from a move and the promise before it, so that a witness who reads the moves
again comes to the same leaves.

Source: docs/law/ledger.md
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from motcua.casework.dossiers.choices import Status
from motcua.foundation.ledger.api import LeafIn, LeafKind
from motcua.lib.clock import local_day

from .moves import ENDS, is_received_by

PAUSED, RESUMED = "paused", "resumed"
_ENTERED = {
    Status.RESOLVED: LeafKind.DECIDED,
    Status.RETURNED: LeafKind.RETURNED,
    Status.WITHDRAWN: LeafKind.WITHDRAWN,
    Status.STOPPED: LeafKind.STOPPED,
    Status.REFUSED: LeafKind.REFUSED,
}
_WITH_DUE = frozenset({LeafKind.PROMISED, LeafKind.REDATED})


class Told(NamedTuple):
    """How promise and clock stood after an act."""

    due_at: datetime | None = None
    pause_ground: str = ""


class Seen(NamedTuple):
    """What the ledger needs of a move; one just made and one read again give the same."""

    seq: int
    at: datetime
    act: str
    was: str
    status: str
    by_id: int
    due_at: datetime | None
    detail: Mapping[str, object]
    hash: str


class Identity(NamedTuple):
    """What the ledger needs of the dossier; only agency and version may change."""

    code: str
    agency_id: int
    procedure_id: int
    version_id: int


def turn_of_clock(before: Told, now: Told, status: str) -> dict[str, str]:
    """Return what a move keeps of a clock that stopped or went on with it.

    Nothing where the dossier ends: its end says enough.
    """
    if bool(before.pause_ground) == bool(now.pause_ground) or status in ENDS:
        return {}
    if now.pause_ground:
        return {PAUSED: now.pause_ground}
    return {RESUMED: before.pause_ground}


def kinds_of(move: Seen, due_was: datetime | None) -> tuple[LeafKind, ...]:
    """Return which facts the move states, in the order in which people would tell them."""
    found = []
    if is_received_by(move.act, move.was):
        found.append(LeafKind.RECEIVED)
    if move.due_at != due_was:
        found.append(LeafKind.REDATED if due_was else LeafKind.PROMISED)
    if PAUSED in move.detail:
        found.append(LeafKind.PAUSED)
    if RESUMED in move.detail:
        found.append(LeafKind.RESUMED)
    if move.status != move.was and move.status in _ENTERED:
        found.append(_ENTERED[Status(move.status)])
    return tuple(found)


def leaves_of(
    move: Seen, kinds: tuple[LeafKind, ...], of: Identity, due_was: datetime | None
) -> Iterator[LeafIn]:
    """Yield the leaves of a move; codes of agency and procedure are left to who knows them.

    The record names the move by its hash, which binds note, detail and all moves before it.
    """
    for kind in kinds:
        record: dict[str, object] = {
            "code": of.code,
            "kind": str(kind),
            "seq": move.seq,
            "at": move.at,
            "by": move.by_id,
            "agency": of.agency_id,
            "procedure": of.procedure_id,
            "version": of.version_id,
            "due": move.due_at,
            "due_was": due_was,
            "ground": _ground(kind, move.detail),
            "move": move.hash,
        }
        due_on = local_day(move.due_at) if kind in _WITH_DUE and move.due_at else None
        yield LeafIn(
            kind=kind,
            subject=of.code,
            seq=move.seq,
            at=move.at,
            agency_code="",
            procedure_code="",
            record=record,
            due_on=due_on,
        )


def _ground(kind: LeafKind, detail: Mapping[str, object]) -> str:
    if kind == LeafKind.PAUSED:
        return str(detail[PAUSED])
    return str(detail[RESUMED]) if kind == LeafKind.RESUMED else ""
