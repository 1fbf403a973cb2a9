"""Papers about an agency's own work: the report of tasks, the calendar of a week."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from .parts import OfficialPaper, Signer


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskTally:
    """One line of the report: who, and how many parts of tasks of each kind."""

    name: str
    total: int
    carried: int
    given: int
    done: int
    on_time: int
    extended: int
    late: int
    stopped: int
    running: int
    overdue: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskReport(OfficialPaper):
    """What units or people were given to do in a period, and how it stands.

    Source: docs/law/tasks.md
    """

    title: ClassVar[str] = "Báo cáo tình hình thực hiện nhiệm vụ được giao"
    layout: ClassVar[str] = "task_report"
    must_say: ClassVar[Mapping[str, str]] = {
        "unit_name": "đơn vị báo cáo",
        "signer.title": "chức vụ người ký",
    }

    unit_name: str
    side: str
    by: str
    from_day: date
    to_day: date
    seen_at: datetime
    rows: tuple[TaskTally, ...]
    total: TaskTally
    author_name: str
    signer: Signer


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkEntry:
    """One piece of work in a week's calendar."""

    time: str
    title: str
    place: str
    chair: str
    who: str
    prepared_by: str
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkDay:
    """One day of a week's calendar, its morning's and afternoon's work in order."""

    day: date
    weekday: str
    entries: tuple[WorkEntry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkWeek(OfficialPaper):
    """The weekly calendar of an agency, as approved (lịch công tác tuần).

    Source: docs/law/agendas.md
    """

    title: ClassVar[str] = "Lịch công tác tuần"
    layout: ClassVar[str] = "work_week"

    from_day: date
    to_day: date
    number_of_week: int
    is_draft: bool
    days: tuple[WorkDay, ...]
    notes: tuple[str, ...] = ()
    signer: Signer | None = None
