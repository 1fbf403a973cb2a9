"""`./run bench-documents --turns N`: how lists grow with their number, told beside other work.

Two databases, a tenth and the whole, each asked by a process of its own. Page by page the officer
and the leader read in turns, here and there, each time the same number of requests; what is
compared lies within the same half minute. Judged is processor time (Python and its backend), by
the median of the turns' ratios.
"""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SEATS = {"handler": "officer", "leader": "leader"}
MOST_GROWTH, MOST_RATIO, LEAST_MS = 1.25, 1.2, 1.0
Child = subprocess.Popen[str]
Turn = dict[tuple[str, str], list[float]]


@contextmanager
def asker(data: Path) -> Iterator[Child]:
    """Start a process that reads pages of one database when it is told to."""
    environment = {
        **os.environ,
        "MOTCUA_PG_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "config.settings.bench",
    }
    command = [sys.executable, "-m", "demo.bench.registry", "--serve", "--data", str(data)]
    child = subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield child
    finally:
        child.communicate("")


def asked(child: Child, page: str, seat: str, turn: int) -> list[float]:
    """Return the processor time of each request of one turn, in ms."""
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("the child has no ear")
    child.stdin.write(json.dumps([page, seat, turn]) + "\n")
    child.stdin.flush()
    found: list[float] = json.loads(child.stdout.readline())
    return found


@dataclass(frozen=True, slots=True)
class Compared:
    """One page: medians in ms, and the two ratios."""

    page: str
    officer: float
    leader: float
    officer_p95: float
    leader_p95: float
    ratio: float
    growth: float

    @property
    def is_held(self) -> bool:
        """Say whether the officer waits hardly longer than the leader, and than at a tenth."""
        is_even = self.ratio <= MOST_RATIO or self.officer - self.leader <= LEAST_MS
        return is_even and self.growth <= MOST_GROWTH

    def words(self) -> str:
        """Return a line of the table."""
        times = "  ".join(
            f"{p50:5.1f} / {p95:5.1f}"
            for p50, p95 in ((self.officer, self.officer_p95), (self.leader, self.leader_p95))
        )
        mark = "✓" if self.is_held else "✗"
        return f"{self.page:<28} {times}  {self.ratio:5.2f} ×  {self.growth:5.2f} ×  {mark}"


def compare(many: Child, few: Child, pages: Sequence[str], turns: int) -> Iterator[Compared]:
    """Yield each page compared, the order of the four changed from turn to turn."""
    places: Mapping[str, Child] = {"many": many, "few": few}
    asks = [(place, seat) for place in places for seat in SEATS]
    for page in pages:
        kept: list[Turn] = []
        for turn in range(turns + 1):
            order = asks if turn % 2 else asks[::-1]
            found = {one: asked(places[one[0]], page, one[1], turn) for one in order}
            if turn:  # the first one warms
                kept.append(found)
        yield _compared(page, kept)


def _compared(page: str, kept: Sequence[Turn]) -> Compared:
    def over(one: tuple[str, str], other: tuple[str, str]) -> float:
        return statistics.median(
            statistics.median(turn[one]) / statistics.median(turn[other]) for turn in kept
        )

    officer = [ms for turn in kept for ms in turn["many", "handler"]]
    leader = [ms for turn in kept for ms in turn["many", "leader"]]
    return Compared(
        page,
        statistics.median(officer),
        statistics.median(leader),
        statistics.quantiles(officer, n=20)[18],
        statistics.quantiles(leader, n=20)[18],
        over(("many", "handler"), ("many", "leader")),
        over(("many", "handler"), ("few", "handler")),
    )


def serve(ask: Any) -> None:
    """Answer what is asked line by line: `ask(page, seat, turn)` gives the times."""
    for line in sys.stdin:
        sys.stdout.write(json.dumps(ask(*json.loads(line))) + "\n")
        sys.stdout.flush()
