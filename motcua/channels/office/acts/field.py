"""Acts in the field and on what was posted: go, take pictures, write minutes, sign, answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from motcua.casework.dossiers import api as dossiers
from motcua.casework.processes.api import StepKind
from motcua.channels.kit.fields import KitForm
from motcua.channels.kit.kept import kept_files
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.words import moment
from motcua.channels.office.field_forms import (
    HearingForm,
    MinutesForm,
    PhotoForm,
    SettleForm,
    SignMinutesForm,
    VisitForm,
)
from motcua.lib.clock import HANOI

from .situation import Act, Facts, Onward, Situation

Data = Mapping[str, Any]
SignerRole = dossiers.field.SignerRole


def plan_visit(one: Situation, data: Data, _request: ActorRequest) -> str:
    code = one.dossier.code
    at = datetime.combine(data["planned_on"], data["planned_at"], tzinfo=HANOI)
    dossiers.field.plan_visit(
        code, at, data["place"], data["who"], by=one.actor, at=one.at, surveyor=data["surveyor"]
    )
    return f"Đã hẹn kiểm tra thực địa hồ sơ {code}: {moment(at)}; người nộp được báo."


def is_interview(one: Situation) -> bool:
    """Say whether the step at hand is to meet people."""
    step = one.step
    return one.is_workable and step is not None and step.kind == StepKind.INTERVIEW


def plan_hearing(one: Situation, data: Data, request: ActorRequest) -> str:
    plan_visit(one, {**data, "surveyor": ""}, request)
    return f"Đã hẹn gặp {data['who']} về hồ sơ {one.dossier.code}."


def visit_item(one: Situation) -> Any:
    open_ones = [visit for visit in one.whole.visits if visit.done_at is None]
    return next((visit for visit in open_ones if visit.seq == one.item), None)


def visit_facts(one: Situation) -> Facts:
    visit = visit_item(one)
    if visit is None:
        return []
    rows = [
        ("Nơi", visit.place),
        ("Hẹn", moment(visit.planned_at)),
        ("Thành phần", visit.who),
        ("Đơn vị đo đạc", visit.surveyor),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def onward(one: Situation, words: str) -> Onward:
    """Return to the page of the visit, from which all is done at the place."""
    return Onward(words, reverse("office:visit", args=[one.dossier.code, one.item]))


def add_photos(one: Situation, data: Data, _request: ActorRequest) -> Onward:
    """Keep each picture by an act of its own: what came before a line broke stays."""
    new = 0
    for kept in kept_files(data["photos"], by=one.actor, at=one.at):
        photo = dossiers.field.PhotoIn(*kept)
        code = one.dossier.code
        new += dossiers.field.add_visit_photo(code, one.item, photo, by=one.actor, at=one.at)
    words = f"Đã giữ {new} ảnh." if new else "Ảnh này đã được giữ trước đó."
    return onward(one, words)


def ask_minutes(one: Situation, data: QueryDict | None, files: Any) -> KitForm:
    visit = visit_item(one)
    asked = dossiers.field.asked_at(one.dossier, visit.step_code) if visit else ()
    return MinutesForm(data, None if data is None else files, asked=asked)


def record_visit(one: Situation, data: Data, _request: ActorRequest) -> Onward:
    code, visit = one.dossier.code, visit_item(one)
    photos = [
        dossiers.field.PhotoIn(*kept)
        for kept in kept_files(data["photos"], by=one.actor, at=one.at)
    ]
    asked = dossiers.field.asked_at(one.dossier, visit.step_code)
    found = {field.name: data.get(field.name) for field in asked}
    dossiers.field.record_visit(
        code, one.item, data["minutes"], by=one.actor, at=one.at, photos=photos, found=found
    )
    return onward(one, f"Đã ghi biên bản kiểm tra thực địa hồ sơ {code}. Mời các bên ký.")


def is_at_visit(one: Situation) -> bool:
    """Say whether the actor works on what the visit is for, not on another step beside it."""
    visit = next((v for v in one.whole.visits if v.seq == one.item), None)
    return (
        one.is_at_work
        and visit is not None
        and dossiers.field.works_on_visit(one.whole.steps, visit, one.actor)
    )


def may_sign(one: Situation) -> bool:
    """Say whether the actor works on the visit or the meeting whose minutes are signed."""
    meeting = meeting_closed(one)
    if meeting is None:
        return is_at_visit(one)
    is_at_step = dossiers.field.works_on_step(one.whole.steps, meeting.step_seq, one.actor)
    return one.is_at_work and is_at_step


def minutes_written(one: Situation) -> bool:
    """Say whether there are minutes to sign under this number."""
    visits = [v for v in one.whole.visits if v.seq == one.item and v.done_at is not None]
    return bool(visits) or meeting_closed(one) is not None


def meeting_closed(one: Situation) -> Any:
    """Return the meeting with minutes that is meant, or nothing."""
    meetings = dossiers.field.field_work(one.dossier).meetings
    return next((m for m in meetings if m.seq == one.item and m.closed_at is not None), None)


def ask_signer(one: Situation, data: QueryDict | None, _files: Any) -> KitForm:
    roles = [SignerRole.OFFICER, SignerRole.APPLICANT, SignerRole.PARTY]
    if meeting_closed(one) is not None:
        roles = [SignerRole.CHAIR, SignerRole.SECRETARY, SignerRole.MEMBER, SignerRole.PARTY]
    return SignMinutesForm(data, roles=[role.value for role in roles])


def sign_minutes(one: Situation, data: Data, _request: ActorRequest) -> str | Onward:
    signed = dossiers.field.SignatureIn(
        SignerRole(data["role"]),
        data["name"],
        dossiers.field.SigningWay(data["way"]),
        data["strokes"],
        data["witness"],
        data["reason"],
    )
    dossiers.field.sign_minutes(one.dossier.code, one.item, signed, by=one.actor, at=one.at)
    words = "Đã ghi chữ ký vào biên bản."
    return words if meeting_closed(one) is not None else onward(one, words)


def objection_item(one: Situation) -> Any:
    """Return the objection that is meant, while it waits for an answer."""
    said = dossiers.field.field_work(one.dossier).objections
    return next((o for o in said if o.seq == one.item and o.settled_at is None), None)


def objection_facts(one: Situation) -> Facts:
    said = objection_item(one)
    if said is None:
        return []
    rows = [
        ("Người có ý kiến", said.by_name),
        ("Liên hệ", said.contact),
        ("Gửi lúc", moment(said.handed_at)),
        ("Nhận tại quầy", said.received_by_name),
        ("Nội dung", said.text),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def settle(one: Situation, data: Data, _request: ActorRequest) -> str:
    dossiers.field.settle_objection(
        one.dossier.code,
        one.item,
        is_upheld=data["upheld"] == "yes",
        answer=data["answer"],
        by=one.actor,
        at=one.at,
    )
    return "Đã trả lời ý kiến. Ai gửi qua cổng được báo ngay; ai nộp tại quầy: hãy gửi thư trả lời."


FIELD_ACTS = (
    Act(
        "hen-thuc-dia",
        "Hẹn kiểm tra thực địa",
        lambda one: one.is_workable and not is_interview(one),
        lambda one: one.is_at_work,
        plan_visit,
        lambda _one, data, _files: VisitForm(data),
        button="Hẹn",
    ),
    Act(
        "hen-gap",
        "Hẹn gặp, lấy ý kiến trực tiếp",
        is_interview,
        lambda one: one.is_at_work,
        plan_hearing,
        lambda _one, data, _files: HearingForm(data),
        button="Hẹn gặp",
    ),
    Act(
        "anh-thuc-dia",
        "Gửi ảnh thực địa",
        lambda one: one.is_workable and visit_item(one) is not None,
        is_at_visit,
        add_photos,
        lambda _one, data, files: PhotoForm(data, None if data is None else files),
        visit_facts,
        is_per_item=True,
        button="Gửi ảnh",
    ),
    Act(
        "bien-ban",
        "Ghi biên bản",
        lambda one: one.is_workable and visit_item(one) is not None,
        is_at_visit,
        record_visit,
        ask_minutes,
        visit_facts,
        is_per_item=True,
        button="Ghi biên bản",
    ),
    Act(
        "ky-bien-ban",
        "Ký biên bản",
        lambda one: one.is_workable and minutes_written(one),
        may_sign,
        sign_minutes,
        ask_signer,
        is_per_item=True,
        note="Đọc lại biên bản cho người ký nghe trước. Ai không ký thì ghi từ chối và người làm"
        " chứng.",
        button="Ghi chữ ký",
    ),
    Act(
        "tra-loi-niem-yet",
        "Trả lời ý kiến về niêm yết",
        lambda one: one.is_workable and objection_item(one) is not None,
        lambda one: one.is_at_work,
        settle,
        lambda _one, data, _files: SettleForm(data),
        objection_facts,
        is_per_item=True,
        button="Trả lời",
    ),
)
