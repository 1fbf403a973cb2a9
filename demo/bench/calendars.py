"""`./run bench-calendar`: a day off is declared while 100,000 promises stand open.

A site with its web server and worker; the difference is computed here, the worker moves the
promises, and desks receive without pause meanwhile.
"""

import argparse
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import django
from django.db import connection

from config.collector import spare_what_stays

from . import plays
from .client import Play, Result, run
from .site import Site, default_data, manage, site, start
from .spent import backend, cpu_ms

OPEN, ROWS = 100_000, 1_000
MOST_MEASURE_S, MOST_APPLY_S, MOST_RECEIVE_MS = 3.0, 60.0, 300.0
DESKS, RECEIVE_S, KILL_AFTER_S, PATIENCE_S = 4, 45, 6, 600
_COUNTS = """
SELECT (SELECT count(*) FROM dossiers_promiseshift WHERE change_id = %(change)s
          AND applied_at IS NOT NULL AND due_now <> due_was),
  (SELECT count(*) FROM dossiers_duechange c JOIN dossiers_promiseshift p
     ON p.dossier_id = c.dossier_id AND p.change_id = %(change)s
   WHERE c.kind = 'calendar' AND c.due_now = p.due_now),
  (SELECT count(*) FROM dossiers_dossiermove m JOIN dossiers_promiseshift p
     ON p.dossier_id = m.dossier_id AND p.change_id = %(change)s
   WHERE m.act = 'follow_calendar' AND (m.detail->>'calendar_change')::bigint = %(change)s),
  (SELECT count(*) FROM notifications_notice WHERE kind = 'dossiers.calendar_moved'
     AND at >= %(begun)s),
  (SELECT count(*) FROM dossiers_dossier d JOIN dossiers_promiseshift p
     ON p.dossier_id = d.id AND p.change_id = %(change)s WHERE d.due_at <> p.due_now),
  (SELECT count(*) FROM ledger_leaf WHERE kind = 'redated' AND at >= %(begun)s)
"""


