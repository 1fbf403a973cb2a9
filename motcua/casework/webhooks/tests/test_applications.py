"""An application is told what it may see itself, as long as it may."""

from collections.abc import Sequence
from datetime import date

import pytest

from motcua.casework.dossiers.tests.make import MONDAY, make_all, make_commune, make_filed
from motcua.casework.webhooks.api import (
    NoSuchSubscription,
    Subscription,
    Telling,
    TellingState,
    get_subscription_for,
    send_due,
    subscriptions_of,
)
from motcua.foundation.access.api import Power
from motcua.foundation.clients import api as clients
from motcua.foundation.clients.api import Client, ClientIn, Scope
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.organisation.tests.make import make_post, root_of
from motcua.lib.actor import Actor

from .make import make_spread, make_subscription
from .receiver import Receiver

pytestmark = pytest.mark.django_db
QUAN = Actor(id=900, name="Quản", province_powers=frozenset({Power.ADMINISTER_IDENTITY}))


def make_client(*agency_codes: str, scopes: Sequence[Scope] = (Scope.READ, Scope.HOOKS)) -> Client:
    """Return an application of the leader of the first commune."""
    account = make_officer_account("Máy Tư pháp", username="may-tu-phap")
    agency = organisation.get_agency("H18.101")
    make_post(root_of(agency), PostRole.AGENCY_LEADER, holder=account.officer)
    given = ClientIn(
        name="Kho dữ liệu",
        contact="Ông Dũng",
        username="may-tu-phap",
        scopes=scopes,
        valid_to=date(2026, 12, 31),
        agency_codes=agency_codes,
    )
    return clients.register_client(given, by=QUAN, at=MONDAY)[0]


def subscribed(client: Client, receiver: Receiver) -> Subscription:
    return make_subscription(receiver.url, by=actor_of(client), application_id=client.pk)[0]


def actor_of(client: Client) -> Actor:
    caller = clients.caller_outside(client.pk, at=MONDAY)
    assert caller is not None
    return caller.actor


def test_an_application_is_told_what_happens_where_its_post_reaches(receiver: Receiver) -> None:
    commune = make_all()
    subscribed(make_client(), receiver)
    make_filed(commune)

    made, sent = make_spread(), send_due(at=MONDAY)

    assert (made, sent, len(receiver.got)) == (1, 1, 1)


def test_an_application_of_another_agency_is_not_told(receiver: Receiver) -> None:
    commune = make_all()
    make_commune("H18.102", "UBND xã Nà Tấu", first=51)
    subscribed(make_client("H18.102"), receiver)
    make_filed(commune)

    assert make_spread() == 0


def test_an_application_is_told_nothing_it_may_not_read(receiver: Receiver) -> None:
    commune = make_all()
    subscribed(make_client(scopes=[Scope.HOOKS, Scope.READ_DOCUMENTS]), receiver)
    make_filed(commune)

    assert make_spread() == 0


def test_an_application_that_ended_is_told_no_more(receiver: Receiver) -> None:
    commune = make_all()
    client = make_client()
    subscribed(client, receiver)
    make_filed(commune)
    make_spread()
    clients.end_client(client.pk, "hết hợp đồng", by=QUAN, at=MONDAY)

    send_due(at=MONDAY)

    assert (receiver.got, Telling.objects.get().state) == ([], TellingState.HIDDEN)


def test_applications_of_one_account_do_not_know_of_each_other(receiver: Receiver) -> None:
    make_all()
    client = make_client()
    row = subscribed(client, receiver)
    actor = actor_of(client)

    with pytest.raises(NoSuchSubscription):
        get_subscription_for(actor, row.code, client.pk + 1)
    assert subscriptions_of(actor, client.pk + 1) == []
    assert subscriptions_of(actor, client.pk) == subscriptions_of(actor) == [row]
