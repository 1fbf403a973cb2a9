"""Administrators of the province look after those who are told."""

from uuid import uuid4

import pytest
from django.test import Client

from motcua.casework.webhooks.api import Subscription, SubscriptionState, Telling, TellingState
from motcua.casework.webhooks.tests.make import make_lan, make_subscription
from motcua.foundation.access.api import Power
from motcua.foundation.clients import api as clients
from motcua.foundation.clients.api import Scope
from motcua.foundation.identity.api import Account
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.notifications.api import Notice
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.organisation.tests.make import make_agency, make_post, root_of
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now

from .people import page_of

pytestmark = pytest.mark.django_db
URL = "https://he-thong.vn/nhan"


def posted(client: Client, path: str, **values: str) -> int:
    answer = client.post(f"/quan-tri/{path}", {"request_key": str(uuid4()), **values})
    return answer.status_code


def test_a_subscription_is_found_tried_paused_and_its_messages_sent_again(quan: Client) -> None:
    make_lan()
    row, secret = make_subscription(URL, name="Kho dữ liệu")
    here = f"bao-tin/{row.code}/"

    tried = posted(quan, f"{here}viec/gui-thu/")
    Telling.objects.update(state=TellingState.DEAD)
    listed, page, start = page_of(quan, "bao-tin/"), page_of(quan, here), page_of(quan, "")
    message_id = Telling.objects.get().message_id
    again = posted(quan, f"{here}tin/{message_id}/")
    paused = posted(quan, f"{here}viec/tam-dung/")

    row.refresh_from_db()
    assert (tried, again, paused, row.state) == (302, 302, 302, SubscriptionState.PAUSED)
    assert Telling.objects.get().state == TellingState.WAITING
    assert all(words in text for words, text in (("Kho dữ liệu", listed), ("Gửi thử", page)))
    assert ("1 tin không giao được" in start, secret in page) == (True, False)


def test_everything_since_a_day_is_sent_again_and_a_wrong_day_is_refused(quan: Client) -> None:
    make_lan()
    row, _ = make_subscription(URL)
    here = f"bao-tin/{row.code}/gui-lai/"

    assert (posted(quan, here, day="32/13/2026"), posted(quan, here, day="02/03/2026")) == (
        422,
        302,
    )


def test_pages_of_one_state_and_unknown_things(quan: Client) -> None:
    make_lan()
    row, _ = make_subscription(URL)
    here = f"bao-tin/{row.code}/"

    assert "Chưa có tin nào" in page_of(quan, f"{here}?trang-thai=dead&truoc=7")
    assert page_of(quan, "bao-tin/wh_khong/") == "404"
    assert posted(quan, f"{here}viec/an-trom/") == 404
    assert posted(quan, f"{here}bo/") == 302
    assert posted(quan, f"{here}viec/bat-lai/") == 404


def test_it_is_for_the_province_alone(
    xuan: Client, dung: Client, commune: organisation.Agency
) -> None:
    make_lan()
    row, _ = make_subscription(URL)

    paths = ("", *(f"{row.code}/{page}" for page in ("", "sua/", "gui-lai/")))
    for client in (xuan, dung):
        answers = [page_of(client, f"bao-tin/{path}") for path in paths]
        assert answers == ["403", "404", "404", "404"]
        assert posted(client, f"bao-tin/{row.code}/khoa/") == 404
        assert posted(client, f"bao-tin/{row.code}/bo/") == 404
    assert commune.pk > 0


def test_an_owner_looks_after_the_own_and_sees_nobody_elses(dung: Client) -> None:
    make_lan()
    other, _ = make_subscription(URL, name="Của người khác")
    account = Account.objects.get(username="dung")
    by = Actor(id=account.pk, name="Dũng")
    row, secret = make_subscription(URL, by=by, name="Kho của tôi")
    here = f"bao-tin/{row.code}/"

    listed = page_of(dung, "bao-tin/")
    form = page_of(dung, f"{here}sua/")
    told = dung.post(f"/quan-tri/{here}khoa/").content.decode()
    values = {"name": "Kho mới", "url": "https://moi.vn/", "kinds": ["dossier.filed"]}
    saved = dung.post(f"/quan-tri/{here}sua/", {"request_key": str(uuid4()), **values})
    wrong = dung.post(f"/quan-tri/{here}sua/", {**values, "url": "https://10.1.1.1/"})

    assert ("Kho của tôi" in listed, "Của người khác" in listed) == (True, False)
    assert (URL in form, "whsec_" in told, secret in told) == (True, True, False)
    assert (saved.status_code, wrong.status_code) == (302, 422)
    assert "mạng nội bộ" in wrong.content.decode()
    row.refresh_from_db()
    assert (row.name, row.kinds) == ("Kho mới", ["dossier.filed"])
    assert "whsec_" not in page_of(dung, here)
    assert page_of(dung, f"bao-tin/{other.code}/") == "404"


