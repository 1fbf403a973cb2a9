"""One Vietnamese sentence that tells a citizen why the answer is due when it is."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from itertools import groupby

from motcua.foundation.calendar.choices import DayKind, LimitUnit, Weekday
from motcua.lib.clock import local, local_day
from motcua.lib.tongue import Spoken, joined, on_day, on_hour, said

from .due import HOURLY, NOMINAL, DueResult, Run, nominal_end
from .facts import CalendarFacts, SpecialDay
from .limits import Extension, Limit, Reappointment, Waiting
from .moments import moment

_LIMITS: Mapping[LimitUnit, Callable[[int], Spoken]] = {
    LimitUnit.WORKING_DAY: lambda count: said("%(count)s ngày làm việc", count=count),
    LimitUnit.CALENDAR_DAY: lambda count: said("%(count)s ngày", count=count),
    LimitUnit.MONTH: lambda count: said("%(count)s tháng", count=count),
    LimitUnit.WORKING_HOUR: lambda count: said("%(count)s giờ làm việc", count=count),
    LimitUnit.HALF_DAY: lambda count: said("%(count)s nửa ngày làm việc", count=count),
}


def explain(result: DueResult) -> Spoken:
    """Return the reason of a due moment as one sentence for the applicant."""
    parts: list[str] = [
        _received(result),
        *_began_anew(result),
        *([] if isinstance(result.run.cause, Reappointment) else [_counted(result)]),
        *_skipped(result),
        *_paused(result),
        *_rolled(result),
        *map(_extended, result.run.extensions),
        *_standing(result),
        _due(result),
    ]
    return joined("", [joined("; ", parts), "."])


def long_day(day: date) -> Spoken:
    """Write a day with its weekday: thứ Tư 07/01/2026."""
    day = day.date() if isinstance(day, datetime) else day
    return on_day(f"{Weekday(day.weekday()).label} {day:%d/%m/%Y}", day)


def _on(day: date) -> Spoken:
    """Write a day: 07/01/2026."""
    day = day.date() if isinstance(day, datetime) else day
    return on_day(f"{day:%d/%m/%Y}", day)


def in_words(limit: Limit) -> str:
    """Write a limit: 3 ngày làm việc."""
    if limit.unit == LimitUnit.SAME_DAY:
        return limit.unit.label
    if limit.unit == LimitUnit.HALF_DAY and limit.amount == 1:
        return limit.unit.label
    return _LIMITS[limit.unit](limit.amount)


def _received(result: DueResult) -> str:
    start = local(result.start)
    return said(
        "Nhận %(clock)s %(day)s%(why)s",
        clock=f"{start:%H:%M}",
        day=long_day(start),
        why=_why_unusual(start, result.facts),
    )


def _why_unusual(day: datetime, facts: CalendarFacts) -> str:
    special = facts.special.get(day.date())
    if special is not None and special.kind == DayKind.WORKED:
        return said(" (ngày làm bù)")
    if facts.hours_on(day.date()):
        return ""
    note = f": {special.note}" if special is not None and special.note else ""
    return said(" (ngày nghỉ%(note)s)", note=note)


def _began_anew(result: DueResult) -> Iterator[str]:
    run = result.run
    day = _on(local(run.began_at))
    if isinstance(run.cause, Reappointment):
        ground = _ground(run.cause.ground)
        yield said(
            "ngày %(day)s %(words)s%(ground)s", day=day, words=run.cause.words, ground=ground
        )
    elif isinstance(run.cause, Waiting):
        yield said(
            "bổ sung đủ ngày %(day)s nên thời hạn tính lại từ ngày này%(ground)s",
            day=day,
            ground=_ground(run.cause.ground),
        )


def _counted(result: DueResult) -> str:
    run, table = result.run, result.facts.table
    unit, began = run.limit.unit, moment(run.began_at)
    limit = in_words(run.limit)
    if unit == LimitUnit.SAME_DAY:
        return said(
            "thủ tục trả kết quả trong ngày, nhận sau %(clock)s hoặc vào ngày nghỉ thì trả ngày làm"
            " việc tiếp theo",
            clock=f"{run.limit.cut_off:%H:%M}",
        )
    if unit in HOURLY:
        return said(
            "%(limit)s%(half)s tính theo giờ làm việc từ %(clock)s ngày %(day)s",
            limit=limit,
            half=said(" (nửa ngày là 4 giờ)") if unit == LimitUnit.HALF_DAY else "",
            clock=f"{local(run.began_at):%H:%M}",
            day=_on(local(run.began_at)),
        )
    earliest = table.after(began[0], 1) if unit == LimitUnit.WORKING_DAY else began[0] + 1
    first = long_day(date.fromordinal(earliest))
    return said("%(limit)s tính từ %(day)s", limit=limit, day=first)


def _skipped(result: DueResult) -> Iterator[str]:
    if result.run.limit.unit in NOMINAL:
        return
    since = local_day(result.run.began_at)
    until = local_day(result.due_at)
    off = [
        day
        for day in sorted(result.facts.days, key=lambda day: day.on)
        if since < day.on < until and day.kind == DayKind.OFF and result.facts.is_ordinary(day.on)
    ]
    if off:
        yield said("không tính ngày nghỉ %(days_off)s", days_off=joined(", ", _spans(off)))


def _spans(days: list[SpecialDay]) -> Iterator[Spoken]:
    numbered = enumerate(days)
    for _, group in groupby(numbered, lambda pair: pair[1].on.toordinal() - pair[0]):
        span = [day for _, day in group]
        notes = ", ".join(dict.fromkeys(day.note for day in span if day.note))
        ends = [span[0].on, span[-1].on] if len(span) > 1 else [span[0].on]
        words = joined("–", [on_day(f"{day:%d/%m}", day) for day in ends])
        yield joined("", [words, f" ({notes})"]) if notes else words


def _paused(result: DueResult) -> Iterator[str]:
    run = result.run
    if not run.paused:
        return
    grounds = ", ".join(dict.fromkeys(pause.ground for pause in run.pauses if pause.ground))
    yield said("cộng %(stood)s tạm dừng%(ground)s", stood=_stood(run), ground=_ground(grounds))


def _stood(run: Run) -> Spoken:
    """Write for how long the clock stood still."""
    if run.limit.unit in HOURLY:
        hours, minutes = divmod(run.paused // 60, 60)
        return said("%(hours)s giờ %(minutes)s phút làm việc", hours=hours, minutes=f"{minutes:02}")
    if run.limit.unit in NOMINAL:
        return said("%(count)s ngày", count=run.paused)
    return said("%(count)s ngày làm việc", count=run.paused)


def _rolled(result: DueResult) -> Iterator[str]:
    run = result.run
    if run.limit.unit not in NOMINAL or isinstance(run.cause, Reappointment):
        return
    last = nominal_end(run.limit, moment(run.began_at)[0], run.paused)
    if not result.facts.table.is_working(last):
        day = date.fromordinal(last)
        special = result.facts.special.get(day)
        note = f" ({special.note})" if special is not None and special.note else ""
        yield said(
            "ngày cuối %(day)s là ngày nghỉ%(note)s nên chuyển sang ngày làm việc tiếp theo",
            day=_on(day),
            note=note,
        )


def _extended(extension: Extension) -> str:
    limit, ground = in_words(extension.limit), _ground(extension.ground)
    return said("gia hạn thêm %(limit)s%(ground)s", limit=limit, ground=ground)


def _standing(result: DueResult) -> Iterator[str]:
    if result.waiting_since is not None:
        since = local(result.waiting_since)
        yield said(
            "thời hạn đang tạm dừng từ %(clock)s ngày %(day)s",
            clock=f"{since:%H:%M}",
            day=_on(since),
        )


def _due(result: DueResult) -> str:
    due = local(result.due_at)
    clock = f"{due:%-H} giờ" + (f" {due:%M}" if due.minute else "")
    special = result.facts.special.get(due.date())
    swapped = special is not None and special.kind == DayKind.WORKED
    return said(
        "hạn trả %(clock)s %(day)s%(swapped)s",
        clock=on_hour(clock, due),
        day=long_day(due),
        swapped=said(" (ngày làm bù)") if swapped else "",
    )


def _ground(ground: str) -> str:
    return f" ({ground})" if ground else ""
