"""Which acts on documents the public ledger must hold, and what it must say of each.

Everything follows from a move, so that a witness who reads the moves again comes to the same
leaves.

Source: docs/law/documents.md
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from motcua.casework.documents.choices import Act, State
from motcua.foundation.ledger.api import LeafIn, LeafKind

_BY_ACT = {Act.REGISTER: LeafKind.DOC_RECEIVED, Act.ISSUE: LeafKind.DOC_ISSUED}
_ENTERED = {State.RECALLED: LeafKind.DOC_RECALLED, State.REPLACED: LeafKind.DOC_REPLACED}
_BOUND = ("ordinal", "year", "number", "on")


class Seen(NamedTuple):
    """What the ledger needs of a move; one just made and one read again give the same."""

    code: str
    agency_id: int
    direction: str
    seq: int
    at: datetime
    act: str
    was: str
    state: str
    by_id: int
    detail: Mapping[str, object]
    hash: str


def subject_of(code: str) -> str:
    """Return the name under which a document stands in the ledger."""
    return f"document:{code}"


def kind_of(move: Seen) -> LeafKind | None:
    """Return which fact the move states, None for most."""
    if move.state != move.was and move.state in _ENTERED:
        return _ENTERED[State(move.state)]
    return _BY_ACT.get(Act(move.act))


def leaf_of(move: Seen) -> LeafIn | None:
    """Return the leaf of a move, if it states a fact.

    The agency's code is left to who knows it. The public part names agency and day; number,
    symbol and subject are only bound. The record names the move by its hash, which binds its note
    and all moves before it.
    """
    kind = kind_of(move)
    if kind is None:
        return None
    subject = subject_of(move.code)
    record: dict[str, object] = {
        "code": subject,
        "kind": str(kind),
        "seq": move.seq,
        "at": move.at,
        "by": move.by_id,
        "agency": move.agency_id,
        "direction": move.direction,
        "move": move.hash,
        **{name: move.detail.get(name, "") for name in _BOUND},
    }
    return LeafIn(
        kind=kind,
        subject=subject,
        seq=move.seq,
        at=move.at,
        agency_code="",
        procedure_code="",
        record=record,
    )
