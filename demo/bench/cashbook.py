"""`./run bench-cashbook`: what books of three million entries cost an accountant.

A tenth of the entries is put in with every trigger at work, and everything is measured; then the
rest follows, and it is measured again: ten times the rows, the same latency. Judged is processor
time (Python and its database backend), which can be told beside other work; growth is told with
the machine's own speed taken out, as a fixed piece of work between the rounds tells it.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import django
from django.db import connection, transaction

from config.pgbox import ROLE, Box

from .reconcile import say
from .site import TUNED, default_data, manage
from .spent import backend, cpu_ms, percentiles

ENTRIES, TENTH, CHUNK = 3_000_000, 10, 50_000
MOST_MS, MOST_GROWTH, LEAST_MS = 50.0, 1.25, 1.0
ROUNDS, POSTS, CLOSINGS = 60, 300, 20
SETTINGS = {**TUNED, "maintenance_work_mem": "256MB"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One piece of work: of the processor, and by the clock; and how fast the machine was. ms."""

    p50: float
    p95: float
    clock_p50: float
    clock_p95: float
    pace: float


def main() -> None:
    """Load and measure a tenth, then the whole; print a line for each piece of work."""
    options = _arguments()
    data = options.data or default_data(Path("var/bench").absolute(), 0).with_name("bench-books")
    box = Box(data, settings=SETTINGS)
    os.environ |= {
        "MOTCUA_PG_DATA": str(box.data),
        "DJANGO_SETTINGS_MODULE": "config.settings.bench",
    }
    box.start()
    try:
        missed = _measured(box, options.entries)
    finally:
        connection.close()
        box.stop()
    sys.exit(1 if missed else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench-cashbook", description="Đo sổ quỹ.")
    parser.add_argument("--entries", type=int, default=ENTRIES, help="số bút toán")
    parser.add_argument("--data", type=Path, help="thư mục cơ sở dữ liệu")
    return parser.parse_args()


def _measured(box: Box, count: int) -> int:
    """Return how many bars are missed."""
    box.sql(f"DROP DATABASE IF EXISTS {ROLE} WITH (FORCE)")
    box.sql(f"CREATE DATABASE {ROLE} OWNER {ROLE}")
    box.sql(f"GRANT SET ON PARAMETER session_replication_role TO {ROLE}")
    subprocess.run(manage("migrate", "-v0"), env=os.environ, check=True)  # noqa: S603 -- our own command
    django.setup()
    from motcua.casework.cashbook import api as cashbook  # noqa: PLC0415 -- models exist after setup
    from motcua.lib.clock import now  # noqa: PLC0415 -- models exist after setup only

    from .cashbook_world import make_books  # noqa: PLC0415 -- models exist after setup only

    books = make_books()
    say(f"load {os.getloadavg()[0]:.1f}")
    few = count // TENTH
    _load(books, range(1, few + 1), guarded=True)
    books.settle(now() - timedelta(days=1))
    tenth = dict(_figures(books))
    _load(books, range(few + 1, count + 1), guarded=False)
    books.settle(now())
    whole = dict(_figures(books))
    say(f"work: p50 / p95 of the processor (by the clock), {few} entries; {count}; growth")
    missed = sum(_told(name, tenth[name], whole[name]) for name in whole)
    begun = time.monotonic()
    wrong = cashbook.out_of_balance()
    say(f"every leg read and proved: {time.monotonic() - begun:.1f} s, wrong: {len(wrong)}")
    return missed + len(wrong)


def _load(books: Any, numbers: range, *, guarded: bool) -> None:
    """Put entries in; `guarded`: as a room does, with all triggers at work."""
    place, begun = backend(), time.monotonic()
    before, inserted = cpu_ms(place), 0.0
    for start in range(0, len(numbers), CHUNK):
        part = range(start, min(start + CHUNK, len(numbers)))
        with transaction.atomic():
            here = time.monotonic()
            books.put_in(numbers[part[0]], numbers[part[-1]], numbers, guarded=guarded)
            inserted += time.monotonic() - here
    took, count = time.monotonic() - begun, len(numbers)
    cpu = (cpu_ms(place) - before) * 1000 / count
    how = f"looked at when committed {(took - inserted) * 1e6 / count:.0f} µs" if guarded else ""
    say(f"{count} entries in {took:.0f} s: {cpu:.0f} µs of processor each {how}".rstrip())


def _figures(books: Any) -> Iterator[tuple[str, Figure]]:
    yield "post an entry of three legs", _figure(books.post, POSTS)
    yield "one balance", _figure(books.balance, POSTS)
    for name, path in books.pages():
        yield name, _figure(_reader(books, path), ROUNDS)
    yield "close a day of the book", _figure(books.close_day, CLOSINGS, 0)


def _reader(books: Any, path: Callable[[int], str]) -> Callable[[int], object]:
    return lambda number: books.read(path(number))


def _figure(work: Callable[[int], object], rounds: int, warming: int = 3) -> Figure:
    place = backend()
    spent, clock, paces = [], [], []
    for number in range(-warming, rounds):
        begun, cpu = time.perf_counter(), cpu_ms(place)
        work(number)
        if number >= 0:
            clock.append((time.perf_counter() - begun) * 1000)
            spent.append(cpu_ms(place) - cpu)
            paces.append(_pace())
    return Figure(*percentiles(spent), *percentiles(clock), statistics.median(paces))


def _pace() -> float:
    """Return what a piece of work that never changes takes now: the machine's speed moves."""
    begun = time.process_time_ns()
    words = {f"{number:05}": number for number in range(1_000)}
    sum(words[one] for one in sorted(words, reverse=True))
    return (time.process_time_ns() - begun) / 1_000_000


def _told(name: str, few: Figure, many: Figure) -> bool:
    """Print how one piece of work has grown; say whether it misses its bar."""
    expected = few.p50 * many.pace / few.pace
    grown = many.p50 / expected
    is_even = grown <= MOST_GROWTH or many.p50 - expected <= LEAST_MS
    missed = many.p95 >= MOST_MS or not is_even
    ways = (
        f"{one.p50:.1f} / {one.p95:.1f} ({one.clock_p50:.1f} / {one.clock_p95:.1f}) ms"
        for one in (few, many)
    )
    say(f"{'✗' if missed else '✓'} {name}: {'; '.join(ways)}; × {grown:.2f}")
    return missed


if __name__ == "__main__":
    main()
