"""What became of one message, and of the subscriber it was for."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from motcua.casework.webhooks.choices import SubscriptionState, TellingState
from motcua.casework.webhooks.models import Subscription, Telling
from motcua.casework.webhooks.rules.waiting import FAILING_FOR, rest_after, wait_after
from motcua.foundation.audit import api as audit
from motcua.foundation.identity import api as identity
from motcua.foundation.notifications import api as notifications
from motcua.lib import work
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local

from .message_kinds import PAUSED, page_of

_MOST_ANSWERS = 20
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Outcome:
    """How sending went. `is_serious`: the subscriber is left alone for a while."""

    status: int = 0
    text: str = ""
    trouble: str = ""
    took_ms: int = 0
    is_done: bool = False
    is_serious: bool = False
    is_gone: bool = False
    is_hidden: bool = False


@work.story
def settle(telling_id: int, outcome: Outcome, *, at: datetime) -> None:
    """Write what became of one message.

    Locks: the subscription, then the message.
    """
    telling = Telling.objects.get(pk=telling_id)
    subscription = Subscription.objects.select_for_update().get(pk=telling.subscription_id)
    telling = Telling.objects.select_for_update().get(pk=telling_id)
    if telling.state != TellingState.WAITING:
        return
    if outcome.is_hidden:
        telling.state = TellingState.HIDDEN
        telling.save(update_fields=["state"])
        return
    telling.attempts += 1
    telling.answers = [*telling.answers, _kept(outcome, at)][-_MOST_ANSWERS:]
    if outcome.is_done:
        telling.state, telling.told_at = TellingState.DONE, at
        subscription.failures, subscription.failing_since = 0, None
        subscription.retry_at, subscription.trouble = None, ""
    else:
        _note_failure(telling, subscription, outcome, at)
    telling.save()
    subscription.save()


def _kept(outcome: Outcome, at: datetime) -> dict[str, object]:
    kept = {"status": outcome.status, "text": outcome.text, "trouble": outcome.trouble}
    return {"at": at.isoformat(timespec="seconds"), "took_ms": outcome.took_ms, **kept}


def _note_failure(
    telling: Telling, subscription: Subscription, outcome: Outcome, at: datetime
) -> None:
    wait = wait_after(telling.attempts)
    if wait is None:
        telling.state = TellingState.DEAD
    else:
        telling.next_try_at = at + wait
    subscription.failures += 1
    subscription.failing_since = subscription.failing_since or at
    subscription.trouble = outcome.trouble[:_LONGEST]
    if outcome.is_serious:
        subscription.retry_at = at + rest_after(subscription.failures)
    if outcome.is_gone or at - subscription.failing_since >= FAILING_FOR:
        _pause(subscription, at)


def _pause(subscription: Subscription, at: datetime) -> None:
    """Stop trying, and say so to the owner."""
    if subscription.state != SubscriptionState.ON:
        return
    subscription.state, subscription.changed_at = SubscriptionState.FAILING, at
    since = local(subscription.failing_since or at)
    values = {
        "code": subscription.code,
        "name": subscription.name,
        "host": urlsplit(subscription.url).hostname or "",
        "since": f"{since:%H:%M %d/%m/%Y}",
        "trouble": subscription.trouble,
    }
    if identity.get_account(subscription.account_id).is_active:
        link = page_of(subscription)
        notifications.notify([subscription.account_id], PAUSED, values, by=SYSTEM, at=at, link=link)
    detail = {"trouble": subscription.trouble}
    audit.record(
        "webhooks.paused_failing", f"webhook:{subscription.code}", by=SYSTEM, at=at, detail=detail
    )
