"""What is done again and again: filled at start by the `tasks` shelves of all rooms."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from motcua.lib.clock import HANOI, local

Work = Callable[[datetime], None]
LEASE = timedelta(minutes=10)
WORKER, SIGNER, OUTSIDE = "worker", "signer", "outside"


@dataclass(frozen=True, slots=True)
class Job:
    """A registered piece of work: its name, how often, and how long it may take at most.

    With `hour` it is done once a day, from that hour on. `runner` names the process that does it:
    what needs a key is done by the signer, what waits for strangers by a thread of the worker that
    does nothing else (`OUTSIDE`). What is not `is_whole` is no single
    transaction: its stories are, so that what another machine was told is not taken back here.
    """

    name: str
    every: timedelta
    lease: timedelta
    run: Work
    hour: time | None = None
    runner: str = WORKER
    is_whole: bool = True

    def first_at(self, at: datetime) -> datetime:
        """Return when work registered now is done for the first time.

        The signer is not woken at once for it: a new site has nothing for it to do yet.
        """
        at_once = self.hour is None and self.runner != SIGNER
        return at if at_once else self.next_at(at)

    def next_at(self, at: datetime) -> datetime:
        """Return when work done now is done again."""
        if self.hour is None:
            return at + self.every
        today = datetime.combine(local(at).date(), self.hour, HANOI)
        return today if today > at else today + timedelta(days=1)


registry: dict[str, Job] = {}


def recurring(
    name: str,
    *,
    every: timedelta,
    lease: timedelta = LEASE,
    hour: time | None = None,
    runner: str = WORKER,
    is_whole: bool = True,
) -> Callable[[Work], Work]:
    """Register a function called with the present moment, about every `every`."""

    def register(run: Work) -> Work:
        if name in registry:
            message = f"job {name} is registered twice"
            raise ValueError(message)
        registry[name] = Job(name, every, lease, run, hour, runner, is_whole)
        return run

    return register


def daily(name: str, *, hour: time, lease: timedelta = LEASE) -> Callable[[Work], Work]:
    """Register a function called once a day, at that hour of Hà Nội or as soon as can be after."""
    return recurring(name, every=timedelta(days=1), lease=lease, hour=hour)
