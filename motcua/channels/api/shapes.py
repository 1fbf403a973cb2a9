"""What goes in and out of the interface."""

from datetime import date, datetime, time
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, Field, WithJsonSchema

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures.api import FilingChannel


def _of_the_clock(at: time) -> time:
    if at.tzinfo is not None:
        message = "Giờ ghi theo đồng hồ ở tỉnh, không kèm múi giờ, như 08:00."
        raise ValueError(message)
    return at


# JSON Schema's format "time" (RFC 3339) demands a zone, which the clock on the wall does not tell.
ClockTime = Annotated[
    time,
    AfterValidator(_of_the_clock),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$",
            "examples": ["08:00"],
        }
    ),
]


class Problem(Schema):
    """What went wrong, in the form of RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    reference: str = ""
    errors: dict[str, str] = {}


class SignInBody(Schema):
    """The name and password of a partner's account."""

    username: str = Field(max_length=150)
    password: str = Field(max_length=256)


class Token(Schema):
    """A word to send as `Authorization: Bearer …`; it ends with its session."""

    token: str


class PartyBody(Schema):
    """One person or organisation of the application."""

    role: dossiers.PartyRole = dossiers.PartyRole.APPLICANT
    full_name: str = Field(min_length=1, max_length=300)
    birth_date: date | None = None
    note: str = Field("", max_length=300)


class PaperBody(Schema):
    """One paper handed in; files are sent beforehand and named by their number."""

    spec_code: str = Field(max_length=60)
    name: str = Field("", max_length=1000)
    kind: dossiers.CopyKind = dossiers.CopyKind.ELECTRONIC
    quantity: int = Field(1, ge=1, le=999)
    upload_token: str = Field("", max_length=64)


class FilingBody(Schema):
    """One application."""

    procedure_code: str = Field(max_length=40)
    case_code: str = Field(max_length=40)
    agency_code: str = Field(max_length=35)
    parties: list[PartyBody] = Field(min_length=1, max_length=20)
    answers: dict[str, Any] = {}
    papers: list[PaperBody] = Field([], max_length=100)
    submitter_name: str = Field("", max_length=200)
    submitter_phone: str = Field("", max_length=20)
    return_way: dossiers.ReturnWay = dossiers.ReturnWay.COUNTER
    summary: str = Field("", max_length=1000)


class ReceptionBody(FilingBody):
    """One application taken in at a desk."""

    desk_code: str = Field(max_length=35)
    channel: FilingChannel = FilingChannel.COUNTER
    legal_at: datetime | None = None
    outside_code: str = Field("", max_length=60)


class ActBody(Schema):
    """One act on an open step."""

    comment: str = Field("", max_length=2000)


class ProposalBody(ActBody):
    """One finished step, with the proposed outcome where there is one."""

    outcome: dossiers.OutcomeKind | None = None
    reason: str = Field("", max_length=2000)


class RefusalBody(Schema):
    """Why a dossier is not received."""

    reason: str = Field(min_length=1, max_length=2000)
    basis: str = Field(min_length=1, max_length=500)


class HandingBody(Schema):
    """To whom the outcome was given and how that was checked."""

    handed_to: str = Field(min_length=1, max_length=300)
    handed_how: str = Field("", max_length=300)
    way: dossiers.ReturnWay = dossiers.ReturnWay.COUNTER


class DossierOut(Schema):
    """A dossier as lists show it. Moments carry their offset."""

    code: str
    status: dossiers.Status
    national_status: int
    procedure_id: int
    applicant_name: str
    channel: FilingChannel
    submitted_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    due_originally_at: datetime | None
    version: int

    @staticmethod
    def resolve_national_status(dossier: dossiers.Dossier) -> int:
        """Return the national code of the status."""
        return dossiers.Status(dossier.status).national


class MoveOut(Schema):
    """One act on a dossier."""

    seq: int
    at: datetime
    act: str
    was: str
    status: str
    by_name: str
    note: str


class StepOut(Schema):
    """One opening of one step."""

    seq: int
    code: str
    kind: str
    round: int
    opened_at: datetime
    due_at: datetime
    closed_at: datetime | None
    assignee_name: str
    result: str


class OutcomeOut(Schema):
    """One result."""

    name: str
    result_code: str
    kind: str
    number: str
    decided_at: datetime | None
    valid_until: date | None


class DossierPage(Schema):
    """One page of dossiers; the cursors lead on, there is no total."""

    rows: list[DossierOut]
    next: str = ""
    previous: str = ""


class WorkOut(Schema):
    """One open step of a work list."""

    code: str
    step_seq: int
    step_code: str
    step_kind: str
    step_due_at: datetime
    applicant_name: str
    status: str
    due_at: datetime | None
    assignee_name: str


class WorkPage(Schema):
    """One page of a work list, the most urgent first."""

    rows: list[WorkOut]
    next: str = ""
    previous: str = ""


def dossier_row(dossier: dossiers.Dossier) -> dict[str, object]:
    """Return a row of a page of dossiers as plain data, in the shape of `DossierOut`."""
    return {
        "code": dossier.code,
        "status": dossier.status,
        "national_status": dossiers.Status(dossier.status).national,
        "procedure_id": dossier.procedure_id,
        "applicant_name": dossier.applicant_name,
        "channel": dossier.channel,
        "submitted_at": dossier.submitted_at,
        "received_at": dossier.received_at,
        "due_at": dossier.due_at,
        "due_originally_at": dossier.due_originally_at,
        "version": dossier.version,
    }


def work_row(row: dossiers.WorkRow) -> dict[str, object]:
    """Return a row of a work list as plain data, in the shape of `WorkOut`."""
    return {
        "code": row.code,
        "step_seq": row.step_seq,
        "step_code": row.step_code,
        "step_kind": row.step_kind,
        "step_due_at": row.step_due_at,
        "applicant_name": row.applicant_name,
        "status": row.status,
        "due_at": row.due_at,
        "assignee_name": row.assignee_name,
    }


class Filed(Schema):
    """The official code of what was filed."""

    code: str


class ProcedureOut(Schema):
    """One procedure as found."""

    code: str
    name: str
    plain_name: str
    level: str
    service_level: str
    can_be_filed: bool
    can_be_filed_online: bool
