"""Who may be told, and who may change it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.casework.dossiers.tests.make import LAN, MONDAY, make_commune
from motcua.casework.webhooks.api import (
    NoSuchSubscription,
    Subscription,
    SubscriptionIn,
    SubscriptionState,
    WebhookError,
    change_subscription,
    get_subscription_for,
    pause,
    renew_secret,
    standings_for,
    subscribe,
    subscriptions_of,
    unsubscribe,
)
from motcua.casework.webhooks.operations.subscribing import MOST_EACH, end_reclaimed
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.notifications.api import Notice
from motcua.lib import work
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.errors import BadInput, NotAllowed

from .make import make_lan, make_neighbour, make_subscription

pytestmark = pytest.mark.django_db
URL = "https://he-thong.vn/nhan"
ADMIN = Actor(id=900, name="Quản", province_powers=frozenset({Power.ADMINISTER_IDENTITY}))


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (SubscriptionIn("https://10.0.0.1/"), "url"),
        (SubscriptionIn(URL, kinds=["dossier.eaten"]), "kinds"),
        (SubscriptionIn(URL, agency_codes=["H18.999"]), "agencies"),
    ],
)
def test_what_cannot_be_told_is_refused_by_field(wanted: SubscriptionIn, field: str) -> None:
    make_commune()

    with pytest.raises(BadInput) as refused:
        subscribe(wanted, by=LAN, at=MONDAY)

    assert (refused.value.field, Subscription.objects.count()) == (field, 0)


def test_people_of_partners_and_strangers_subscribe_to_nothing() -> None:
    for by in (replace(LAN, kind=ActorKind.PARTNER), replace(LAN, id=0)):
        with pytest.raises(NotAllowed):
            make_subscription(URL, by=by)


def test_one_account_has_so_many_and_no_more() -> None:
    for _ in range(MOST_EACH):
        make_subscription(URL)

    with pytest.raises(WebhookError, match=f"{MOST_EACH}"):
        make_subscription(URL)


def test_somebody_elses_subscription_looks_like_none() -> None:
    row, _ = make_subscription(URL)
    other = make_neighbour()

    for act in (pause, renew_secret, unsubscribe):
        with pytest.raises(NoSuchSubscription):
            act(row.code, by=other, at=MONDAY)
    with pytest.raises(NoSuchSubscription):
        get_subscription_for(other, row.code)
    assert (subscriptions_of(other), len(subscriptions_of(LAN))) == ([], 1)


def test_what_a_stranger_subscribed_to_ends_when_the_account_is_reclaimed() -> None:
    first, _ = make_subscription(URL)
    since, _ = make_subscription(URL, at=MONDAY + timedelta(minutes=1))
    make_subscription(URL, by=make_neighbour())

    assert [end_reclaimed(LAN.id, at=MONDAY) for _ in range(2)] == [1, 0]

    first.refresh_from_db()
    assert (first.state, first.secret) == (SubscriptionState.ENDED, "")
    assert [one.code for one in subscriptions_of(LAN)] == [since.code]


def test_administrators_of_the_province_look_after_all_and_owners_are_told() -> None:
    make_lan()
    row, secret = make_subscription(URL)

    pause(row.code, by=ADMIN, at=MONDAY)
    renewed = renew_secret(row.code, by=ADMIN, at=MONDAY)

    assert [one.row.state for one in standings_for(ADMIN)] == [SubscriptionState.PAUSED]
    assert renewed != secret
    said = Notice.objects.filter(account_id=LAN.id).order_by("pk").values_list("body", flat=True)
    assert ["tạm dừng" in said[0], "đổi khóa ký" in said[1], len(said)] == [True, True, 2]
    assert not any(renewed in body for body in said)


def test_owners_see_their_own_and_who_has_none_is_refused() -> None:
    make_lan()
    row, _ = make_subscription(URL)
    other = make_neighbour()
    make_subscription(URL, by=other)

    with work.metered() as meter:
        mine = standings_for(LAN)

    assert ([one.row for one in mine], mine[0].login) == ([row], "lan")
    assert meter.statements <= 3
    with pytest.raises(NotAllowed):
        standings_for(replace(LAN, id=LAN.id + 999))


def test_a_subscription_is_changed_and_keeps_its_secret() -> None:
    make_commune()
    row, _ = make_subscription(URL, kinds=["dossier.received"])
    wanted = SubscriptionIn("https://moi.vn/", "Kho mới", [], ["H18.101"])

    changed = change_subscription(row.code, wanted, by=LAN, at=MONDAY)

    assert (changed.url, changed.name, changed.kinds) == ("https://moi.vn/", "Kho mới", [])
    assert (len(changed.agency_ids), changed.secret) == (1, row.secret)
    with pytest.raises(BadInput, match="nội bộ"):
        change_subscription(row.code, SubscriptionIn("https://10.0.0.1/"), by=LAN, at=MONDAY)
    with pytest.raises(NoSuchSubscription):
        change_subscription(row.code, wanted, by=make_neighbour(), at=MONDAY)


def test_what_ended_keeps_no_secret_and_is_in_the_trail() -> None:
    row, _ = make_subscription(URL)

    unsubscribe(row.code, by=LAN, at=MONDAY)

    row.refresh_from_db()
    assert (row.state, row.secret, subscriptions_of(LAN)) == (SubscriptionState.ENDED, "", [])
    done = [entry.action for entry in audit.trail_of(f"webhook:{row.code}")]
    assert sorted(done) == ["webhooks.ended", "webhooks.subscribed"]


def test_the_database_refuses_failures_without_a_beginning() -> None:
    row, _ = make_subscription(URL)

    with pytest.raises(IntegrityError, match="beginning"), transaction.atomic():
        Subscription.objects.filter(pk=row.pk).update(failures=3)
