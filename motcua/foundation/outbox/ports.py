"""Who listens: filled at start by the `reactions` and `measures` shelves of the rooms above."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ReadFact:
    """One fact as a consumer sees it."""

    id: int
    topic: str
    version: int
    aggregate: str
    aggregate_id: int
    seq: int
    at: datetime
    by_id: int
    is_silent: bool
    payload: Mapping[str, object]


Projector = Callable[[Sequence[ReadFact]], None]
Deliverer = Callable[[ReadFact], None]
Together = Callable[[Sequence[ReadFact]], None]


@dataclass(frozen=True, slots=True)
class Projection:
    """Changes its own tables from batches of facts; effect and position share a transaction.

    With `sets_aside` a fact it cannot take does not hold up those behind it: it becomes a dead
    letter, and is tried again from there. Only where a fact may come late, or twice.
    """

    name: str
    topics: tuple[str, ...]
    run: Projector
    sets_aside: bool = False


@dataclass(frozen=True, slots=True)
class DeliveryTo:
    """Acts once for each fact, with retries; `ordered` holds back later facts of an aggregate.

    `run_all` takes many facts at once: only for one whose every effect is a row of this database,
    so that all of it can be taken back and done again one by one if one fact fails.
    """

    name: str
    topics: tuple[str, ...]
    run: Deliverer
    ordered: bool = False
    run_all: Together | None = None


@dataclass(slots=True)
class Registry:
    """All consumers of this process, by name."""

    projections: dict[str, Projection] = field(default_factory=dict)
    deliveries: dict[str, DeliveryTo] = field(default_factory=dict)

    def topics(self) -> dict[str, tuple[str, ...]]:
        """Return what each consumer listens to, projections first."""
        projections = {name: consumer.topics for name, consumer in self.projections.items()}
        return projections | {name: consumer.topics for name, consumer in self.deliveries.items()}

    def one_by_one(self) -> dict[str, Deliverer]:
        """Return what takes a single fact: deliveries, and what projections set aside."""
        aside = {
            name: _for_one(consumer.run)
            for name, consumer in self.projections.items()
            if consumer.sets_aside
        }
        return aside | {name: consumer.run for name, consumer in self.deliveries.items()}


def _for_one(run: Projector) -> Deliverer:
    return lambda fact: run([fact])


registry = Registry()


def projection(
    name: str, *topics: str, sets_aside: bool = False
) -> Callable[[Projector], Projector]:
    """Register a function that takes batches of facts of these topics, in order."""

    def register(run: Projector) -> Projector:
        _refuse_taken(name)
        registry.projections[name] = Projection(name, topics, run, sets_aside)
        return run

    return register


def delivery(name: str, *topics: str, ordered: bool = False) -> Callable[[Deliverer], Deliverer]:
    """Register a function called for one fact at a time, tried again when it fails.

    Silent facts (imported and demo acts) are not delivered.
    """

    def register(run: Deliverer) -> Deliverer:
        _refuse_taken(name)
        registry.deliveries[name] = DeliveryTo(name, topics, run, ordered)
        return run

    return register


def delivery_of_rows(name: str, *topics: str) -> Callable[[Together], Together]:
    """Register a function that writes rows for many facts at once, tried one by one if it fails."""

    def register(run_all: Together) -> Together:
        _refuse_taken(name)
        registry.deliveries[name] = DeliveryTo(
            name, topics, lambda fact: run_all([fact]), run_all=run_all
        )
        return run_all

    return register


def _refuse_taken(name: str) -> None:
    if name in registry.projections or name in registry.deliveries:
        message = f"consumer {name} is registered twice"
        raise ValueError(message)
