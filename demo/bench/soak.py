"""`./run soak`: three quarters of an hour of a busy province, with five times as much in between.

Requests arrive when they arrive, whether or not earlier ones were answered; each is timed from
the moment it was due, so that a site that stands still is not spared what waits for it.
"""

import argparse
import asyncio
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from . import plays
from .client import Caller, Play, Result
from .known import name_of
from .site import Site, default_data, site

ROWS, MINUTES, PER_SECOND, TIMES, SPIKE_SHARE = 1_000_000, 45.0, 25.0, 5, 1 / 9
WINDOW_S, MOST_OPEN, WARM_SHARE = 5.0, 200, 0.1
MOST_IDLE_S = 10.0  # browsers hang up too before the server does
LEAST_MINUTES = 10
MOST_RECOVERY_S, MOST_GROWTH, NEAR = 60.0, 1.10, 1.5
WORK_PAGE, DESK_PAGE, OFFICE_PAGE = "/xu-ly/viec/", "/mot-cua/", "/xu-ly/"
API_LIST = "/api/v1/dossiers?limit=40"


@dataclass(slots=True)
class Window:
    """What happened in five seconds. Units: milliseconds, MB."""

    from_s: float
    is_spike: bool
    times: list[float] = field(default_factory=list)
    failed: int = 0
    memory_mb: float = 0.0

    def p95(self) -> float:
        """Return the time below which 95 of 100 requests stayed."""
        return 1000 * quantiles(self.times, n=20)[-1] if len(self.times) > 1 else 0.0


@dataclass(frozen=True, slots=True)
class Shape:
    """How long, how much, and when there is more of it. Units: seconds, requests per second."""

    seconds: float
    per_second: float

    def spike(self) -> tuple[float, float]:
        """Return begin and end of the time with more requests."""
        long = self.seconds * SPIKE_SHARE
        return (self.seconds - long) / 2, (self.seconds + long) / 2

    def rate(self, at_s: float) -> float:
        """Return how many arrive in a second then."""
        begin, end = self.spike()
        return self.per_second * (TIMES if begin <= at_s < end else 1)


def main() -> None:
    """Print a line for each minute and the verdicts; end with 1 if a bar is missed."""
    parser = argparse.ArgumentParser(prog="./run soak", description="Chạy lâu, có lúc dồn.")
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--rows", type=int, default=ROWS, help="số hồ sơ (mặc định 1.000.000)")
    parser.add_argument("--per-second", type=float, default=PER_SECOND, help="lượt vào mỗi giây")
    parser.add_argument("--data", type=Path, help="nơi giữ cơ sở dữ liệu")
    parser.add_argument("--port", type=int, default=8794)
    options = parser.parse_args()
    if options.minutes < LEAST_MINUTES:
        parser.error(f"ít nhất {LEAST_MINUTES} phút: ngắn hơn thì không biết lúc dồn đã qua chưa")
    folder = Path("var/bench").absolute()
    folder.mkdir(parents=True, exist_ok=True)
    data = options.data or default_data(folder, options.rows)
    shape = Shape(options.minutes * 60, options.per_second)
    with site(data, options.rows, options.port) as place:
        windows = asyncio.run(_soak(place, shape))
    (folder / "soak.json").write_text(json.dumps([asdict(one) for one in windows]))
    missed = 0
    for words, is_held in verdicts(windows, shape):
        missed += not is_held
        sys.stdout.write(f"{words}{'' if is_held else '  ✗'}\n")
    sys.exit(1 if missed else 0)


def verdicts(windows: list[Window], shape: Shape) -> Iterator[tuple[str, bool]]:
    """Say what a run has shown, and whether each bar is held."""
    begin, end = shape.spike()
    warm = shape.seconds * WARM_SHARE
    before = [one for one in windows if warm <= one.from_s < begin - WINDOW_S]
    amid = [one for one in windows if one.is_spike]
    after = [one for one in windows if one.from_s >= end + MOST_RECOVERY_S]
    for name, ones in (("before", before), ("amid", amid), ("after", after)):
        asked = sum(len(one.times) for one in ones)
        failed = sum(one.failed for one in ones)
        p95 = median(one.p95() for one in ones)
        yield f"{name}: {asked} requests, median p95 {p95:.0f} ms, failed {failed}", not failed
    took = recovery(windows, end, NEAR * median(one.p95() for one in before))
    yield f"calm again {took:.0f} s after the spike", took <= MOST_RECOVERY_S
    held = [one.memory_mb for one in before][-60:], [one.memory_mb for one in after][-60:]
    first, latest = median(held[0]), median(held[1])
    words = f"memory of everything: {first:.0f} MB before, {latest:.0f} MB at the end"
    yield words, latest <= first * MOST_GROWTH


