"""Tasks and their parts in words, for lists and pages."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from motcua.casework.tasks import api as tasks
from motcua.casework.tasks.api import GivenRow, Origin, PartRole, Task, TaskState, WorkRow
from motcua.channels.kit.addresses import address
from motcua.channels.kit.words import Badge, days_left, short_day, stamp
from motcua.foundation.calendar import api as calendar
from motcua.foundation.organisation import api as organisation

TONES = {
    TaskState.GIVEN: "info",
    TaskState.ACCEPTED: "info",
    TaskState.WORKING: "info",
    TaskState.REPORTED: "soon",
    TaskState.RETURNED: "soon",
    TaskState.REFUSED: "late",
    TaskState.DONE: "ok",
    TaskState.ENDED: "neutral",
    TaskState.CANCELLED: "neutral",
}
_HANDED_IN = (TaskState.REPORTED, TaskState.REFUSED)


def state_badge(state: str) -> Badge:
    """Return a state in words, with its colour."""
    one = TaskState(state)
    return Badge(one.label, TONES[one])


def due_badge(due_at: datetime, state: str, at: datetime) -> Badge:
    """Return how a running limit stands; of what was handed in, that it waits."""
    if due_at == tasks.NO_LIMIT:
        return Badge("Không hạn", "neutral")
    if state in _HANDED_IN:
        return Badge("Đã báo cáo" if state == TaskState.REPORTED else "Trả lại", "paused")
    facts = calendar.national_facts()
    left = calendar.days_left(at, due_at, facts)
    if due_at < at:
        return days_left(min(left, -1))
    return days_left(max(left, 0))


def due_words(due_at: datetime) -> str:
    """Return a limit as tables show it."""
    return "không có hạn" if due_at == tasks.NO_LIMIT else stamp(due_at)


class TaskRow(NamedTuple):
    """One line of a work list."""

    href: str
    badge: Badge
    state: Badge
    title: str
    role: str
    who: str
    giver: str
    due: str
    was_extended: bool
    percent: int
    asks: bool


def work_shown(found: Iterable[WorkRow], at: datetime) -> list[TaskRow]:
    """Return the lines of a work list."""
    tree = organisation.tree()
    return [
        TaskRow(
            href=address("registry:task", one.code),
            badge=due_badge(one.due_at, one.state, at),
            state=state_badge(one.state),
            title=one.title,
            role=PartRole(one.role).label,
            who=one.account_name or tree.unit(one.desk_unit_id).name,
            giver=_giver(one),
            due=due_words(one.due_at),
            was_extended=one.due_at != one.due_originally_at,
            percent=one.percent,
            asks=one.asks_extension,
        )
        for one in found
    ]


def _giver(one: WorkRow) -> str:
    """Return who gave it, with the agency if it is another one."""
    tree = organisation.tree()
    is_own = tree.unit(one.unit_id).agency_id == one.agency_id
    return (
        one.given_by_name if is_own else f"{one.given_by_name}, {tree.agency(one.agency_id).name}"
    )


class FollowedRow(NamedTuple):
    """One line of what was given and is followed up."""

    href: str
    badge: Badge
    title: str
    who: str
    given: str
    due: str
    marks: list[Badge]


def followed_shown(found: Iterable[GivenRow], at: datetime) -> list[FollowedRow]:
    """Return the lines of what is followed up, with what is red or waits for the giver."""
    return [
        FollowedRow(
            href=address("registry:task", one.code),
            badge=due_badge(one.due_at, one.state, at),
            title=one.title,
            who=_who(one),
            given=short_day(one.given_at),
            due=due_words(one.due_at),
            marks=_marks(one),
        )
        for one in found
    ]


def _who(one: GivenRow) -> str:
    if one.leads > 1:
        return f"{one.leads} nơi chủ trì, {one.done} đã xong"
    if one.lead_name or one.lead_unit_id is None:
        return one.lead_name
    tree = organisation.tree()
    unit = tree.unit(one.lead_unit_id)
    return tree.agency(unit.agency_id).name if unit.parent_id is None else unit.name


def _marks(one: GivenRow) -> list[Badge]:
    words = (
        (one.late, "quá hạn", "late"),
        (one.refused, "không nhận", "late"),
        (one.waiting, "xin kết thúc", "soon"),
        (one.asking, "xin gia hạn", "soon"),
    )
    marks = [Badge(f"{count} {word}", tone) for count, word, tone in words if count]
    return marks or [state_badge(one.state)]


class PlainRow(NamedTuple):
    """One line of the list of all tasks."""

    href: str
    title: str
    state: Badge
    origin: str
    giver: str
    given: str
    due: str


def all_shown(found: Iterable[Task]) -> list[PlainRow]:
    """Return the lines of the list of all tasks."""
    tree = organisation.tree()
    return [
        PlainRow(
            href=address("registry:task", one.code),
            title=one.title,
            state=state_badge(one.state),
            origin=Origin(one.origin_kind).label,
            giver=f"{one.given_by_name}, {tree.agency(one.agency_id).name}",
            given=short_day(one.given_at),
            due=due_words(one.due_at),
        )
        for one in found
    ]
