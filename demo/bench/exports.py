"""`./run bench-exports`: lists of dossiers as files while others read their work lists."""

import argparse
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from config.pgbox import ROLE

from . import plays
from .client import CSRF, Caller, Result, run
from .site import Site, default_data, family, site

ROWS, SOME = 350_000, 24_000
MOST_CSV_S, MOST_XLSX_S, MOST_LONG_S, MOST_MB, MOST_SLOWER = 5.0, 20.0, 60.0, 200.0, 2.0
BAD = 400
READERS, QUIET_S, YEARS = 4, 8.0, timedelta(days=3 * 365)
PAGE, WORK_PAGE = "/xu-ly/xuat-ho-so/", "/xu-ly/viec/"


def main() -> None:
    """Print a line for each figure; end with 1 if a bar is missed."""
    parser = argparse.ArgumentParser(prog="./run bench-exports", description="Đo xuất danh sách.")
    parser.add_argument("--rows", type=int, default=ROWS, help="số hồ sơ của tỉnh đo")
    parser.add_argument("--data", type=Path, help="nơi giữ cơ sở dữ liệu")
    parser.add_argument("--port", type=int, default=8793)
    options = parser.parse_args()
    data = options.data or default_data(Path("var/bench").absolute(), options.rows)
    missed = 0
    with site(data, options.rows, options.port) as place:
        for words, is_held in _figures(place, options.rows):
            missed += not is_held
            sys.stdout.write(f"{words}{'' if is_held else '  ✗'}\n")
            sys.stdout.flush()
    sys.exit(1 if missed else 0)


def _figures(place: Site, rows: int) -> Iterator[tuple[str, bool]]:
    read = _readers(place)
    run(place.port, READERS, QUIET_S / 4, read)
    calm = run(place.port, READERS, QUIET_S, read)
    yield (
        f"work list alone: p50 {calm.percentile(50):.0f} ms, p95 {calm.percentile(95):.0f} ms",
        True,
    )
    today = date.today()  # noqa: DTZ011 -- the days of the world that was loaded here
    some = today - YEARS * SOME // rows
    memory = _memory(place)
    for how, most in (("csv", MOST_CSV_S), ("xlsx", MOST_XLSX_S)):
        took, size, beside = _beside(place, lambda how=how: _fetch(place, some, today, how))
        yield f"{how} of {SOME}: {took:.1f} s, {size / 1e6:.1f} MB", took < most
        yield _told(how, calm, beside)
    took, size, beside = _beside(place, lambda: _long(place, today - YEARS, today))
    yield f"csv of all {rows}: {took:.1f} s, {size / 1e6:.1f} MB", took < MOST_LONG_S
    yield _told("all", calm, beside)
    more = _memory(place) - memory
    yield f"most memory of one process: {more:.0f} MB more than before", more < MOST_MB


def _readers(place: Site) -> Any:
    places = place.world["places"]
    return plays.read(WORK_PAGE, lambda turn: str(places[turn % len(places)]["tokens"]["handler"]))


def _told(how: str, calm: Result, beside: Result) -> tuple[str, bool]:
    ratio = beside.percentile(95) / max(calm.percentile(95), 0.001)
    words = f"work list beside {how}: p95 {beside.percentile(95):.0f} ms, {ratio:.1f} × alone"
    return words, ratio <= MOST_SLOWER


def _beside(place: Site, export: Any) -> tuple[float, int, Result]:
    """Export while four read without pause; return how long it took, its bytes, what they saw."""
    found: list[tuple[float, int]] = []

    def timed() -> None:
        begun = time.monotonic()
        size = export()
        found.append((time.monotonic() - begun, size))

    thread = threading.Thread(target=timed)
    thread.start()
    read = _readers(place)
    seen = Result()
    while thread.is_alive():
        part = run(place.port, READERS, 1.0, read)
        seen.times += part.times
    thread.join()
    return (*found[0], seen)


def _asked(place: Site, path: str, body: dict[str, str] | None) -> bytes:
    """Return what one request of the province's monitor is answered with."""
    answers: list[bytes] = []
    token = str(place.world["monitor"])

    async def play(caller: Caller, _turn: int) -> int:
        data = urlencode(body).encode() if body else None
        status, answer = await caller.exchange("POST" if body else "GET", path, token, data)
        if status >= BAD:
            message = f"{path} was refused with {status}: is this the world of so many rows?"
            raise SystemExit(message)
        answers.append(answer)
        raise EOFError

    run(place.port, 1, 600, play)
    return answers[0]


def _form(first: date, latest: date, how: str) -> dict[str, str]:
    days = {"first": f"{first:%d/%m/%Y}", "latest": f"{latest:%d/%m/%Y}"}
    return {**days, "how": how, "csrfmiddlewaretoken": CSRF, "request_key": uuid4().hex}


def _fetch(place: Site, first: date, latest: date, how: str) -> int:
    return len(_asked(place, PAGE, _form(first, latest, how)))


def _long(place: Site, first: date, latest: date) -> int:
    """Ask for all, wait until it is written, and fetch it."""
    _asked(place, PAGE, _form(first, latest, "csv"))
    while True:
        number = place.box.sql(
            "SELECT CASE WHEN state = 'ready' THEN id ELSE 0 END FROM dossiers_listexport"
            " ORDER BY id DESC LIMIT 1",
            ROLE,
        )
        if int(number or 0):
            return len(_asked(place, f"{PAGE}{number}/", None))
        time.sleep(0.2)


def _memory(place: Site) -> float:
    """Return the most memory that any process of the site has held, in MB."""
    return max(_peak(pid) for child in place.children for pid in family(child.pid))


def _peak(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    main()
