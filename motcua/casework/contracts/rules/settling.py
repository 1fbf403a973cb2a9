"""A month of a contract: what was collected by each channel, and what it costs."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(slots=True)
class Sum:
    """What was collected by one channel for one agency."""

    count: int = 0
    amount_vnd: int = 0
    cost_vnd: int = 0

    def add(self, other: "Sum") -> None:
        """Take another sum in."""
        self.count += other.count
        self.amount_vnd += other.amount_vnd
        self.cost_vnd += other.cost_vnd

    @property
    def figures(self) -> dict[str, int]:
        """Return the sum as it is stored."""
        return {"count": self.count, "amount_vnd": self.amount_vnd, "cost_vnd": self.cost_vnd}


@dataclass(frozen=True, slots=True)
class Priced:
    """One payment with what it costs."""

    channel: str
    agency_id: int
    amount_vnd: int
    cost_vnd: int


Sums = Mapping[tuple[str, int], Sum]  # of each channel and agency


def last_day(month: date) -> date:
    """Return the last day of the month that begins on this day."""
    return (month.replace(day=28) + 4 * DAY).replace(day=1) - DAY


def summed(payments: Iterable[Priced]) -> Sums:
    """Return what was collected by each channel for each agency."""
    sums: defaultdict[tuple[str, int], Sum] = defaultdict(Sum)
    for one in payments:
        sums[one.channel, one.agency_id].add(Sum(1, one.amount_vnd, one.cost_vnd))
    return sums


def lines_of(sums: Sums, channels: Sequence[str]) -> Iterator[dict[str, object]]:
    """Yield one line for each channel of the contract, also for those nobody used."""
    for channel in channels:
        total = Sum()
        for (owner, _), found in sums.items():
            if owner == channel:
                total.add(found)
        yield {"channel": channel, **total.figures}


def shares_of(sums: Sums) -> Iterator[dict[str, object]]:
    """Yield one line for each channel and agency."""
    for (channel, agency_id), found in sorted(sums.items()):
        yield {"channel": channel, "agency_id": agency_id, **found.figures}
