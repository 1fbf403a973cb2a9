"""The signer on call: the worker starts it when something waits for a key; it ends by itself.

Its process takes 125 MB that a quiet site need not hold. Nothing is handed over but the start:
what waits is rows, and an attempt that a killed signer left is free again after two minutes.
"""

import logging
import subprocess
import sys
from collections.abc import Callable, Sequence
from time import monotonic

from django.conf import settings

logger = logging.getLogger(__name__)
IDLE_SECONDS = 180
LOOK_EVERY_S = 0.8
FIRST_REST_S, LONGEST_REST_S = 5.0, 300.0
PATIENCE_S = 4  # less than those who end us have
_MOST_DOUBLINGS = 8
SIGNER = (sys.executable, "manage.py", "signer", "--idle", str(IDLE_SECONDS))


class OnCall:
    """A process that runs while it is wanted; one that breaks rests before it is started again."""

    def __init__(
        self,
        is_wanted: Callable[[], bool],
        words: Sequence[str] = SIGNER,
        look_s: float = LOOK_EVERY_S,
    ) -> None:
        self._is_wanted, self._words, self._look_s = is_wanted, words, look_s
        self._child: subprocess.Popen[bytes] | None = None
        self._failures = 0
        self._look_at = self._rest_until = 0.0

    @property
    def pid(self) -> int | None:
        """Return the number of the process that was started last, until its end was seen."""
        return self._child.pid if self._child else None

    def look(self) -> None:
        """Start the process if it is wanted and does not run; looks at most every so often."""
        moment = monotonic()
        if moment < self._look_at:
            return
        self._look_at = moment + self._look_s
        self._see_end(moment)
        if self._child is None and moment >= self._rest_until and self._is_wanted():
            self._child = subprocess.Popen(  # noqa: S603 -- our own words, run by our own interpreter
                self._words, cwd=settings.ROOT, stdin=subprocess.DEVNULL
            )

    def _see_end(self, moment: float) -> None:
        """Forget a process that has ended; after a failure it rests, longer each time."""
        code = self._child.poll() if self._child else None
        if code is None:
            return
        self._child = None
        self._failures = self._failures + 1 if code else 0
        if code:
            rest = min(FIRST_REST_S * 2 ** min(self._failures - 1, _MOST_DOUBLINGS), LONGEST_REST_S)
            self._rest_until = moment + rest
            logger.warning("signer_broke", extra={"code": code, "rest_s": rest})

    def end(self) -> None:
        """Let the process finish what it has in hand; one that does not is ended."""
        if self._child is None:
            return
        self._child.terminate()
        try:
            self._child.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._child = None
