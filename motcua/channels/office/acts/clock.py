"""Acts on the promise: send back, apologise, extend, wait, money."""

from collections.abc import Mapping
from typing import Any

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures.api import Ground
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.words import moment
from motcua.channels.office.forms import (
    ApologyForm,
    ExtensionForm,
    NoteForm,
    SendBackForm,
    WaitForm,
)
from motcua.foundation.access.api import Power
from motcua.foundation.calendar import api as calendar
from motcua.lib.errors import BadInput

from .situation import Act, Facts, Situation
from .steps import has_step, step_of

Data = Mapping[str, Any]
_BY_LAW = (Ground.POSTING, Ground.OUTSIDE_BODY)


def is_away_from_desk(one: Situation) -> bool:
    return (
        has_step(one) and one.step is not None and one.step.unit_id != one.dossier.receiving_unit_id
    )


def send_back(one: Situation, data: Data, _request: ActorRequest) -> str:
    code = one.dossier.code
    dossiers.send_back_to_desk(code, step_of(one), data["reason"], by=one.actor, at=one.at)
    return f"Đã trả hồ sơ {code} về bộ phận một cửa; thời hạn vẫn tính tiếp."


def can_be_promised_anew(one: Situation) -> bool:
    dossier = one.dossier
    return one.is_workable and dossier.due_at is not None and dossier.reappointed_at is None


def may_apologise(one: Situation) -> bool:
    return one.actor.can(Power.ISSUE_APOLOGIES, unit_id=one.dossier.competent_unit_id)


def apology_facts(one: Situation) -> Facts:
    """Return the promise as it stands and until when an apology is in time."""
    due = one.dossier.due_at
    if due is None:
        return []
    facts = dossiers.facts_of_unit(one.dossier.receiving_unit_id)
    latest = calendar.latest_apology_moment(due, facts)
    is_late = one.at > latest
    word = "Đã qua; xin lỗi bây giờ được ghi là muộn" if is_late else "Còn kịp"
    return [
        {"key": "Hẹn trả hiện nay", "value": moment(due)},
        {"key": "Phải xin lỗi chậm nhất", "value": f"{moment(latest)}. {word}."},
    ]


def apologise(one: Situation, data: Data, _request: ActorRequest) -> str:
    code = one.dossier.code
    facts = dossiers.facts_of_unit(one.dossier.receiving_unit_id)
    day = data["new_due_on"]
    if not calendar.is_working_day(day, facts):
        raise BadInput("Ngày hẹn mới phải là ngày làm việc.", field="new_due_on")
    new = calendar.closing_of(day, facts)
    try:
        dossiers.apologise(code, new, data["reason"], by=one.actor, at=one.at)
    except BadInput as error:
        field = "new_due_on" if error.field == "new_due_at" else error.field
        raise BadInput(str(error), field=field) from error
    return f"Đã xin lỗi và hẹn lại hồ sơ {code}: {moment(new)}. Văn bản xin lỗi ở phần Giấy tờ."


def can_be_extended(one: Situation) -> bool:
    dossier, whole = one.dossier, one.whole
    is_extended = any(change.kind == "extended" for change in whole.due_changes)
    in_time = dossier.due_at is not None and one.at <= dossier.due_at
    has_ground = not whole.definition.extension_after_asking or bool(whole.consultations)
    is_provided = whole.definition.extension is not None and has_ground
    return one.is_workable and in_time and not is_extended and is_provided


def may_extend(one: Situation) -> bool:
    return one.actor.can(Power.APPROVE_DOSSIERS, unit_id=one.dossier.competent_unit_id)


def extend(one: Situation, data: Data, _request: ActorRequest) -> str:
    code = one.dossier.code
    changed = dossiers.extend(code, data["ground"], by=one.actor, at=one.at)
    until = moment(changed.due_at) if changed.due_at else ""
    return f"Đã gia hạn hồ sơ {code}: {until}."


