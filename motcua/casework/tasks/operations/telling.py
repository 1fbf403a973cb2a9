"""What every act on a task ends with: the move, the trace, the fact, the changed rows."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from motcua.casework.tasks.choices import Act, PartRole, ScopeRole, TaskState
from motcua.casework.tasks.errors import NoSuchPart, NoSuchTask
from motcua.casework.tasks.events import TaskMoved
from motcua.casework.tasks.models import Task, TaskMove, TaskPart
from motcua.casework.tasks.queries.chained import hashed
from motcua.casework.tasks.rules.moves import CLOSED, chain, check_move, state_of_task
from motcua.foundation.access.api import Secrecy
from motcua.foundation.audit import api as audit
from motcua.foundation.organisation import api as organisation
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.actor import Actor

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none looks like another
_CODE_LENGTH = 10
_PARTS_PER_ACT = 1000
_SCOPE = """
INSERT INTO tasks_taskscope (unit_id, role, secrecy, sort_at, task_id)
SELECT x.unit_id, x.role, %s, %s, %s FROM unnest(%s::bigint[], %s::text[]) AS x(unit_id, role)
ON CONFLICT (task_id, unit_id) DO NOTHING
"""
_PARTS = f"""
SELECT {work.columns(TaskPart, "p")} FROM tasks_taskpart p WHERE p.task_id = %s
ORDER BY p.seq FOR UPDATE
"""  # noqa: S608 -- our own columns


class Held(NamedTuple):
    """A task and all its parts, locked until the story ends."""

    task: Task
    parts: Sequence[TaskPart]

    def part(self, seq: int) -> TaskPart:
        """Raises: NoSuchPart."""
        for one in self.parts:
            if one.seq == seq:
                return one
        raise NoSuchPart("Nhiệm vụ không có phần việc này. Xin mở lại trang.")


class Told(NamedTuple):
    """What an act has to say besides who and when."""

    act: Act
    part: TaskPart | None = None
    note: str = ""
    detail: Mapping[str, object] = {}


def new_code() -> str:
    """Return a code that nobody can guess from another."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))


def lock_task(code: str) -> Held:
    """Return the task with its parts, locked until the story ends. Raises: NoSuchTask."""
    try:
        task = work.lock(Task, code=code)
    except Task.DoesNotExist as error:
        raise NoSuchTask("Không tìm thấy nhiệm vụ này.") from error
    rows = work.fetch(_PARTS, [task.pk])
    return Held(task, [work.from_row(TaskPart, row) for row in rows])


def seq_of(task: Task, index: int = 0) -> int:
    """Return the number of a row made by the act now under way; rows of one act follow it."""
    return (task.version + 1) * _PARTS_PER_ACT + index


def move_part(part: TaskPart, target: TaskState, *, at: datetime) -> None:
    """Bring a part into a state, if the table of moves allows it. Does not save.

    Raises: MoveNotAllowed.
    """
    check_move(TaskState(part.state), target)
    part.state = target
    part.closed_at = at if target in CLOSED else None


def save_part(part: TaskPart, *names: str) -> None:
    """Hand over what an act changes on a part, its state with it."""
    work.update(part, *dict.fromkeys(("state", "closed_at", *names)))


def tell(
    held: Held,
    told: Told,
    *,
    by: Actor,
    at: datetime,
    is_new: bool = False,
    changed: Iterable[str] = (),
) -> None:
    """Bring an act to an end: state of the whole, version, chained move, trace, fact, rows.

    `is_new` says that this story makes the task: it is inserted once, as it is at the end.
    """
    task = held.task
    was = "" if is_new else task.state
    leads = [TaskState(p.state) for p in held.parts if p.role == PartRole.LEAD]
    task.state = state_of_task(leads)
    task.version += 1
    if task.state in CLOSED and task.closed_at is None:
        task.closed_at = at
        _end_helpers(held, at=at)
    elif task.state not in CLOSED:
        task.closed_at = None
    move = _move(task, told, was=was, by=by, at=at)
    task.latest_hash = move.hash
    if is_new:
        work.add(task)
    else:
        always = ("version", "latest_hash", "state", "closed_at")
        work.update(task, *dict.fromkeys((*always, *changed)))
    work.add(move)
    audit.record(f"tasks.{told.act}", f"task:{task.code}", by=by, at=at)
    outbox.announce(_fact(task, told, was=was), by=by, at=at)


def _end_helpers(held: Held, *, at: datetime) -> None:
    """What helpers have open ends with the task; it does not count as done."""
    for part in held.parts:
        if part.closed_at is None:
            part.state, part.closed_at = TaskState.ENDED, at
            save_part(part)


def _move(task: Task, told: Told, *, was: str, by: Actor, at: datetime) -> TaskMove:
    part = told.part
    move = TaskMove(
        task_id=task.pk,
        seq=task.version,
        at=at,
        act=told.act,
        part_seq=part.seq if part else 0,
        was=was,
        state=task.state,
        part_state=part.state if part else "",
        by_id=by.id,
        by_name=by.name,
        by_title=by.title,
        note=told.note,
        due_at=part.due_at if part else task.due_at,
        detail=dict(told.detail),
        prev_hash=task.latest_hash,
    )
    move.hash = chain(task.latest_hash, hashed(move))
    return move


def _fact(task: Task, told: Told, *, was: str) -> TaskMoved:
    part = told.part
    return TaskMoved(
        aggregate_id=task.pk,
        seq=task.version,
        act=str(told.act),
        code=task.code,
        origin_ref=task.origin_ref,
        was=was,
        state=str(task.state),
        agency_id=task.agency_id,
        unit_id=task.unit_id,
        part_seq=part.seq if part else 0,
        part_state=str(part.state) if part else "",
        part_role=str(part.role) if part else "",
    )


def let_see(task: Task, interests: Iterable[tuple[int, ScopeRole]]) -> None:
    """Write the scope rows of the units with an interest and all above them in their agency.

    A negative number stands for a person's account. What is kept closely is seen by the units
    themselves and the heads of their agencies, what is for named persons by those alone.

    Source: docs/law/tasks.md
    """
    tree = organisation.tree()
    roles: dict[int, str] = {}
    for unit_id, role in interests:
        if unit_id < 0:
            roles.setdefault(unit_id, str(role))
            continue
        above = tree.ancestors(unit_id)
        if task.secrecy != Secrecy.OPEN:
            above = tuple(one for one in above if one in (unit_id, above[-1]))
        for one in above:
            roles.setdefault(one, str(role))
    work.put(_SCOPE, [task.secrecy, task.sort_at, task.pk, [*roles], [*roles.values()]])


def let_see_parts(task: Task, parts: Iterable[TaskPart]) -> None:
    """Write the scope rows of everybody who takes part."""
    interests: list[tuple[int, ScopeRole]] = []
    for part in parts:
        role = ScopeRole(part.role)
        interests += [(part.unit_id, role), (part.desk_unit_id, role)]
        if part.account_id is not None:
            interests.append((-part.account_id, role))
    let_see(task, interests)
