"""One statement for every signed-in request; Django's session only on the account pages."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING, cast

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from motcua.foundation.identity import api as identity
from motcua.foundation.identity.tests.make import make_account, make_officer_account
from motcua.lib import work
from motcua.lib.clock import now

if TYPE_CHECKING:
    from motcua.channels.kit.requests import ActorRequest

pytestmark = pytest.mark.django_db
STAFF_PAGE = "/con-lam-viec/"


def test_a_signed_in_request_costs_one_statement(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(make_officer_account())
    client.get(STAFF_PAGE)

    with work.metered() as meter, django_assert_num_queries(0):
        answer = client.get(STAFF_PAGE)

    assert (answer.status_code, meter.statements) == (204, 1)


def test_a_stranger_costs_no_statement(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with work.metered() as meter, django_assert_num_queries(0):
        answer = client.get(STAFF_PAGE)

    assert (answer.headers["Location"], meter.statements) == (
        "/tai-khoan/dang-nhap/?next=%2Fcon-lam-viec%2F",
        0,
    )


def test_an_unknown_address_costs_no_statement(client: Client) -> None:
    client.force_login(make_account())

    with work.metered() as meter:
        client.get("/khong-co-trang-nay/")

    assert meter.statements == 0


def test_the_request_knows_its_actor_and_no_django_user(client: Client) -> None:
    account = make_account()
    client.force_login(account)

    request = cast("ActorRequest", client.get(STAFF_PAGE).wsgi_request)

    assert (request.actor.id, request.account_id, request.idle_seconds) == (
        account.pk,
        account.pk,
        1800,
    )
    assert (hasattr(request, "user"), hasattr(request, "session")) == (False, False)


def idle(account: identity.Account, minutes: int) -> None:
    identity.Session.objects.filter(account_id=account.pk).update(
        seen_at=now() - timedelta(minutes=minutes)
    )


def test_an_idle_officer_signs_in_again_and_comes_back(client: Client) -> None:
    account = make_officer_account()
    client.force_login(account)
    idle(account, 15)

    answer = client.get(STAFF_PAGE)

    assert answer.headers["Location"] == "/tai-khoan/dang-nhap/?next=%2Fcon-lam-viec%2F"


def test_an_idle_session_is_over_on_the_account_pages_too(client: Client) -> None:
    account = make_officer_account()
    client.force_login(account)
    idle(account, 15)

    answer = client.get("/tai-khoan/mat-khau/doi/")

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/tai-khoan/dang-nhap/")


def test_a_disabled_account_is_out_at_the_next_request(client: Client) -> None:
    account = make_account()
    client.force_login(account)
    identity.Account.objects.filter(pk=account.pk).update(
        disabled_at=now(), disabled_because="by_administrator"
    )

    assert client.get(STAFF_PAGE).status_code == 302


def test_a_part_of_a_page_is_led_to_the_sign_in_as_a_whole(client: Client) -> None:
    answer = client.get(
        STAFF_PAGE, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/mot-cua/"}
    )

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (
        401,
        "/tai-khoan/dang-nhap/?next=%2Fmot-cua%2F",
    )


def test_something_sent_too_late_leads_back_to_its_form(client: Client) -> None:
    headers = {"Referer": "http://testserver/mot-cua/tiep-nhan/?thu-tuc=1.001193"}

    answer = client.post(STAFF_PAGE, headers=headers)

    assert answer.headers["Location"] == (
        "/tai-khoan/dang-nhap/?next=%2Fmot-cua%2Ftiep-nhan%2F%3Fthu-tuc%3D1.001193"
    )


def test_a_strangers_form_leads_to_the_start(client: Client) -> None:
    answer = client.post(STAFF_PAGE, headers={"Referer": "https://example.com/form/"})

    assert answer.headers["Location"] == "/tai-khoan/dang-nhap/?next=%2F"


def test_a_page_knows_its_reader_again_without_saying_who(client: Client) -> None:
    lan, dung = make_account(), make_account(username="dung")
    marks = []
    for account in (lan, lan, dung):
        client.force_login(account)
        page = client.get("/tai-khoan/").content.decode()
        marks += re.findall(r'data-account="(\w{16})"', page)

    assert marks[0] == marks[1] != marks[2]


def test_a_made_up_cookie_opens_nothing(client: Client) -> None:
    client.cookies["motcua_phien"] = "x" * 32

    assert client.get(STAFF_PAGE).status_code == 302
