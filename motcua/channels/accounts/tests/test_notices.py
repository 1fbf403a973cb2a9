"""Notices on the screen: everybody's own, read once, in the frame of their work."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from motcua.foundation.identity.api import Account
from motcua.foundation.identity.tests.make import make_account, make_officer_account
from motcua.foundation.notifications import api as notifications
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import now

pytestmark = pytest.mark.django_db
NEWS = notifications.Kind("tests.news", "Tin", "Tin số {n}", "Nội dung {n}")
LIST = "/tai-khoan/thong-bao/"


def make_lan() -> tuple[Account, Client]:
    account = make_account(full_name="Lò Thị Lan", username="lan")
    return account, browser_of(account)


def browser_of(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def tell(account: Account, *numbers: int, link: str = "") -> None:
    at = now() - timedelta(hours=1)
    for n in numbers:
        notifications.notify([account.pk], NEWS, {"n": n}, by=SYSTEM, at=at, link=link)


def unread(client: Client) -> str:
    return client.get(f"{LIST}chua-doc/").content.decode()


def test_lan_reads_what_she_was_told_newest_first() -> None:
    lan, client = make_lan()
    tell(lan, 1, 2)

    page = client.get(LIST).content.decode()

    assert (page.index("Tin số 2") < page.index("Tin số 1"), unread(client)) == (True, "2")


def test_opening_a_notice_leads_to_its_matter_and_marks_it_read() -> None:
    lan, client = make_lan()
    tell(lan, 1, link="/ho-so/H18.101-1/")
    notice = notifications.Notice.objects.get()

    answer = client.post(f"{LIST}{notice.pk}/mo/")

    assert (answer.headers["Location"], unread(client)) == ("/ho-so/H18.101-1/", "0")


def test_everything_is_marked_read_at_once() -> None:
    lan, client = make_lan()
    tell(lan, 1, 2, 3)

    client.post(f"{LIST}da-doc/")

    assert unread(client) == "0"


def test_nobody_opens_the_notice_of_somebody_else() -> None:
    lan, _ = make_lan()
    tell(lan, 1)
    dung = browser_of(make_officer_account("Cà Văn Dũng", username="dung"))
    notice = notifications.Notice.objects.get()

    assert (dung.post(f"{LIST}{notice.pk}/mo/").status_code, unread(dung)) == (404, "0")


def test_an_officer_reads_them_beside_the_working_areas() -> None:
    binh = make_officer_account("Trần Văn Bình", username="binh")

    page = browser_of(binh).get(LIST).content.decode()

    assert 'class="staff"' in page


def test_older_notices_are_on_the_next_page() -> None:
    lan, client = make_lan()
    tell(lan, *range(1, 23))

    first = client.get(LIST)
    place = notifications.notices_of(lan.pk, limit=20).next
    second = client.get(LIST, {"after": place.encode() if place else ""})

    assert ["Tin số 1<" in page.content.decode() for page in (first, second)] == [False, True]


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_costs_two_statements_beside_the_sign_in(
    how_many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lan, client = make_lan()
    tell(lan, *range(how_many))
    client.get(LIST)

    with django_assert_num_queries(2):
        client.get(LIST)


def test_lan_chooses_which_notices_also_come_by_mail() -> None:
    lan, client = make_lan()

    client.post(f"{LIST}thu-dien-tu/", {"kinds": ["dossiers.received"]})

    choices = notifications.choices_of(lan.pk, for_officers=False)
    wanted = [one.kind.code for one in choices if one.by_email]
    assert wanted == ["dossiers.received"]
