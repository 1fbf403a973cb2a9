"""Carry out a request once, however often it arrives; let few be slow at a time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic, sleep

from django.conf import settings
from django.db import IntegrityError
from django.utils.crypto import salted_hmac

from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.tongue import said

from .errors import SiteBusy
from .models import Attempts, RequestKey
from .queries import answer_of

ONCE = "requests_key_once"
_KEPT = timedelta(days=1)


def claim_key(key: str, answer: str, *, by: Actor, at: datetime) -> None:
    """Hand over the row that makes this story unrepeatable; call inside a story."""
    work.add(RequestKey(actor_id=by.id, key=key, answer=answer, at=at))


def carry_out_once(key: str, act: Callable[[], str], *, by: Actor) -> str:
    """Return what `act` answers, or what it answered when the key was first used.

    `act` is a story that calls `claim_key` with the same key. An empty key is never remembered.
    """
    try:
        return act()
    except IntegrityError:
        # Whatever stands in the way the second time, the first one's answer is the answer.
        earlier = answer_of(key, by=by)
        if earlier is None:
            raise
        return earlier


@contextmanager
def slow_place(*, patience_s: float = 0.0) -> Iterator[None]:
    """Hold one of the site's few places for a page that waits seconds for somebody else.

    A process that waits serves nobody: without a bound a slow partner, or a crowd, would take all
    of them. The place is free again when the page is done or its connection ends. With patience
    one waits for a place so long: right where what goes before is a matter of a second.

    Raises: SiteBusy if no place is free by then.
    Costs: a statement for each place looked at (again every tenth of a second), one to free it.
    """
    until = monotonic() + patience_s
    while (mine := _taken_place()) is None:
        if monotonic() >= until:
            raise SiteBusy(said("Hệ thống đang bận việc khác cùng loại; xin thử lại sau ít giây."))
        sleep(_LOOK_AGAIN_S)
    try:
        yield
    finally:
        work.fetch(_FREE, [_SLOW, mine])


def _taken_place() -> int | None:
    """Take the first place that is free, and return it."""
    places = range(1, settings.SLOW_PLACES + 1)
    return next((one for one in places if work.fetch(_TAKE, [_SLOW, one])[0][0]), None)


_LOOK_AGAIN_S = 0.1
_SLOW = 1_501
_TAKE = "SELECT pg_try_advisory_lock(%s::int, %s::int)"
_FREE = "SELECT pg_advisory_unlock(%s::int, %s::int)"


def count_attempt(name: str, *, most: int, window: timedelta, at: datetime) -> bool:
    """Count one more attempt under this name and say whether it is still among the `most` allowed.

    Counting begins anew when the window since the first attempt is over. All processes count
    together.

    Costs: one statement.
    """
    key = salted_hmac("motcua.requests.attempts", name, algorithm="sha256").hexdigest()
    ((count,),) = work.fetch(_COUNT, {"key": key, "at": at, "since": at - window})
    return int(count) <= most


_COUNT = """
INSERT INTO requests_attempts AS a (key, began_at, count) VALUES (%(key)s, %(at)s, 1)
ON CONFLICT (key) DO UPDATE SET
  count = CASE WHEN a.began_at <= %(since)s THEN 1 ELSE a.count + 1 END,
  began_at = CASE WHEN a.began_at <= %(since)s THEN %(at)s ELSE a.began_at END
RETURNING count
"""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many requests there were since the window began, and when it ends."""

    count: int
    ends_at: datetime


def count_request(name: str, *, window: timedelta, at: datetime) -> Counted:
    """Count one more request under this name, over all processes.

    Not waited for on the disk: after a crash a few requests are forgotten, nothing else.

    Costs: one statement.
    """
    key = salted_hmac("motcua.requests.attempts", name, algorithm="sha256").hexdigest()
    values = {"key": key, "at": at, "since": at - window}
    ((count, began_at, _),) = work.fetch(_COUNT_LIGHTLY, values)
    return Counted(int(count), began_at + window)


_COUNT_LIGHTLY = f"{_COUNT.rstrip()}, began_at, set_config('synchronous_commit', 'off', true)"


def forget_attempts(*, at: datetime) -> int:
    """Forget what was counted more than a day ago; return how many rows went."""
    removed, _ = Attempts.objects.filter(began_at__lt=at - _KEPT).delete()
    return removed
