"""One Vietnamese sentence that tells a citizen why the answer is due when it is."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby

from motcua.foundation.calendar.choices import DayKind, LimitUnit, Weekday
from motcua.lib.clock import local, local_day

from .due import HOURLY, NOMINAL, DueResult, nominal_end
from .facts import CalendarFacts, SpecialDay
from .limits import Extension, Limit, Reappointment, Waiting
from .moments import moment


def explain(result: DueResult) -> str:
    """Return the reason of a due moment as one sentence for the applicant."""
    parts = [
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
    return "; ".join(parts) + "."


def long_day(day: date) -> str:
    """Write a day with its weekday: thứ Tư 07/01/2026."""
    return f"{Weekday(day.weekday()).label} {day:%d/%m/%Y}"


def in_words(limit: Limit) -> str:
    """Write a limit: 3 ngày làm việc."""
    if limit.unit == LimitUnit.SAME_DAY:
        return limit.unit.label
    if limit.unit == LimitUnit.HALF_DAY and limit.amount == 1:
        return limit.unit.label
    return f"{limit.amount} {limit.unit.label}"


def _received(result: DueResult) -> str:
    start = local(result.start)
    return f"Nhận {start:%H:%M} {long_day(start)}{_why_unusual(start, result.facts)}"


def _why_unusual(day: datetime, facts: CalendarFacts) -> str:
    special = facts.special.get(day.date())
    if special is not None and special.kind == DayKind.WORKED:
        return " (ngày làm bù)"
    if facts.hours_on(day.date()):
        return ""
    note = f": {special.note}" if special is not None and special.note else ""
    return f" (ngày nghỉ{note})"


def _began_anew(result: DueResult) -> Iterator[str]:
    run = result.run
    day = f"{local(run.began_at):%d/%m/%Y}"
    if isinstance(run.cause, Reappointment):
        yield f"ngày {day} {run.cause.words}{_ground(run.cause.ground)}"
    elif isinstance(run.cause, Waiting):
        yield f"bổ sung đủ ngày {day} nên thời hạn tính lại từ ngày này{_ground(run.cause.ground)}"


def _counted(result: DueResult) -> str:
    run, table = result.run, result.facts.table
    unit, began = run.limit.unit, moment(run.began_at)
    if unit == LimitUnit.SAME_DAY:
        late = f"sau {run.limit.cut_off:%H:%M} hoặc vào ngày nghỉ thì trả ngày làm việc tiếp theo"
        return f"thủ tục trả kết quả trong ngày, nhận {late}"
    if unit in HOURLY:
        half = " (nửa ngày là 4 giờ)" if unit == LimitUnit.HALF_DAY else ""
        since = f"{local(run.began_at):%H:%M} ngày {local(run.began_at):%d/%m/%Y}"
        return f"{in_words(run.limit)}{half} tính theo giờ làm việc từ {since}"
    earliest = table.after(began[0], 1) if unit == LimitUnit.WORKING_DAY else began[0] + 1
    return f"{in_words(run.limit)} tính từ {long_day(date.fromordinal(earliest))}"


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
        yield "không tính ngày nghỉ " + ", ".join(_spans(off))


def _spans(days: list[SpecialDay]) -> Iterator[str]:
    numbered = enumerate(days)
    for _, group in groupby(numbered, lambda pair: pair[1].on.toordinal() - pair[0]):
        span = [day for _, day in group]
        notes = ", ".join(dict.fromkeys(day.note for day in span if day.note))
        until = f"–{span[-1].on:%d/%m}" if len(span) > 1 else ""
        yield f"{span[0].on:%d/%m}{until}" + (f" ({notes})" if notes else "")


def _paused(result: DueResult) -> Iterator[str]:
    run = result.run
    if not run.paused:
        return
    if run.limit.unit in HOURLY:
        hours, minutes = divmod(run.paused // 60, 60)
        stood = f"{hours} giờ {minutes:02} phút làm việc"
    else:
        calendar = run.limit.unit in NOMINAL
        stood = f"{run.paused} ngày" if calendar else f"{run.paused} ngày làm việc"
    grounds = ", ".join(dict.fromkeys(pause.ground for pause in run.pauses if pause.ground))
    yield f"cộng {stood} tạm dừng" + _ground(grounds)


def _rolled(result: DueResult) -> Iterator[str]:
    run = result.run
    if run.limit.unit not in NOMINAL or isinstance(run.cause, Reappointment):
        return
    last = nominal_end(run.limit, moment(run.began_at)[0], run.paused)
    if not result.facts.table.is_working(last):
        day = date.fromordinal(last)
        special = result.facts.special.get(day)
        note = f" ({special.note})" if special is not None and special.note else ""
        yield f"ngày cuối {day:%d/%m/%Y} là ngày nghỉ{note} nên chuyển sang ngày làm việc tiếp theo"


def _extended(extension: Extension) -> str:
    return f"gia hạn thêm {in_words(extension.limit)}{_ground(extension.ground)}"


def _standing(result: DueResult) -> Iterator[str]:
    if result.waiting_since is not None:
        since = local(result.waiting_since)
        yield f"thời hạn đang tạm dừng từ {since:%H:%M} ngày {since:%d/%m/%Y}"


def _due(result: DueResult) -> str:
    due = local(result.due_at)
    clock = f"{due:%-H} giờ" + (f" {due:%M}" if due.minute else "")
    special = result.facts.special.get(due.date())
    swapped = special is not None and special.kind == DayKind.WORKED
    return f"hạn trả {clock} {long_day(due)}" + (" (ngày làm bù)" if swapped else "")


def _ground(ground: str) -> str:
    return f" ({ground})" if ground else ""
