"""Messages go out: few at a time, each within bounds, none holding up the others.

Nothing of the database is held while a stranger is asked. A message is settled after its answer:
whoever dies in between sends it again under the same id.
"""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from queue import Empty, Queue
from threading import Thread
from time import monotonic
from urllib.parse import urlsplit

from django.conf import settings

from motcua.casework.webhooks.models import Subscription, Telling
from motcua.casework.webhooks.queries.seeing import may_be_told, owner_of
from motcua.casework.webhooks.rules.addresses import TOTAL_S, bounds_for
from motcua.casework.webhooks.rules.sealing import headers
from motcua.foundation.identity import api as identity
from motcua.lib import work
from motcua.lib.httpclient import AddressRefused, NoAnswer, ask

from .settling import Outcome, settle

logger = logging.getLogger(__name__)
BUDGET_S = 20.0  # of one round of the job; others wait for strangers in the same thread
SLICE_S = 3.0  # of one subscriber, so that who answers slowly leaves room for the others
PLACES = 4
_EACH, _SUBSCRIBERS = 20, 200
_TAKEN = 200
_SERIOUS = 500
_TOO_MANY, _GONE = 429, 410
_DUE = """
SELECT t.id FROM (
  SELECT id, tried_at FROM webhooks_subscription
  WHERE state = 'on' AND (retry_at IS NULL OR retry_at <= %(at)s)
) s CROSS JOIN LATERAL (
  SELECT id FROM webhooks_telling w
  WHERE w.subscription_id = s.id AND w.state = 'waiting' AND w.next_try_at <= %(at)s
    AND NOT EXISTS (
      SELECT FROM webhooks_telling earlier
      WHERE earlier.subscription_id = w.subscription_id AND earlier.subject = w.subject
        AND earlier.state = 'waiting' AND earlier.id < w.id)
  ORDER BY w.next_try_at, w.id LIMIT %(each)s
) t
ORDER BY s.tried_at NULLS FIRST, s.id, t.id LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class _Load:
    """What one subscriber is told in this round, with the secrets that sign it."""

    subscription: Subscription
    shared: Sequence[str]
    tellings: Sequence[Telling]


def send_due(*, at: datetime) -> int:
    """Send what is due, oldest first, for at most twenty seconds; return how many were tried.

    Costs: network.
    """
    began, tried = monotonic(), 0
    while monotonic() - began < BUDGET_S:
        moment = at + timedelta(seconds=monotonic() - began)
        loads = _due(moment)
        if not loads:
            break
        until = began + BUDGET_S
        for telling, outcome in _sent(loads, at=moment, until=until):
            settle(telling.pk, outcome, at=at + timedelta(seconds=monotonic() - began))
            tried += 1
    return tried


def _due(at: datetime) -> list[_Load]:
    """Return what goes out now; what its owner may not see any more is settled at once."""
    asked = {"at": at, "each": _EACH, "most": _EACH * _SUBSCRIBERS}
    keys = [row[0] for row in work.fetch(_DUE, asked)]
    rows = Telling.objects.filter(pk__in=keys).select_related("subscription")
    found = {row.pk: row for row in rows}
    by_subscription: dict[int, list[Telling]] = {}
    for key in keys:
        by_subscription.setdefault(found[key].subscription_id, []).append(found[key])
    loads = [_loaded(tellings, at) for tellings in by_subscription.values()]
    Subscription.objects.filter(pk__in=by_subscription).update(tried_at=at)
    return [one for one in loads if one is not None]


def _loaded(tellings: list[Telling], at: datetime) -> _Load | None:
    """Return what one subscriber is told; what cannot be made ready holds up no other."""
    try:
        return _load(tellings, at)
    except Exception as error:  # it counts as an attempt, and stands on the subscriber's page
        logger.exception("webhooks_not_ready", extra={"telling": tellings[0].message_id})
        trouble = f"Lỗi không lường trước ({type(error).__name__}); báo bộ phận kỹ thuật."
        settle(tellings[0].pk, Outcome(trouble=trouble, is_serious=True), at=at)
        return None


def _load(tellings: list[Telling], at: datetime) -> _Load | None:
    subscription = tellings[0].subscription
    owner = owner_of(subscription, at=at)
    shown = [] if owner is None else [one for one in tellings if may_be_told(owner, one)]
    for hidden in tellings:
        if hidden not in shown:
            settle(hidden.pk, Outcome(is_hidden=True), at=at)
    if not shown:
        return None
    return _Load(subscription, _secrets(subscription, at), shown)


def _secrets(row: Subscription, at: datetime) -> list[str]:
    old = [row.old_secret] if row.old_secret and row.old_until and at < row.old_until else []
    return [identity.unseal_secret(one) for one in [row.secret, *old]]


def _sent(
    loads: Sequence[_Load], *, at: datetime, until: float
) -> Iterator[tuple[Telling, Outcome]]:
    """Yield each message with what became of it, as the answers come.

    Threads take one subscriber after the other. One that hangs in the resolver is left behind:
    it holds no row, and its message is sent again.
    """
    waiting: Queue[_Load] = Queue()
    for load in loads:
        waiting.put(load)
    answers: Queue[tuple[Telling, Outcome] | None] = Queue()
    threads = min(PLACES, len(loads))
    for _ in range(threads):
        Thread(target=_carry, args=(waiting, answers, at, until), daemon=True).start()
    while threads:
        try:
            got = answers.get(timeout=max(0.1, until + TOTAL_S - monotonic()))
        except Empty:
            logger.warning("webhooks_left_behind", extra={"threads": threads})
            return
        if got is None:
            threads -= 1
        else:
            yield got


def _carry(
    waiting: "Queue[_Load]",
    answers: "Queue[tuple[Telling, Outcome] | None]",
    at: datetime,
    until: float,
) -> None:
    """Serve subscribers until none is left or the time is up; touches no database."""
    began = monotonic()
    try:
        while monotonic() < until:
            load = waiting.get_nowait()
            stop = min(until, monotonic() + SLICE_S)
            for telling in load.tellings:
                outcome = _tell(load, telling, at + timedelta(seconds=monotonic() - began))
                answers.put((telling, outcome))
                if outcome.is_serious or monotonic() >= stop:
                    break
    except Empty:
        pass
    finally:
        answers.put(None)


def _tell(load: _Load, telling: Telling, at: datetime) -> Outcome:
    """Send one message. Costs: network, eight seconds at most."""
    url, began = load.subscription.url, monotonic()
    bounds = bounds_for(url, allows_local=settings.WEBHOOKS_LOCAL)
    if urlsplit(url).scheme != "https" and not bounds.allows_private:
        return Outcome(trouble="Chỉ gửi tới địa chỉ https.", is_serious=True)
    head = headers(load.shared, telling.message_id, int(at.timestamp()), telling.body)
    try:
        answer = ask("POST", url, bounds=bounds, body=telling.body.encode(), headers=head)
    except AddressRefused as error:
        return Outcome(trouble=f"Không được gửi tới địa chỉ này ({error}).", is_serious=True)
    except NoAnswer as error:
        took = int((monotonic() - began) * 1000)
        return Outcome(trouble=f"Không có trả lời ({error}).", took_ms=took, is_serious=True)
    except Exception as error:  # whatever it is, it counts as an attempt
        logger.exception("webhooks_not_sent", extra={"telling": telling.message_id})
        return Outcome(trouble=f"Không gửi được ({type(error).__name__}).", is_serious=True)
    took, status = int((monotonic() - began) * 1000), answer.status
    text = answer.body[:_TAKEN].decode("utf-8", "replace").replace("\x00", "")
    if status // 100 == 2:  # noqa: PLR2004 -- the class of success
        return Outcome(status=status, text=text, took_ms=took, is_done=True)
    said = f"Nơi nhận trả lời {status}."
    is_serious = status >= _SERIOUS or status in {_TOO_MANY, _GONE}
    return Outcome(
        status=status,
        text=text,
        took_ms=took,
        trouble=said,
        is_serious=is_serious,
        is_gone=status == _GONE,
    )
