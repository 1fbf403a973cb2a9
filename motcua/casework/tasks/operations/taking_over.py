"""Work of somebody who leaves goes to a colleague, that of an ended unit to its heir."""

from datetime import datetime

from motcua.casework.tasks.choices import Act, ScopeRole
from motcua.casework.tasks.models import Task, TaskPart
from motcua.foundation.access.api import Power
from motcua.foundation.calendar import api as calendar
from motcua.foundation.identity import api as identity
from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.api import Message
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import local, local_day

from . import message_kinds as kinds
from .notifying import few, living
from .telling import Told, let_see, let_see_parts, lock_task, save_part, tell

_OPEN_UNITS = """
SELECT DISTINCT unit_id FROM (
  SELECT unit_id FROM tasks_taskpart WHERE closed_at IS NULL
  UNION SELECT desk_unit_id FROM tasks_taskpart WHERE closed_at IS NULL
  UNION SELECT unit_id FROM tasks_task WHERE closed_at IS NULL
) u
"""


@work.story
def take_over_parts(order: identity.TakeOver, by: Actor, at: datetime) -> int:
    """Assign the open parts of one account to another; return how many.

    A part in a unit where the heir does not work stays with the unit, with nobody named.
    Raises: NotAllowed unless accounts are administered where each part lies.
    Locks: the tasks, the oldest first.
    """
    heir = identity.get_account(order.to_account_id)
    mine = TaskPart.objects.filter(account_id=order.from_account_id, closed_at=None)
    parts = list(mine.select_related("task").order_by("task_id", "seq"))
    for part in parts:
        by.require(Power.ADMINISTER_IDENTITY, unit_id=part.desk_unit_id)
    for part in parts:
        _hand_over(part, heir, by=by, at=at)
    return len(parts)


def _hand_over(found: TaskPart, heir: "identity.Account", *, by: Actor, at: datetime) -> None:
    held = lock_task(found.task.code)
    part = held.part(found.seq)
    works = heir.officer_id is not None and any(
        post.unit_id == part.desk_unit_id
        for post in organisation.posts_held_by(heir.officer_id, local_day(at))
    )
    detail = {"from": part.account_name, "to": heir.full_name if works else ""}
    part.account_id = heir.pk if works else None
    part.account_name = heir.full_name if works else ""
    save_part(part, "account_id", "account_name")
    let_see_parts(held.task, [part])
    tell(held, Told(Act.ASSIGN, part, "", detail), by=by, at=at)
    work.flush()  # two parts may belong to one task, which is read anew for each


def follow_heirs(*, at: datetime) -> int:
    """Carry open tasks of units that have ended over to their one heir; return how many changed.

    Where there is no heir or more than one, people decide: whoever gave it is told.

    Costs: one statement if no unit has ended.
    """
    tree = organisation.tree()
    units = [row[0] for row in work.fetch(_OPEN_UNITS, [])]
    ended = [unit for unit in units if not tree.unit(unit).is_living]
    heirs = {unit: organisation.heirs_of_unit(unit, local_day(at)) for unit in ended}
    moved = sum(_carry(unit, one[0], at=at) for unit, one in heirs.items() if len(one) == 1)
    _tell_givers([unit for unit, one in heirs.items() if len(one) != 1], at=at)
    return moved


@work.story
def _tell_givers(units: list[int], *, at: datetime) -> None:
    """Tell on Mondays whoever gave what lies where nobody is any more."""
    if not units or local(at).weekday() != calendar.Weekday.MONDAY:
        return
    parts = TaskPart.objects.filter(desk_unit_id__in=units, closed_at=None)
    titles: dict[int, list[str]] = {}
    for giver, title in parts.order_by("due_at").values_list("task__given_by_id", "task__title"):
        titles.setdefault(giver, []).append(title)
    notifications.notify_all(
        [
            Message([one], kinds.CARRIED, _values(titles[one]), at, "/van-ban/nhiem-vu/da-giao/")
            for one in sorted(living(titles))
        ],
        by=SYSTEM,
    )


def _values(titles: list[str]) -> dict[str, object]:
    return {"count": len(titles), "titles": few(titles)}


def _carry(old: int, new: int, *, at: datetime) -> int:
    touched = TaskPart.objects.filter(closed_at=None, task__closed_at=None)
    codes = {
        *touched.filter(unit_id=old).values_list("task__code", flat=True),
        *touched.filter(desk_unit_id=old).values_list("task__code", flat=True),
        *Task.objects.filter(unit_id=old, closed_at=None).values_list("code", flat=True),
    }
    for code in sorted(codes):
        _carry_task(code, old, new, at=at)
    return len(codes)


@work.story
def _carry_task(code: str, old: int, new: int, *, at: datetime) -> None:
    """Put the heir in the place of the old unit, giver and parts alike, in one move."""
    held = lock_task(code)
    tree = organisation.tree()
    agency_id = tree.unit(new).agency_id
    detail = {"from": tree.unit(old).name, "to": tree.unit(new).name}
    changed = []
    if held.task.unit_id == old:
        held.task.unit_id, held.task.agency_id = new, agency_id
        changed = ["unit_id", "agency_id"]
        let_see(held.task, [(new, ScopeRole.GIVER)])
    for part in held.parts:
        if part.closed_at is None and old in (part.unit_id, part.desk_unit_id):
            part.unit_id = new if part.unit_id == old else part.unit_id
            part.desk_unit_id = new if part.desk_unit_id == old else part.desk_unit_id
            part.agency_id = agency_id
            save_part(part, "unit_id", "desk_unit_id", "agency_id")
            let_see_parts(held.task, [part])
    tell(held, Told(Act.CARRY_OVER, None, "", detail), by=SYSTEM, at=at, changed=changed)
