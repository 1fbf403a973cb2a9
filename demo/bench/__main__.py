"""`./run bench`: a million dossiers, sixteen clients, one table of figures.

Works of one million rows and of an almost empty database are measured in turns; judge by ratios.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from . import plays
from .client import Caller, Result, run
from .site import Site, default_data, site

MANY, FEW = 1_000_000, 1_000
CLIENTS, CALM = 16, 4
PAGES = 200
_DRAIN_S = 60
_WARM_S = 15


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. Units: per second; milliseconds; CPU milliseconds per act."""

    work: str
    rows: int
    clients: int
    rate: float
    p50: float
    p95: float
    p99: float
    failed: int
    cpu_python: float = 0.0
    cpu_postgres: float = 0.0
    note: str = ""


def main() -> None:
    """Measure, print the table, and keep it as JSON beside the data."""
    options = _arguments()
    folder = Path("var/bench").absolute()
    folder.mkdir(parents=True, exist_ok=True)
    found: list[Row] = []
    for turn in range(options.turns):
        for rows in (options.rows, FEW):
            data = options.data if rows == options.rows else None
            where = data or default_data(folder, rows)
            with site(where, rows, options.port) as place:
                for row in measure(place, rows, options.seconds, is_first=turn == 0):
                    found.append(row)
                    sys.stderr.write(f"{row.work:<32} {row.rows:>9} {row.rate:>8.1f}/s\n")
    (folder / "figures.json").write_text(json.dumps([asdict(row) for row in found], indent=1))
    sys.stdout.write(table(found))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench", description="Đo sản phẩm.")
    parser.add_argument("--rows", type=int, default=MANY, help="số hồ sơ (mặc định 1.000.000)")
    parser.add_argument("--seconds", type=float, default=10.0, help="mỗi phép đo kéo dài")
    parser.add_argument("--turns", type=int, default=3, help="số lượt đo xen kẽ")
    parser.add_argument("--port", type=int, default=8790)
    parser.add_argument(
        "--data", type=Path, help="nơi giữ cơ sở dữ liệu lớn; đã nạp thì dùng lại, không nạp nữa"
    )
    parser.add_argument("--load-only", action="store_true", help="chỉ nạp dữ liệu rồi dừng")
    return parser.parse_args()


def measure(place: Site, rows: int, seconds: float, *, is_first: bool) -> Iterator[Row]:
    """Yield the figures of one site: lives in every turn, the rest only in the first."""
    world, port = place.world, place.port
    memory = place.memory_mb()
    run(port, CALM, _WARM_S, plays.live(world))
    yield _lives(place, rows, seconds)
    if not is_first:
        return
    yield _row("bộ nhớ lúc nghỉ", rows, 0, Result(), note=f"{memory:.0f} MB")
    yield _row("nộp", rows, CLIENTS, run(port, CLIENTS, seconds, plays.file_everywhere(world)))
    one = plays.file_in_one_series(world)
    yield _row("nộp, một dãy số", rows, CLIENTS, run(port, CLIENTS, seconds, one))
    codes: list[tuple[str, str]] = []
    run(port, CLIENTS, seconds, plays.collect(world, codes))
    yield _row("tiếp nhận", rows, CLIENTS, run(port, CLIENTS, seconds, plays.receive(codes)))
    yield from _lists(place, rows, seconds)


def _lives(place: Site, rows: int, seconds: float) -> Row:
    before = place.cpu_seconds()
    result = run(place.port, CLIENTS, seconds, plays.live(place.world))
    after = place.cpu_seconds()
    acts = max(result.done * plays.LIFE_ACTS, 1)
    python, postgres = (1000 * (after[k] - before[k]) / acts for k in ("python", "postgres"))
    begin = time.monotonic()
    while (left := place.waiting_facts()) and time.monotonic() - begin < _DRAIN_S:
        time.sleep(0.5)
    note = f"còn {left} sự kiện sau {time.monotonic() - begin:.1f} giây"
    row = _row("cả vòng đời (6 việc)", rows, CLIENTS, result, note=note)
    return Row(**{**asdict(row), "cpu_python": python, "cpu_postgres": postgres})


def _lists(place: Site, rows: int, seconds: float) -> Iterator[Row]:
    world, port = place.world, place.port
    places = world["places"]

    def desk(turn: int) -> str:
        return str(places[turn % len(places)]["tokens"]["desk"])

    def handler(turn: int) -> str:
        return str(places[turn % len(places)]["tokens"]["handler"])

    def monitor(_turn: int) -> str:
        return str(world["monitor"])

    path = "/api/v1/dossiers?limit=40"
    cursor = _cursor(port, path, str(places[0]["tokens"]["desk"]))
    reads: list[tuple[str, str, Callable[[int], str]]] = [
        ("việc phải làm, trang đầu", "/api/v1/work", handler),
        ("hồ sơ, trang đầu", path, desk),
        ("hồ sơ, trang đầu, toàn tỉnh", path, monitor),
        ("việc phải làm (trang web)", "/xu-ly/viec/", handler),
        ("trang đầu của một cửa (trang web)", "/mot-cua/", desk),
        (f"hồ sơ, trang {PAGES}", f"{path}&after={cursor}", lambda _: desk(0)),
        (f"hồ sơ, trang {PAGES}, toàn tỉnh", f"{path}&after={cursor}", monitor),
    ]
    for name, address, choose in reads:
        run(port, CALM, 1, plays.read(address, choose))
        for clients in (CALM, CLIENTS):
            play = plays.read(address, choose)
            yield _row(name, rows, clients, run(port, clients, seconds / 2, play))
    code = str(run_one(port, path, desk(0))["rows"][0]["code"])
    for asked in (code, "Nguyễn Văn An", "lo thi", "Nguyễn"):
        for whose, choose in (("một cửa", lambda _: desk(0)), ("toàn tỉnh", monitor)):
            play = plays.search([asked], choose)
            name = f"tìm “{'mã hồ sơ' if asked == code else asked}”, {whose}"
            yield _row(name, rows, CALM, run(port, CALM, seconds / 2, play))


def _cursor(port: int, path: str, token: str) -> str:
    found: list[str] = []
    run(port, 1, 600, plays.walk(path, PAGES, token, found))
    return found[0]


def run_one(port: int, path: str, token: str) -> Any:
    """Return the answer to one request."""
    found: list[Any] = []

    async def play(caller: Caller, _turn: int) -> int:
        found.append(await caller.call("GET", path, token))
        raise EOFError

    run(port, 1, 60, play)
    return found[0]


def _row(work: str, rows: int, clients: int, result: Result, note: str = "") -> Row:
    return Row(
        work=work,
        rows=rows,
        clients=clients,
        rate=result.rate,
        p50=result.percentile(50),
        p95=result.percentile(95),
        p99=result.percentile(99),
        failed=result.failed,
        note=note,
    )


def table(rows: list[Row]) -> str:
    """Return the figures as a Markdown table."""
    head = (
        "| việc | hồ sơ | máy khách | /giây | p50 | p95 | p99 ms | lỗi | CPU Python / PG ms | |\n"
        "|---|---|---|---|---|---|---|---|---|---|\n"
    )
    lines = [
        f"| {r.work} | {r.rows:,} | {r.clients} | {r.rate:.0f} | {r.p50:.1f} | {r.p95:.1f} |"
        f" {r.p99:.1f} | {r.failed} | {r.cpu_python:.2f} / {r.cpu_postgres:.2f} | {r.note} |\n"
        for r in rows
    ]
    return head + "".join(lines)


if __name__ == "__main__":
    main()
