"""What a desk does: receive, refuse, guide, correct, hand over, hand out, certify."""

from datetime import datetime
from typing import Any

from ninja import Schema, Status
from pydantic import Field

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures.api import FilingChannel
from motcua.channels.api.applying import application_of, outside_code
from motcua.channels.api.door import KEY, LIMIT, Door, file_answer, key_of, plain_json, row_of
from motcua.channels.api.naming import step_of, unit_code, unit_of
from motcua.channels.api.shapes import (
    Filed,
    FilingBody,
    HandingBody,
    ReceptionBody,
    RefusalBody,
)
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.clients.api import Scope
from motcua.foundation.requests import api as requests
from motcua.lib.clock import now

door = Door("desk")


class ItemBody(Schema):
    """One thing to add or correct, with its reason."""

    what: str = Field(min_length=1, max_length=1000)
    reason: str = Field(min_length=1, max_length=1000)
    spec_code: str = Field("", max_length=60)


class SeveralBody(Schema):
    """Several applications of one person, received in one go."""

    desk_code: str = Field(max_length=35)
    channel: FilingChannel = FilingChannel.COUNTER
    applications: list[FilingBody] = Field(min_length=1, max_length=dossiers.MOST_IN_ONE_GO)


class SeveralOut(Schema):
    """The official codes, in the order of the applications."""

    codes: list[str]


class RedoneBody(FilingBody):
    """How a wrongly received dossier should have been received, and why it is redone."""

    reason: str = Field(min_length=1, max_length=1000)
    channel: FilingChannel = FilingChannel.COUNTER


class GuidanceBody(Schema):
    """What is still to be added, and by when."""

    items: list[ItemBody] = Field(min_length=1, max_length=50)
    answer_by: datetime | None = None


class SupplementBody(GuidanceBody):
    """What is to be added after receipt; a further request says who allowed it and why."""

    approval_reason: str = Field("", max_length=1000)


class CorrectionBody(Schema):
    """What was received wrongly: fields by name, and why they change."""

    changes: dict[str, str | int]
    reason: str = Field(min_length=1, max_length=1000)


class HandOverBody(Schema):
    """Dossiers that go to another unit on one list."""

    codes: list[str] = Field(min_length=1, max_length=200)
    to_unit_code: str = Field(max_length=35)
    note: str = Field("", max_length=300)


class HandOverRowOut(Schema):
    """One numbered list between two units, as lists show it."""

    number: str
    from_unit_code: str
    to_unit_code: str
    made_at: datetime
    made_by_name: str
    taken_at: datetime | None
    taken_by_name: str
    note: str


class HandOverOut(HandOverRowOut):
    """One numbered list between two units, with the dossiers that stand on it."""

    codes: list[str]


class CertLineBody(Schema):
    """One original, and how many copies of it were certified."""

    paper_name: str = Field(min_length=1, max_length=300)
    pages: int = Field(ge=1, le=999)
    copies: int = Field(ge=1, le=99)


class CertifyBody(Schema):
    """Copies certified in one act."""

    desk_code: str = Field(max_length=35)
    applicant_name: str = Field(min_length=1, max_length=300)
    lines: list[CertLineBody] = Field(min_length=1, max_length=50)
    receipt_number: str = Field("", max_length=40)


class SentBackBody(Schema):
    """Why a step returns to the receiving desk."""

    reason: str = Field(min_length=1, max_length=1000)


@door.makes("/desk/dossiers", Scope.DESK, Filed, "Tiếp nhận tại quầy")
def receive_in_person(request: ActorRequest, body: ReceptionBody, key: str = KEY) -> Any:
    """Take in and receive at a desk, under an outside code if there is one."""
    at, by, key = now(), request.actor, key_of(request, key)
    desk = unit_of(body.desk_code, "desk_code")
    more: dict[str, Any] = {"channel": body.channel, "legal_at": body.legal_at}
    if body.outside_code and requests.answer_of(key, by=by) is None:
        more |= {"outside_code": outside_code(body.outside_code, at), "origin": "api"}
    application = application_of(body, by, at, **more)
    code = dossiers.receive_in_person(application, desk_unit_id=desk.id, by=by, at=at, key=key)
    return Status(201, Filed(code=code))


