"""One task with all that belongs to it, for its page and for who asks about its origin."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from motcua.casework.tasks.choices import ExtensionState, PartRole, TaskState
from motcua.casework.tasks.errors import NoSuchTask
from motcua.casework.tasks.models import (
    ExtensionRequest,
    Task,
    TaskFile,
    TaskMove,
    TaskPart,
    TaskReport,
    TaskScope,
)
from motcua.casework.tasks.permissions import does, heads, is_giver
from motcua.casework.tasks.rules.moves import OPEN
from motcua.foundation.access import api as access
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor

_UNKNOWN = "Không có nhiệm vụ này, hoặc ông/bà không tham gia nhiệm vụ."


class PartShown(NamedTuple):
    """One part in few words."""

    role: str
    unit_id: int
    unit_name: str
    account_name: str
    state: str
    percent: int
    due_at: datetime
    finished_at: datetime | None


class TaskShown(NamedTuple):
    """One task in few words, with its parts, the leads first."""

    code: str
    title: str
    state: str
    given_by_name: str
    given_at: datetime
    due_at: datetime
    parts: tuple[PartShown, ...]


@dataclass(frozen=True, slots=True)
class PartPage:
    """One part as the task's page shows it, with what the reader may do to it."""

    part: TaskPart
    unit_name: str
    agency_name: str
    desk_name: str
    reports: Sequence[TaskReport] = ()
    extensions: Sequence[ExtensionRequest] = ()
    can_do: bool = False
    can_head: bool = False
    can_follow: bool = False

    @property
    def open_extension(self) -> ExtensionRequest | None:
        """Return the request that waits for the giver."""
        asked = (one for one in self.extensions if one.state == ExtensionState.ASKED)
        return next(asked, None)


@dataclass(frozen=True, slots=True)
class TaskPage:
    """All of one task, and what the reader may do to the whole."""

    task: Task
    unit_name: str
    agency_name: str
    parts: Sequence[PartPage]
    moves: Sequence[TaskMove]
    files: Sequence[TaskFile]
    children: Sequence[TaskShown] = ()
    parent: TaskShown | None = None
    can_follow: bool = False
    can_note: bool = False
    files_of_report: dict[int, list[TaskFile]] = field(default_factory=dict)


def get_task_for(actor: Actor, code: str) -> Task:
    """Return the task if the actor may know of it. Raises: NoSuchTask."""
    task = Task.objects.filter(code=code).first()
    if task is None:
        raise NoSuchTask(_UNKNOWN)
    if not access.may_see(TaskScope, actor, task.pk):
        raise NoSuchTask(_UNKNOWN, hidden=f"task:{code}")
    return task


def seen_among(actor: Actor, codes: Collection[str]) -> frozenset[str]:
    """Return those of the tasks that the actor may open. Costs: two statements, or none."""
    if not codes:
        return frozenset()
    found = dict(Task.objects.filter(code__in=codes).values_list("pk", "code"))
    known = access.visible_among(TaskScope, actor, list(found))
    return frozenset(found[one] for one in known)


def task_page(actor: Actor, code: str) -> TaskPage:
    """Return all of a task for its page. Raises: NoSuchTask. Costs: some ten statements."""
    task = get_task_for(actor, code)
    tree = organisation.tree()
    is_ours = is_giver(task, actor)
    parts = [
        _part_page(part, task, actor, follows=is_ours)
        for part in _sorted(TaskPart.objects.filter(task=task))
    ]
    files = list(TaskFile.objects.filter(task=task).select_related("file").order_by("seq"))
    of_report: dict[int, list[TaskFile]] = {}
    for one in files:
        of_report.setdefault(one.report_seq, []).append(one)
    return TaskPage(
        task=task,
        unit_name=tree.unit(task.unit_id).name,
        agency_name=tree.agency(task.agency_id).name,
        parts=_filled(parts, task),
        moves=list(TaskMove.objects.filter(task=task).order_by("seq")),
        files=of_report.get(0, []),
        children=_children(actor, task),
        parent=_parent(actor, task),
        can_follow=is_ours,
        can_note=is_ours or any(one.can_do for one in parts),
        files_of_report=of_report,
    )


