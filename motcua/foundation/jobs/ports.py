"""What is done again and again: filled at start by the `tasks` shelves of all rooms."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

Work = Callable[[datetime], None]


@dataclass(frozen=True, slots=True)
class Job:
    """A registered piece of work: its name, how often, and how long it may take at most."""

    name: str
    every: timedelta
    lease: timedelta
    run: Work


registry: dict[str, Job] = {}


def recurring(
    name: str, *, every: timedelta, lease: timedelta = timedelta(minutes=10)
) -> Callable[[Work], Work]:
    """Register a function called with the present moment, about every `every`."""

    def register(run: Work) -> Work:
        if name in registry:
            message = f"job {name} is registered twice"
            raise ValueError(message)
        registry[name] = Job(name, every, lease, run)
        return run

    return register
