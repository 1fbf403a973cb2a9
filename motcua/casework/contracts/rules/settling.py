"""A month of a contract: what was collected by each channel, and what it costs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(slots=True)
class Sum:
    """What was collected by one channel."""

    count: int = 0
    amount_vnd: int = 0
    cost_vnd: int = 0


@dataclass(frozen=True, slots=True)
class Priced:
    """One payment with what it costs."""

    channel: str
    amount_vnd: int
    cost_vnd: int


def last_day(month: date) -> date:
    """Return the last day of the month that begins on this day."""
    return (month.replace(day=28) + 4 * DAY).replace(day=1) - DAY


def summed(payments: Iterable[Priced], channels: Sequence[str]) -> list[Mapping[str, object]]:
    """Return one line for each channel of the contract, also for those nobody used."""
    sums = {channel: Sum() for channel in channels}
    for one in payments:
        found = sums[one.channel]
        found.count += 1
        found.amount_vnd += one.amount_vnd
        found.cost_vnd += one.cost_vnd
    return list(_lines(sums))


def _lines(sums: Mapping[str, Sum]) -> Iterator[Mapping[str, object]]:
    for channel, found in sums.items():
        yield {
            "channel": channel,
            "count": found.count,
            "amount_vnd": found.amount_vnd,
            "cost_vnd": found.cost_vnd,
        }
