"""Who knows what was paid by which channel: payments lie above, and tell when they are asked."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Collected:
    """One payment that a partner collected."""

    channel: str
    agency_id: int
    amount_vnd: int
    on: date


# Channels, first day, last day.
Source = Callable[[Collection[str], date, date], Iterable[Collected]]
_sources: list[Source] = []


def ask_for_payments(source: Source) -> None:
    """Ask this for what was collected when a month is settled."""
    if source not in _sources:
        _sources.append(source)


def forget_source(source: Source) -> None:
    """Ask it no more; for tests."""
    _sources.remove(source)


def collected(channels: Collection[str], first: date, last: date) -> Iterator[Collected]:
    """Yield what was collected by these channels on these days."""
    for source in _sources:
        yield from source(channels, first, last)
