"""In a browser: a helper at the door, a firm for its clients, and the client who takes it back."""

from http import HTTPStatus

import pytest
from django.conf import settings as site
from django.test import Client
from pytest_django import Settings

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import Commune, make_commune
from motcua.casework.procedures.tests.make import make_procedure
from motcua.channels.portal.views import firms
from motcua.foundation.files import api as files
from motcua.foundation.identity import api as identity
from motcua.foundation.identity.api import Account
from motcua.foundation.mandates import api as mandates
from motcua.foundation.mandates.tests.make import (
    KeptTexts,
    actor_of,
    add_to,
    make_citizen,
    make_firm,
    make_firm_mandate,
    make_helper,
    make_household,
)
from motcua.foundation.people.api import MemberRole
from motcua.lib.clock import now

from .test_applying import filled

pytestmark = pytest.mark.django_db
PHONE = "0912000077"
TYPED = {"full_name": "Giàng A Dế", "phone": PHONE}


@pytest.fixture
def texts(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> KeptTexts:
    kept = KeptTexts()
    settings.TEXT_CARRIER = "kept"
    monkeypatch.setitem(identity.text_carriers, "kept", lambda: kept)
    return kept


@pytest.fixture
def commune() -> Commune:
    make_procedure()
    return make_commune()


@pytest.fixture
def de() -> Account:
    return make_citizen(phone=PHONE, username="giang-a-de")


@pytest.fixture
def pao(client: Client, commune: Commune) -> Client:
    """The browser of Páo, whom the commune has appointed."""
    client.force_login(make_helper(commune.root_id).account)
    return client


def signed_in(account: Account) -> Client:
    browser = Client()
    browser.force_login(account)
    return browser


def begun(browser: Client, texts: KeptTexts) -> str:
    """Begin to help by a code; return the page of the household."""
    sent = browser.post("/giup-dan/them/", TYPED)
    answer = browser.post(sent.headers["Location"], {"code": texts.code})
    return answer.headers["Location"]


def filed(browser: Client, commune: Commune) -> str:
    draft = filled(browser, commune)
    answer = browser.post(f"{draft}kiem-tra/", {"declared": "on", "request_key": "k"})
    return answer.headers["Location"].split("/")[2]


def test_a_helper_files_by_the_code_the_farmer_read_out(
    pao: Client, texts: KeptTexts, commune: Commune, de: Account
) -> None:
    household = begun(pao, texts)

    found = dossiers.find_dossier(filed(pao, commune))

    assert found is not None
    assert (found.applicant_name, found.submitter_account_id) == (de.full_name, de.pk)
    assert found.code in pao.get(household).content.decode()
    assert found.code in signed_in(de).get("/ho-so/").content.decode()


def test_a_wrong_code_stays_on_the_page_and_says_so(pao: Client, texts: KeptTexts) -> None:
    sent = pao.post("/giup-dan/them/", TYPED)
    wrong = "000000" if texts.code != "000000" else "111111"

    answer = pao.post(sent.headers["Location"], {"code": wrong})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Mã chưa đúng" in answer.content.decode()
    assert site.AGENT_COOKIE not in pao.cookies


def test_every_page_says_for_whom_and_how_to_stop(pao: Client, texts: KeptTexts) -> None:
    begun(pao, texts)

    page = pao.get("/thu-tuc/").content.decode()
    pao.post("/lam-thay/thoi/")

    assert "Đang làm thay Giàng A Dế" in page
    assert "Đang làm thay" not in pao.get("/thu-tuc/").content.decode()


@pytest.mark.parametrize("place", ["/tai-khoan/", "/tai-khoan/ho-so-ca-nhan/", "/nguoi-lam-thay/"])
def test_the_clients_account_is_never_entered(
    pao: Client, texts: KeptTexts, de: Account, place: str
) -> None:
    begun(pao, texts)

    page = pao.get(place, follow=True).content.decode()

    assert de.username not in page
    assert PHONE not in page


def test_what_is_not_marked_runs_in_the_helpers_own_name(
    pao: Client, texts: KeptTexts, commune: Commune
) -> None:
    begun(pao, texts)
    code = filed(pao, commune)

    answers = [
        pao.post(f"/ho-so/{code}/rut/", {"reason": "Thôi"}),
        pao.get(f"/ho-so/{code}/ai-da-xem/"),
        pao.get(f"/ho-so/{code}/danh-gia/"),
    ]

    assert [one.status_code for one in answers] == [HTTPStatus.NOT_FOUND] * 3
    found = dossiers.find_dossier(code)
    assert found is not None
    assert found.status == dossiers.Status.SUBMITTED


def test_the_outcome_and_the_money_are_the_clients(
    pao: Client, texts: KeptTexts, commune: Commune
) -> None:
    begun(pao, texts)
    code = filed(pao, commune)

    outcome = pao.get(f"/ho-so/{code}/ket-qua/1/")
    money = pao.post(f"/ho-so/{code}/nop-phi/")

    assert [outcome.status_code, money.status_code] == [HTTPStatus.FORBIDDEN] * 2


def test_taken_back_in_the_middle_nothing_is_lost(
    pao: Client, texts: KeptTexts, commune: Commune, de: Account
) -> None:
    begun(pao, texts)
    draft = filled(pao, commune)
    page = signed_in(de).get("/nguoi-lam-thay/").content.decode()
    mandate = mandates.given_by(actor_of(de), at=now())[0]

    signed_in(de).post(f"/nguoi-lam-thay/{mandate.pk}/rut-lai/")
    answer = pao.post(f"{draft}kiem-tra/", {"declared": "on", "request_key": "k"})

    assert "Sùng A Páo" in page
    assert answer.headers["Location"] == "/lam-thay/het-phien/"
    assert "còn nguyên trong tài khoản" in pao.get("/lam-thay/het-phien/").content.decode()
    assert signed_in(de).get(f"{draft}kiem-tra/").status_code == HTTPStatus.OK


def test_the_helper_types_no_other_applicant(
    pao: Client, texts: KeptTexts, commune: Commune
) -> None:
    begun(pao, texts)
    start = pao.post("/nop-ho-so/1.004873/", {"case": "thuong", "agency": str(commune.agency_id)})
    people = start.headers["Location"]

    page = pao.get(people).content.decode()
    pao.post(people, {"authority": "guardian", "full_name": "Kẻ mạo danh"})

    assert 'name="full_name"' not in page
    kept = dossiers.Draft.objects.get().parties
    assert kept["parties"][0]["full_name"] == "Giàng A Dế"


def test_who_was_not_appointed_is_told_so(client: Client, commune: Commune) -> None:  # noqa: ARG001 -- the commune is there
    client.force_login(make_citizen("Cà Văn Dũng", username="dung"))

    page = client.get("/giup-dan/").content.decode()
    answer = client.get("/giup-dan/them/", follow=True)

    assert "chưa được cử" in page
    assert "chưa được xã, phường cử" in answer.content.decode()


def test_a_household_of_another_helper_is_not_found(pao: Client) -> None:
    other = make_household(make_helper(2, username="dung"), make_citizen())

    answers = [
        pao.get(f"/giup-dan/ho/{other.pk}/"),
        pao.post(f"/giup-dan/ho/{other.pk}/bat-dau/"),
        pao.post(f"/giup-dan/ho/{other.pk}/bo/"),
    ]

    assert [one.status_code for one in answers] == [HTTPStatus.NOT_FOUND] * 3


def test_without_a_carrier_the_page_points_to_the_desk(pao: Client, settings: Settings) -> None:
    settings.TEXT_CARRIER = "none"

    page = pao.get("/giup-dan/them/").content.decode()
    refused = pao.post("/giup-dan/them/", TYPED)

    assert "chưa nối dịch vụ tin nhắn" in page
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_firm_files_for_one_client_and_lists_all(commune: Commune, de: Account) -> None:
    ha = make_citizen("Trần Thu Hà", username="ha")
    firm = make_firm(ha)
    mine = make_firm_mandate(firm, de, may_receive=True)
    other = make_firm_mandate(firm, make_citizen("Lò Lan", username="lan"))
    browser = signed_in(ha)
    browser.post(f"/dai-dien/{firm.tax_code}/khach/{mine.pk}/lam-thay/")

    code = filed(browser, commune)

    everything = browser.get(f"/dai-dien/{firm.tax_code}/ho-so/").content.decode()
    of_other = browser.get(f"/dai-dien/{firm.tax_code}/ho-so/?khach={other.pk}").content.decode()
    found = dossiers.find_dossier(code)
    assert found is not None
    assert (found.applicant_name, found.authority) == (de.full_name, dossiers.Authority.AGENT)
    assert ("Trần Thu Hà – Công ty" in everything, code in everything, code in of_other) == (
        True,
        True,
        False,
    )


def test_a_leaver_is_cut_off_with_the_draft_open(commune: Commune, de: Account) -> None:
    ha, binh = make_citizen("Trần Thu Hà", username="ha"), make_citizen("Lý Bình", username="binh")
    firm = make_firm(ha)
    role = add_to(firm, binh, MemberRole.STAFF)
    mandate = make_firm_mandate(firm, de)
    leaver = signed_in(binh)
    leaver.post(f"/dai-dien/{firm.tax_code}/khach/{mandate.pk}/lam-thay/")
    draft = filled(leaver, commune)

    signed_in(ha).post(f"/to-chuc/{firm.tax_code}/bo/{role.pk}/")

    answers = [leaver.get(f"{draft}kiem-tra/"), leaver.get(f"/dai-dien/{firm.tax_code}/")]
    assert answers[0].headers["Location"] == "/lam-thay/het-phien/"
    assert answers[1].status_code == HTTPStatus.NOT_FOUND


def test_staff_give_up_no_client_by_whatever_address(de: Account) -> None:
    ha, binh = make_citizen("Trần Thu Hà", username="ha"), make_citizen("Lý Bình", username="binh")
    firm = make_firm(ha)
    add_to(firm, binh, MemberRole.STAFF)
    mandate = make_firm_mandate(firm, de)

    answers = [
        signed_in(binh).post(f"/dai-dien/{firm.tax_code}/khach/{mandate.pk}/thoi/"),
        signed_in(binh).post(f"/giup-dan/ho/{mandate.pk}/bo/"),
    ]

    assert [one.status_code for one in answers] == [HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND]
    mandate.refresh_from_db()
    assert mandate.ended_at is None


def test_many_clients_come_page_by_page(de: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(firms, "PAGE", 1)
    ha = make_citizen("Trần Thu Hà", username="ha")
    firm = make_firm(ha)
    make_firm_mandate(firm, de)
    make_firm_mandate(firm, make_citizen("Lò Lan", username="lan"))

    first, second = (
        signed_in(ha).get(f"/dai-dien/{firm.tax_code}/{query}").content.decode()
        for query in ("", "?tu=1")
    )

    assert ("Giàng A Dế" in first, "Lò Lan" in first, "?tu=1" in first) == (True, False, True)
    assert ("Giàng A Dế" in second, "Lò Lan" in second) == (False, True)


def test_an_officer_who_helps_still_sends_files_of_his_own(
    pao: Client, texts: KeptTexts, de: Account
) -> None:
    begun(pao, texts)

    answer = pao.post("/tep/bat-dau/", {"name": "don.pdf", "size": "1000"})

    upload = files.Upload.objects.get(token=answer.json()["token"])
    assert upload.owner_id != de.pk
    client = mandates.agent_in(
        pao.cookies[site.AGENT_COOKIE].value,
        actor_of(Account.objects.get(username="pao")),
        at=now(),
    )
    assert client is not None
    assert files.get_upload(upload.token, by=client, at=now()).pk == upload.pk


def test_a_client_authorises_changes_and_takes_back(de: Account) -> None:
    firm = make_firm(make_citizen("Trần Thu Hà", username="ha"))
    browser = signed_in(de)
    wrong = browser.post("/nguoi-lam-thay/uy-quyen/", {"tax_code": "1", "declared": "on"})

    browser.post("/nguoi-lam-thay/uy-quyen/", {"tax_code": firm.tax_code, "declared": "on"})
    mandate = mandates.given_by(actor_of(de), at=now())[0]
    browser.post(f"/nguoi-lam-thay/{mandate.pk}/doi/", {"may_receive": "on"})
    mandate.refresh_from_db()
    browser.post(f"/nguoi-lam-thay/{mandate.pk}/rut-lai/")

    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert (mandate.may_receive, mandate.sees_all, mandate.may_pay) == (True, False, False)
    assert list(mandates.given_by(actor_of(de), at=now())) == []


def test_who_manages_the_firm_is_asked_once_more_before_a_client_is_given_up(de: Account) -> None:
    ha, binh = make_citizen("Trần Thu Hà", username="ha"), make_citizen("Bình", username="binh2")
    firm = make_firm(ha)
    add_to(firm, binh, MemberRole.STAFF)
    page = f"/dai-dien/{firm.tax_code}/?thoi={make_firm_mandate(firm, de).pk}"

    asked = signed_in(ha).get(page).content.decode()
    of_staff = signed_in(binh).get(page).content.decode()

    assert ("Thôi đại diện Giàng A Dế?" in asked, "Thôi đại diện" in of_staff) == (True, False)
