"""Say to people what happened: the applicant, who has new work, who is asked.

Called in the worker for each fact; silent facts never come here.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from motcua.casework.dossiers.choices import Act, ScopeRole, Status
from motcua.casework.dossiers.models import (
    Consultation,
    Dossier,
    DossierMove,
    DossierScope,
    DossierStep,
    Objection,
    Posting,
)
from motcua.casework.dossiers.queries.lists import in_order
from motcua.casework.procedures import api as procedures
from motcua.casework.processes.api import StepKind
from motcua.foundation.identity import api as identity
from motcua.foundation.mandates import api as mandates
from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.api import Kind, Message
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.actor import SYSTEM, mandate_id_of
from motcua.lib.clock import local, local_day
from motcua.lib.tongue import on_day, said

from . import message_kinds as kinds

_ACT = 1000
_MOST_QUOTED = 300
HEADS = (PostRole.UNIT_HEAD, PostRole.DESK_HEAD)
LEADERS = (PostRole.AGENCY_LEADER,)
_WORKING = frozenset({Act.COMPLETE, Act.APPROVE})
_SPECIAL: Mapping[Act, Kind] = {
    Act.ASSIGN: kinds.WORK,
    Act.CONSULT: kinds.ASKED,
    Act.ANSWER_CONSULTATION: kinds.ANSWERED,
    Act.WRITE_MESSAGE: kinds.QUESTION,
    Act.SUPPLY: kinds.WORK,
    Act.OBJECT: kinds.OBJECTION,
}


class _Moved(NamedTuple):
    dossier: Dossier
    move: DossierMove

    @property
    def values(self) -> dict[str, str]:
        return {
            "code": self.dossier.code,
            "procedure": procedures.official(
                procedures.definition_of(self.dossier.procedure_version_id).name
            ),
            "due": moment(self.move.due_at),
            "note": self.move.note.rstrip(". "),
        }


def moment(at: datetime | None) -> str:
    """Return a due moment as messages say it."""
    if at is None:
        return said("không có hạn theo quy định")
    return on_day(f"{local(at):%H:%M ngày %d/%m/%Y}", local(at))


def office_page(code: str) -> str:
    """Return where an officer works on the dossier; the address is agreed, not imported."""
    return f"/xu-ly/ho-so/{code}/"


def tell_applicants(facts: Sequence[outbox.ReadFact]) -> int:
    """Tell those who filed, if they have an account and did not do it themselves.

    Who acts for them by mandate hears it, too.

    Costs: nothing for most facts, else four statements and those of the notices.
    """
    mine = [fact for fact in facts if _is_news_to_owner(fact)]
    opened = _opened_by([fact for fact in mine if fact.payload["act"] in _WORKING])
    told = [(fact, _kind_for_applicant(fact, opened)) for fact in mine]
    wanted = [(fact, kind) for fact, kind in told if kind is not None]
    moved = _moved([fact for fact, _ in wanted])
    agents = _agents([fact for fact, _ in wanted])
    return _tell(
        Message(
            accounts,
            kind,
            moved[fact.id].values,
            fact.at,
            page.format(code=moved[fact.id].dossier.code),
        )
        for fact, kind in wanted
        if moved[fact.id].move.detail.get("is_news", True)
        for accounts, page in (
            ([_owner(fact)], "/ho-so/{code}/"),
            (agents.get(fact.id, []), "/tra-cuu/{code}/"),
        )
        if accounts
    )


def _agents(facts: Sequence[outbox.ReadFact]) -> dict[int, list[int]]:
    """Return who acts for the owner and did not do it himself, by the fact's id.

    Costs: one statement; up to two more if there is anybody.
    """
    if not facts:
        return {}
    rows = DossierScope.objects.filter(
        dossier_id__in={fact.aggregate_id for fact in facts}, role=ScopeRole.AGENT
    ).values_list("dossier_id", "unit_id")
    under = {dossier_id: mandate_id_of(unit_id) for dossier_id, unit_id in rows}
    if not under:
        return {}
    known = mandates.agents_of(list(under.values()), at=facts[-1].at)
    found = {fact.id: known.get(under.get(fact.aggregate_id, 0), []) for fact in facts}
    return {fact.id: [one for one in found[fact.id] if one != fact.by_id] for fact in facts}


def tell_offices(facts: Sequence[outbox.ReadFact]) -> int:
    """Tell officers of steps that opened for them, of questions and of answers.

    Who has the step, else the heads of its unit; nobody is told of what they did themselves.

    Costs: five statements, those of the notices, and up to three for a question or its like.
    """
    opened = _opened_by(facts)
    steps = [
        (fact, step)
        for fact in facts
        for step in opened.get(fact.id, ())
        if step.kind != StepKind.APPLICANT_CONFIRMS
    ]
    others = [fact for fact in facts if Act(str(fact.payload["act"])) in _SPECIAL]
    moved = _moved([*(fact for fact, _ in steps), *others])
    heads = _accounts_of_heads([(fact, step) for fact, step in steps if step.assignee_id is None])
    messages = [_of_step(moved[fact.id], step, fact, heads) for fact, step in steps]
    messages += [one for fact in others if (one := _special(moved[fact.id], fact)) is not None]
    return _tell(messages)


def tell_objectors(facts: Sequence[outbox.ReadFact]) -> int:
    """Tell those who objected on-line to a posting what was answered.

    Costs: nothing for other facts, else three statements for each and those of the notices.
    """
    settled = [fact for fact in facts if fact.payload["act"] == Act.SETTLE_OBJECTION]
    moved = _moved(settled)
    found = [_to_objector(moved[fact.id], fact) for fact in settled]
    return _tell(one for one in found if one is not None)


def _to_objector(moved: _Moved, fact: outbox.ReadFact) -> Message | None:
    seq, dossier_id = int(moved.move.detail.get("seq") or 0), moved.dossier.pk
    said = Objection.objects.filter(dossier_id=dossier_id, seq=seq, account_id__isnull=False)
    objection = said.first()
    if objection is None or objection.account_id is None:
        return None
    posting = Posting.objects.get(dossier_id=dossier_id, seq=objection.posting_seq)
    values = {"title": posting.title, "answer": objection.answer[:_MOST_QUOTED]}
    page = f"/niem-yet/{posting.key}/"
    return Message([objection.account_id], kinds.OBJECTION_ANSWERED, values, fact.at, page)


def _tell(messages: Iterable[Message]) -> int:
    """Send what concerns accounts that are still open."""
    found = list(messages)
    alive = set(living({account for one in found for account in one.account_ids}))
    kept = [replace(one, account_ids=alive.intersection(one.account_ids)) for one in found]
    return notifications.notify_all(kept, by=SYSTEM)


def living(account_ids: Collection[int]) -> list[int]:
    """Return the accounts that are still open: nobody writes to one that has ended."""
    if not account_ids:
        return []
    accounts = identity.Account.objects.filter(pk__in=account_ids, disabled_at=None)
    return list(accounts.order_by("pk").values_list("pk", flat=True))


def _moved(facts: Sequence[outbox.ReadFact]) -> dict[int, _Moved]:
    """Return the dossier and the move of each fact, by the fact's id."""
    if not facts:
        return {}
    rows = work.fetch(_MOVED, [[f.aggregate_id for f in facts], [f.seq for f in facts]])
    moves = {(row[0], row[1]): work.from_row(DossierMove, row) for row in rows}
    found = {one.pk: one for one in in_order(list({fact.aggregate_id for fact in facts}))}
    return {
        fact.id: _Moved(found[fact.aggregate_id], moves[fact.aggregate_id, fact.seq])
        for fact in facts
    }


