"""Subscriptions and what was told to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from motcua.casework.webhooks.choices import SubscriptionState, TellingState
from motcua.casework.webhooks.errors import NoSuchSubscription
from motcua.casework.webhooks.models import Subscription, Telling
from motcua.foundation.access.api import Power
from motcua.foundation.clients import api as clients
from motcua.foundation.identity import api as identity
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

PAGE = 50
MOST_LISTED = 500
MOST_COUNTED = 1000  # of the messages of one subscriber; more are shown as so many and more
_COUNTS = """
SELECT s.id,
  (SELECT count(*) FROM (SELECT FROM webhooks_telling t
    WHERE t.subscription_id = s.id AND t.state = 'waiting' LIMIT %(most)s) waiting),
  (SELECT count(*) FROM (SELECT FROM webhooks_telling t
    WHERE t.subscription_id = s.id AND t.state = 'dead' LIMIT %(most)s) dead)
FROM unnest(%(ids)s::bigint[]) AS s(id)
"""
EVERYWHERE = 0  # no unit: only a power over the whole province reaches it


@dataclass(frozen=True, slots=True)
class Standing:
    """A subscription as it stands: whose it is, how much waits, how much was given up.

    `application` is its name where it is an application's.
    """

    row: Subscription
    login: str
    application: str
    waiting: int
    dead: int


def administers(actor: Actor) -> bool:
    """Say whether the actor looks after everybody's subscriptions."""
    return actor.can(Power.ADMINISTER_IDENTITY, unit_id=EVERYWHERE)


def has_own(actor: Actor) -> bool:
    """Say whether the actor has a subscription to look after. Costs: one statement."""
    mine = Subscription.objects.filter(account_id=actor.id)
    return mine.exclude(state=SubscriptionState.ENDED).exists()


def subscriptions_of(actor: Actor, application_id: int | None = None) -> list[Subscription]:
    """Return the actor's own subscriptions, the newest first; an application has its own alone."""
    mine = Subscription.objects.filter(account_id=actor.id).exclude(state=SubscriptionState.ENDED)
    if application_id is not None:
        mine = mine.filter(application_id=application_id)
    return list(mine.order_by("-id"))


def get_subscription_for(
    actor: Actor, code: str, application_id: int | None = None
) -> Subscription:
    """Return a subscription of the actor's, or any for administrators of the province.

    An application has those alone that it made itself.

    Raises: NoSuchSubscription.
    """
    found = Subscription.objects.filter(code=code).first()
    is_another = found is not None and application_id not in {None, found.application_id}
    if found is None or is_another or not (found.account_id == actor.id or administers(actor)):
        hidden = f"webhook:{code}" if found else ""
        raise NoSuchSubscription(f"Không có đăng ký nhận tin {code}.", hidden=hidden)
    return found


def standings_for(actor: Actor) -> list[Standing]:
    """Return the subscriptions the actor looks after, all or the own, those in trouble first.

    Raises: NotAllowed for who has none and administers none.
    Costs: four statements.
    """
    living = Subscription.objects.exclude(state=SubscriptionState.ENDED)
    if not administers(actor):
        living = living.filter(account_id=actor.id)
    rows = list(living.order_by("-id")[:MOST_LISTED])
    if not rows and not administers(actor):
        raise NotAllowed("Ông/bà chưa đăng ký nhận tin cho hệ thống nào.")
    logins = identity.logins_of({row.account_id for row in rows})
    counts = _counts([row.pk for row in rows])
    names = clients.names_of({row.application_id for row in rows if row.application_id})
    found = [
        Standing(
            row,
            logins.get(row.account_id, ""),
            names.get(row.application_id or 0, ""),
            *counts[row.pk],
        )
        for row in rows
    ]
    return sorted(
        found, key=lambda one: (one.row.state != SubscriptionState.FAILING, one.dead == 0)
    )


def standing_of(row: Subscription) -> Standing:
    """Return how one subscription stands. Costs: three statements."""
    login = identity.get_account(row.account_id).username
    ids = {row.application_id} if row.application_id else set[int]()
    name = "".join(clients.names_of(ids).values())
    return Standing(row, login, name, *_counts([row.pk])[row.pk])


def _counts(ids: Sequence[int]) -> Mapping[int, tuple[int, int]]:
    rows = work.fetch(_COUNTS, {"ids": list(ids), "most": MOST_COUNTED})
    return {key: (waiting, dead) for key, waiting, dead in rows}


def tellings_of(
    subscription: Subscription, *, state: str = "", before: int | None = None, limit: int = PAGE
) -> list[Telling]:
    """Return what was told, the newest first, one more than the limit if there are more."""
    rows = Telling.objects.filter(subscription=subscription).order_by("-id")
    if state:
        rows = rows.filter(state=state)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows[: limit + 1])


def dead_letters() -> int:
    """Return how many messages were given up; at most a thousand are counted."""
    return Telling.objects.filter(state=TellingState.DEAD)[:1000].count()
