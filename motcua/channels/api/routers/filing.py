"""What a citizen does with a dossier: file, supply, withdraw, confirm, write, rate."""

from typing import Any

from ninja import Schema, Status
from pydantic import Field

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures import api as procedures
from motcua.casework.ratings import api as ratings
from motcua.channels.api.applying import application_of, paper_of
from motcua.channels.api.door import KEY, Door, key_of
from motcua.channels.api.shapes import Filed, FilingBody, PaperBody
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.clients.api import Scope
from motcua.lib.actor import ActorKind
from motcua.lib.clock import now
from motcua.lib.errors import NotAllowed

door = Door("filing")


class SupplyBody(Schema):
    """Papers and corrected answers that were asked for."""

    papers: list[PaperBody] = Field([], max_length=100)
    answers: dict[str, Any] = {}


class ReasonBody(Schema):
    """Why."""

    reason: str = Field("", max_length=2000)


class ConfirmBody(Schema):
    """Whether a draft of the result is right, and what is wrong with it."""

    is_right: bool
    comment: str = Field("", max_length=2000)


class MessageBody(Schema):
    """A message to the other side."""

    text: str = Field(min_length=1, max_length=4000)


class RatingBody(Schema):
    """How satisfied the applicant is, in three levels each (1 to 3)."""

    overall: int = Field(ge=1, le=3)
    convenience: int = Field(ge=1, le=3)
    timeliness: int = Field(ge=1, le=3)
    attitude: int = Field(ge=1, le=3)
    comment: str = Field("", max_length=1000)


@door.makes("/dossiers", Scope.FILE, Filed, "Nộp hồ sơ trực tuyến")
def file_dossier(request: ActorRequest, body: FilingBody, key: str = KEY) -> Any:
    """File on-line. The same key always gets the same code. Officers file nothing here."""
    if request.actor.kind == ActorKind.OFFICER:
        message = "Hồ sơ trực tuyến không nộp bằng tài khoản công vụ; tại quầy thì dùng /desk."
        raise NotAllowed(message)
    at = now()
    channel = procedures.FilingChannel.PORTAL
    application = application_of(body, request.actor, at, channel=channel)
    code = dossiers.file_application(application, by=request.actor, at=at, key=key_of(request, key))
    return Status(201, Filed(code=code))


@door.acts("/dossiers/{code}/supply", Scope.FILE, Filed, "Bổ sung hồ sơ", also=(Scope.DESK,))
def supply(request: ActorRequest, code: str, body: SupplyBody) -> Any:
    """Hand in what was asked for, from the applicant or at the desk; the clock goes on."""
    at, by = now(), request.actor
    papers = [paper_of(one, by, at) for one in body.papers]
    return dossiers.supply(code, papers, body.answers or None, by=by, at=at)


@door.acts("/dossiers/{code}/withdraw", Scope.FILE, Filed, "Rút hồ sơ", also=(Scope.DESK,))
def withdraw(request: ActorRequest, code: str, body: ReasonBody) -> Any:
    """Take the application back, by its applicant or at the desk for them."""
    return dossiers.withdraw(code, body.reason, by=request.actor, at=now())


@door.acts("/dossiers/{code}/confirm-draft", Scope.FILE, Filed, "Xác nhận dự thảo kết quả")
def confirm_draft(request: ActorRequest, code: str, body: ConfirmBody) -> Any:
    """Say that the draft of the result is right, or what is wrong with it."""
    return dossiers.confirm_draft(
        code, is_right=body.is_right, comment=body.comment, by=request.actor, at=now()
    )


@door.acts(
    "/dossiers/{code}/messages",
    Scope.FILE,
    Filed,
    "Nhắn tin trong hồ sơ",
    also=(Scope.DESK, Scope.HANDLE),
)
def write_message(request: ActorRequest, code: str, body: MessageBody) -> Any:
    """Write to the other side, whatever the status."""
    return dossiers.write_message(code, body.text, by=request.actor, at=now())


@door.makes("/dossiers/{code}/rating", Scope.FILE, Filed, "Đánh giá mức độ hài lòng")
def rate(request: ActorRequest, code: str, body: RatingBody) -> Any:
    """Rate the handling; once, and only by whoever filed it."""
    marks = ratings.Marks(body.overall, body.convenience, body.timeliness, body.attitude)
    ratings.rate_dossier(code, marks, body.comment, by=request.actor, at=now())
    return Status(201, Filed(code=code))
