"""Warn of parts near their limit and past it: each once, one message a day to each person.

Called in the worker.

Source: docs/law/tasks.md
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from motcua.casework.tasks.choices import AlarmKind
from motcua.casework.tasks.models import TaskAlarm
from motcua.casework.tasks.queries.alarms import Alarm, newly_late, newly_soon
from motcua.foundation.calendar import api as calendar
from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.api import Message
from motcua.lib import work
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local_day

from . import message_kinds as kinds
from .notifying import few, heads_by_unit, living

_MINE, _GIVEN = "/van-ban/nhiem-vu/", "/van-ban/nhiem-vu/da-giao/"


@dataclass(slots=True)
class _Load:
    late: list[str] = field(default_factory=list)
    soon: list[str] = field(default_factory=list)
    given_late: list[str] = field(default_factory=list)


@work.story
def warn_of_limits(*, at: datetime) -> int:
    """Warn doers of what is newly near or late, and givers of what is newly late; return how many.

    On working days only. What has no doer yet concerns the heads of its unit.

    Costs: two statements, two for the heads, and those of the notices.
    """
    if not calendar.is_working_day(local_day(at), calendar.national_facts()):
        return 0
    late, soon = newly_late(at), newly_soon(at)
    if not late and not soon:
        return 0
    loads = _loads(late, soon, at=at)
    alive = living(loads)
    notifications.notify_all(
        [one for account in sorted(alive) for one in _messages(account, loads[account], at)],
        by=SYSTEM,
    )
    work.add(*_rows(late, AlarmKind.LATE, at), *_rows(soon, AlarmKind.SOON, at))
    return len(late) + len(soon)


def _loads(late: Sequence[Alarm], soon: Sequence[Alarm], *, at: datetime) -> dict[int, _Load]:
    free = {one.desk_unit_id for one in (*late, *soon) if one.account_id is None}
    heads = heads_by_unit(free, on=local_day(at))
    loads: dict[int, _Load] = {}
    for one in late:
        for account in _doers(one, heads):
            loads.setdefault(account, _Load()).late.append(one.title)
        loads.setdefault(one.given_by_id, _Load()).given_late.append(one.title)
    for one in soon:
        for account in _doers(one, heads):
            loads.setdefault(account, _Load()).soon.append(one.title)
    return loads


def _doers(one: Alarm, heads: dict[int, list[int]]) -> list[int]:
    return heads.get(one.desk_unit_id, []) if one.account_id is None else [one.account_id]


def _messages(account: int, load: _Load, at: datetime) -> Iterable[Message]:
    if load.late or load.soon:
        titles = few([*load.late, *load.soon])
        values = {"late": len(load.late), "soon": len(load.soon), "titles": titles}
        yield Message([account], kinds.SOON_LATE, values, at, _MINE)
    others = [title for title in load.given_late if title not in load.late]
    if others:
        values = {"late": len(others), "titles": few(list(dict.fromkeys(others)))}
        yield Message([account], kinds.FOLLOWED, values, at, _GIVEN)


def _rows(alarms: Iterable[Alarm], kind: AlarmKind, at: datetime) -> list[TaskAlarm]:
    return [
        TaskAlarm(task_id=one.task_id, part_seq=one.seq, kind=kind, due_at=one.due_at, at=at)
        for one in alarms
    ]
