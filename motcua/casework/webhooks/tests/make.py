"""Subscriptions of people who have accounts, and the facts of what happened."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from motcua.casework.dossiers.tests.make import LAN, LAN_ID, MONDAY
from motcua.casework.webhooks.api import Subscription, SubscriptionIn, subscribe
from motcua.casework.webhooks.operations.spreading import spread
from motcua.casework.webhooks.rules.kinds import TOPICS
from motcua.foundation.identity.api import Account
from motcua.foundation.identity.tests.make import make_account
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.actor import Actor

_FACTS = (
    "SELECT id, topic, version, aggregate, aggregate_id, seq, at, by_id, is_silent, payload::text"
    " FROM outbox_fact WHERE topic = ANY(%s) ORDER BY id"
)


def make_lan() -> Account:
    """Return the account of Lan, who files."""
    return make_account(username="lan", id=LAN_ID)


def make_neighbour() -> Actor:
    """Return somebody else with an account, who has nothing to do with Lan."""
    return replace(LAN, id=make_account(username="sua").pk, name="Lò Văn Sửa")


def make_subscription(
    url: str, *, by: Actor = LAN, at: datetime = MONDAY, **more: Any
) -> tuple[Subscription, str]:
    """Return a subscription of a citizen's own system, and its secret."""
    return subscribe(SubscriptionIn(url, **more), by=by, at=at)


def facts() -> list[outbox.ReadFact]:
    """Return what happened so far, in order."""
    rows = work.fetch(_FACTS, [list(TOPICS)])
    return [outbox.ReadFact(*(*row[:-1], json.loads(row[-1]))) for row in rows]


def make_spread() -> int:
    """Do what the worker does with everything that happened; return how many messages."""
    return spread(facts())
