"""What the process of exchange does all the time: carry, come for, compare, read what came.

One thread for each partner, so that a slow one holds up no other; each claim, each settling is a
transaction of its own, and none is open while the network is waited for.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from django.db import DatabaseError, close_old_connections, connection

from motcua.casework.exchange import api as exchange
from motcua.casework.exchange.api import (
    Carrier,
    CarrierAway,
    CarrierRefuses,
    CounterpartInfo,
    Delivery,
)
from motcua.foundation.jobs import api as jobs
from motcua.lib.clock import local_day, now

logger = logging.getLogger(__name__)
PAUSE_S, REST_S = 0.5, 30.0
PRESSED_PAUSE_S, MOST_PRESSED_PAUSES, READ_AT_ONCE = 0.2, 100, 10
FETCH_EVERY_S, COMPARE_EVERY_S, LOOK_EVERY_S, BEAT_EVERY_S = 15.0, 60.0, 5.0, 15.0
GREET_EVERY_S = 3600.0


@runtime_checkable
class Compares(Protocol):
    """A way that can compare how far both ends have counted."""

    def compare(self, counterpart: CounterpartInfo, *, at: datetime) -> int:
        """Queue again what never came; return how much. Raises: CarrierAway, CarrierRefuses."""


@dataclass(slots=True)
class _Clock:
    """When something is due again."""

    every: float
    due: float = 0.0

    def is_due(self) -> bool:
        """Say whether it is time, and start over if so."""
        if time.monotonic() < self.due:
            return False
        self.due = time.monotonic() + self.every
        return True


@dataclass(slots=True)
class Partner:
    """The rounds towards one partner."""

    code: str
    stopped: threading.Event
    lane: tuple[int, int] = (0, 1)
    rest_s: float = REST_S
    _fetch: _Clock = field(default_factory=lambda: _Clock(FETCH_EVERY_S))
    _compare: _Clock = field(default_factory=lambda: _Clock(COMPARE_EVERY_S))
    _greet: _Clock = field(default_factory=lambda: _Clock(GREET_EVERY_S))
    _is_down: bool = False

    def rounds(self) -> None:
        """Go on until the partner ends, or all does."""
        while not self.stopped.is_set():
            found = exchange.counterpart_named(self.code, local_day(now()))
            carrier = exchange.carriers.get(str(found.way)) if found is not None else None
            if found is None or carrier is None:
                return
            busy = self._round(found, carrier)
            pause = self.rest_s if self._is_down else PAUSE_S
            self.stopped.wait(0.0 if busy else pause)

    def _round(self, partner: CounterpartInfo, carrier: Carrier) -> bool:
        """Do one round; say whether there may be more at once."""
        try:
            if self._is_down or (self.lane[0] == 0 and self._greet.is_due()):
                exchange.greet(partner, carrier, at=now())
                exchange.revive(partner.code, at=now())
            self._is_down = False
            done = exchange.carry_to(partner, carrier, clock=now, lane=self.lane)
            if done.trouble:
                self._is_down = True
                return False
            return self._other_ends(partner, carrier) or done.count >= exchange.CARRY_BATCH
        except (CarrierAway, CarrierRefuses) as error:
            logger.info("partner_away", extra={"partner": self.code, "why": str(error)})
            exchange.note_counterpart(self.code, at=now(), error=str(error))
            self._is_down = True
        return False

    def _other_ends(self, partner: CounterpartInfo, carrier: Carrier) -> bool:
        """Come for what waits there, and compare the counts; the first lane does."""
        if self.lane[0] != 0:
            return False
        fetched = 0
        if partner.is_fetched and self._fetch.is_due():
            fetched = carrier.fetch(partner, at=now())
            exchange.note_counterpart(partner.code, at=now())
        is_pushed = partner.delivery == Delivery.PUSH
        if is_pushed and isinstance(carrier, Compares) and self._compare.is_due():
            carrier.compare(partner, at=now())
        return fetched > 0


def read(stopped: threading.Event, is_pressed: Callable[[], bool]) -> None:
    """Read what came, a moment after it was acknowledged; while much comes, some moments later."""
    pauses = 0
    while not stopped.is_set():
        if pauses < MOST_PRESSED_PAUSES and is_pressed():
            stopped.wait(PRESSED_PAUSE_S)
            pauses += 1
        elif not exchange.read_arrivals(at=now(), most=READ_AT_ONCE):
            stopped.wait(PAUSE_S)
            pauses = 0


def kept_alive(work: Callable[[], None], stopped: threading.Event) -> Callable[[], None]:
    """Let something go on after the database was away, or the disk was full."""

    def run() -> None:
        while not stopped.is_set():
            try:
                close_old_connections()
                work()
            except (DatabaseError, OSError):
                logger.warning("exchange_waits", exc_info=True)
                connection.close()
                stopped.wait(2.0)
            else:
                break
        connection.close()

    return run


class Rounds:
    """All threads of the process; partners that are entered later get theirs."""

    def __init__(
        self,
        stopped: threading.Event,
        *,
        name: str,
        lanes: int = 1,
        rest_s: float = REST_S,
        is_pressed: Callable[[], bool] = lambda: False,
    ) -> None:
        self._stopped, self._name, self._lanes, self._rest_s = stopped, name, lanes, rest_s
        self._is_pressed = is_pressed
        self._threads: dict[tuple[str, int], threading.Thread] = {}
        self._beat = _Clock(BEAT_EVERY_S)

    def run(self) -> None:
        """Watch over the threads until told to stop."""
        self._start(("", 0), lambda: read(self._stopped, self._is_pressed))
        while not self._stopped.is_set():
            kept_alive(self._look, self._stopped)()
            self._stopped.wait(LOOK_EVERY_S)
        for thread in self._threads.values():
            thread.join(timeout=3)

    def _look(self) -> None:
        if self._beat.is_due():
            jobs.beat(self._name, at=now())
        for one in exchange.counterparts(local_day(now())):
            for lane in range(self._lanes):
                made = Partner(one.code, self._stopped, (lane, self._lanes), self._rest_s)
                self._start((one.code, lane), made.rounds)

    def _start(self, key: tuple[str, int], work: Callable[[], None]) -> None:
        known = self._threads.get(key)
        if known is not None and known.is_alive():
            return
        thread = threading.Thread(target=kept_alive(work, self._stopped), daemon=True)
        self._threads[key] = thread
        thread.start()
