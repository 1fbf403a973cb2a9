"""Let open dossiers follow a changed calendar: measured first, then moved, each of them once.

The calendars are written before the first promise moves; whoever receives from then on counts
with them. Batches find out anew, under lock, what becomes of each dossier, so that a process
that was killed leaves nothing half done.

Source: docs/law/time-limits.md; ADR 85
"""

import logging
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import islice
from time import monotonic

from django.db import connection
from django.db.models import F

from motcua.casework.dossiers.choices import Act, DueChangeKind
from motcua.casework.dossiers.models import Dossier, PromiseShift, ShiftRun
from motcua.casework.dossiers.queries.shifts import Became, Shifted, shifts_of
from motcua.casework.dossiers.rules.failing import MOST_TRIES, trouble_of
from motcua.casework.dossiers.rules.promising import Told
from motcua.casework.procedures import api as procedures
from motcua.foundation.access.api import Power
from motcua.foundation.calendar import api as calendar
from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.api import Message
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor

from . import message_kinds as kinds
from .clock import add_due_change
from .notifying import living, moment
from .posting import post_until
from .telling import tell_alike

logger = logging.getLogger(__name__)
EVERYWHERE = 0  # a calendar serves many agencies
BATCH = 500
LANES = 2  # in the worker
SLICE_S = 5.0  # then the worker tells facts and does its other work, and comes back at once
SETTLED = timedelta(seconds=10)  # by then nobody counts with the calendars of before
_PUT = """
COPY dossiers_promiseshift (change_id, dossier_id, agency_id, procedure_id, kind, due_was, due_now,
  due_counted, days, steps) FROM STDIN
"""
_NONE, _LINES = r"\N", 5_000
_NEXT = """
SELECT dossier_id FROM dossiers_promiseshift
WHERE change_id = %s AND applied_at IS NULL AND tries < %s AND dossier_id > %s
  AND dossier_id %% %s = %s
ORDER BY dossier_id LIMIT %s
"""
_LOCK = f"""
SELECT {work.columns(Dossier, "d")} FROM dossiers_dossier d
WHERE d.id = ANY(%s::bigint[]) ORDER BY d.id FOR UPDATE SKIP LOCKED
"""  # noqa: S608 -- our own columns
_MOVE_STEPS = """
UPDATE dossiers_dossierstep s SET due_at = x.due_at
FROM unnest(%s::bigint[], %s::int[], %s::timestamptz[]) AS x(dossier_id, seq, due_at)
WHERE s.dossier_id = x.dossier_id AND s.seq = x.seq AND s.closed_at IS NULL
"""
_DONE = """
UPDATE dossiers_promiseshift p SET applied_at = %s, kind = x.kind, due_was = x.due_was,
  due_now = x.due_now, due_counted = x.due_counted, days = x.days, steps = x.steps
FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[],
  %s::smallint[], %s::int[]) AS x(dossier_id, kind, due_was, due_now, due_counted, days, steps)
WHERE p.change_id = %s AND p.dossier_id = x.dossier_id
"""
_UNTOUCHED = """
DELETE FROM dossiers_promiseshift
WHERE change_id = %s AND dossier_id = ANY(%s::bigint[]) AND applied_at IS NULL
"""

# Taken back with the old system's data it came from: nobody would ever meet it again.
_GONE = """
DELETE FROM dossiers_promiseshift p
WHERE change_id = %s AND dossier_id = ANY(%s::bigint[]) AND applied_at IS NULL
  AND NOT EXISTS (SELECT FROM dossiers_dossier d WHERE d.id = p.dossier_id)
"""


@work.story
def measure_change(change_id: int, *, by: Actor, at: datetime) -> ShiftRun:
    """Find out which dossiers a drafted change would move, and keep that to be looked at.

    Raises: NotAllowed, NoSuchChange, ChangeMovedOn, BeyondCalendar.
    Costs: some ten statements, however many dossiers.
    """
    by.require(Power.EDIT_CALENDARS, unit_id=EVERYWHERE)
    change = calendar.get_change(change_id)
    if change.state != calendar.ChangeState.DRAFT:
        message = "Thay đổi lịch này không còn là dự thảo."
        raise calendar.ChangeMovedOn(message)
    return _measure(change, by=by, at=at)


