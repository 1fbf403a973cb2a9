"""`./run bench-documents`: lists, search and pages of a million documents in 111 agencies.

Each page is read whole, in this process, by its own view as a person who signed in. Beside the
clock the processor time of Python and of the database backend is told from the kernel's counters:
that can be judged while others work on the machine, and the bars are on it.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django
from django.db import connection

from config.pgbox import ROLE, Box

from .growth import asker, compare, serve
from .site import TUNED, default_data, manage

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
PEOPLE, ROUNDS = 40, 2
LIMIT_MS, MOST_RATIO, LEAST_MS = 80, 1.2, 3.0
SEATS = {"handler": "officer", "clerk": "clerk", "leader": "leader"}
_SETTINGS = {**TUNED, "maintenance_work_mem": "512MB"}


def main() -> None:
    """Load once what is not there yet, measure, and print a line for each page and person."""
    options = _arguments()
    data = options.data or default_data(Path("var/bench").absolute(), 0).with_name("bench-docs")
    box = Box(data, settings=_SETTINGS)
    os.environ |= {
        "MOTCUA_PG_DATA": str(box.data),
        "DJANGO_SETTINGS_MODULE": "config.settings.bench",
    }
    box.start()
    try:
        if options.serve:
            serve(_Asker(_prepared(box, options.rows)).ask)
            return
        if options.turns:
            sys.exit(_compared(box, options))
        found = _measured(box, options.rows)
    finally:
        connection.close()
        box.stop()
    failed = [one for one in found if one.seat == "officer" and not _is_held(one, found)]
    sys.exit(1 if failed else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench-documents", description="Đo văn bản.")
    parser.add_argument("--rows", type=int, default=1_000_000, help="số văn bản")
    parser.add_argument("--data", type=Path, help="nơi giữ cơ sở dữ liệu; đã nạp thì dùng lại")
    parser.add_argument("--turns", type=int, default=0, help="so với một phần mười, bấy nhiêu lượt")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _compared(box: Box, options: argparse.Namespace) -> int:
    """Print how a tenth and the whole compare; return how many pages miss their bar."""
    _prepared(box, options.rows)
    connection.close()
    tenth = box.data.with_name(f"{box.data.name}-tenth")
    few = Box(tenth, settings=_SETTINGS)
    few.start()
    missed = 0
    try:
        if not tenth.with_name(f"{tenth.name}.world.json").exists():
            words = [sys.executable, "-m", "demo.bench.registry", "--serve", "--data", str(tenth)]
            rows = ("--rows", str(options.rows // 10))
            subprocess.run([*words, *rows], stdin=subprocess.DEVNULL, check=True)  # noqa: S603 -- our own command
        with asker(box.data) as whole, asker(tenth) as part:
            _say("page: officer p50 / p95, leader p50 / p95 (ms), officer : leader, whole : tenth")
            for one in compare(
                whole, part, [page for page, _ in pages(options.rows)], options.turns
            ):
                _say(one.words())
                missed += not one.is_held
    finally:
        few.stop()
    return missed


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _measured(box: Box, rows: int) -> list["Figure"]:
    world = _prepared(box, rows)
    found = []
    for figure in measure(world):
        found.append(figure)
        _say(figure.words())
    for figure in found:
        if figure.seat == "officer" and not _is_held(figure, found):
            _say(f"NOT HELD: {figure.words()}")
    return found


def _prepared(box: Box, rows: int) -> dict[str, Any]:
    """Return who is who, after bringing the tables up to date and loading what is not there."""
    note = box.data.with_name(f"{box.data.name}.world.json")
    if not note.exists():
        box.sql(f"DROP DATABASE IF EXISTS {ROLE} WITH (FORCE)")
        box.sql(f"CREATE DATABASE {ROLE} OWNER {ROLE}")
        box.sql(f"GRANT SET ON PARAMETER session_replication_role TO {ROLE}")
    for command in (("migrate", "-v0"), ("collectstatic", "-v0", "--noinput")):
        subprocess.run(manage(*command), env=os.environ, check=True)  # noqa: S603 -- our own command
    django.setup()
    if not note.exists():
        begun = time.monotonic()
        note.write_text(json.dumps(load(rows)))
        box.sql(f"REVOKE SET ON PARAMETER session_replication_role FROM {ROLE}")
        sys.stderr.write(f"loaded {rows} documents in {time.monotonic() - begun:.0f} s\n")
    found: dict[str, Any] = json.loads(note.read_text())
    return found


# --- Loading ---


def load(rows: int, *, agencies: int = 111) -> dict[str, Any]:
    """Fill an empty database, and return who is who."""
    from motcua.casework.documents import api as documents  # noqa: PLC0415 -- after django.setup
    from motcua.foundation.identity import api as identity  # noqa: PLC0415 -- after django.setup
    from motcua.foundation.organisation import api as organisation  # noqa: PLC0415 -- after django.setup

    from .registry_rows import Holder, Rows, days_of  # noqa: PLC0415 -- after django.setup
    from .world import build_world  # noqa: PLC0415 -- after django.setup

    world = build_world(NOW, agencies=agencies, number_of_procedures=2)
    organisation.forget_tree()
    tree = organisation.tree()
    accounts = dict(identity.Session.objects.values_list("session_key", "account_id"))
    holders = []
    for place in world.places:
        first = place.justice_id
        others = [
            unit.id
            for unit in tree.units_of(place.agency_id)
            if unit.id not in (first, place.root_id, place.desk_id)
        ]
        name = tree.agency(place.agency_id).name
        handler = accounts[place.tokens["handler"]] or 0
        units = (first, *others)
        holders.append(Holder(place.agency_id, place.code, name, place.root_id, units, handler))
    made = Rows(holders, rows, NOW, ROOT)
    for holder in holders:
        for code in ("den", "di"):
            series = documents.standard_series(holder.agency_id, code, NOW.date())
            for year in days_of(NOW):
                book = documents.Book.objects.create(
                    series=series,
                    agency_id=holder.agency_id,
                    direction=series.direction,
                    year=year,
                    state="open",
                    opened_at=NOW,
                )
                made.books[holder.agency_id, str(series.direction), year] = book.pk
    made.fill()
    with connection.cursor() as cursor:
        for table in ("documents_document", "search_entry", "documents_documentscope"):
            cursor.execute(f"VACUUM ANALYZE {table}")
        cursor.execute("ANALYZE")
    return {"rows": rows, "places": [place.tokens for place in world.places], "subjects": rows}


# --- Asking ---


@dataclass(frozen=True, slots=True)
class Figure:
    """One page as one kind of person reads it: by the processor, and by the clock. Units: ms."""

    page: str
    seat: str
    p50: float
    p95: float
    clock_p50: float
    clock_p95: float
    found: float

    def words(self) -> str:
        """Return the figure as a line."""
        cpu = f"cpu p50 {self.p50:5.1f} p95 {self.p95:5.1f}"
        clock = f"clock p50 {self.clock_p50:6.1f} p95 {self.clock_p95:6.1f} ms"
        return f"{self.page:<34} {self.seat:<8} {cpu}  {clock}  {self.found:5.1f} rows"


def _is_held(one: Figure, found: Sequence[Figure]) -> bool:
    """Say whether the bar is held: fast enough, and hardly slower than for the leader."""
    leader = next(other for other in found if (other.page, other.seat) == (one.page, "leader"))
    is_even = one.p95 <= max(leader.p95 * MOST_RATIO, leader.p95 + LEAST_MS)
    return one.p95 < LIMIT_MS and is_even


def measure(world: dict[str, Any]) -> Iterator[Figure]:
    """Yield the figures of each page, and of the queries alone, for each kind of person."""
    _wake()
    for page, address in pages(world["rows"]):
        for seat, name in SEATS.items():
            yield _figure(page, name, _clients(world, seat), address)


def _wake() -> None:
    """Let everybody be signed in."""
    from motcua.foundation.identity import api as identity  # noqa: PLC0415 -- after django.setup
    from motcua.lib.clock import now  # noqa: PLC0415 -- after django.setup

    at = now()
    later = at.replace(year=at.year + 1)
    identity.Session.objects.update(seen_at=at, started_at=at, expire_date=later)


def _clients(world: dict[str, Any], seat: str) -> list[Any]:
    from django.test import Client  # noqa: PLC0415 -- after django.setup

    clients = [Client(headers={"host": "localhost"}) for _ in range(PEOPLE)]
    for client, tokens in zip(clients, world["places"], strict=False):
        client.cookies["motcua_phien"] = tokens[seat]
    return clients


class _Asker:
    """Reads pages turn by turn, for who compares."""

    def __init__(self, world: dict[str, Any]) -> None:
        _wake()
        self._pages, self._backend = dict(pages(world["rows"])), _backend()
        self._clients = {seat: _clients(world, seat) for seat in ("handler", "leader")}

    def ask(self, page: str, seat: str, turn: int) -> list[float]:
        """Return the processor time of each request, in ms."""
        spent = []
        for number, client in enumerate(self._clients[seat]):
            path = self._pages[page](number + turn % (ROUNDS + 1) * PEOPLE, client)
            begun = _cpu_ns(self._backend)
            answer = client.get(path)
            spent.append((_cpu_ns(self._backend) - begun) / 1_000_000)
            if answer.status_code != 200:  # noqa: PLR2004 -- what is wrong is said
                raise SystemExit(f"{page}: {path} answers {answer.status_code}")
        return spent


Address = Callable[[int, Any], str]


def _figure(page: str, seat: str, clients: Sequence[Any], address: Address) -> Figure:
    spent: list[float] = []
    passed: list[float] = []
    rows, backend = 0, _backend()
    for turn in range(ROUNDS + 1):
        for number, client in enumerate(clients):
            path = address(number + turn * PEOPLE, client)
            begun, cpu = time.perf_counter(), _cpu_ns(backend)
            answer = client.get(path)
            if turn:
                passed.append((time.perf_counter() - begun) * 1000)
                spent.append((_cpu_ns(backend) - cpu) / 1_000_000)
            if answer.status_code != 200:  # noqa: PLR2004 -- what is wrong is said
                raise SystemExit(f"{page}: {path} answers {answer.status_code}")
            rows += answer.content.count(b"data-row")
    found = rows / len(clients) / (ROUNDS + 1)
    return Figure(page, seat, *_percentiles(spent), *_percentiles(passed), found)


def _percentiles(values: Sequence[float]) -> tuple[float, float]:
    return statistics.median(values), statistics.quantiles(values, n=20)[18]


def _backend() -> Path:
    """Return where the kernel counts the time of our database backend."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    return Path(f"/proc/{pid}/schedstat")