def main() -> None:
    """Print a line for each figure; end with 1 if a bar is missed."""
    options = _arguments()
    data = options.data or default_data(Path("var/bench").absolute(), options.rows)
    os.environ |= {"MOTCUA_PG_DATA": str(data), "DJANGO_SETTINGS_MODULE": "config.settings.bench"}
    missed = 0
    with site(data, options.rows, options.port) as place:
        django.setup()
        spare_what_stays()  # as in the processes of a site
        try:
            for words, is_held in _figures(place, options):
                missed += not is_held
                sys.stdout.write(f"{words}{'' if is_held else '  ✗'}\n")
                sys.stdout.flush()
        finally:
            connection.close()
    sys.exit(1 if missed else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench-calendar", description="Đo đổi lịch.")
    parser.add_argument("--open", type=int, default=OPEN, help="số hồ sơ đang mở")
    parser.add_argument("--rows", type=int, default=ROWS, help="số hồ sơ cũ của tỉnh đo")
    parser.add_argument("--data", type=Path, help="nơi giữ cơ sở dữ liệu")
    parser.add_argument("--port", type=int, default=8792)
    parser.add_argument("--kill", action="store_true", help="giết tiến trình nền giữa chừng")
    return parser.parse_args()


def _figures(place: Site, options: argparse.Namespace) -> Iterator[tuple[str, bool]]:
    from motcua.foundation.calendar import api as calendar  # noqa: PLC0415 -- after setup
    from motcua.lib.clock import now  # noqa: PLC0415 -- after setup

    yield f"load {os.getloadavg()[0]:.1f}", True
    loaded = _load(place, options.open, now())
    yield f"open promises that follow the calendar: {loaded}", True
    change, words, is_held = _measured(now())
    yield words, is_held
    codes: list[tuple[str, str]] = []
    run(place.port, DESKS, 12, plays.collect(place.world, codes))
    before, begun = place.cpu_seconds(), now()
    calendar.begin_change(
        change.pk,
        revision=change.revision,
        version=calendar.version_in_force(),
        decision_number="99/QĐ-UBND",
        decision_on=begun.date(),
        by=_editor(),
        at=begun,
    )
    if options.kill:
        threading.Timer(KILL_AFTER_S, _kill_worker, [place]).start()
    received = run(place.port, DESKS, RECEIVE_S, _unhurried(plays.receive(codes)))
    took = _await_end(change.pk, begun)
    after = place.cpu_seconds()
    spent = {name: after[name] - before[name] for name in after}
    yield from _applied(change.pk, begun, took, spent, is_timed=not options.kill)
    yield _receiving(received)


def _load(place: Site, count: int, at: datetime) -> int:
    from .calendar_world import load_open  # noqa: PLC0415 -- after setup
    from .world import Place, World  # noqa: PLC0415 -- after setup

    places = [Place(**one) for one in place.world["places"]]
    known = {one.name: place.world[one.name] for one in fields(World) if one.name in place.world}
    load_open(World(**{**known, "places": places, "variants": []}), count, at)
    return count


def _editor() -> Any:
    from motcua.foundation.access.api import Power  # noqa: PLC0415 -- after setup
    from motcua.lib.actor import Actor  # noqa: PLC0415 -- after setup

    return Actor(id=1, name="Người đo", province_powers=frozenset({Power.EDIT_CALENDARS}))


def _measured(at: datetime) -> tuple[Any, str, bool]:
    """Draft a day off that every promise must wait for, and say what that cost."""
    from motcua.casework.dossiers import api as dossiers  # noqa: PLC0415 -- after setup
    from motcua.foundation.calendar import api as calendar  # noqa: PLC0415 -- after setup
    from motcua.lib.clock import local_day  # noqa: PLC0415 -- after setup

    day: date = calendar.add_working_days(local_day(at), 1, calendar.national_facts())
    kind = calendar.DayKind.OFF
    asked = calendar.Proposal(days=(calendar.SpecialDay(day, kind, "Nghỉ vì bão"),))
    national = calendar.find_calendar(calendar.NATIONAL)
    dossiers.shifts_by_agency(0, by=_editor())
    pid = backend()
    begun, cpu = time.monotonic(), cpu_ms(pid)
    change = dossiers.draft_calendar_change(
        national.pk if national else 0, asked, by=_editor(), at=at
    )
    took, cpu = time.monotonic() - begun, (cpu_ms(pid) - cpu) / 1000
    figures = dossiers.shifts_by_agency(change.pk, by=_editor())
    moving, steps = sum(one.moving for one in figures), sum(one.steps for one in figures)
    words = f"difference: {moving} promises, {steps} steps in {took:.2f} s (processor {cpu:.2f} s)"
    return change, words, min(took, cpu) < MOST_MEASURE_S


def _unhurried(play: Play) -> Play:
    """Receive four times a second at most: with four clients a busy morning of a province."""

    async def paced(caller: Any, turn: int) -> int:
        import asyncio  # noqa: PLC0415 -- here alone

        await asyncio.sleep(0.25)
        return await play(caller, turn)

    return paced


def _kill_worker(place: Site) -> None:
    worker = place.children[1]
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()
    place.children[1] = start(manage("worker"), dict(os.environ))


def _await_end(change_id: int, begun: datetime) -> float:
    from motcua.foundation.calendar import api as calendar  # noqa: PLC0415 -- after setup

    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        change = calendar.get_change(change_id)
        if change.ended_at is not None:
            return (change.ended_at - begun) / timedelta(seconds=1)
        time.sleep(0.5)
    return float("inf")


def _applied(
    change_id: int, begun: datetime, took: float, spent: dict[str, float], *, is_timed: bool
) -> Iterator[tuple[str, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"change": change_id, "begun": begun})
        moved, changes, moves, notices, wrong, leaves = cursor.fetchone()
        cursor.execute(
            "SELECT extract(epoch FROM max(applied_at) - %s)::float FROM dossiers_promiseshift"
            " WHERE change_id = %s",
            [begun, change_id],
        )
        last = cursor.fetchone()[0]
    cpu = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in spent.items())
    yield (
        f"applied: last promise after {last:.1f} s, looked at again after {took:.1f} s ({cpu})",
        last < MOST_APPLY_S or not is_timed,
    )
    told = f"reasons {changes}, moves {moves}, notices {notices}, leaves {leaves}, wrong {wrong}"
    is_whole = moved == changes == moves == leaves == notices and not wrong
    yield f"moved {moved}: {told}", is_whole


def _receiving(received: Result) -> tuple[str, bool]:
    p95 = received.percentile(95)
    words = (
        f"receiving meanwhile: {received.done} dossiers, p50 {received.percentile(50):.0f} ms,"
        f" p95 {p95:.0f} ms, refused {received.failed}"
    )
    return words, p95 < MOST_RECEIVE_MS and not received.failed


if __name__ == "__main__":
    main()