def extension_facts(one: Situation) -> Facts:
    definition = one.whole.definition
    more = definition.extension
    rows = [
        ("Gia hạn thêm", calendar.in_words(more) if more else ""),
        ("Theo quy định", definition.extension_ground),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def grounds(one: Situation) -> list[tuple[str, str]]:
    """Return for what the office may wait with this procedure."""
    process = one.whole.definition.process
    provided = {step.pause_ground for step in process.steps} if process else set()
    found = [Ground.TAX_AUTHORITY, Ground.OWN_WORK, *(g for g in _BY_LAW if g in provided)]
    return [(str(ground), ground.label.capitalize()) for ground in found]


def start_waiting(one: Situation, data: Data, _request: ActorRequest) -> str:
    code, ground = one.dossier.code, Ground(data["ground"])
    dossiers.start_waiting(code, ground, data["note"], by=one.actor, at=one.at)
    return f"Hồ sơ {code} đang {ground.label}."


def is_waiting(one: Situation) -> bool:
    by_hand = {Ground.TAX_AUTHORITY, Ground.OWN_WORK, *_BY_LAW}
    open_waits = [wait for wait in one.whole.waits if wait.supplied_at is None]
    return one.is_workable and any(wait.ground in by_hand for wait in open_waits)


def end_waiting(one: Situation, data: Data, _request: ActorRequest) -> str:
    code = one.dossier.code
    dossiers.end_waiting(code, data["note"], by=one.actor, at=one.at)
    return f"Hồ sơ {code} tiếp tục được xử lý."


def arrive(one: Situation, _data: Data, _request: ActorRequest) -> str:
    code = one.dossier.code
    arrived = dossiers.note_arrival(code, by=one.actor, at=one.at)
    until = moment(arrived.due_at) if arrived.due_at else "không có thời hạn"
    return f"Hồ sơ {code} đã đến; hẹn trả {until}."


CLOCK_ACTS = (
    Act(
        "da-den",
        "Đã nhận hồ sơ giấy",
        lambda one: dossiers.is_on_its_way(one.dossier),
        lambda one: one.actor.can(Power.HANDLE_DOSSIERS, unit_id=one.dossier.competent_unit_id),
        arrive,
        note="Thời hạn của thủ tục này tính từ lúc nơi giải quyết nhận hồ sơ do một cửa chuyển.",
        is_main=True,
    ),
    Act(
        "tiep-tuc",
        "Tiếp tục xử lý",
        is_waiting,
        lambda one: one.is_at_work,
        end_waiting,
        lambda _one, data, _files: NoteForm(data),
        note="Thời gian chờ kết thúc; hẹn trả được tính lại theo quy định của thủ tục.",
    ),
    Act(
        "xin-loi",
        "Xin lỗi và hẹn lại",
        can_be_promised_anew,
        may_apologise,
        apologise,
        lambda _one, data, _files: ApologyForm(data),
        apology_facts,
        note="Chỉ được hẹn lại một lần; cả hai ngày hẹn đều được giữ và người nộp thấy cả hai.",
    ),
    Act(
        "gia-han",
        "Gia hạn theo luật",
        can_be_extended,
        may_extend,
        extend,
        lambda _one, data, _files: ExtensionForm(data),
        extension_facts,
        button="Gia hạn",
    ),
    Act(
        "cho",
        "Tạm dừng để chờ",
        lambda one: one.is_workable and one.dossier.paused_at is None,
        lambda one: one.is_at_work,
        start_waiting,
        lambda one, data, _files: WaitForm(data, grounds=grounds(one)),
        note="Việc chờ có làm dừng thời hạn hay không là theo quy định của thủ tục.",
        button="Bắt đầu chờ",
    ),
    Act(
        "ve-mot-cua",
        "Trả về bộ phận một cửa",
        is_away_from_desk,
        lambda one: one.has_hand,
        send_back,
        lambda _one, data, _files: SendBackForm(data),
        button="Trả về",
    ),
)