@work.story
def draft_calendar_change(
    calendar_id: int, asked: calendar.Proposal, *, by: Actor, at: datetime, reason: str = ""
) -> calendar.CalendarChange:
    """Draft a change of a calendar and measure what it would do to open dossiers.

    Raises: NotAllowed, CalendarChangeNotValid, BeyondCalendar.
    """
    change = calendar.propose_change(calendar_id, asked, by=by, at=at, reason=reason)
    _measure(change, by=by, at=at)
    return change


@work.story
def amend_calendar_change(
    change_id: int, asked: calendar.Proposal, *, revision: int, by: Actor, at: datetime
) -> calendar.CalendarChange:
    """Change a draft, as it was looked at, and measure it anew.

    Raises: NotAllowed, NoSuchChange, ChangeMovedOn, CalendarChangeNotValid, BeyondCalendar.
    """
    change = calendar.amend_change(change_id, asked, revision=revision, by=by, at=at)
    _measure(change, by=by, at=at)
    return change


def _measure(change: calendar.CalendarChange, *, by: Actor, at: datetime) -> ShiftRun:
    version = calendar.version_in_force()
    PromiseShift.objects.filter(change_id=change.pk, applied_at=None).delete()
    _keep(change.pk, shifts_of(change, at=at))
    run, _ = ShiftRun.objects.update_or_create(
        change_id=change.pk,
        defaults={
            "measured_at": at,
            "measured_by_name": by.name,
            "revision": change.revision,
            "version": version,
        },
    )
    return run


def _keep(change_id: int, found: Iterable[Shifted]) -> None:
    lines = (
        f"{change_id}\t{one.dossier_id}\t{one.agency_id}\t{one.procedure_id}"
        f"\t{_written(one.became)}\t{len(one.steps)}\n"
        for one in found
    )
    with connection.cursor() as cursor, cursor.copy(_PUT) as copy:
        while part := "".join(islice(lines, _LINES)):
            copy.write(part)


@lru_cache(maxsize=4096)
def _written(became: Became) -> str:
    """Return it as it is copied in; many dossiers share one."""
    moments = (became.due_was, became.due_now, became.due_counted)
    return "\t".join([became.kind.value, *(f"{one or _NONE}" for one in moments), f"{became.days}"])


def follow_calendar(*, at: datetime, most_s: float = SLICE_S, lanes: int = 1) -> int:
    """Go on with the change that is being applied, for a while; return how many dossiers.

    In several lanes, each with a thread and a connection of its own, the database works for one
    while Python works for another.

    Called by the worker again and again. A dossier that somebody works on just then is met the
    next time; one that fails holds up no other and is tried again. At the end all are looked at
    once more, when nobody can count with the calendars of before any longer.
    """
    change = calendar.change_in_progress()
    if change is None or change.begun_at is None:
        return 0
    clock, moved = _Clock(at, monotonic() + most_s), 0
    by = _who_decided(change)
    run = _run_since(change, change.begun_at, by=by, at=clock.now())
    while True:
        moved += _all_batches(change, clock, lanes, by=by)
        if clock.is_over() or _next(change.pk, 0, 1):
            return moved
        settled = change.begun_at + SETTLED
        if run.measured_at >= settled:
            calendar.end_change(change.pk, by=by, at=clock.now())
            return moved
        if clock.now() < settled:
            return moved
        run = _measure_again(change, by=by, at=clock.now())


class _Clock:
    """The moment it was when the work began, and how long it has gone on since."""

    def __init__(self, at: datetime, end: float) -> None:
        self._at, self._end, self._began = at, end, monotonic()

    def now(self) -> datetime:
        """Return what moment it is."""
        return self._at + timedelta(seconds=monotonic() - self._began)

    def is_over(self) -> bool:
        """Say whether the time for this turn has passed."""
        return monotonic() > self._end


