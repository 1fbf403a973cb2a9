"""What is measured of one site: acts in every turn, everything else in the first."""

import gzip
import time
from collections.abc import Callable, Iterator
from typing import Any

from . import plays
from .client import Caller, Result, beside, run
from .figures import (
    BESIDE,
    BYTES,
    CALM,
    CLIENTS,
    FILE,
    HUNDRED,
    LIST,
    LIVES,
    MEMORY,
    PROVINCE,
    RECEIVE,
    SEARCH,
    SERIES,
    SIGN_IN,
    START,
    WHOLE,
    Row,
)
from .known import PERSONAL_ID
from .site import Site

PAGES = 200
DRAIN_S, WARM_S = 90, 15
API_LIST = "/api/v1/dossiers?limit=40"
WORK_PAGE, DESK_PAGE, OFFICE_PAGE = "/xu-ly/viec/", "/mot-cua/", "/xu-ly/"


def measure(
    place: Site, rows: int, seconds: float, *, is_first: bool, sign_in_s: float
) -> Iterator[Row]:
    """Yield the figures of one site; the storm of sign-ins only if it is to last."""
    world, port = place.world, place.port
    memory = place.memory_mb()
    run(port, CALM, WARM_S, plays.live(world))
    _drain(place)
    yield _lives(place, rows, seconds)
    if not is_first:
        return
    yield Row(MEMORY, rows, 0, amount=memory)
    yield row_of(FILE, rows, CLIENTS, run(port, CLIENTS, seconds, plays.file_everywhere(world)))
    one = plays.file_in_one_series(world)
    yield row_of(SERIES, rows, CLIENTS, run(port, CLIENTS, seconds, one))
    codes: list[tuple[str, str]] = []
    run(port, CLIENTS, seconds * 1.5, plays.collect(world, codes))
    yield row_of(RECEIVE, rows, CLIENTS, run(port, CLIENTS, seconds, plays.receive(codes)))
    _drain(place)
    yield from _lists(place, rows, seconds)
    yield from _searches(place, rows, seconds)
    yield from _bytes(place, rows)
    if sign_in_s:
        yield from _storm(place, rows, sign_in_s)