@door.makes("/desk/dossiers/several", Scope.DESK, SeveralOut, "Tiếp nhận nhiều hồ sơ một lần")
def receive_several(request: ActorRequest, body: SeveralBody, key: str = KEY) -> Any:
    """Receive several applications of one person in one go: all of them, or none."""
    at, by = now(), request.actor
    desk = unit_of(body.desk_code, "desk_code")
    taken = [application_of(one, by, at, channel=body.channel) for one in body.applications]
    codes = dossiers.receive_several(
        taken, desk_unit_id=desk.id, by=by, at=at, key=key_of(request, key)
    )
    return Status(201, {"codes": codes})


@door.makes("/dossiers/{code}/redo", Scope.DESK, Filed, "Tiếp nhận lại hồ sơ")
def redo_reception(request: ActorRequest, code: str, body: RedoneBody) -> Any:
    """Stop a wrongly received dossier and receive it anew; both point at each other."""
    at, by = now(), request.actor
    application = application_of(body, by, at, channel=body.channel)
    anew = dossiers.redo_reception(code, application, body.reason, by=by, at=at)
    return Status(201, Filed(code=anew))


@door.makes("/desk/notes", Scope.DESK, Filed, "Ghi nhận giấy tờ chưa tiếp nhận")
def note_at_desk(request: ActorRequest, body: ReceptionBody, key: str = KEY) -> Any:
    """Note what was handed in at a desk without receiving it: it is received or refused later."""
    at, by, key = now(), request.actor, key_of(request, key)
    desk = unit_of(body.desk_code, "desk_code")
    application = application_of(body, by, at, channel=body.channel, legal_at=body.legal_at)
    code = dossiers.note_at_desk(application, desk_unit_id=desk.id, by=by, at=at, key=key)
    return Status(201, Filed(code=code))


@door.acts("/dossiers/{code}/receive", Scope.DESK, Filed, "Tiếp nhận hồ sơ đã nộp")
def receive(request: ActorRequest, code: str) -> Any:
    """Receive a filed dossier and promise a moment."""
    return dossiers.receive_dossier(code, by=request.actor, at=now())


@door.acts("/dossiers/{code}/refuse", Scope.DESK, Filed, "Từ chối tiếp nhận (mẫu 03)")
def refuse(request: ActorRequest, code: str, body: RefusalBody) -> Any:
    """Refuse to receive, with the reason and its basis in law."""
    return dossiers.refuse_dossier(
        code, reason=body.reason, basis=body.basis, by=request.actor, at=now()
    )


@door.acts("/dossiers/{code}/guide", Scope.DESK, Filed, "Hướng dẫn hoàn thiện (mẫu 02)")
def guide(request: ActorRequest, code: str, body: GuidanceBody) -> Any:
    """Say, before receipt, everything that is still to be added; no clock runs yet."""
    return dossiers.guide_applicant(
        code, items_of(body), by=request.actor, at=now(), answer_by=body.answer_by
    )


@door.acts("/dossiers/{code}/supplement", Scope.HANDLE, Filed, "Yêu cầu bổ sung")
def ask_supplement(request: ActorRequest, code: str, body: SupplementBody) -> Any:
    """Ask once, after receipt and within the version's window, for everything that is missing."""
    return dossiers.ask_supplement(
        code,
        items_of(body),
        by=request.actor,
        at=now(),
        approval_reason=body.approval_reason,
        answer_by=body.answer_by,
    )


@door.acts("/dossiers/{code}/correct", Scope.DESK, Filed, "Sửa việc tiếp nhận")
def correct(request: ActorRequest, code: str, body: CorrectionBody) -> Any:
    """Correct what was received wrongly, until it is handed over; a new slip is issued."""
    return dossiers.correct_reception(code, body.changes, body.reason, by=request.actor, at=now())


@door.acts("/dossiers/{code}/slip", Scope.DESK, Filed, "Cấp giấy tiếp nhận (mẫu 01)")
def give_slip(request: ActorRequest, code: str) -> Any:
    """Issue the slip of a received dossier that has none; one that has it stays as it is."""
    return dossiers.give_slip(code, by=request.actor, at=now())