def recovery(windows: list[Window], end: float, most_ms: float) -> float:
    """Return how many seconds after the spike requests took as long as before, and stayed so."""
    slow = [one for one in windows if one.from_s >= end and one.p95() > most_ms]
    return max((one.from_s + WINDOW_S - end for one in _first_run(slow, end)), default=0.0)


def _first_run(slow: list[Window], end: float) -> Iterator[Window]:
    """Yield the slow windows that follow the spike without a break of half a minute."""
    latest = end
    for one in slow:
        if one.from_s - latest > 6 * WINDOW_S:
            return
        latest = one.from_s
        yield one


async def _soak(place: Site, shape: Shape) -> list[Window]:
    windows: list[Window] = []
    begin = perf_counter()
    watching = asyncio.create_task(_watch(place, shape, windows, begin))
    await _arrive(place, shape, windows, begin)
    await watching
    return windows


async def _watch(place: Site, shape: Shape, windows: list[Window], begin: float) -> None:
    """Open a window every five seconds, note the memory, tell each minute."""
    for number in range(int(shape.seconds / WINDOW_S)):
        from_s = number * WINDOW_S
        await asyncio.sleep(max(0.0, begin + from_s - perf_counter()))
        windows.append(Window(from_s, shape.rate(from_s) > shape.per_second))
        windows[-1].memory_mb = await asyncio.to_thread(place.memory_mb)
        if number and from_s % 60 == 0:
            _tell(windows[-13:-1])
    await asyncio.sleep(WINDOW_S)


def _tell(ones: list[Window]) -> None:
    p95, failed = median(one.p95() for one in ones), sum(one.failed for one in ones)
    asked = sum(len(one.times) for one in ones)
    minute, memory = ones[-1].from_s / 60, ones[-1].memory_mb
    words = (
        f"{minute:4.0f} min {asked:6} requests p95 {p95:6.0f} ms {failed} failed {memory:.0f} MB"
    )
    sys.stderr.write(f"{words}{' ×5' if ones[-1].is_spike else ''}\n")


async def _arrive(place: Site, shape: Shape, windows: list[Window], begin: float) -> None:
    """Let people come one by one, a few connections kept open between them."""
    chance = random.Random(20_261_123)
    choices, weights = zip(*_mix(place), strict=True)
    free: list[tuple[Caller, float]] = []
    busy: set[asyncio.Task[None]] = set()
    due, turn = begin, 0
    while due - begin < shape.seconds:
        await asyncio.sleep(max(0.0, due - perf_counter()))
        turn += 1
        play = chance.choices(choices, weights)[0]
        if len(busy) < MOST_OPEN:
            task = asyncio.create_task(_once(place, play, turn, due, windows, free))
            busy.add(task)
            task.add_done_callback(busy.discard)
        else:
            windows[-1].failed += 1  # nobody waits behind two hundred others
        due += chance.expovariate(shape.rate(due - begin))
    if busy:
        await asyncio.wait(busy, timeout=60)


async def _once(
    place: Site,
    play: Play,
    turn: int,
    due: float,
    windows: list[Window],
    free: list[tuple[Caller, float]],
) -> None:
    caller, since = free.pop() if free else (Caller(place.port, Result()), due)
    if perf_counter() - since > MOST_IDLE_S:
        caller.close()
    caller.result = result = Result()
    window = windows[-1]
    late = perf_counter() - due
    try:
        is_done = await play(caller, turn)
    except (OSError, EOFError):
        caller.close()
        is_done = 0
    window.times += [result.times[0] + late, *result.times[1:]] if result.times else []
    window.failed += not is_done
    free.append((caller, perf_counter()))


def _mix(place: Site) -> list[tuple[Play, float]]:
    """Return what people do, and how often of a hundred times."""
    world, places = place.world, place.world["places"]

    def seat(name: str, turn: int) -> str:
        return str(places[turn % len(places)]["tokens"][name])

    def desk(turn: int) -> str:
        return seat("desk", turn)

    def handler(turn: int) -> str:
        return seat("handler", turn)

    names = [name_of(number) for number in range(500)]
    return [
        (plays.live(world), 10),
        (plays.file_everywhere(world), 10),
        (plays.read(WORK_PAGE, handler), 25),
        (plays.read(OFFICE_PAGE, handler), 10),
        (plays.read(DESK_PAGE, desk), 15),
        (plays.read("/api/v1/work", handler), 10),
        (plays.read(API_LIST, desk), 10),
        (plays.search(names, desk), 10),
    ]


if __name__ == "__main__":
    main()