_MOVED = f"""
SELECT {work.columns(DossierMove, "m")} FROM unnest(%s::bigint[], %s::int[]) AS f(dossier_id, seq)
JOIN dossiers_dossiermove m ON m.dossier_id = f.dossier_id AND m.seq = f.seq
"""  # noqa: S608 -- our own columns
_OPENED = f"""
SELECT f.id, {work.columns(DossierStep, "s")}
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS f(id, dossier_id, seq)
JOIN dossiers_dossierstep s ON s.dossier_id = f.dossier_id
  AND s.seq >= f.seq * {_ACT} AND s.seq < (f.seq + 1) * {_ACT}
ORDER BY f.id, s.seq
"""  # noqa: S608 -- our own columns


def _opened_by(facts: Sequence[outbox.ReadFact]) -> dict[int, list[DossierStep]]:
    """Return the steps that each fact's move opened, by the fact's id."""
    if not facts:
        return {}
    asked = [[f.id for f in facts], [f.aggregate_id for f in facts], [f.seq for f in facts]]
    found: dict[int, list[DossierStep]] = {}
    for fact_id, *row in work.fetch(_OPENED, asked):
        found.setdefault(fact_id, []).append(work.from_row(DossierStep, row))
    return found


def _owner(fact: outbox.ReadFact) -> int:
    owner_id = fact.payload.get("owner_id")
    return owner_id if isinstance(owner_id, int) else 0


def _is_news_to_owner(fact: outbox.ReadFact) -> bool:
    own_news = fact.payload["act"] in {Act.FILE, Act.WITHDRAW}
    return bool(_owner(fact)) and (own_news or fact.by_id != _owner(fact))


def _kind_for_applicant(
    fact: outbox.ReadFact, opened: Mapping[int, Sequence[DossierStep]]
) -> Kind | None:
    if fact.payload["act"] == Act.ACKNOWLEDGE:
        return kinds.ACKNOWLEDGED if fact.payload["status"] == Status.RETURNED else None
    if fact.payload["status"] == Status.RESOLVED != fact.payload["was"]:
        return kinds.RESOLVED
    if any(step.kind == StepKind.APPLICANT_CONFIRMS for step in opened.get(fact.id, ())):
        return kinds.CONFIRM
    return kinds.FOR_APPLICANT.get(Act(str(fact.payload["act"])))