def asked_again(place: Site, rows: int, seconds: float) -> Iterator[Row]:
    """Yield what `./run bench-tenfold` compares: receiving, lists, searches."""
    codes: list[tuple[str, str]] = []
    run(place.port, CLIENTS, seconds * 2, plays.collect(place.world, codes))
    _drain(place)
    run(place.port, CALM, seconds / 4, plays.receive(codes[: len(codes) // 4]))
    kept = plays.receive(codes[len(codes) // 4 :])
    yield row_of(RECEIVE, rows, CALM, run(place.port, CALM, seconds, kept))
    _drain(place)
    yield from _lists(place, rows, seconds)
    yield from _searches(place, rows, seconds)


def _lives(place: Site, rows: int, seconds: float) -> Row:
    before = place.cpu_seconds()
    result = run(place.port, CLIENTS, seconds, plays.live(place.world))
    drained = _drain(place)
    after = place.cpu_seconds()
    acts = max(result.done * plays.LIFE_ACTS, 1)
    python, postgres = (1000 * (after[k] - before[k]) / acts for k in ("python", "postgres"))
    return row_of(
        LIVES,
        rows,
        CLIENTS,
        result,
        cpu_python=python,
        cpu_postgres=postgres,
        drained_s=drained,
    )


def _drain(place: Site) -> float:
    """Wait until every fact has been read and delivered; return how long that took."""
    begin = time.monotonic()
    while place.waiting() and time.monotonic() - begin < DRAIN_S:
        time.sleep(0.25)
    return time.monotonic() - begin


def _lists(place: Site, rows: int, seconds: float) -> Iterator[Row]:
    port, first = place.port, _seat(place, "desk")(0)
    desk, handler, monitor = _seat(place, "desk"), _seat(place, "handler"), _monitor(place)
    path = f"{API_LIST}&after={_cursor(port, API_LIST, first)}"
    work = f"{WORK_PAGE}?sau={_cursor(port, '/api/v1/work?limit=5', handler(0), 40)}"
    reads: list[tuple[str, str, Callable[[int], str]]] = [
        (f"{LIST}việc phải làm (trang web)", WORK_PAGE, handler),
        (f"{LIST}việc phải làm (trang web), con trỏ xa", work, lambda _: handler(0)),
        (f"{LIST}việc phải làm (API)", "/api/v1/work", handler),
        (HUNDRED, "/api/v1/dossiers?limit=100", lambda _: first),
        (WHOLE, f"/api/v1/dossiers/{_code(port, first)}", lambda _: first),
        (f"{LIST}hồ sơ (API), quầy này rồi quầy khác", API_LIST, desk),
        (f"{LIST}hồ sơ (API)", API_LIST, lambda _: first),
        (f"{LIST}hồ sơ (API){PROVINCE}", API_LIST, monitor),
        (f"{LIST}hồ sơ (API), trang {PAGES}", path, lambda _: first),
        (f"{LIST}hồ sơ (API), trang {PAGES}{PROVINCE}", path, monitor),
        (f"{START}một cửa", DESK_PAGE, desk),
        (f"{START}người xử lý", OFFICE_PAGE, handler),
    ]
    for name, address, choose in reads:
        play = plays.read(address, choose)
        run(port, CALM, seconds / 4, play)
        for clients in (CALM, CLIENTS):
            yield row_of(name, rows, clients, run(port, clients, seconds, play))


def _code(port: int, token: str) -> str:
    return str(ask(port, API_LIST, token)["rows"][0]["code"])


def _searches(place: Site, rows: int, seconds: float) -> Iterator[Row]:
    port, desk, monitor = place.port, _seat(place, "desk"), _monitor(place)
    code = _code(port, desk(0))
    words = {"mã hồ sơ": code, "số định danh": PERSONAL_ID}
    for asked in ("mã hồ sơ", "số định danh", "Nguyễn Văn An", "lo thi", "Nguyễn"):
        for whose, choose in (("một cửa", lambda _: desk(0)), ("toàn tỉnh", monitor)):
            play = plays.search([words.get(asked, asked)], choose)
            run(port, CALM, seconds / 4, play)
            name = f"{SEARCH}“{asked}”, {whose}"
            yield row_of(name, rows, CALM, run(port, CALM, seconds, play))


def _bytes(place: Site, rows: int) -> Iterator[Row]:
    pages = (("việc phải làm", WORK_PAGE, "handler"), ("một cửa", DESK_PAGE, "desk"))
    for name, address, seat in pages:
        answer = ask(place.port, address, _seat(place, seat)(0))
        yield Row(f"{BYTES}{name}", rows, 0, amount=len(gzip.compress(answer or b"")))


def _storm(place: Site, rows: int, seconds: float) -> Iterator[Row]:
    """Let four sign in each second while four read their lists without pause."""
    read = plays.read(WORK_PAGE, _seat(place, "handler"))
    signed, listed = beside(place.port, seconds, CALM, plays.sign_in(place.world), read)
    yield row_of(SIGN_IN, rows, CALM, signed)
    yield row_of(BESIDE, rows, CALM, listed)


def _seat(place: Site, seat: str) -> Callable[[int], str]:
    places = place.world["places"]
    return lambda turn: str(places[turn % len(places)]["tokens"][seat])


def _monitor(place: Site) -> Callable[[int], str]:
    return lambda _: str(place.world["monitor"])


def _cursor(port: int, path: str, token: str, pages: int = PAGES) -> str:
    found: list[str] = []
    run(port, 1, 600, plays.walk(path, pages, token, found))
    return found[0]


def ask(port: int, path: str, token: str) -> Any:
    """Return the answer to one request."""
    found: list[Any] = []

    async def play(caller: Caller, _turn: int) -> int:
        found.append(await caller.call("GET", path, token))
        raise EOFError

    run(port, 1, 60, play)
    return found[0]


def row_of(work: str, rows: int, clients: int, result: Result, **more: float) -> Row:
    """Return a line of the table from what the clients found."""
    return Row(
        work=work,
        rows=rows,
        clients=clients,
        rate=result.rate,
        p50=result.percentile(50),
        p95=result.percentile(95),
        p99=result.percentile(99),
        failed=result.failed,
        **more,
    )
