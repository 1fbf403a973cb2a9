"""Say to people what happened: the applicant, who has new work, who is asked.

Called in the worker for each fact; silent facts never come here.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from motcua.casework.dossiers.choices import Act, Status
from motcua.casework.dossiers.models import Consultation, Dossier, DossierMove, DossierStep
from motcua.casework.procedures import api as procedures
from motcua.casework.processes.api import StepKind
from motcua.foundation.identity import api as identity
from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.api import Kind
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.outbox import api as outbox
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local, local_day

from . import message_kinds as kinds

_ACT = 1000
HEADS = (PostRole.UNIT_HEAD, PostRole.DESK_HEAD)
LEADERS = (PostRole.AGENCY_LEADER,)
_WORKING = frozenset({Act.COMPLETE, Act.APPROVE})


class _Moved(NamedTuple):
    dossier: Dossier
    move: DossierMove

    @property
    def values(self) -> dict[str, str]:
        return {
            "code": self.dossier.code,
            "procedure": procedures.definition_of(self.dossier.procedure_version_id).name,
            "due": moment(self.move.due_at),
            "note": self.move.note.rstrip(". "),
        }


def moment(at: datetime | None) -> str:
    """Return a due moment as messages say it."""
    return f"{local(at):%H:%M ngày %d/%m/%Y}" if at else "không có hạn theo quy định"


def office_page(code: str) -> str:
    """Return where an officer works on the dossier; the address is agreed, not imported."""
    return f"/xu-ly/ho-so/{code}/"


def _moved(fact: outbox.ReadFact) -> _Moved:
    dossier = Dossier.objects.get(pk=fact.aggregate_id)
    return _Moved(dossier, DossierMove.objects.get(dossier=dossier, seq=fact.seq))


def tell_applicant(fact: outbox.ReadFact) -> int:
    """Tell who filed it, if they have an account and did not do it themselves.

    Costs: nothing for most facts, else five queries.
    """
    owner_id, act = fact.payload.get("owner_id"), Act(str(fact.payload["act"]))
    is_own = act not in {Act.FILE, Act.WITHDRAW} and fact.by_id == owner_id
    kind = None if is_own else _kind_for_applicant(fact, act)
    if kind is None or not isinstance(owner_id, int):
        return 0
    moved = _moved(fact)
    link = f"/ho-so/{moved.dossier.code}/"
    to = living([owner_id])
    return notifications.notify(to, kind, moved.values, by=SYSTEM, at=fact.at, link=link)


def living(account_ids: Collection[int]) -> list[int]:
    """Return the accounts that are still open: nobody writes to one that has ended."""
    accounts = identity.Account.objects.filter(pk__in=account_ids, disabled_at=None)
    return list(accounts.order_by("pk").values_list("pk", flat=True))


def _kind_for_applicant(fact: outbox.ReadFact, act: Act) -> Kind | None:
    if fact.payload["status"] == Status.RESOLVED != fact.payload["was"]:
        return kinds.RESOLVED
    if act in _WORKING and _asks_to_confirm(fact):
        return kinds.CONFIRM
    return kinds.FOR_APPLICANT.get(act)


def _opened_by(fact: outbox.ReadFact) -> list[DossierStep]:
    first = fact.seq * _ACT
    return list(
        DossierStep.objects.filter(
            dossier_id=fact.aggregate_id, seq__gte=first, seq__lt=first + _ACT
        ).order_by("seq")
    )


def _asks_to_confirm(fact: outbox.ReadFact) -> bool:
    return any(step.kind == StepKind.APPLICANT_CONFIRMS for step in _opened_by(fact))


def tell_office(fact: outbox.ReadFact) -> int:
    """Tell officers of steps that opened for them, of questions and of answers.

    Who has the step, else the heads of its unit; nobody is told of what they did themselves.
    """
    act = Act(str(fact.payload["act"]))
    told = sum(_tell_of_step(fact, step) for step in _opened_by(fact))
    if act == Act.ASSIGN:
        told += _tell_assignees(fact)
    elif act == Act.CONSULT:
        told += _tell_consulted(fact)
    elif act == Act.ANSWER_CONSULTATION:
        told += _tell_assignees(fact, kinds.ANSWERED)
    elif act in (Act.WRITE_MESSAGE, Act.SUPPLY) and fact.by_id == fact.payload.get("owner_id"):
        told += _tell_assignees(fact, kinds.QUESTION if act == Act.WRITE_MESSAGE else kinds.WORK)
    return told


def _tell_of_step(fact: outbox.ReadFact, step: DossierStep) -> int:
    if step.kind == StepKind.APPLICANT_CONFIRMS:
        return 0
    moved = _moved(fact)
    values = {**moved.values, "note": name_of(moved.dossier, step), "due": moment(step.due_at)}
    if step.assignee_id is not None:
        return _notify([step.assignee_id], kinds.WORK, moved.dossier, values, fact)
    heads = accounts_of_unit(step.unit_id, heads_for(step), at=fact.at)
    return _notify(heads, kinds.WORK, moved.dossier, values, fact)


def heads_for(step: DossierStep) -> Collection[PostRole]:
    """Return who answers for a step of that kind: the head, or who signs."""
    return LEADERS if step.kind == StepKind.DECISION else HEADS


def name_of(dossier: Dossier, step: DossierStep) -> str:
    """Return what the process calls the step."""
    process = procedures.definition_of(dossier.procedure_version_id).process
    known = {one.code: one.name for one in process.steps} if process else {}
    return known.get(step.code, StepKind(step.kind).label)


def _tell_assignees(fact: outbox.ReadFact, kind: Kind = kinds.WORK) -> int:
    moved = _moved(fact)
    steps = DossierStep.objects.filter(
        dossier_id=fact.aggregate_id, closed_at__isnull=True, assignee_id__isnull=False
    )
    people = list(steps.values_list("assignee_id", flat=True).distinct())
    return _notify([p for p in people if p], kind, moved.dossier, moved.values, fact)


def _tell_consulted(fact: outbox.ReadFact) -> int:
    asked = Consultation.objects.filter(
        dossier_id=fact.aggregate_id, seq=fact.seq * _ACT, unit_id__isnull=False
    ).first()
    if asked is None or asked.unit_id is None:
        return 0
    moved = _moved(fact)
    heads = accounts_of_unit(asked.unit_id, HEADS, at=fact.at)
    values = {**moved.values, "due": moment(asked.due_at)}
    return _notify(heads, kinds.ASKED, moved.dossier, values, fact)


def _notify(
    account_ids: Collection[int],
    kind: Kind,
    dossier: Dossier,
    values: Mapping[str, object],
    fact: outbox.ReadFact,
) -> int:
    others = living([one for one in account_ids if one != fact.by_id])
    link = office_page(dossier.code)
    return notifications.notify(others, kind, values, by=SYSTEM, at=fact.at, link=link)


def accounts_of_unit(unit_id: int, roles: Collection[PostRole], *, at: datetime) -> list[int]:
    """Return the accounts of who holds these roles in the unit that day.

    Costs: two queries.
    """
    officers = organisation.officers_of_units([unit_id], local_day(at), roles=roles)
    accounts = identity.Account.objects.filter(officer__in=officers, disabled_at=None)
    return list(accounts.order_by("pk").values_list("pk", flat=True))