def _who_decided(change: calendar.CalendarChange) -> Actor:
    """Return who applied the change; what follows from it is told to applicants here."""
    return Actor(
        id=change.applied_by_id or 0,
        name=change.applied_by_name,
        title=change.applied_by_title,
        is_silent=True,
    )


def _run_since(
    change: calendar.CalendarChange, begun_at: datetime, *, by: Actor, at: datetime
) -> ShiftRun:
    run = ShiftRun.objects.filter(change_id=change.pk).first()
    if run is not None and run.measured_at >= begun_at:
        return run
    return _measure_again(change, by=by, at=max(at, begun_at))


@work.story
def _measure_again(change: calendar.CalendarChange, *, by: Actor, at: datetime) -> ShiftRun:
    return _measure(change, by=by, at=at)


def _all_batches(change: calendar.CalendarChange, clock: _Clock, lanes: int, *, by: Actor) -> int:
    if lanes == 1:
        return _batches(change, clock, 0, 1, by=by)
    with ThreadPoolExecutor(lanes - 1) as beside:
        others = [
            beside.submit(_batches_apart, change, clock, lane, lanes, by=by)
            for lane in range(1, lanes)
        ]
        return _batches(change, clock, 0, lanes, by=by) + sum(one.result() for one in others)


def _batches_apart(
    change: calendar.CalendarChange, clock: _Clock, lane: int, lanes: int, *, by: Actor
) -> int:
    try:
        return _batches(change, clock, lane, lanes, by=by)
    finally:
        connection.close()  # that of this thread, which ends


def _batches(
    change: calendar.CalendarChange, clock: _Clock, lane: int, lanes: int, *, by: Actor
) -> int:
    """Move batch after batch of the dossiers of one lane, until the time is over."""
    moved, latest = 0, 0
    while not clock.is_over() and (ids := _next(change.pk, latest, BATCH, lane, lanes)):
        latest = ids[-1]
        moved += _shift(change, ids, clock, by=by)
    return moved


def _next(change_id: int, after: int, most: int, lane: int = 0, lanes: int = 1) -> list[int]:
    params = [change_id, MOST_TRIES, after, lanes, lane, most]
    return [row[0] for row in work.fetch(_NEXT, params)]


def _shift(change: calendar.CalendarChange, ids: Sequence[int], clock: _Clock, *, by: Actor) -> int:
    """Move these; where that fails though nobody foresaw it, all but those it fails for."""
    try:
        return shift_batch(change, ids, by=by, at=clock.now())
    except Exception as error:  # whatever it is, the others are moved
        if len(ids) == 1:
            logger.exception("shift_failed", extra={"dossier": ids[0]})
            _note_failure(change.pk, ids[0], error)
            return 0
    middle = len(ids) // 2
    return sum(_shift(change, half, clock, by=by) for half in (ids[:middle], ids[middle:]))


@work.story
def _note_failure(change_id: int, dossier_id: int, error: Exception) -> None:
    rows = PromiseShift.objects.filter(change_id=change_id, dossier_id=dossier_id, applied_at=None)
    rows.update(tries=F("tries") + 1, trouble=trouble_of(error)[:200])


@work.story
def retry_shifts(change_id: int, *, by: Actor, at: datetime) -> calendar.CalendarChange:
    """Let the worker try again what failed though nobody foresaw it, after the change has ended.

    Raises: NotAllowed, NoSuchChange, ChangeMovedOn where nothing failed or another change came.
    """
    by.require(Power.EDIT_CALENDARS, unit_id=EVERYWHERE)
    change = calendar.go_on_with_change(change_id, by=by, at=at)
    failed = PromiseShift.objects.filter(change_id=change_id, applied_at=None, tries__gt=0)
    if not failed.update(tries=0, trouble=""):
        raise calendar.ChangeMovedOn("Không còn hồ sơ nào chưa dời được hẹn do lỗi.")
    return change


