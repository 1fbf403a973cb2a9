"""Anybody who holds a code sees how far the dossier is, and nothing else."""

from http import HTTPStatus

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from motcua.casework.dossiers.tests.make import make_all, make_filed, make_resolved
from motcua.channels.kit.access import visitor_address, visitor_network
from motcua.channels.portal.views.lookup import MOST_LOOKS

pytestmark = pytest.mark.django_db


def test_a_code_leads_to_its_page(client: Client) -> None:
    answer = client.get("/tra-cuu/", {"ma": " h18.101-260302-0001 "})

    assert answer.headers["Location"] == "/tra-cuu/H18.101-260302-0001/"


def test_what_cannot_be_a_code_is_kept_and_explained(client: Client) -> None:
    page = client.get("/tra-cuu/", {"ma": "khai sinh"}).content.decode()

    assert "Mã hồ sơ có dạng" in page
    assert 'value="khai sinh"' in page


def test_the_public_sees_only_how_far_the_dossier_is(client: Client) -> None:
    code = make_resolved(make_all())

    page = client.get(f"/tra-cuu/{code}/").content.decode()

    assert "Hoàn thành 90 %" in page
    assert [name for name in ("Lan", "Bình", "Hoa", "Mường Phăng") if name in page] == []


def test_a_new_dossier_has_just_begun(client: Client) -> None:
    code = make_filed(make_all())

    assert "Hoàn thành 10 %" in client.get(f"/tra-cuu/{code}/").content.decode()


def test_an_unknown_code_is_not_found(client: Client) -> None:
    answer = client.get("/tra-cuu/H18.101-260302-9999/")

    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "Không có hồ sơ mang mã này" in answer.content.decode()


def test_guessing_is_stopped_for_a_while(client: Client) -> None:
    for number in range(MOST_LOOKS):
        client.get(f"/tra-cuu/H18.101-260302-{number:04}/")

    answer = client.get("/tra-cuu/H18.101-260302-0001/")

    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "Hãy đợi 10 phút" in answer.content.decode()


def test_visitors_behind_our_proxy_have_each_their_own_looks(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = 1
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "6.6.6.6, 203.0.113.9"})

    assert visitor_address(request) == "203.0.113.9"


@pytest.mark.parametrize("proxies", [0, 1])
def test_an_address_of_ipv4_inside_one_of_ipv6_is_what_it_is(
    settings: Settings, proxies: int
) -> None:
    settings.TRUSTED_PROXIES = proxies
    mapped = "::ffff:203.0.113.9"
    request = RequestFactory().get("/", headers={"X-Forwarded-For": mapped}, REMOTE_ADDR=mapped)

    assert (visitor_address(request), visitor_network(request)) == ("203.0.113.9", "203.0.113.9")


def test_without_a_proxy_nobody_chooses_the_own_address(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = 0
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "6.6.6.6"})

    assert visitor_address(request) == "127.0.0.1"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("203.0.113.9", "203.0.113.9"),
        ("không rõ", "không rõ"),
    ],
)
def test_guesses_are_counted_by_what_one_subscriber_has(address: str, network: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=address)

    assert visitor_network(request) == network
