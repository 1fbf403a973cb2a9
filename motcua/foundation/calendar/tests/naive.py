"""An independent reading of the law: it walks days and minutes and shares no code with the rules.

It knows only plain data (frozen facts and events) and is slow on purpose.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from motcua.foundation.calendar.rules import (
    CalendarFacts,
    Event,
    Extension,
    Limit,
    Opening,
    Reappointment,
    Waiting,
)
from motcua.lib.clock import HANOI

ONE_DAY = timedelta(days=1)
ONE_MINUTE = timedelta(minutes=1)
NEVER = datetime.max.replace(tzinfo=HANOI)


class Walker:
    """Answers when something is due by stepping through one calendar."""

    def __init__(self, facts: CalendarFacts) -> None:
        self.facts = facts
        self.minutes: dict[date, list[datetime]] = {}

    def due(self, limit: Limit, start: datetime, history: Sequence[Event]) -> datetime:
        start = start.astimezone(HANOI)
        began, promise = start, limit
        fixed: datetime | None = None
        for moment, beginning in sorted(new_beginnings(history), key=lambda pair: pair[0]):
            if moment < start or moment == NEVER:
                continue
            began = moment.astimezone(HANOI)
            if isinstance(beginning, Reappointment):
                fixed = beginning.new_due_at.astimezone(HANOI)
            else:
                fixed, promise = None, beginning.reset_to or limit
        anew = began is not start
        end = self.end_of_run(promise, began, fixed, history)
        for event in history:
            if isinstance(event, Extension) and (not anew or event.at >= began):
                end = self.end(event.limit, end, 0)
        return end

    def end_of_run(
        self, limit: Limit, began: datetime, fixed: datetime | None, history: Sequence[Event]
    ) -> datetime:
        if limit.unit in ("working_hour", "half_day"):
            extra = len(self.paused_minutes(began, history))
            if fixed is None:
                return self.end(limit, began, extra)
            return self.walk_minutes(fixed, extra) if extra else fixed
        days = self.paused_days(began.date(), history)
        if limit.unit in ("working_day", "same_day"):
            days = {day for day in days if self.minutes_of(day)}
        if fixed is None:
            return self.end(limit, began, len(days))
        return self.later(limit, fixed, len(days)) if days else fixed

    def later(self, limit: Limit, fixed: datetime, days: int) -> datetime:
        if limit.unit in ("calendar_day", "month"):
            return self.close_on_or_after(fixed.date() + days * ONE_DAY)
        return self.closing(self.walk_days(fixed.date(), days))

    def paused_days(self, began: date, history: Sequence[Event]) -> set[date]:
        found = set()
        for since, until in pauses(history):
            day = since.date() + ONE_DAY
            while day <= until.date():
                if day > began:
                    found.add(day)
                day += ONE_DAY
        return found

    def paused_minutes(self, began: datetime, history: Sequence[Event]) -> set[datetime]:
        found = set()
        for since, until in pauses(history):
            day = since.date()
            while day <= until.date():
                found |= {m for m in self.minutes_of(day) if since <= m < until and m >= began}
                day += ONE_DAY
        return found

    def end(self, limit: Limit, start: datetime, extra: int) -> datetime:
        if limit.unit == "working_hour":
            return self.walk_minutes(start, limit.amount * 60 + extra)
        if limit.unit == "half_day":
            return self.walk_minutes(start, limit.amount * 240 + extra)
        if limit.unit == "working_day":
            return self.closing(self.walk_days(start.date(), limit.amount + extra))
        if limit.unit == "same_day":
            return self.same_day(limit, start, extra)
        if limit.unit == "calendar_day":
            return self.close_on_or_after(start.date() + (limit.amount + extra) * ONE_DAY)
        return self.close_on_or_after(months_later(start.date(), limit.amount) + extra * ONE_DAY)

    def same_day(self, limit: Limit, start: datetime, extra: int) -> datetime:
        day = start.date()
        while not self.minutes_of(day) or (
            day == start.date()
            and start > min(datetime.combine(day, limit.cut_off, HANOI), self.closing(day))
        ):
            day += ONE_DAY
        return self.closing(self.walk_days(day, extra))

    def walk_days(self, day: date, days: int) -> date:
        while days:
            day += ONE_DAY
            if self.minutes_of(day):
                days -= 1
        return day

    def walk_minutes(self, start: datetime, minutes: int) -> datetime:
        day = start.date()
        while True:
            left = [minute for minute in self.minutes_of(day) if minute >= start]
            if len(left) >= minutes:
                return left[minutes - 1] + ONE_MINUTE
            minutes -= len(left)
            day += ONE_DAY

    def close_on_or_after(self, day: date) -> datetime:
        while not self.minutes_of(day):
            day += ONE_DAY
        return self.closing(day)

    def closing(self, day: date) -> datetime:
        return self.minutes_of(day)[-1] + ONE_MINUTE

    def minutes_of(self, day: date) -> list[datetime]:
        """List every minute worked on a day by the moment at which it begins."""
        if day not in self.minutes:
            midnight = datetime.combine(day, time(), HANOI)
            every = (midnight + n * ONE_MINUTE for n in range(24 * 60))
            self.minutes[day] = [m for m in every if self.is_worked(day, m.hour * 60 + m.minute)]
        return self.minutes[day]

    def is_worked(self, day: date, minute: int) -> bool:
        source, low, high = day, 0, 24 * 60
        for special in self.facts.days:
            if special.on != day:
                continue
            if special.kind == "off":
                return False
            if special.kind == "worked" and special.replaces:
                source = special.replaces
            if special.kind == "morning_only":
                high = 12 * 60
            if special.kind == "afternoon_only":
                low = 12 * 60
        return low <= minute < high and any(
            opening.weekday == source.weekday()
            and opening.opens <= minute < opening.closes
            and not opening.desk_only
            for opening in self.openings(source)
        )

    def openings(self, day: date) -> Sequence[Opening]:
        best = None
        for week in self.facts.weeks:
            begins, ends = week.valid_from or date.min, week.valid_to or date.max
            if begins <= day <= ends and (best is None or begins > (best.valid_from or date.min)):
                best = week
        return best.openings if best else ()


def new_beginnings(history: Sequence[Event]) -> Iterator[tuple[datetime, Waiting | Reappointment]]:
    for event in history:
        if isinstance(event, Reappointment):
            yield event.at, event
        elif isinstance(event, Waiting) and event.rule in ("restart", "reset"):
            yield event.supplied_at or NEVER, event


def pauses(history: Sequence[Event]) -> Iterator[tuple[datetime, datetime]]:
    for event in history:
        if isinstance(event, Waiting) and event.rule == "pause" and event.supplied_at:
            yield event.asked_at.astimezone(HANOI), event.supplied_at.astimezone(HANOI)


def months_later(day: date, months: int) -> date:
    number = day.day
    for _ in range(months):
        day = day.replace(day=28) + 4 * ONE_DAY
        day = day.replace(day=1)
    following = day.replace(day=1) + 31 * ONE_DAY
    last = (following.replace(day=1) - ONE_DAY).day
    return day.replace(day=min(number, last))