@door.acts("/dossiers/{code}/hand-out", Scope.DESK, Filed, "Trả kết quả")
def hand_out(request: ActorRequest, code: str, body: HandingBody) -> Any:
    """Hand the outcome out."""
    return dossiers.return_outcome(
        code,
        handed_to=body.handed_to,
        handed_how=body.handed_how,
        way=body.way,
        by=request.actor,
        at=now(),
    )


@door.acts("/dossiers/{code}/steps/{step}/to-desk", Scope.HANDLE, Filed, "Chuyển về một cửa")
def send_back_to_desk(request: ActorRequest, code: str, step: str, body: SentBackBody) -> Any:
    """Return a step to the receiving desk, which corrects and hands over anew."""
    return dossiers.send_back_to_desk(code, step_of(step), body.reason, by=request.actor, at=now())


@door.makes("/desk/certifications", Scope.DESK, Filed, "Chứng thực bản sao")
def certify(request: ActorRequest, body: CertifyBody, key: str = KEY) -> Any:
    """Certify copies of originals shown at the desk."""
    lines = [dossiers.CertLine(one.paper_name, one.pages, one.copies) for one in body.lines]
    code = dossiers.certify_copies(
        lines,
        body.applicant_name,
        desk_unit_id=unit_of(body.desk_code, "desk_code").id,
        by=request.actor,
        at=now(),
        receipt_number=body.receipt_number,
        key=key_of(request, key),
    )
    return Status(201, Filed(code=code))


@door.reads("/hand-overs", Scope.DESK, list[HandOverRowOut], "Danh sách bàn giao")
def list_hand_overs(request: ActorRequest, limit: int = LIMIT) -> Any:
    """Return the newest lists from or to one's units."""
    found = dossiers.hand_overs_for(request.actor, limit=limit)
    return plain_json([_row(one) for one in found])


# Numbers hold a slash (0007/BG-…): the longest addresses stand first.
@door.reads("/hand-overs/{path:number}/pdf", Scope.DESK, None, "In danh sách bàn giao", heavy=True)
def print_hand_over(request: ActorRequest, number: str) -> Any:
    """Return the list as PDF, for both sides to sign."""
    content = dossiers.hand_over_pdf(request.actor, number)
    return file_answer(content, "application/pdf", "ban-giao.pdf")


@door.acts("/hand-overs/{path:number}/take", Scope.HANDLE, HandOverOut, "Xác nhận đã nhận bàn giao")
def take_over(request: ActorRequest, number: str) -> Any:
    """Confirm that everything on the list has arrived, once."""
    return plain_json(_shown(dossiers.take_over(number, by=request.actor, at=now())))


@door.reads("/hand-overs/{path:number}", Scope.DESK, HandOverOut, "Xem một danh sách bàn giao")
def read_hand_over(request: ActorRequest, number: str) -> Any:
    """Return one list with the codes that stand on it."""
    found = dossiers.hand_over_for(request.actor, number)
    return plain_json(_shown(found))


@door.makes("/hand-overs", Scope.DESK, HandOverOut, "Bàn giao hồ sơ")
def hand_over(request: ActorRequest, body: HandOverBody) -> Any:
    """Put dossiers on a numbered list from where they are to another unit."""
    unit = unit_of(body.to_unit_code, "to_unit_code")
    made = dossiers.hand_over(body.codes, unit.id, by=request.actor, at=now(), note=body.note)
    return plain_json(_shown(made), 201)


def items_of(body: GuidanceBody) -> list[dossiers.SupplementItemIn]:
    """Return what is asked for, as the operation takes it."""
    return [dossiers.SupplementItemIn(one.what, one.reason, one.spec_code) for one in body.items]


def _shown(one: dossiers.HandOver) -> dict[str, object]:
    codes = [item.dossier.code for item in dossiers.hand_over_items(one)]
    return {**_row(one), "codes": codes}


def _row(one: dossiers.HandOver) -> dict[str, object]:
    units = {
        "from_unit_code": unit_code(one.from_unit_id),
        "to_unit_code": unit_code(one.to_unit_id),
    }
    return row_of(HandOverRowOut, one, **units)
