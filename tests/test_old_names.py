"""Who searches with a name that a place bore before is led to its name of today, and told so."""

import pytest
from django.test import Client, RequestFactory

from motcua.casework.procedures.tests.make import make_procedure
from motcua.channels.kit.old_names import first_with_rows, old_names
from motcua.channels.office.tests.make import make_office
from motcua.channels.registry.tests.make import make_office as make_registry
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.tests.make import make_agency
from motcua.foundation.places.tests.make import make_map
from motcua.lib.clock import now
from motcua.lib.paging import Page

pytestmark = pytest.mark.django_db
SAYS = "Phường Him Lam nay là Phường Điện Biên Phủ (từ 01/07/2025)."


@pytest.fixture(autouse=True)
def _map() -> None:
    make_map()


def test_a_citizen_finds_what_the_heir_decides(client: Client) -> None:
    make_procedure()
    make_agency("H18.500", "UBND phường Điện Biên Phủ", place_code="03127")
    organisation.forget_tree()

    page = client.get("/thu-tuc/", {"q": "hôn nhân phường Him Lam"}).content.decode()

    assert SAYS in page
    assert "Dưới đây tìm theo tên mới." in page
    assert page.count("portal-results__name") == 1


def test_without_an_agency_there_the_way_to_ask_is_shown(client: Client) -> None:
    make_procedure()

    page = client.get("/thu-tuc/", {"q": "hôn nhân phường Him Lam", "xem": "60"}).content.decode()

    assert SAYS in page
    assert "?q=h%C3%B4n+nh%C3%A2n+Ph%C6%B0%E1%BB%9Dng+%C4%90i%E1%BB%87n+Bi%C3%AAn" in page
    assert "xem=60" not in page.partition("Tìm theo tên mới")[0].rpartition("href")[2]


def test_officers_are_told_beside_what_they_find() -> None:
    office = make_office()

    page = office.dung.get("/xu-ly/tim/", {"q": "Lan phường Him Lam"}).content.decode()

    assert SAYS in page


def test_clerks_are_told_for_words_and_for_the_issuer() -> None:
    office = make_registry()
    for asked in ({"words": "phường Him Lam"}, {"issuer": "UBND phường Him Lam"}):
        page = office.dung.get("/van-ban/tra-cuu/", asked).content.decode()
        assert SAYS in page
    assert SAYS in office.dung.get("/van-ban/tim/", {"q": "phường Him Lam"}).content.decode()


def test_the_new_name_is_asked_only_where_the_old_one_finds_nothing() -> None:
    asked: list[str] = []

    def search(words: str) -> Page[int]:
        asked.append(words)
        return Page((1,) if "Điện Biên Phủ" in words else ())

    names = old_names(RequestFactory().get("/"), "đất phường Him Lam", now())
    found, used = first_with_rows(search, "đất phường Him Lam", names)

    assert asked == ["đất phường Him Lam", "đất Phường Điện Biên Phủ"]
    assert (found.rows, used) == ((1,), names[0])
    assert names[0].rest == "đất"
