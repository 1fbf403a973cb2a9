"""What the owner of a subscription may know of, at the moment it is asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from motcua.casework.documents import api as documents
from motcua.casework.dossiers import api as dossiers
from motcua.casework.payments import api as payments
from motcua.casework.webhooks.choices import Kind
from motcua.casework.webhooks.models import Subscription, Telling
from motcua.casework.webhooks.rules.kinds import News
from motcua.foundation.access import api as access
from motcua.foundation.clients import api as clients
from motcua.foundation.clients.api import Scope
from motcua.foundation.identity import api as identity
from motcua.lib.actor import Actor

Seen = tuple[str, int]  # which object: its sort and its key


# What an application must be let read to be told of it; hooks.manage alone tells nothing.
_SCOPES = {
    "dossier": Scope.READ,
    "document": Scope.READ_DOCUMENTS,
    "order": Scope.READ_MONEY,
}


@dataclass(frozen=True, slots=True)
class Owner:
    """Who is told: with which powers, and of which sorts of objects."""

    actor: Actor
    sorts: frozenset[str] = frozenset(_SCOPES)


def owner_of(subscription: Subscription, *, at: datetime) -> Owner | None:
    """Return who is told, as far as the account or application reaches now; None if it ended.

    Costs: two statements, four for an application.
    """
    if subscription.application_id is not None:
        caller = clients.caller_outside(subscription.application_id, at=at)
        if caller is None:
            return None
        return Owner(caller.actor, sorts_for(caller))
    try:
        is_active = identity.get_account(subscription.account_id).is_active
    except identity.NoSuchAccount:  # no row: nobody is told, and the others all the same
        return None
    return Owner(access.actor_now(subscription.account_id, at=at).actor) if is_active else None


def sorts_for(caller: clients.Caller) -> frozenset[str]:
    """Return the sorts of objects an application may be told of."""
    return frozenset(sort for sort, scope in _SCOPES.items() if scope in caller.scopes)


def seen_among(owner: Owner, news: Collection[tuple[int, News]]) -> frozenset[Seen]:
    """Return those objects of the news, given with their keys, that the owner may know of.

    Costs: a statement for dossiers, two for documents, two or three for each order.
    """
    actor = owner.actor
    news = [(key, one) for key, one in news if one.object in owner.sorts]
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


def may_be_told(owner: Owner, telling: Telling) -> bool:
    """Say whether the owner may still know of what a message is about."""
    if telling.fact_id is None:
        return True
    sort, _, code = telling.subject.partition(":")
    subjects = tuple(str(one) for one in telling.about)
    news = News(Kind(telling.kind), sort, code, 0, {}, subjects)
    return bool(seen_among(owner, [(telling.subject_id, news)]))
