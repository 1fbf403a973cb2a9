"""Applications being written: begin, answer page by page, attach, file."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ninja import Schema, Status
from ninja.params import functions as params
from pydantic import Field

from motcua.casework.dossiers import api as dossiers
from motcua.channels.api.applying import stored_file
from motcua.channels.api.door import KEY, Door, file_answer, key_of, row_of
from motcua.channels.api.naming import agency_of
from motcua.channels.api.shapes import Filed
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.clients.api import Scope
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput

_PLACE: Any = params.Path(..., ge=0, le=999)
door = Door("drafts")


class NewApplicationBody(Schema):
    """Which procedure is applied for."""

    procedure_code: str = Field(min_length=1, max_length=40)


class CaseBody(Schema):
    """Which case of the procedure, and who decides."""

    case_code: str = Field(max_length=40)
    agency_code: str = Field(max_length=35)


class AnswersBody(Schema):
    """What was typed on one page of the form, by the names of its fields."""

    answers: dict[str, Any]


class DraftPartyBody(Schema):
    """One person or organisation; the first one applies."""

    role: dossiers.PartyRole = dossiers.PartyRole.APPLICANT
    full_name: str = Field(min_length=1, max_length=300)
    birth_date: str = Field("", max_length=10, pattern=r"^(\d{4}-\d{2}-\d{2})?$")
    note: str = Field("", max_length=300)


class DraftSubmitterBody(Schema):
    """Who files."""

    name: str = Field(min_length=1, max_length=200)
    phone: str = Field("", max_length=20)
    email: str = Field("", max_length=200)
    address: str = Field("", max_length=300)


class DraftPartiesBody(Schema):
    """Who applies, who files, and how the result comes back."""

    parties: list[DraftPartyBody] = Field(min_length=1, max_length=20)
    submitter: DraftSubmitterBody
    applicant_kind: dossiers.ApplicantKind | None = None
    return_way: dossiers.ReturnWay = dossiers.ReturnWay.COUNTER
    return_address: str = Field("", max_length=300)
    summary: str = Field("", max_length=1000)


class AttachBody(Schema):
    """A finished upload, and the paper it is."""

    spec_code: str = Field(max_length=60)
    upload_token: str = Field(min_length=1, max_length=64)
    name: str = Field(min_length=1, max_length=200)


class ReuseBody(Schema):
    """Which of what is at hand, and the paper it is."""

    spec_code: str = Field(max_length=60)
    key: str = Field(min_length=1, max_length=120)


class AtHandOut(Schema):
    """One paper, or outcome, of an earlier dossier; its key names it."""

    key: str
    code: str
    is_outcome: bool
    name: str
    on: date
    file_name: str


class DraftPaperOut(Schema):
    """One attached file; its place in the list names it."""

    spec_code: str
    file_name: str


class DraftOut(Schema):
    """A draft as it stands."""

    token: str
    procedure_id: int
    case_code: str
    page: int
    answers: dict[str, Any]
    papers: list[DraftPaperOut]
    saved_at: datetime
    filed_code: str


@door.reads("/drafts", Scope.FILE, list[DraftOut], "Các bản nháp của mình")
def list_drafts(request: ActorRequest) -> Any:
    """Return the drafts not yet filed, the latest saved first."""
    return list(dossiers.drafts_for(request.actor))


@door.makes("/drafts", Scope.FILE, DraftOut, "Bắt đầu bản nháp")
def begin_draft(request: ActorRequest, body: NewApplicationBody) -> Any:
    """Begin an application under the version in force."""
    return Status(201, dossiers.begin_draft(body.procedure_code, by=request.actor, at=now()))


@door.reads("/drafts/{token}", Scope.FILE, DraftOut, "Xem bản nháp")
def read_draft(request: ActorRequest, token: str) -> Any:
    """Return one draft of one's own, filed or not."""
    return dossiers.draft_for(request.actor, token)


