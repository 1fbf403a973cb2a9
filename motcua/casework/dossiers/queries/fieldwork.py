"""Visits, meetings, postings and objections of a dossier, and the visits that are still to make."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeVar

from motcua.casework.dossiers.choices import SeatRole
from motcua.casework.dossiers.models import (
    Dossier,
    Meeting,
    MinutesSignature,
    Objection,
    Posting,
    Seat,
    StepFinding,
    Visit,
    VisitPhoto,
)
from motcua.casework.dossiers.models.parts import Part
from motcua.casework.forms.api import Field, in_words
from motcua.casework.procedures import api as procedures
from motcua.casework.processes.api import StepKind
from motcua.lib import work
from motcua.lib.actor import Actor

from .lists import work_units

M = TypeVar("M", bound=Part)
_TO_MAKE = """
SELECT d.id, d.code, v.seq, v.unit_id, v.place, v.who, v.planned_at, v.surveyor,
       d.procedure_version_id, d.applicant_name, d.submitter_phone
FROM unnest(%s::bigint[]) AS u(id)
CROSS JOIN LATERAL (
  SELECT * FROM dossiers_visit v
  WHERE v.unit_id = u.id AND v.done_at IS NULL ORDER BY v.planned_at LIMIT %s
) v
JOIN dossiers_dossier d ON d.id = v.dossier_id AND d.closed_at IS NULL
ORDER BY v.planned_at, d.id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One visit that a unit has still to make."""

    dossier_id: int
    code: str
    seq: int
    unit_id: int
    place: str
    who: str
    planned_at: datetime
    surveyor: str
    procedure_version_id: int
    applicant_name: str
    phone: str


def visits_for(actor: Actor, *, limit: int = 50) -> list[VisitRow]:
    """Return the visits the actor's units have still to make, the next one first.

    Costs: one statement.
    """
    units = work_units(actor)
    rows = work.fetch(_TO_MAKE, [units, limit, limit]) if units else []
    return [VisitRow(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class FieldWork:
    """What a dossier has of meetings, postings and minutes, oldest first."""

    meetings: Sequence[Meeting] = ()
    seats: Sequence[Seat] = ()
    postings: Sequence[Posting] = ()
    objections: Sequence[Objection] = ()
    findings: Sequence[StepFinding] = ()
    signatures: Sequence[MinutesSignature] = ()

    def seats_of(self, meeting: Meeting) -> list[Seat]:
        """Return who was asked to a meeting, the council's own first."""
        found = [seat for seat in self.seats if seat.meeting_seq == meeting.seq]
        return sorted(found, key=lambda seat: (seat.role == SeatRole.PARTY, seat.seq))

    def signatures_of(self, seq: int) -> list[MinutesSignature]:
        """Return the names under the minutes of a visit or meeting."""
        return [one for one in self.signatures if one.about_seq == seq]

    def found_at(self, seq: int) -> dict[str, object]:
        """Return what a visit or meeting found."""
        return next((dict(one.found) for one in self.findings if one.about_seq == seq), {})


def field_work(dossier: Dossier) -> FieldWork:
    """Return meetings, postings, findings and names under minutes of a dossier.

    Costs: nothing where the process knows none of them, else a query for each kind it knows.
    """
    process = procedures.definition_of(dossier.procedure_version_id).process
    kinds = {step.kind for step in process.steps} if process else set()
    meets = StepKind.COUNCIL in kinds
    posts = StepKind.POSTING in kinds
    writes = meets or bool(kinds & {StepKind.FIELD_VISIT, StepKind.INTERVIEW})
    return FieldWork(
        meetings=_parts(Meeting, dossier) if meets else (),
        seats=_parts(Seat, dossier) if meets else (),
        postings=_parts(Posting, dossier) if posts else (),
        objections=_parts(Objection, dossier) if posts else (),
        findings=_parts(StepFinding, dossier) if writes else (),
        signatures=_parts(MinutesSignature, dossier) if writes else (),
    )


def _parts(model: type[M], dossier: Dossier) -> list[M]:
    return list(model._default_manager.filter(dossier_id=dossier.pk).order_by("seq"))


class Found(NamedTuple):
    """One thing found, in words."""

    label: str
    words: str


def findings_in_words(dossier: Dossier, step_code: str, found: dict[str, object]) -> list[Found]:
    """Return what was found as people read it, in the order of the version's list."""
    return [
        Found(f.label, in_words(f, found[f.name]))
        for f in asked_at(dossier, step_code)
        if f.name in found
    ]


def asked_at(dossier: Dossier, step_code: str) -> tuple[Field, ...]:
    """Return what the version wants to be found at a step."""
    definition = procedures.definition_of(dossier.procedure_version_id)
    return definition.findings.get(step_code, ())


def find_visit(dossier: Dossier, seq: int) -> Visit | None:
    """Return one visit of the dossier. Costs: one query."""
    return Visit.objects.filter(dossier_id=dossier.pk, seq=seq).first()


def photos_of(dossier: Dossier, visit_seq: int) -> list[VisitPhoto]:
    """Return the pictures of one visit, oldest first. Costs: one query."""
    rows = VisitPhoto.objects.filter(dossier_id=dossier.pk, visit_seq=visit_seq)
    return list(rows.order_by("seq"))
