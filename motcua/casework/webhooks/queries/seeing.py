"""What the owner of a subscription may know of, at the moment it is asked."""

from collections.abc import Collection
from datetime import datetime

from motcua.casework.documents import api as documents
from motcua.casework.dossiers import api as dossiers
from motcua.casework.payments import api as payments
from motcua.casework.webhooks.choices import Kind
from motcua.casework.webhooks.models import Subscription, Telling
from motcua.casework.webhooks.rules.kinds import News
from motcua.foundation.access import api as access
from motcua.foundation.clients import api as clients
from motcua.foundation.identity import api as identity
from motcua.lib.actor import Actor

Seen = tuple[str, int]  # which object: its sort and its key


def owner_of(subscription: Subscription, *, at: datetime) -> Actor | None:
    """Return who is told, as far as the account or application reaches now; None if it ended.

    Costs: two statements, four for an application.
    """
    if subscription.application_id is not None:
        return clients.actor_of_client(subscription.application_id, at=at)
    if not identity.get_account(subscription.account_id).is_active:
        return None
    return access.actor_now(subscription.account_id, at=at).actor


def seen_among(actor: Actor, news: Collection[tuple[int, News]]) -> frozenset[Seen]:
    """Return those objects of the news, given with their keys, that the actor may know of.

    Costs: a statement for dossiers, two for documents, two or three for each order.
    """
    ids = {
        sort: {key for key, one in news if one.object == sort} for sort in ("dossier", "document")
    }
    known = {("dossier", key) for key in dossiers.known_among(actor, ids["dossier"])}
    if ids["document"]:
        found = documents.documents_by_ids(actor, ids["document"])
        known |= {("document", key) for key in found}
    orders = {key: one for key, one in news if one.object == "order"}
    known |= {("order", key) for key, one in orders.items() if _sees_order(actor, one)}
    return frozenset(known)


def _sees_order(actor: Actor, news: News) -> bool:
    """Say whether money is the actor's work there, or the dossier paid for is the actor's."""
    if payments.can_see(actor, payments.get_order(news.code)):
        return True
    codes = [code for one in news.subjects if (code := dossiers.code_of(one))]
    found = [one for code in codes if (one := dossiers.find_dossier(code)) is not None]
    return bool(dossiers.known_among(actor, [one.pk for one in found]))


def may_be_told(actor: Actor, telling: Telling) -> bool:
    """Say whether the actor may still know of what a message is about."""
    if telling.fact_id is None:
        return True
    sort, _, code = telling.subject.partition(":")
    subjects = tuple(str(one) for one in telling.about)
    news = News(Kind(telling.kind), sort, code, 0, {}, subjects)
    return bool(seen_among(actor, [(telling.subject_id, news)]))
