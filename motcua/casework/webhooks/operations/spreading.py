"""Facts become messages: one row for each subscriber that wants the fact and may know of it.

The rows and the reader's position are written together: nothing is lost, nothing told twice.
"""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from motcua.casework.webhooks.choices import SubscriptionState
from motcua.casework.webhooks.models import Subscription, Telling
from motcua.casework.webhooks.queries.seeing import owner_of, seen_among
from motcua.casework.webhooks.rules.kinds import News, body_of, is_heard, news_of
from motcua.foundation.organisation import api as organisation
from motcua.foundation.outbox import api as outbox

_PATHS = {"dossier": "/api/v1/dossiers/{}"}
Told = tuple[outbox.ReadFact, News]


def spread(facts: Sequence[outbox.ReadFact]) -> int:
    """Write the messages of a batch of facts; return how many.

    Costs: one statement, and a few for each subscription.
    """
    living = Subscription.objects.exclude(state=SubscriptionState.ENDED)
    subscriptions = list(living.order_by("pk"))
    if not subscriptions:
        return 0
    told = [
        (fact, news_of(fact.topic, fact.payload))
        for fact in facts
        if is_heard(fact.topic, fact.payload, is_silent=fact.is_silent)
    ]
    rows = [row for one in subscriptions for row in _rows(one, told)]
    Telling.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)


def _rows(subscription: Subscription, told: Sequence[Told]) -> list[Telling]:
    wanted = [one for one in told if _is_wanted(subscription, *one)]
    if not wanted:
        return []
    owner = owner_of(subscription, at=wanted[-1][0].at)
    if owner is None:
        return []
    seen = seen_among(owner, [(fact.aggregate_id, news) for fact, news in wanted])
    return [
        _row(subscription, fact, news)
        for fact, news in wanted
        if (news.object, fact.aggregate_id) in seen
    ]


def _is_wanted(subscription: Subscription, fact: outbox.ReadFact, news: News) -> bool:
    return (
        fact.at >= subscription.created_at
        and (not subscription.kinds or news.kind in subscription.kinds)
        and (not subscription.agency_ids or news.agency_id in subscription.agency_ids)
    )


def _row(subscription: Subscription, fact: outbox.ReadFact, news: News) -> Telling:
    message_id = f"msg_{subscription.pk}_{fact.id}"
    return Telling(
        subscription=subscription,
        message_id=message_id,
        fact_id=fact.id,
        kind=news.kind,
        subject=news.subject,
        subject_id=fact.aggregate_id,
        about=list(news.subjects),
        happened_at=fact.at,
        made_at=fact.at,
        body=_body(message_id, fact, news),
        next_try_at=fact.at,
    )


def _body(message_id: str, fact: outbox.ReadFact, news: News) -> str:
    data = {
        "object": news.object,
        "code": news.code,
        "seq": fact.seq,
        "agency": _agency_code(news.agency_id),
        **news.said,
    }
    if path := _PATHS.get(news.object):
        data["url"] = f"{settings.SITE_ADDRESS.rstrip('/')}{path.format(news.code)}"
    return body_of(message_id, news.kind, moment(fact.at), data)


def _agency_code(agency_id: int) -> str:
    """Return the code of an agency; what is not on record must not stop the others."""
    try:
        return organisation.tree().agency(agency_id).code
    except organisation.NoSuchUnit:
        return ""


def moment(at: datetime) -> str:
    """Return a moment as the interface writes it."""
    return at.isoformat(timespec="milliseconds")