def _cpu_ns(backend: Path) -> int:
    """Return the processor time spent so far by this process and its database backend."""
    return time.process_time_ns() + int(backend.read_text().split()[0])


def pages(rows: int) -> Iterator[tuple[str, Address]]:
    """Yield what people read: lists, searches and documents, other ones each time."""
    from urllib.parse import urlencode  # noqa: PLC0415 -- beside what uses it

    subjects, numbers = _asked(rows)

    def searched(**words: Callable[[int], object]) -> Address:
        return lambda n, _: (
            "/van-ban/tra-cuu/?" + urlencode({name: make(n) for name, make in words.items()})
        )

    yield "start page", lambda _n, _c: "/van-ban/"
    yield "incoming, newest", lambda _n, _c: "/van-ban/den/"
    yield "outgoing, newest", lambda _n, _c: "/van-ban/di/"
    yield "incoming, far page", _far
    yield "search: number and symbol", searched(words=lambda n: numbers[n % len(numbers)])
    yield "search: number alone", searched(named=lambda n: n * 7 % 4_000 + 1)
    yield "search: two words", searched(words=lambda n: _part(subjects, n, 2))
    yield "search: two words, no tones", searched(words=lambda n: _bare(_part(subjects, n, 2)))
    yield "search: one word", searched(words=lambda n: _part(subjects, n, 1))
    yield (
        "search: issuer and month",
        searched(
            issuer=lambda n: ("Sở Nội vụ", "UBND tỉnh", "so tai chinh")[n % 3],
            since=lambda n: f"01/{n % 12 + 1:02d}/2025",
            until=lambda n: f"28/{n % 12 + 1:02d}/2025",
        ),
    )
    yield (
        "search: kind and two years",
        searched(
            kind=lambda n: n % 29 + 1, since=lambda _: "01/06/2024", until=lambda _: "15/06/2026"
        ),
    )
    yield (
        "search: words and kind",
        searched(words=lambda n: _part(subjects, n, 1), kind=lambda n: n % 29 + 1),
    )
    yield "search: arrival number", searched(ordinal=lambda n: n * 13 % 900 + 1)
    yield "one document", _one


