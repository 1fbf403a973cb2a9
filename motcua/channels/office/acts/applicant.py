"""Acts towards the applicant: ask for a supplement, write, stop."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Status
from motcua.channels.kit.fields import KitForm
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.forms import AnswersForm, MessageForm, StopForm, SupplementForm
from motcua.foundation.access.api import Power
from motcua.lib.errors import BadInput

from .situation import Act, Facts, Situation
from .steps import is_task, step_of

Data = Mapping[str, Any]
_WRITERS = (Power.RECEIVE_DOSSIERS, Power.HANDLE_DOSSIERS, Power.APPROVE_DOSSIERS)


def may_allow_more(situation: Situation) -> bool:
    unit_id = situation.dossier.competent_unit_id
    return situation.actor.can(Power.ALLOW_MORE_SUPPLEMENT, unit_id=unit_id)


def is_asked_before(situation: Situation) -> bool:
    return situation.dossier.supplements >= situation.whole.definition.supplements_allowed


def may_ask(situation: Situation) -> bool:
    is_allowed = not is_asked_before(situation) or may_allow_more(situation)
    return situation.is_at_work and is_allowed


def ask_items(situation: Situation, data: QueryDict | None, _files: Any) -> KitForm:
    dossier, definition = situation.dossier, situation.whole.definition
    papers = [
        ("", "Không gắn với giấy tờ nào"),
        *((paper.code, paper.name[:80]) for paper in definition.papers_for(dossier.case_code)),
    ]
    return SupplementForm(
        data,
        papers=papers,
        needs_approval=is_asked_before(situation),
        may_approve=may_allow_more(situation),
    )


def ask_supplement(situation: Situation, data: Data, _request: ActorRequest) -> str:
    code = situation.dossier.code
    dossiers.ask_supplement(
        code,
        data["items"],
        by=situation.actor,
        at=situation.at,
        approval_reason=data.get("approval_reason", ""),
    )
    return (
        f"Đã yêu cầu bổ sung hồ sơ {code}; phiếu yêu cầu có ở phần Giấy tờ, thời hạn tạm dừng tính."
    )


def stop(situation: Situation, data: Data, _request: ActorRequest) -> str:
    code = situation.dossier.code
    dossiers.stop(code, data["ground"], data["basis"], by=situation.actor, at=situation.at)
    return f"Đã dừng giải quyết hồ sơ {code}; thông báo dừng có ở phần Giấy tờ."


def can_be_stopped(situation: Situation) -> bool:
    return Status.STOPPED in dossiers.MOVES[Status(situation.dossier.status)]


def may_stop(situation: Situation) -> bool:
    dossier = situation.dossier
    is_received = dossier.received_at is not None
    unit_id = dossier.competent_unit_id if is_received else dossier.receiving_unit_id
    return situation.actor.can(Power.STOP_DOSSIERS, unit_id=unit_id)


def write(situation: Situation, data: Data, _request: ActorRequest) -> str:
    if not data["text"].strip():
        raise BadInput("Hãy viết nội dung.", field="text")
    code = situation.dossier.code
    dossiers.write_message(code, data["text"], by=situation.actor, at=situation.at)
    return f"Đã gửi cho người nộp hồ sơ {code}."


def may_write(situation: Situation) -> bool:
    return any(situation.actor.can(power) for power in _WRITERS)


def can_correct(situation: Situation) -> bool:
    """Say whether the applicant has found the draft wrong, and it is in a handler's hands."""
    return is_task(situation) and dossiers.wrong_draft(situation.whole.steps) is not None


def ask_answers(situation: Situation, data: QueryDict | None, _files: Any) -> KitForm:
    whole = situation.whole
    return AnswersForm(data, asked=whole.definition.form, before=whole.answers)


def correct(situation: Situation, data: Data, _request: ActorRequest) -> str:
    code = situation.dossier.code
    dossiers.correct_answers(
        code,
        step_of(situation),
        data["answers"],
        data["reason"],
        by=situation.actor,
        at=situation.at,
    )
    return (
        f"Đã sửa tờ khai của hồ sơ {code}. Hoàn thành bước này với dự thảo mới"
        " để người nộp xem lại."
    )


def what_was_wrong(situation: Situation) -> Facts:
    step = dossiers.wrong_draft(situation.whole.steps)
    return [{"key": "Người nộp báo chưa đúng", "value": step.comment}] if step else []


APPLICANT_ACTS = (
    Act(
        "yeu-cau-bo-sung",
        "Yêu cầu bổ sung",
        lambda one: one.is_workable,
        may_ask,
        ask_supplement,
        ask_items,
        note="Chỉ được yêu cầu một lần: ghi đủ mọi nội dung còn thiếu, mỗi nội dung một lý do."
        " Thời hạn tạm dừng tính đến khi người nộp bổ sung.",
    ),
    Act(
        "sua-to-khai",
        "Sửa tờ khai",
        can_correct,
        lambda one: one.has_hand,
        correct,
        ask_answers,
        facts=what_was_wrong,
        button="Lưu tờ khai đã sửa",
        note="Chỉ sửa chỗ người nộp đã báo sai. Nội dung cũ, mới, ai sửa và lý do được ghi lại;"
        " người nộp đọc được và xem lại bản nháp trước khi ký.",
    ),
    Act(
        "nhan-tin",
        "Viết cho người nộp",
        lambda _one: True,
        may_write,
        write,
        lambda _one, data, _files: MessageForm(data),
        button="Gửi",
    ),
    Act(
        "dung",
        "Dừng giải quyết",
        can_be_stopped,
        may_stop,
        stop,
        lambda _one, data, _files: StopForm(data),
        note="Hồ sơ kết thúc, không mở lại được. Người nộp nhận thông báo và lấy lại bản chính.",
        is_warning=True,
    ),
)
