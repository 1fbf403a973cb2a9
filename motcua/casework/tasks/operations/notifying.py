"""Say to people what happened to tasks: who has it to do, who gave it.

Called in the worker for each fact; silent facts never come here.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from motcua.casework.processes.api import NO_LIMIT
from motcua.casework.tasks.choices import Act
from motcua.casework.tasks.models import Task, TaskMove, TaskPart
from motcua.foundation.identity import api as identity
from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.api import Kind, Message
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.outbox import api as outbox
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local, local_day

from . import message_kinds as kinds

HEADS = (PostRole.UNIT_HEAD, PostRole.DESK_HEAD, PostRole.AGENCY_LEADER, PostRole.REGISTRY_CLERK)
_NEWLY_GIVEN = frozenset({Act.GIVE, Act.ADD_PARTS, Act.REASSIGN})
_ACT = 1000
_SHOWN = 5


def task_page(code: str) -> str:
    """Return where people work on the task; the address is agreed, not imported."""
    return f"/van-ban/nhiem-vu/{code}/"


def moment(at: datetime) -> str:
    """Return a limit as messages say it."""
    return "không có hạn" if at == NO_LIMIT else f"{local(at):%H:%M ngày %d/%m/%Y}"


def tell_people(facts: Sequence[outbox.ReadFact]) -> int:
    """Tell who has a part of what its giver did, and the giver of what they did.

    Nobody is told of what they did themselves.
    Costs: some six statements for each fact, however many take part.
    """
    messages = [message for fact in facts for message in _messages(fact)]
    alive = living({one for message in messages for one in message.account_ids})
    kept = [
        Message(
            [one for one in message.account_ids if one in alive],
            message.kind,
            message.values,
            message.at,
            message.link,
        )
        for message in messages
    ]
    return notifications.notify_all(kept, by=SYSTEM)


def living(account_ids: Collection[int]) -> frozenset[int]:
    """Return the accounts that are still open: nobody writes to one that has ended."""
    if not account_ids:
        return frozenset()
    accounts = identity.Account.objects.filter(pk__in=account_ids, disabled_at=None)
    return frozenset(accounts.values_list("pk", flat=True))


def _messages(fact: outbox.ReadFact) -> Iterable[Message]:
    act = Act(str(fact.payload["act"]))
    task = Task.objects.get(pk=fact.aggregate_id)
    move = TaskMove.objects.get(task=task, seq=fact.seq)
    if act in _NEWLY_GIVEN:
        yield from _to_newly_given(task, move, fact)
    elif act == Act.ASSIGN:
        yield from _to_parts(kinds.ASSIGNED, task, move, fact)
    elif act in kinds.TO_DOERS:
        yield from _to_parts(kinds.TO_DOERS[act], task, move, fact)
    elif act in kinds.TO_GIVER:
        yield _message([task.given_by_id], kinds.TO_GIVER[act], task, move, fact)
    elif act == Act.NOTE:
        told = [task.given_by_id, *_accounts(_parts(task, move), at=fact.at)]
        yield _message(told, kinds.NOTE, task, move, fact)


def _parts(task: Task, move: TaskMove, *, only_one: bool = False) -> list[TaskPart]:
    parts = TaskPart.objects.filter(task=task)
    if only_one and move.part_seq:
        return list(parts.filter(seq=move.part_seq))
    return list(parts.filter(closed_at=None) if move.act != Act.CANCEL else parts)


def _to_newly_given(task: Task, move: TaskMove, fact: outbox.ReadFact) -> Iterable[Message]:
    """Tell those whose parts this very act made, or changed hands in it."""
    if move.act == Act.REASSIGN:
        parts = _parts(task, move, only_one=True)
    else:
        first = move.seq * _ACT
        parts = list(TaskPart.objects.filter(task=task, seq__gte=first, seq__lt=first + _ACT))
    yield _message(_accounts(parts, at=fact.at), kinds.GIVEN, task, move, fact)


def _to_parts(kind: Kind, task: Task, move: TaskMove, fact: outbox.ReadFact) -> Iterable[Message]:
    parts = _parts(task, move, only_one=True)
    yield _message(_accounts(parts, at=fact.at), kind, task, move, fact)


def _message(
    account_ids: Iterable[int], kind: Kind, task: Task, move: TaskMove, fact: outbox.ReadFact
) -> Message:
    told = sorted({one for one in account_ids if one != fact.by_id})
    values = {
        "title": task.title,
        "by": move.by_name,
        "due": moment(move.due_at),
        "note": move.note.rstrip(". "),
    }
    return Message(told, kind, values, fact.at, task_page(task.code))


def _accounts(parts: Iterable[TaskPart], *, at: datetime) -> list[int]:
    """Return who has the parts, or heads the units where they lie while nobody has."""
    found = list(parts)
    named = [part.account_id for part in found if part.account_id is not None]
    units = {part.desk_unit_id for part in found if part.account_id is None}
    return [*named, *heads_of(units, on=local_day(at))]


def heads_of(unit_ids: Collection[int], *, on: date) -> list[int]:
    """Return the accounts of who heads these units that day. Costs: two queries, or none."""
    by_unit = heads_by_unit(unit_ids, on=on)
    return sorted({one for accounts in by_unit.values() for one in accounts})


def heads_by_unit(unit_ids: Collection[int], *, on: date) -> dict[int, list[int]]:
    """Return the accounts of heads by unit; of a unit without one, those of its agency's head.

    Costs: two queries, or none.
    """
    if not unit_ids:
        return {}
    tree = organisation.tree()
    roots = {unit: tree.agency_of(unit).root_unit_id for unit in unit_ids}
    wanted = {*unit_ids, *roots.values()}
    seats = organisation.seats_of_units(wanted, on, roles=HEADS)
    accounts = identity.accounts_of_officers([s.officer_id for s in seats if s.officer_id])
    found: dict[int, list[int]] = {}
    for seat in seats:
        account = accounts.get(seat.officer_id or 0)
        if account is not None:
            found.setdefault(seat.unit_id, []).append(account)
    return {unit: found.get(unit) or found.get(root, []) for unit, root in roots.items()}


def few(titles: Sequence[str]) -> str:
    """Return the first titles in one line, and how many more there are."""
    more = f" và {len(titles) - _SHOWN} việc khác" if len(titles) > _SHOWN else ""
    return "; ".join(titles[:_SHOWN]) + more