def get_task_file(actor: Actor, code: str, seq: int) -> TaskFile:
    """Return one file of a task the actor may know of. Raises: NoSuchTask."""
    task = get_task_for(actor, code)
    found = TaskFile.objects.filter(task=task, seq=seq).select_related("file").first()
    if found is None:
        raise NoSuchTask("Nhiệm vụ không có tệp này.")
    return found


def tasks_of(origin_ref: str) -> tuple[TaskShown, ...]:
    """Return the tasks that came from this, the oldest first; who may read it is the caller's.

    Costs: two statements.
    """
    if not origin_ref:
        return ()
    return shown(Task.objects.filter(origin_ref=origin_ref).order_by("given_at", "id"))


def shown(tasks: Iterable[Task]) -> tuple[TaskShown, ...]:
    """Return tasks in few words, in this order. Costs: one statement beside that of the tasks."""
    found = list(tasks)
    parts: dict[int, list[TaskPart]] = {}
    for part in _sorted(TaskPart.objects.filter(task__in=[task.pk for task in found])):
        parts.setdefault(part.task_id, []).append(part)
    return tuple(_shown(task, parts.get(task.pk, ())) for task in found)


def _shown(task: Task, parts: Collection[TaskPart]) -> TaskShown:
    tree = organisation.tree()
    return TaskShown(
        code=task.code,
        title=task.title,
        state=task.state,
        given_by_name=task.given_by_name,
        given_at=task.given_at,
        due_at=task.due_at,
        parts=tuple(
            PartShown(
                part.role,
                part.unit_id,
                tree.unit(part.unit_id).name,
                part.account_name,
                part.state,
                part.percent,
                part.due_at,
                part.finished_at,
            )
            for part in parts
        ),
    )


def _sorted(parts: Iterable[TaskPart]) -> list[TaskPart]:
    """Return leads before helpers, each in the order in which they were given."""
    return sorted(parts, key=lambda part: (part.role != PartRole.LEAD, part.seq))


def _part_page(part: TaskPart, task: Task, actor: Actor, *, follows: bool) -> PartPage:
    tree = organisation.tree()
    is_open = part.state in OPEN and task.closed_at is None
    is_running = is_open and part.state != TaskState.REFUSED
    return PartPage(
        part=part,
        unit_name=tree.unit(part.unit_id).name,
        agency_name=tree.agency(part.agency_id).name,
        desk_name=tree.unit(part.desk_unit_id).name,
        can_do=is_running and does(part, actor),
        can_head=is_running and heads(part, actor),
        can_follow=follows,
    )


def _filled(parts: Sequence[PartPage], task: Task) -> list[PartPage]:
    reports: dict[int, list[TaskReport]] = {}
    for report in TaskReport.objects.filter(task=task).order_by("-seq"):
        reports.setdefault(report.part_seq, []).append(report)
    extensions: dict[int, list[ExtensionRequest]] = {}
    for request in ExtensionRequest.objects.filter(task=task).order_by("seq"):
        extensions.setdefault(request.part_seq, []).append(request)
    return [
        replace(
            one,
            reports=reports.get(one.part.seq, ()),
            extensions=extensions.get(one.part.seq, ()),
        )
        for one in parts
    ]


def _children(actor: Actor, task: Task) -> tuple[TaskShown, ...]:
    """Return the tasks made of its parts that the reader may know of."""
    rows = list(Task.objects.filter(parent_id=task.pk).order_by("given_at", "id"))
    known = access.visible_among(TaskScope, actor, [row.pk for row in rows])
    return shown(row for row in rows if row.pk in known)


def _parent(actor: Actor, task: Task) -> TaskShown | None:
    if task.parent_id is None or not access.may_see(TaskScope, actor, task.parent_id):
        return None
    return next(iter(shown(Task.objects.filter(pk=task.parent_id))), None)