@work.story
def shift_batch(
    change: calendar.CalendarChange, ids: Sequence[int], *, by: Actor, at: datetime
) -> int:
    """Move these dossiers, each with its history; return how many promises moved.

    What the calendar does not touch any longer is forgotten.

    Costs: some twenty-five statements for a batch, however many dossiers.
    """
    locked = {row.pk: row for row in _lock(ids)}
    if len(locked) < len(ids):
        work.put(_GONE, [change.pk, list(ids)])
    found = shifts_of(change, at=at, ids=list(locked))
    touched = {one.dossier_id for one in found}
    moving = [one for one in found if one.became.due_now != one.became.due_was]
    why = why_of(change)
    for one in moving:
        _set_promise(locked[one.dossier_id], one, change, why, by=by, at=at)
    tell_alike(
        [locked[one.dossier_id] for one in moving],
        Act.FOLLOW_CALENDAR,
        by=by,
        at=at,
        note=why,
        changed=("due_at",),
        detail={"calendar_change": change.pk},
    )
    steps = [(one.dossier_id, seq, due) for one in found for seq, due in one.steps]
    if steps:
        work.put(_MOVE_STEPS, [list(column) for column in zip(*steps, strict=True)])
        post_until(steps)
    _note_done(change.pk, found, [one for one in locked if one not in touched], at=at)
    _tell_applicants([(locked[one.dossier_id], one) for one in moving], change, at=at)
    return len(moving)


def _lock(ids: Sequence[int]) -> list[Dossier]:
    rows = [work.from_row(Dossier, row) for row in work.fetch(_LOCK, [list(ids)])]
    for dossier in rows:
        dossier.told = Told(dossier.due_at, dossier.pause_ground)
    return rows


def _set_promise(
    dossier: Dossier,
    one: Shifted,
    change: calendar.CalendarChange,
    why: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    is_held = one.became.kind == calendar.ShiftKind.HELD
    kind = DueChangeKind.HELD if is_held else DueChangeKind.CALENDAR
    dossier.due_at = one.became.due_now
    row = add_due_change(dossier, kind, one.became.due_was, by=by, at=at, ground=why)
    row.document_number = change.decision_number


def why_of(change: calendar.CalendarChange) -> str:
    """Return why the promises moved, as histories say it."""
    day = f" ngày {change.decision_on:%d/%m/%Y}" if change.decision_on else ""
    reason = f": {change.reason}" if change.reason else ""
    return f"Lịch làm việc thay đổi theo {change.decision_number}{day}{reason}"


def _note_done(
    change_id: int, found: Sequence[Shifted], untouched: Sequence[int], *, at: datetime
) -> None:
    if untouched:
        work.put(_UNTOUCHED, [change_id, list(untouched)])
    if not found:
        return
    columns = zip(
        *(
            (
                one.dossier_id,
                str(one.became.kind),
                one.became.due_was,
                one.became.due_now,
                one.became.due_counted,
                one.became.days,
                len(one.steps),
            )
            for one in found
        ),
        strict=True,
    )
    work.put(_DONE, [at, *map(list, columns), change_id])


def _tell_applicants(
    moved: Sequence[tuple[Dossier, Shifted]], change: calendar.CalendarChange, *, at: datetime
) -> None:
    """Tell those who filed, once, as each of them wishes to be told."""
    owners = {one.submitter_account_id for one, _ in moved if one.submitter_account_id}
    alive = set(living(owners))
    why, texts = why_of(change), lru_cache(moment)
    messages = [
        Message(
            [one.submitter_account_id or 0],
            kinds.CALENDAR_MOVED,
            {
                "code": one.code,
                "procedure": procedures.definition_of(one.procedure_version_id).name,
                "due": texts(one.due_at),
                "was": texts(shifted.became.due_was),
                "note": why,
            },
            at,
            f"/ho-so/{one.code}/",
        )
        for one, shifted in moved
        if one.submitter_account_id in alive
    ]
    notifications.notify_all(messages, by=SYSTEM)