@door.puts("/drafts/{token}/case", Scope.FILE, DraftOut, "Chọn trường hợp")
def choose_case(request: ActorRequest, token: str, body: CaseBody) -> Any:
    """Choose the case of the procedure and who decides."""
    agency = agency_of(body.agency_code)
    return dossiers.choose_draft_case(token, body.case_code, agency.id, by=request.actor, at=now())


@door.puts("/drafts/{token}/pages/{page}", Scope.FILE, DraftOut, "Lưu một trang tờ khai")
def save_page(request: ActorRequest, token: str, body: AnswersBody, page: int = _PLACE) -> Any:
    """Keep what was typed on one page of the form, right or wrong."""
    return dossiers.save_draft_page(token, body.answers, page, by=request.actor, at=now())


@door.puts("/drafts/{token}/parties", Scope.FILE, DraftOut, "Ghi người nộp")
def set_parties(request: ActorRequest, token: str, body: DraftPartiesBody) -> Any:
    """Keep who applies and who files."""
    return dossiers.set_draft_parties(token, _plain(body), by=request.actor, at=now())


@door.makes("/drafts/{token}/papers", Scope.FILE, DraftOut, "Đính kèm tệp")
def attach(request: ActorRequest, token: str, body: AttachBody) -> Any:
    """Attach a finished upload as one of the listed papers."""
    at, by = now(), request.actor
    stored = stored_file(body.upload_token, by, at, what=body.name)
    if stored is None:
        raise BadInput("Thiếu mã tệp đã gửi.", field="upload_token")
    draft = dossiers.attach_to_draft(token, body.spec_code, stored.pk, body.name, by=by, at=at)
    return Status(201, draft)


@door.drops("/drafts/{token}/papers/{place}", Scope.FILE, DraftOut, "Bỏ tệp đính kèm")
def detach(request: ActorRequest, token: str, place: int = _PLACE) -> Any:
    """Take the file at this place away again; one that is not there is no error."""
    return dossiers.detach_from_draft(token, place, by=request.actor, at=now())


@door.reads("/drafts/{token}/at-hand", Scope.FILE, list[AtHandOut], "Giấy tờ đã có")
def papers_at_hand(request: ActorRequest, token: str) -> Any:
    """Return papers and outcomes of earlier dossiers of the applicant that need not come again."""
    by = request.actor
    found = dossiers.at_hand(by, dossiers.draft_for(by, token), local_day(now()))
    return [row_of(AtHandOut, one) for one in found]


@door.makes("/drafts/{token}/reuse", Scope.FILE, DraftOut, "Dùng lại giấy tờ đã có")
def reuse(request: ActorRequest, token: str, body: ReuseBody) -> Any:
    """Attach one of what is at hand as one of the listed papers."""
    draft = dossiers.reuse_in_draft(token, body.spec_code, body.key, by=request.actor, at=now())
    return Status(201, draft)


@door.reads("/drafts/{token}/form", Scope.FILE, None, "Tải đơn dạng PDF", heavy=True)
def draft_form(request: ActorRequest, token: str) -> Any:
    """Return the application as a PDF, as it stands now; nothing is kept."""
    content = dossiers.draft_form_pdf(token, by=request.actor, at=now())
    return file_answer(content, "application/pdf", "don.pdf")


@door.makes("/drafts/{token}/file", Scope.FILE, Filed, "Nộp bản nháp")
def file_draft(request: ActorRequest, token: str, key: str = KEY) -> Any:
    """File the draft and answer with the official code; asked again, the same code."""
    code = dossiers.file_draft(token, by=request.actor, at=now(), key=key_of(request, key))
    return Status(201, Filed(code=code))


@door.drops("/drafts/{token}", Scope.FILE, None, "Bỏ bản nháp")
def discard(request: ActorRequest, token: str) -> Any:
    """Throw the draft away with what was typed and the files only it held."""
    dossiers.discard_draft(token, by=request.actor, at=now())
    return Status(204, None)


def _plain(body: DraftPartiesBody) -> Mapping[str, Any]:
    return body.model_dump(mode="json", exclude_defaults=True)
