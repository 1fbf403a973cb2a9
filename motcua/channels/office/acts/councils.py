"""Acts of a council: call it together, write its minutes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import QueryDict

from motcua.casework.dossiers import api as dossiers
from motcua.casework.forms.api import Option
from motcua.casework.processes.api import StepKind
from motcua.channels.kit.fields import KitForm
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.words import moment
from motcua.channels.office.field_forms import ConveneForm, MeetingForm
from motcua.lib.clock import HANOI

from .situation import Act, Facts, Situation

Data = Mapping[str, Any]


def council_step(one: Situation) -> Any:
    """Return the open step at which a council meets, or nothing."""
    return next((step for step in one.whole.open_steps if step.kind == StepKind.COUNCIL), None)


def ask_whom(one: Situation, data: QueryDict | None, _files: Any) -> KitForm:
    step = council_step(one)
    spec = dossiers.field.council_of(one.dossier, step.code if step else "")
    parties = _parties(one, spec.parties) if spec.both_parties else ()
    return ConveneForm(data, seats=spec.members, parties=parties)


def _parties(one: Situation, names: Sequence[str]) -> list[str]:
    """Return the parties of the matter as they stand in the application."""
    others = [str(one.whole.answers.get(name) or "") for name in names]
    applicant = f"{one.dossier.applicant_name}, người có đơn"
    return [applicant, *(f"{other}, bên bị tranh chấp" for other in others if other)]


def convene(one: Situation, data: Data, request: ActorRequest) -> str:
    at = datetime.combine(data["planned_on"], data["planned_at"], tzinfo=HANOI)
    form = ask_whom(one, request.POST, None)
    form.is_valid()
    seats = form.asked() if isinstance(form, ConveneForm) else []
    dossiers.field.convene(
        one.dossier.code, at, data["place"], seats, data["about"], by=one.actor, at=one.at
    )
    return f"Đã triệu tập họp {moment(at)}; người nộp được báo. Hãy in giấy mời gửi các bên."


def meeting_item(one: Situation) -> Any:
    """Return the meeting that is meant, while it has no minutes."""
    meetings = dossiers.field.field_work(one.dossier).meetings
    return next((m for m in meetings if m.seq == one.item and m.closed_at is None), None)


def is_at_council(one: Situation) -> bool:
    """Say whether the actor works on the open step at which a council meets."""
    step = council_step(one)
    return step is not None and works_on(one, step.seq)


def is_at_meeting(one: Situation) -> bool:
    """Say whether the actor works on the step for which the meeting was called."""
    meeting = meeting_item(one)
    return meeting is not None and works_on(one, meeting.step_seq)


def works_on(one: Situation, step_seq: int) -> bool:
    steps, by = one.whole.steps, one.actor
    return one.is_at_work and dossiers.field.works_on_step(steps, step_seq, by)


def meeting_facts(one: Situation) -> Facts:
    meeting = meeting_item(one)
    if meeting is None:
        return []
    rows = [
        ("Hội đồng", meeting.name),
        ("Họp lúc", moment(meeting.planned_at)),
        ("Nơi họp", meeting.place),
        ("Nội dung", meeting.about),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def ask_minutes(one: Situation, data: QueryDict | None, _files: Any) -> KitForm:
    meeting = meeting_item(one)
    if meeting is None:
        return KitForm(data)
    known = dossiers.field.field_work(one.dossier)
    votes, asked = votes_and_findings(one, meeting.step_code)
    return MeetingForm(data, seats=known.seats_of(meeting), asked=asked, votes=votes)


def votes_and_findings(one: Situation, step_code: str) -> tuple[Sequence[Option], list[Any]]:
    """Return what may be voted for, and what else the minutes must say."""
    spec = dossiers.field.council_of(one.dossier, step_code)
    fields = dossiers.field.asked_at(one.dossier, step_code)
    voted = next((field for field in fields if field.name == spec.vote_on), None)
    rest = [field for field in fields if field is not voted]
    return (voted.options if voted else ()), rest


def record(one: Situation, data: Data, request: ActorRequest) -> str:
    form = ask_minutes(one, request.POST, None)
    form.is_valid()
    came = form.came() if isinstance(form, MeetingForm) else {}
    found = form.found() if isinstance(form, MeetingForm) else {}
    was_held = dossiers.field.record_meeting(
        one.dossier.code, one.item, came, data["minutes"], found, by=one.actor, at=one.at
    )
    if was_held:
        return "Đã ghi biên bản họp. Mời chủ tịch, thư ký và các bên ký."
    return "Đã ghi việc vắng mặt: cuộc họp không tiến hành được."


COUNCIL_ACTS = (
    Act(
        "trieu-tap",
        "Triệu tập họp hội đồng",
        lambda one: one.is_workable and council_step(one) is not None,
        is_at_council,
        convene,
        ask_whom,
        note="Người nộp được báo ngay; giấy mời in được sau khi triệu tập.",
        button="Triệu tập",
    ),
    Act(
        "bien-ban-hop",
        "Ghi biên bản họp",
        lambda one: one.is_workable and meeting_item(one) is not None,
        is_at_meeting,
        record,
        ask_minutes,
        meeting_facts,
        is_per_item=True,
        button="Ghi biên bản",
    ),
)
