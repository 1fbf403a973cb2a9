"""A village helper files on-line for people of the village; who really helped stays recorded."""

from http import HTTPStatus

import pytest
from django.test import Client

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import Commune, make_commune, make_received
from motcua.casework.procedures.tests.make import make_procedure
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.organisation.api import PostRole, Unit
from motcua.foundation.organisation.tests.make import make_post
from motcua.foundation.people import api as people
from motcua.foundation.people.api import PersonFacts
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import now

from .test_applying import filled

pytestmark = pytest.mark.django_db
FARMER = {"authority": "helper", "full_name": "Giàng A Dế"}


@pytest.fixture
def commune() -> Commune:
    make_procedure()
    return make_commune()


@pytest.fixture
def pao(client: Client, commune: Commune) -> Client:
    """The browser of Páo, who helps in his village."""
    account = make_officer_account("Sùng A Páo", username="pao")
    unit = Unit.objects.get(pk=commune.root_id)
    make_post(unit, PostRole.HELPER, title="Tổ trưởng tổ công nghệ số", holder=account.officer)
    client.force_login(account)
    return client


def test_the_dossier_is_the_farmers_and_says_who_helped(pao: Client, commune: Commune) -> None:
    draft = filled(pao, commune, **FARMER)

    answer = pao.post(f"{draft}kiem-tra/", {"declared": "on", "request_key": "k"})

    found = dossiers.find_dossier(answer.headers["Location"].split("/")[2])
    assert found is not None
    assert (found.applicant_name, found.authority) == ("Giàng A Dế", dossiers.Authority.HELPER)
    assert found.helper_name == "Sùng A Páo (Tổ trưởng tổ công nghệ số)"
    assert found.helper_account_id == found.submitter_account_id


def test_the_helper_follows_what_he_filed(pao: Client, commune: Commune) -> None:
    draft = filled(pao, commune, **FARMER)
    answer = pao.post(f"{draft}kiem-tra/", {"declared": "on", "request_key": "k"})
    code = answer.headers["Location"].split("/")[2]

    pages = [pao.get("/ho-so/"), pao.get(f"/ho-so/{code}/")]

    assert [page.status_code for page in pages] == [HTTPStatus.OK, HTTPStatus.OK]
    assert code in pages[0].content.decode()


def test_a_helper_asks_nothing_in_his_own_name(pao: Client, commune: Commune) -> None:
    begun = pao.post("/nop-ho-so/1.004873/", {"case": "thuong", "agency": str(commune.agency_id)})
    people = begun.headers["Location"]

    answer = pao.post(people, {"authority": "self", "full_name": "Sùng A Páo"})

    page = pao.get(people).content.decode()
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert ('value="helper"' in page, 'value="self"' in page) == (True, False)


def test_the_form_is_not_filled_with_the_helpers_own_name(pao: Client, commune: Commune) -> None:
    draft = filled(pao, commune, **FARMER)

    page = pao.get(f"{draft}to-khai/1/").content.decode()

    assert "Sùng A Páo" not in page.split("<form", 1)[1]


def test_the_helper_sees_what_he_filed_and_nothing_else(pao: Client, commune: Commune) -> None:
    received = make_received(commune)
    make_received(commune)

    own, theirs = pao.get("/ho-so/"), pao.get(f"/ho-so/{received}/")

    assert received not in own.content.decode()
    assert theirs.status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("place", ["", "ho-so/", "viec/", "ho-so/{}/", "tim/"])
def test_the_helper_comes_in_at_the_portal_only(pao: Client, commune: Commune, place: str) -> None:
    draft = filled(pao, commune, **FARMER)
    answer = pao.post(f"{draft}kiem-tra/", {"declared": "on", "request_key": "k"})
    code = answer.headers["Location"].split("/")[2]

    inside = pao.get(f"/xu-ly/{place.format(code)}")

    assert inside.status_code == HTTPStatus.FORBIDDEN


def test_a_helper_renames_nobody(pao: Client, commune: Commune) -> None:
    facts = PersonFacts("Giàng A Dế", personal_id="011085001234")
    known = people.remember_person(facts, by=SYSTEM, at=now())

    filled(pao, commune, **FARMER | {"full_name": "Sùng A Páo", "personal_id": "011085001234"})

    assert people.get_person(known.pk).full_name == "Giàng A Dế"


def test_a_helper_is_asked_nothing_about_authorisation(pao: Client, commune: Commune) -> None:
    begun = pao.post("/nop-ho-so/1.004873/", {"case": "thuong", "agency": str(commune.agency_id)})

    page = pao.get(begun.headers["Location"]).content.decode()

    names = ("authority_until_day", "tax_code", "helper_name")
    assert [f'name="{name}"' in page for name in names] == [False, False, False]
