"""Give a task: to one, to many at once, and on from another task; give it to more places later."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from motcua.casework.processes.api import NO_LIMIT
from motcua.casework.tasks.choices import Act, Origin, PartRole, ScopeRole, TaskState
from motcua.casework.tasks.errors import MoveNotAllowed, NobodyToGive
from motcua.casework.tasks.models import Task, TaskFile, TaskPart
from motcua.casework.tasks.permissions import (
    check_does,
    check_gave,
    check_may_give,
    check_targets,
)
from motcua.casework.tasks.rules.giving import (
    FileIn,
    PartIn,
    PartPlan,
    TaskIn,
    check_due,
    checked,
    clean_words,
    plan_parts,
)
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput
from motcua.lib.text import tidy

from .people import names_of
from .telling import Held, Told, let_see, let_see_parts, lock_task, new_code, seq_of, tell

_LONGEST_ORIGIN = 500


@work.story
def give_task(facts: TaskIn, *, by: Actor, at: datetime) -> Task:
    """Give a task to those who lead and those who help; return it, `code` names it to people.

    However many lead, it is one task and a handful of statements. With `parent`, the part of the
    other task is given on: its doer gives, and both name each other.

    Raises: NotAllowed, NotOursToGive, NobodyToGive, NoSuchTask, BadInput.
    Locks: the parent, if there is one.
    Source: docs/law/tasks.md
    """
    title, words = checked(facts, at=at)
    plans = plan_parts(facts)
    giver_unit = facts.unit_id or giving_unit(facts.agency_id, by=by)
    check_may_give(facts, giver_unit, by=by)
    check_targets(plans, facts.agency_id, by=by)
    task = _task(facts, giver_unit, by=by, at=at)
    task.title, task.words = title, words
    parts = _parts(task, plans, by=by, at=at)
    _given_on_from(task, facts, by=by, at=at)
    held = Held(task, parts)
    detail = {"parts": len(parts), "leads": sum(p.role == PartRole.LEAD for p in parts)}
    tell(held, Told(Act.GIVE, detail=detail), by=by, at=at, is_new=True)
    work.add(*parts, *files_of(task, facts.files, 0, by=by, at=at))
    let_see(task, [(giver_unit, ScopeRole.GIVER), (by.personal_unit_id, ScopeRole.GIVER)])
    let_see_parts(task, parts)
    return task


@work.story
def add_parts(
    code: str,
    leads: Sequence[PartIn] = (),
    together: Sequence[PartIn] = (),
    *,
    by: Actor,
    at: datetime,
) -> Task:
    """Let more places lead or help; those who take part already are left as they are.

    Raises: NoSuchTask, NotAllowed, NotOursToGive, NobodyToGive, MoveNotAllowed, BadInput.
    """
    held = lock_task(code)
    task = held.task
    check_gave(task, by)
    if task.closed_at is not None:
        raise MoveNotAllowed("Nhiệm vụ đã kết thúc, không giao thêm được. Xin giao nhiệm vụ mới.")
    known = {(part.unit_id, part.account_id) for part in held.parts}
    plans = [PartPlan(PartRole.LEAD, one) for one in leads]
    plans += [PartPlan(PartRole.TOGETHER, one) for one in together]
    plans = [plan for plan in plans if (plan.part.unit_id, plan.part.account_id) not in known]
    if not plans:
        raise NobodyToGive("Xin chọn ít nhất một nơi chưa tham gia nhiệm vụ này.")
    check_targets(plans, task.agency_id, by=by)
    for plan in plans:
        check_due(plan.part.due_at, at=at)
    parts = _parts(task, plans, by=by, at=at)
    work.add(*parts)
    let_see_parts(task, parts)
    names = organisation.tree()
    note = "; ".join(names.unit(part.unit_id).name for part in parts)
    tell(Held(task, [*held.parts, *parts]), Told(Act.ADD_PARTS, note=note), by=by, at=at)
    return task


def giving_unit(agency_id: int, *, by: Actor) -> int:
    """Return the unit of the agency in whose name the actor gives: his own, else the root."""
    tree = organisation.tree()
    own = (one for one in by.unit_ids if tree.unit(one).agency_id == agency_id)
    return next(own, tree.agency(agency_id).root_unit_id)


def _task(facts: TaskIn, giver_unit: int, *, by: Actor, at: datetime) -> Task:
    due_at = facts.due_at or NO_LIMIT
    return Task(
        id=work.new_id(Task),
        code=new_code(),
        origin_kind=Origin(facts.origin_kind),
        origin_ref=facts.origin_ref,
        origin_words=_origin_words(facts.origin_words),
        agency_id=facts.agency_id,
        unit_id=giver_unit,
        given_by_id=by.id,
        given_by_name=by.name,
        given_by_title=by.title,
        given_at=at,
        secrecy=facts.secrecy,
        sort_at=at,
        due_at=due_at,
        due_originally_at=due_at,
    )


def _origin_words(text: str) -> str:
    words = tidy(text)
    if len(words) > _LONGEST_ORIGIN:
        message = f"Căn cứ dài nhất {_LONGEST_ORIGIN} ký tự."
        raise BadInput(message, field="origin_words")
    return words


def _parts(task: Task, plans: Sequence[PartPlan], *, by: Actor, at: datetime) -> list[TaskPart]:
    tree = organisation.tree()
    named = [(p.part.account_id, p.part.unit_id) for p in plans if p.part.account_id is not None]
    names = names_of(named, by=by, at=at)
    made = []
    for index, (role, part) in enumerate(plans):
        unit = tree.unit(part.unit_id)
        if not unit.is_living:
            message = f"“{unit.name}” đã chấm dứt hoạt động. Xin chọn đơn vị kế tục."
            raise BadInput(message, field="leads")
        due_at = part.due_at or NO_LIMIT
        one = TaskPart(
            task=task,
            seq=seq_of(task, index),
            role=role,
            agency_id=unit.agency_id,
            unit_id=unit.id,
            desk_unit_id=unit.id,
            account_id=part.account_id,
            account_name=names.get(part.account_id or 0, ""),
            words=clean_words(part.words),
            state=TaskState.GIVEN,
            given_at=at,
            due_at=due_at,
            due_originally_at=due_at,
        )
        _take_own(one, by=by, at=at)
        made.append(one)
    return made


def _take_own(part: TaskPart, *, by: Actor, at: datetime) -> None:
    """What somebody gives to himself he has taken."""
    if part.account_id == by.id:
        part.state, part.accepted_at = TaskState.ACCEPTED, at


def _given_on_from(task: Task, facts: TaskIn, *, by: Actor, at: datetime) -> None:
    """Tell the parent that a part of it was given on, and name both to each other."""
    if facts.parent is None:
        return
    code, seq = facts.parent
    held = lock_task(code)
    part = held.part(seq)
    check_does(part, by)
    if part.closed_at is not None:
        raise MoveNotAllowed("Phần việc này đã kết thúc, không giao tiếp được.")
    task.parent_id, task.parent_seq = held.task.pk, seq
    task.origin_kind, task.origin_ref = Origin.TASK, ""
    task.origin_words = task.origin_words or held.task.title
    told = Told(Act.GIVE_ON, part, task.title, {"task": task.code})
    tell(held, told, by=by, at=at)


def files_of(
    task: Task, files: Iterable[FileIn], report_seq: int, *, by: Actor, at: datetime
) -> list[TaskFile]:
    """Return the rows of files that come with a task or a report."""
    return [
        TaskFile(
            task=task,
            seq=report_seq + index if report_seq else index + 1,
            report_seq=report_seq,
            name=one.name,
            file_id=one.file_id,
            added_at=at,
            added_by_name=by.name,
        )
        for index, one in enumerate(files)
    ]