def _of_step(
    moved: _Moved,
    step: DossierStep,
    fact: outbox.ReadFact,
    heads: Mapping[tuple[date, int, PostRole], Sequence[int]],
) -> Message:
    name = name_of(moved.dossier, step)
    values = {**moved.values, "note": name, "due": moment(step.due_at)}
    if step.assignee_id is not None:
        return _to([step.assignee_id], kinds.WORK, moved, values, fact)
    day = local_day(fact.at)
    found = [one for role in heads_for(step) for one in heads.get((day, step.unit_id, role), ())]
    return _to(found, kinds.WORK, moved, values, fact)


def heads_for(step: DossierStep) -> Collection[PostRole]:
    """Return who answers for a step of that kind: the head, or who signs."""
    return LEADERS if step.kind == StepKind.DECISION else HEADS


def _accounts_of_heads(
    steps: Sequence[tuple[outbox.ReadFact, DossierStep]],
) -> dict[tuple[date, int, PostRole], list[int]]:
    """Return the accounts of heads and leaders by day, unit and role.

    Costs: two statements for each day.
    """
    found: dict[tuple[date, int, PostRole], list[int]] = {}
    for day in {local_day(fact.at) for fact, _ in steps}:
        units = {step.unit_id for fact, step in steps if local_day(fact.at) == day}
        seats = organisation.seats_of_units(units, day, roles=(*HEADS, *LEADERS))
        officers = [seat.officer_id for seat in seats if seat.officer_id is not None]
        accounts = identity.Account.objects.filter(officer_id__in=officers, disabled_at=None)
        of_officer: dict[int, list[int]] = {}
        for officer_id, account_id in accounts.values_list("officer_id", "pk"):
            of_officer.setdefault(officer_id, []).append(account_id)
        for seat in seats:
            key = (day, seat.unit_id, seat.role)
            found.setdefault(key, []).extend(of_officer.get(seat.officer_id or 0, ()))
    return found


def name_of(dossier: Dossier, step: DossierStep) -> str:
    """Return what the process calls the step."""
    process = procedures.definition_of(dossier.procedure_version_id).process
    known = {one.code: one.name for one in process.steps} if process else {}
    return known.get(step.code, StepKind(step.kind).label)


def _special(moved: _Moved, fact: outbox.ReadFact) -> Message | None:
    """Return what a question, an answer or an assignment tells."""
    act = Act(str(fact.payload["act"]))
    if act == Act.CONSULT:
        return _to_consulted(moved, fact)
    is_owners = fact.payload.get("is_by_agent") or fact.by_id == fact.payload.get("owner_id")
    if act in (Act.WRITE_MESSAGE, Act.SUPPLY) and not is_owners:
        return None
    told = _assignees(fact)
    if not told and act in (Act.WRITE_MESSAGE, Act.OBJECT):
        told = _heads_where_it_lies(moved.dossier, fact)
    return _to(told, _SPECIAL[act], moved, moved.values, fact)


def _heads_where_it_lies(dossier: Dossier, fact: outbox.ReadFact) -> list[int]:
    """Return the heads of the units that have it to do, of the desk while none has."""
    steps = DossierStep.objects.filter(dossier_id=dossier.pk, closed_at__isnull=True)
    units = set(steps.values_list("unit_id", flat=True)) or {dossier.receiving_unit_id}
    return [one for unit in sorted(units) for one in accounts_of_unit(unit, HEADS, at=fact.at)]


def _assignees(fact: outbox.ReadFact) -> list[int]:
    steps = DossierStep.objects.filter(
        dossier_id=fact.aggregate_id, closed_at__isnull=True, assignee_id__isnull=False
    )
    return [one for one in steps.values_list("assignee_id", flat=True).distinct() if one]


def _to_consulted(moved: _Moved, fact: outbox.ReadFact) -> Message | None:
    asked = Consultation.objects.filter(
        dossier_id=fact.aggregate_id, seq=fact.seq * _ACT, unit_id__isnull=False
    ).first()
    if asked is None or asked.unit_id is None:
        return None
    heads = accounts_of_unit(asked.unit_id, HEADS, at=fact.at)
    return _to(heads, kinds.ASKED, moved, {**moved.values, "due": moment(asked.due_at)}, fact)


def _to(
    account_ids: Collection[int],
    kind: Kind,
    moved: _Moved,
    values: Mapping[str, object],
    fact: outbox.ReadFact,
) -> Message:
    others = [one for one in account_ids if one != fact.by_id]
    return Message(others, kind, values, fact.at, office_page(moved.dossier.code))


def accounts_of_unit(unit_id: int, roles: Collection[PostRole], *, at: datetime) -> list[int]:
    """Return the accounts of who holds these roles in the unit that day.

    Costs: two queries.
    """
    officers = organisation.officers_of_units([unit_id], local_day(at), roles=roles)
    accounts = identity.Account.objects.filter(officer__in=officers, disabled_at=None)
    return list(accounts.order_by("pk").values_list("pk", flat=True))
