"""One dossier with everything that belongs to it, as the interface answers it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from ninja import Schema

from motcua.casework.dossiers import api as dossiers

from .shapes import DossierOut, MoveOut, OutcomeOut, StepOut, dossier_row


class PartyOut(Schema):
    """One person or organisation; numbers stay masked."""

    seq: int
    role: str
    full_name: str
    number_hint: str
    birth_date: date | None
    note: str


class PaperOut(Schema):
    """One paper handed in; with a file where `has_file`."""

    seq: int
    spec_code: str
    name: str
    kind: str
    quantity: int
    state: str
    file_name: str
    has_file: bool
    added_at: datetime
    added_by_name: str


class WaitOut(Schema):
    """One time in which the office waited, and what that does to the limit."""

    seq: int
    ground: str
    rule: str
    asked_at: datetime
    until_at: datetime | None
    supplied_at: datetime | None
    note: str


class DueChangeOut(Schema):
    """One change of the promised moment."""

    seq: int
    kind: str
    at: datetime
    due_was: datetime | None
    due_now: datetime
    ground: str


class SupplementItemOut(Schema):
    """One thing to add or correct."""

    seq: int
    request_seq: int
    spec_code: str
    what: str
    reason: str


class SupplementOut(Schema):
    """One request to add something."""

    seq: int
    number: str
    asked_at: datetime
    by_name: str
    until_at: datetime | None
    supplied_at: datetime | None


class ConsultationOut(Schema):
    """One question to another unit or body, and its answer."""

    seq: int
    unit_id: int | None
    outside_body: str
    question: str
    asked_at: datetime
    due_at: datetime
    answered_at: datetime | None
    answered_by_name: str
    agrees: bool | None
    answer: str


class VisitOut(Schema):
    """One visit to the field."""

    seq: int
    planned_at: datetime
    place: str
    who: str
    done_at: datetime | None
    minutes: str


class IssuedOut(Schema):
    """One official paper issued to the applicant; its form is the number of the mẫu."""

    seq: int
    form: str
    number: str
    issued_at: datetime
    by_name: str


class MessageOut(Schema):
    """One message between the applicant and the office."""

    seq: int
    side: str
    at: datetime
    by_name: str
    text: str
    read_at: datetime | None


class TakenOut(Schema):
    """One amount that was paid, and what of it was kept."""

    order_code: str
    name: str
    kind: str
    amount_vnd: int
    kept_vnd: int
    receipt_number: str
    taken_at: datetime


class WholeOut(Schema):
    """A dossier with its people, papers, timeline, waits, money and results."""

    dossier: DossierOut
    answers: dict[str, Any]
    flags: list[str]
    parties: list[PartyOut]
    papers: list[PaperOut]
    moves: list[MoveOut]
    steps: list[StepOut]
    outcomes: list[OutcomeOut]
    waits: list[WaitOut]
    due_changes: list[DueChangeOut]
    supplements: list[SupplementOut]
    supplement_items: list[SupplementItemOut]
    consultations: list[ConsultationOut]
    visits: list[VisitOut]
    issued: list[IssuedOut]
    messages: list[MessageOut]
    fees: list[TakenOut]


def _names(shape: type[Schema], *but: str) -> tuple[str, ...]:
    return tuple(name for name in shape.model_fields if name not in but)


_PARTS: dict[str, tuple[str, ...]] = {
    "parties": _names(PartyOut),
    "moves": _names(MoveOut),
    "steps": _names(StepOut),
    "outcomes": _names(OutcomeOut),
    "waits": _names(WaitOut),
    "due_changes": _names(DueChangeOut),
    "supplements": _names(SupplementOut),
    "supplement_items": _names(SupplementItemOut),
    "consultations": _names(ConsultationOut),
    "visits": _names(VisitOut),
    "issued": _names(IssuedOut),
    "messages": _names(MessageOut),
    "fees": _names(TakenOut),
}
_PAPER = _names(PaperOut, "has_file")


def whole_row(found: dossiers.WholeDossier) -> dict[str, object]:
    """Return the dossier as plain data, in the shape of `WholeOut`.

    Costs: nothing; everything was read before.
    """
    parts = {name: _plain(getattr(found, name), fields) for name, fields in _PARTS.items()}
    papers = [
        {**row, "has_file": paper.file_id is not None}
        for row, paper in zip(_plain(found.papers, _PAPER), found.papers, strict=True)
    ]
    return {
        "dossier": dossier_row(found.dossier),
        "answers": found.answers,
        "flags": found.flags,
        "papers": papers,
        **parts,
    }


def _plain(rows: Iterable[object], names: tuple[str, ...]) -> list[dict[str, object]]:
    return [{name: getattr(row, name) for name in names} for row in rows]