def test_days_of_a_range_are_sent_again_and_none_beyond(quan: Client) -> None:
    make_lan()
    row, _ = make_subscription(URL)
    here = f"bao-tin/{row.code}/gui-lai/"

    assert posted(quan, here, day="02/03/2026", until="02/03/2026") == 302
    assert posted(quan, here, day="03/03/2026", until="01/03/2026") == 422


@pytest.fixture
def machine() -> clients.Client:
    agency = make_agency("H18.101", "UBND xã Mường Phăng")
    account = make_officer_account("Máy Tư pháp", username="may")
    make_post(root_of(agency), PostRole.HANDLER, holder=account.officer)
    return registered(Scope.READ)


def registered(*scopes: Scope) -> clients.Client:
    """Return an application that acts for the machine's account."""
    at = now()
    given = clients.ClientIn("Kho ngành", "Dũng", "may", scopes, valid_to=local_day(at))
    powers = frozenset({str(Power.ADMINISTER_IDENTITY)})
    by = Actor(id=Account.objects.get(username="quan").pk, name="Quản", province_powers=powers)
    return clients.register_client(given, by=by, at=at)[0]


def test_an_administrator_registers_an_application_and_sees_its_secret_once(
    quan: Client, machine: clients.Client
) -> None:
    values = {"who": str(machine.pk), "name": "Kho ngành", "url": URL, "kinds": ["dossier.filed"]}

    answer = quan.post("/quan-tri/bao-tin/them/", values).content.decode()

    row = Subscription.objects.get()
    assert (row.application_id, row.account_id) == (machine.pk, machine.account_id)
    assert (row.kinds, "whsec_" in answer) == (["dossier.filed"], True)
    listed, page = page_of(quan, "bao-tin/"), page_of(quan, f"bao-tin/{row.code}/")
    assert ("Kho ngành" in listed, "whsec_" in listed + page) == (True, False)
    assert Notice.objects.filter(account_id=machine.account_id).count() == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://he-thong.vn/",
        "https://10.0.0.1/",
        "https://[::ffff:169.254.169.254]/",
        "https://2130706433/",
        "https://localhost/",
        "https://a:b@he-thong.vn/",
        "file:///etc/passwd",
    ],
)
def test_a_hostile_address_is_refused_as_by_the_interface(
    quan: Client, machine: clients.Client, url: str
) -> None:
    values = {"who": str(machine.pk), "name": "Kho của ngành dọc", "url": url}

    answer = quan.post("/quan-tri/bao-tin/them/", values)

    assert (answer.status_code, Subscription.objects.exists()) == (422, False)
    assert "Kho của ngành dọc" in answer.content.decode()


def test_an_application_that_may_read_nothing_or_is_unknown_is_not_registered(
    quan: Client, machine: clients.Client
) -> None:
    mute = registered(Scope.HOOKS)

    for who in (str(mute.pk), str(mute.pk + 1000), "", "x"):
        answer = quan.post("/quan-tri/bao-tin/them/", {"who": who, "name": "K", "url": URL})
        assert (who, answer.status_code) == (who, 422)
    own = quan.post("/quan-tri/bao-tin/them/", {"who": "own", "name": "K", "url": URL})

    assert own.status_code == 200
    assert Subscription.objects.get().application_id is None
    assert machine.pk != mute.pk


def test_registering_is_for_the_province_alone(
    xuan: Client, dung: Client, commune: organisation.Agency
) -> None:
    for client in (xuan, dung):
        assert page_of(client, "bao-tin/them/") == "403"
        assert client.post("/quan-tri/bao-tin/them/", {"who": "own", "url": URL}).status_code == 403
    assert commune.pk > 0
