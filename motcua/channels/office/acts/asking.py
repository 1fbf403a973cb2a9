"""Acts that ask others: consult in parallel, answer."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from motcua.casework.dossiers import api as dossiers
from motcua.channels.kit.fields import KitForm
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.words import moment
from motcua.channels.office.forms import AnswerForm, ConsultForm
from motcua.foundation.access.api import Power
from motcua.foundation.calendar import api as calendar
from motcua.foundation.organisation import api as organisation

from .situation import Act, Facts, Situation

Data = Mapping[str, Any]


def near_units(one: Situation) -> list[tuple[str, str]]:
    """Return the units of the agency that decides, but the one that asks."""
    mine = one.step.unit_id if one.step else 0
    units = organisation.tree().units_of(one.dossier.agency_id)
    return [(str(unit.id), unit.name) for unit in units if unit.id != mine]


def other_agencies(one: Situation) -> list[tuple[str, str]]:
    """Return the other agencies of the province; what they are asked goes to their leaders."""
    agencies = organisation.tree().agencies()
    found = [(str(a.root_unit_id), a.name) for a in agencies if a.id != one.dossier.agency_id]
    return [("", "Không"), *found]


def consult(one: Situation, data: Data, _request: ActorRequest) -> str:
    """Ask everybody that was chosen, one question after the other."""
    facts = dossiers.facts_of_unit(one.dossier.receiving_unit_id)
    due_at = calendar.closing_of(data["due_on"], facts)
    units = [*data["units"], *([data["agency"]] if data["agency"] else [])]
    whom: list[dict[str, Any]] = [{"unit_id": int(unit)} for unit in units]
    if data["outside_body"]:
        whom.append({"outside_body": data["outside_body"]})
    for one_of_them in whom:
        dossiers.consult(
            one.dossier.code,
            question=data["question"],
            due_at=due_at,
            by=one.actor,
            at=one.at,
            **one_of_them,
        )
    return f"Đã hỏi {len(whom)} nơi; hạn trả lời {moment(due_at)}."


def asked_item(one: Situation) -> Any:
    """Return the open question that is meant, or nothing."""
    open_ones = [asked for asked in one.whole.consultations if asked.answered_at is None]
    return next((asked for asked in open_ones if asked.seq == one.item), None)


def may_answer(one: Situation) -> bool:
    asked = asked_item(one)
    if asked is None or asked.unit_id is None:
        return one.is_at_work
    powers = (Power.APPROVE_DOSSIERS, Power.HANDLE_DOSSIERS)
    return any(one.actor.can(power, unit_id=asked.unit_id) for power in powers)


def question_facts(one: Situation) -> Facts:
    asked = asked_item(one)
    if asked is None:
        return []
    return [
        {"key": "Người hỏi", "value": asked.asked_by_name},
        {"key": "Nội dung", "value": asked.question},
        {"key": "Hạn trả lời", "value": moment(asked.due_at)},
    ]


def answer(one: Situation, data: Data, _request: ActorRequest) -> str:
    code, agrees = one.dossier.code, data["agrees"] == "yes"
    dossiers.answer_consultation(
        code, one.item, agrees=agrees, answer=data["answer"], by=one.actor, at=one.at
    )
    return f"Đã trả lời ý kiến về hồ sơ {code}."


def ask_whom(one: Situation, data: QueryDict | None, _files: Any) -> KitForm:
    return ConsultForm(data, units=near_units(one), agencies=other_agencies(one))


ASKING_ACTS = (
    Act(
        "lay-y-kien",
        "Lấy ý kiến",
        lambda one: one.is_workable,
        lambda one: one.is_at_work,
        consult,
        ask_whom,
        note="Các nơi được hỏi cùng lúc; thời hạn của hồ sơ vẫn tính.",
        button="Gửi câu hỏi",
    ),
    Act(
        "tra-loi-y-kien",
        "Trả lời ý kiến",
        lambda one: asked_item(one) is not None,
        may_answer,
        answer,
        lambda _one, data, _files: AnswerForm(data),
        question_facts,
        is_per_item=True,
        button="Trả lời",
    ),
)
