"""What a change of the calendar does to a promise already given.

Source: docs/law/time-limits.md; ADR 85
"""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from .facts import CalendarFacts
from .moments import as_datetime, moment


class ShiftKind(StrEnum):
    """What becomes of one promise, and why."""

    LATER = "later"
    EARLIER = "earlier"
    HELD = "held"
    PAST = "past"
    OWN = "own"
    STEPS = "steps"

    @property
    def label(self) -> str:
        """Return it in Vietnamese."""
        return _LABELS[self]


_LABELS = {
    ShiftKind.LATER: "Dời muộn hơn",
    ShiftKind.EARLIER: "Dời sớm hơn",
    ShiftKind.HELD: "Sớm hơn, giữ đủ một ngày làm việc",
    ShiftKind.PAST: "Đã qua hạn, giữ nguyên",
    ShiftKind.OWN: "Hẹn riêng, giữ nguyên",
    ShiftKind.STEPS: "Chỉ đổi hạn của bước",
}
MOVING = frozenset({ShiftKind.LATER, ShiftKind.EARLIER, ShiftKind.HELD})


class Shift(NamedTuple):
    """Of one promise: what it becomes, and of which kind that is."""

    due_now: datetime
    kind: ShiftKind


def shift_of(
    promised: datetime, before: datetime, after: datetime, *, floor: datetime, at: datetime
) -> Shift | None:
    """Return what becomes of a promise whose limit ended at `before` and now ends at `after`.

    None where the change does not touch it. A moment that is past is not rewritten; a promise
    that did not follow from the calendar is not moved by it; one that comes earlier leaves the
    office the next full working day (`floor`), and never comes later by that.
    """
    if after in (before, promised):
        return None
    if promised <= at:
        return Shift(promised, ShiftKind.PAST)
    if promised != before:
        return Shift(promised, ShiftKind.OWN)
    if after > promised:
        return Shift(after, ShiftKind.LATER)
    if after >= floor:
        return Shift(after, ShiftKind.EARLIER)
    held = min(promised, floor)
    return Shift(held, ShiftKind.HELD)


def floor_of(at: datetime, facts: CalendarFacts) -> datetime:
    """Return the closing of the next full working day: no promise is brought before it."""
    table = facts.table
    day = table.after(moment(at)[0], 1)
    return as_datetime(day, table.closing(day))


def on_working_day(due: datetime, facts: CalendarFacts) -> datetime:
    """Return the moment itself, or the closing of the next working day if its day is none.

    Source: docs/law/time-limits.md (BLDS Điều 148)
    """
    table, (day, _) = facts.table, moment(due)
    if table.is_working(day):
        return due
    following = table.on_or_after(day)
    return as_datetime(following, table.closing(following))
