"""At the desk: consents on paper, and whom the commune has appointed."""

from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.foundation.files.tests.make import make_pdf
from motcua.foundation.identity.api import Account
from motcua.foundation.mandates import api as mandates
from motcua.foundation.mandates.tests.make import (
    actor_of,
    make_citizen,
    make_firm,
    make_helper,
    make_household,
)
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.people import api as people
from motcua.lib.clock import now

from .make import Desk, make_desk, make_desk_officer

pytestmark = pytest.mark.django_db
PDF = make_pdf()
NUMBER = "011185001234"


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def typed(**changes: object) -> dict[str, object]:
    """Return what Bình types about a card and a paper."""
    card = {
        "personal_id": NUMBER,
        "full_name": "Lò Thị Lan",
        "birth_date": "27/3/1985",
        "sex": "female",
        "is_present": "on",
        "number": "05/GĐY",
        "paper": SimpleUploadedFile("giay.pdf", PDF, content_type="application/pdf"),
    }
    return {**card, **changes}


def test_a_number_seen_before_under_another_name_is_a_wrong_number(desk: Desk) -> None:
    helper = make_helper(desk.commune.root_id)
    desk.client.post("/mot-cua/dong-y/ho/", typed(helper=str(helper.pk)))

    changes = typed(helper=str(helper.pk), full_name="Lò Văn Tám", sex="female")
    answer = desk.client.post("/mot-cua/dong-y/ho/", changes)

    page = answer.content.decode()
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "tên khác" in page
    assert "Lò Văn Tám" in page


def head(desk: Desk) -> Client:
    """Return the browser of the head of the desk."""
    account = make_desk_officer(
        "Bạc Thị Liên", "lien", desk.commune.desk_id, role=PostRole.DESK_HEAD
    )
    browser = Client()
    browser.force_login(account)
    return browser


def test_who_has_no_telephone_agrees_once_on_paper(desk: Desk) -> None:
    helper = make_helper(desk.commune.root_id)

    answer = desk.client.post("/mot-cua/dong-y/ho/", typed(helper=str(helper.pk)))

    pao = actor_of(helper.account)
    mandate = mandates.households_of(pao, at=now())[0]
    session = mandates.open_session(mandate.pk, by=pao, at=now())
    account = Account.objects.get(pk=mandate.principal_id)
    assert answer.status_code == HTTPStatus.FOUND
    assert (mandate.proof, mandate.checked_by_name) == (mandates.Proof.PAPER, "Trần Văn Bình")
    assert (account.has_usable_password(), account.phone) == (False, "")
    assert mandates.agent_in(session.token, pao, at=now()) is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"paper": ""},
        {"is_present": ""},
        {"birth_date": "1/1/2015", "personal_id": "011315001234"},
        {"valid_to": "1/1/2020"},
        {"helper": "999999"},
    ],
)
def test_nothing_is_noted_without_paper_person_age_and_day(
    desk: Desk, changes: dict[str, object]
) -> None:
    helper = make_helper(desk.commune.root_id)

    answer = desk.client.post("/mot-cua/dong-y/ho/", typed(helper=str(helper.pk)) | changes)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert mandates.Mandate.objects.count() == 0


def test_a_notarised_authorisation_is_seen_and_kept(desk: Desk) -> None:
    firm = make_firm(make_citizen("Trần Thu Hà", username="ha"))

    desk.client.post("/mot-cua/dong-y/to-chuc/", typed(tax_code=firm.tax_code, may_pay="on"))

    mandate = mandates.Mandate.objects.get()
    assert (mandate.firm_id, mandate.may_pay, mandate.paper_number) == (firm.pk, True, "05/GĐY")


def test_who_has_no_telephone_takes_it_back_at_the_desk(desk: Desk) -> None:
    helper = make_helper(desk.commune.root_id)
    desk.client.post("/mot-cua/dong-y/ho/", typed(helper=str(helper.pk)))
    mandate = mandates.Mandate.objects.get()
    page = desk.client.post("/mot-cua/dong-y/", {"personal_id": NUMBER}).content.decode()

    desk.client.post("/mot-cua/dong-y/rut/", {"personal_id": NUMBER, "mandate": str(mandate.pk)})

    assert "Sùng A Páo" in page
    assert list(mandates.households_of(actor_of(helper.account), at=now())) == []


def test_a_consent_of_somebody_else_is_not_taken_back(desk: Desk) -> None:
    mandate = make_household(make_helper(desk.commune.root_id), make_citizen())
    person = people.PersonFacts("Lò Thị Lan", personal_id=NUMBER)
    people.remember_person(person, by=actor_of(desk.binh), at=now())

    answer = desk.client.post(
        "/mot-cua/dong-y/rut/", {"personal_id": NUMBER, "mandate": str(mandate.pk)}
    )

    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert mandates.Mandate.objects.get().ended_at is None


def test_the_head_appoints_sees_and_lets_go(desk: Desk) -> None:
    citizen = make_citizen("Vừ Thị Mai", username="mai", phone="0912000066")
    browser = head(desk)
    decided = {
        "login": "0912000066",
        "title": "Trưởng bản",
        "areas": "bản Co Mạ\nbản Noong Bua",
        "decision_number": "15/QĐ-UBND",
        "decided_on": "1/1/2026",
        "valid_from": "1/1/2026",
        "valid_to": "31/12/2030",
    }

    browser.post("/mot-cua/nguoi-ho-tro/cu/", decided)
    helper = mandates.find_helper(citizen.pk, at=now())
    assert helper is not None
    pages = [browser.get(f"/mot-cua/nguoi-ho-tro/{one}") for one in ("", f"{helper.pk}/")]
    browser.post(f"/mot-cua/nguoi-ho-tro/{helper.pk}/", {"why": "Chuyển công tác"})

    assert ["Vừ Thị Mai" in page.content.decode() for page in pages] == [True, True]
    assert helper.areas == ["bản Co Mạ", "bản Noong Bua"]
    assert mandates.find_helper(citizen.pk, at=now()) is None


def test_only_the_head_appoints_and_only_in_the_own_commune(desk: Desk) -> None:
    elsewhere = make_helper(999_999)

    answers = [
        desk.client.get("/mot-cua/nguoi-ho-tro/"),
        desk.client.get("/mot-cua/nguoi-ho-tro/cu/"),
        head(desk).get(f"/mot-cua/nguoi-ho-tro/{elsewhere.pk}/"),
    ]

    assert [one.status_code for one in answers] == [
        HTTPStatus.FORBIDDEN,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
    ]