def _asked(rows: int) -> tuple[list[str], list[str]]:
    with connection.cursor() as cursor:
        ids = [1 + n * 997 % rows for n in range(PEOPLE * (ROUNDS + 1))]
        cursor.execute(
            "SELECT subject, number || '/' || notation FROM documents_document WHERE id = ANY(%s)",
            [ids],
        )
        found = cursor.fetchall()
    return [one for one, _ in found], [one for _, one in found]


def _part(subjects: Sequence[str], number: int, count: int) -> str:
    words = subjects[number % len(subjects)].split()
    first = number % max(len(words) - count, 1)
    return " ".join(words[first : first + count])


def _bare(text: str) -> str:
    from motcua.lib.text import fold  # noqa: PLC0415 -- after django.setup

    return fold(text)


def _links(client: Any, path: str, begins: str) -> list[str]:
    """Return the links of a page that begin so."""
    parts = client.get(path).content.decode().split('href="')[1:]
    links = [part.partition('"')[0].replace("&amp;", "&") for part in parts]
    return [link for link in links if link.startswith(begins)]


def _far(_number: int, client: Any) -> str:
    """Return the tenth page of the list, found once for each person."""
    if not hasattr(client, "far"):
        path = "/van-ban/den/"
        for _ in range(9):
            path = next(iter(_links(client, path, "/van-ban/den/?sau=")[-1:]), path)
        client.far = path
    return str(client.far)


def _one(number: int, client: Any) -> str:
    """Return one of the newest documents of the person."""
    if not hasattr(client, "links"):
        client.links = _links(client, "/van-ban/den/", "/van-ban/vb/")
    return str(client.links[number % len(client.links)])


if __name__ == "__main__":
    main()
