"""Citizens sign the application and its papers on the portal."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Draft
from motcua.casework.dossiers.tests.make import Commune, make_all
from motcua.foundation.files.tests.make import make_pdf, make_picture
from motcua.foundation.identity.tests.make import make_account
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import PushState
from motcua.foundation.signing.tests.make import (
    PIN,
    PUSH,
    REMOTE,
    FakePhone,
    FakeService,
    begin_here,
    carry_own,
    open_services,
)
from motcua.foundation.trust.api import ServiceKind
from motcua.foundation.trust.tests.make import make_leaf, make_trusted_world
from motcua.lib.clock import now

from .make import PEOPLE, PLACE_AND_WAY

pytestmark = pytest.mark.django_db
PAPER = "name: Tờ khai theo mẫu, originals: 1"
ANSWERS = {"ho_ten": "Nguyễn Thị Lan", "muc_dich": "Đăng ký kết hôn", "so_ban": "2"}
NUMBER = {"user_ref": "011 198 000 123"}
YEARS = 3650  # pages read the real clock


@pytest.fixture
def phone(monkeypatch: pytest.MonkeyPatch) -> FakePhone:
    """A service that asks Lan's telephone."""
    made = FakePhone(make_leaf("Nguyễn Thị Lan", days=YEARS))
    begin_here(monkeypatch)
    monkeypatch.setitem(signing.push_signers, "push", lambda _: made)
    make_trusted_world()
    open_services(ServiceKind.PUSH)
    return made


@pytest.fixture
def commune() -> Commune:
    return make_all(text_change=(PAPER, f"{PAPER}, must_be_signed: true"))


@pytest.fixture
def lan(client: Client) -> Client:
    """Lan's browser, signed in."""
    client.force_login(make_account(username="lan"))
    return client


def filled(browser: Client, commune: Commune, *, name: str = "to khai.pdf") -> str:
    """Return the address of a draft on which only the last page is open."""
    told = {"case": "thuong", "agency": str(commune.agency_id)}
    answer = browser.post("/nop-ho-so/1.004873/", told)
    draft = answer.headers["Location"].removesuffix("nguoi-nop/")
    content = make_pdf() if name.endswith("pdf") else make_picture()
    browser.post(f"{draft}nguoi-nop/", PEOPLE)
    browser.post(f"{draft}to-khai/1/", ANSWERS)
    browser.post(f"{draft}giay-to/", {"tep.to-khai": SimpleUploadedFile(name, content)})
    browser.post(f"{draft}nhan-ket-qua/", PLACE_AND_WAY)
    return draft


def begin(browser: Client, draft: str, *, service: str = PUSH) -> str:
    """Let Lan choose everything and begin; return the address of the signing."""
    kept = Draft.objects.get()
    chosen = ["application", *(f"{one['file_id']}" for one in kept.papers)]
    answer = browser.post(f"{draft}ky-so/", {"service": service, "giay": chosen, **NUMBER})
    assert answer.status_code == HTTPStatus.FOUND, answer.content.decode()
    return answer.headers["Location"]


def carry(seconds: int = 0) -> None:
    carry_own(at=now() + timedelta(seconds=seconds))


def sign(browser: Client, phone: FakePhone, draft: str) -> str:
    """Let Lan sign with a yes on her telephone."""
    place = begin(browser, draft)
    phone.says = PushState.SIGNED
    carry()
    carry(5)
    dossiers.take_own_signed(signing.OwnSigning.objects.latest("id").owner, at=now())
    return place


def test_without_a_service_nothing_is_offered(lan: Client) -> None:
    draft = filled(lan, make_all())

    page = lan.get(f"{draft}kiem-tra/").content.decode()

    assert f"{draft}ky-so/" not in page


def test_a_paper_that_must_be_signed_is_named_before_filing(
    lan: Client,
    commune: Commune,
    phone: FakePhone,  # noqa: ARG001 -- the service is there
) -> None:
    draft = filled(lan, commune)

    page = lan.get(f"{draft}kiem-tra/").content.decode()
    filed = lan.post(f"{draft}kiem-tra/", {"declared": "on", "request_key": "k"})

    assert "Còn giấy tờ phải ký số" in page
    assert filed.headers["Location"] == f"{draft}kiem-tra/"


def test_the_page_tells_what_to_do_on_the_telephone(
    lan: Client, commune: Commune, phone: FakePhone
) -> None:
    place = begin(lan, filled(lan, commune))
    first = lan.get(place).content.decode()
    carry()

    page = lan.get(place).content.decode()

    assert "Đang hỏi dịch vụ" in first
    code = phone.orders[0].words.rpartition(" ")[2]
    assert [words in page for words in ("Mở điện thoại", code, "hx-trigger")] == [True] * 3


def test_whoever_comes_back_finds_the_signing_again(
    lan: Client, commune: Commune, phone: FakePhone
) -> None:
    draft = filled(lan, commune)
    place = begin(lan, draft)

    answer = lan.get(f"{draft}ky-so/")

    assert (answer.headers["Location"], phone.orders) == (place, [])


def test_what_was_signed_is_shown_and_filed(
    lan: Client, commune: Commune, phone: FakePhone
) -> None:
    draft = filled(lan, commune)
    place = sign(lan, phone, draft)
    done, checked = (lan.get(one).content.decode() for one in (place, f"{draft}kiem-tra/"))

    lan.post(f"{draft}kiem-tra/", {"declared": "on", "request_key": "k"})

    assert "Nguyễn Thị Lan đã ký 2 giấy tờ" in done
    assert checked.count("Đã ký số") == 2
    filed = dossiers.find_dossier(Draft.objects.get().filed_code)
    assert filed is not None
    papers = dossiers.whole(filed).papers
    rows = [(one.spec_code, one.file and one.file.bears_signature) for one in papers]
    assert rows == [("to-khai", True), ("to-khai-ky-so", True)]


def test_changed_answers_make_the_signature_void_and_the_page_says_so(
    lan: Client, commune: Commune, phone: FakePhone
) -> None:
    draft = filled(lan, commune)
    sign(lan, phone, draft)
    lan.post(f"{draft}to-khai/1/", ANSWERS | {"muc_dich": "Mua nhà"})

    page = lan.get(f"{draft}kiem-tra/").content.decode()

    assert "Chữ ký không còn giá trị" in page
    assert "nộp mà không kèm tờ khai đã ký" in page


def test_the_application_is_looked_at_before_and_after(
    lan: Client, commune: Commune, phone: FakePhone
) -> None:
    draft = filled(lan, commune)
    before = lan.get(f"{draft}to-khai.pdf")
    none_yet = lan.get(f"{draft}to-khai-da-ky.pdf")
    sign(lan, phone, draft)

    signed = b"".join(lan.get(f"{draft}to-khai-da-ky.pdf").streaming_content)  # type: ignore[attr-defined]  # -- a stream

    assert (before.content[:5], none_yet.status_code) == (b"%PDF-", HTTPStatus.NOT_FOUND)
    assert b"/ByteRange" in signed


def test_the_signatures_of_a_paper_have_a_page(
    lan: Client, commune: Commune, phone: FakePhone
) -> None:
    draft = filled(lan, commune)
    sign(lan, phone, draft)

    page = lan.get(f"{draft}giay-to/0/chu-ky/").content.decode()
    part = lan.get(f"{draft}giay-to/0/chu-ky/dang-kiem-tra/?lan=1").content.decode()

    assert ("Đang kiểm tra" in page, "Đang kiểm tra" in part) == (True, True)


def test_a_refusal_on_the_telephone_is_told_with_a_way_to_sign_again(
    lan: Client, commune: Commune, phone: FakePhone
) -> None:
    draft = filled(lan, commune)
    place = begin(lan, draft)
    phone.says = PushState.REFUSED
    carry()
    carry(5)

    page = lan.get(place).content.decode()

    assert "không đồng ý trên điện thoại" in page
    assert f'href="{draft}ky-so/"' in page


def test_leaving_it_changes_nothing(lan: Client, commune: Commune, phone: FakePhone) -> None:
    draft = filled(lan, commune)
    place = begin(lan, draft)

    page = lan.post(f"{place}thoi/", follow=True).content.decode()

    assert "Đã thôi ký" in page
    assert (phone.orders, "signed_by" in Draft.objects.get().papers[0]) == ([], False)


def test_a_wrong_number_stays_typed_beside_the_complaint(
    lan: Client, commune: Commune, phone: FakePhone
) -> None:
    draft = filled(lan, commune)

    told = {"service": PUSH, "giay": "application", "user_ref": "12"}
    answer = lan.post(f"{draft}ky-so/", told)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "số định danh cá nhân, mã số thuế" in answer.content.decode()
    assert phone.orders == []


def test_a_photograph_is_shown_but_not_offered(
    lan: Client,
    phone: FakePhone,  # noqa: ARG001 -- the service is there
) -> None:
    draft = filled(lan, make_all(), name="to khai.jpg")

    page = lan.get(f"{draft}ky-so/").content.decode()

    assert "Không phải tệp PDF" in page
    assert page.count('name="giay"') == 1


def test_nobody_else_sees_or_stops_a_signing(
    lan: Client, commune: Commune, phone: FakePhone
) -> None:
    place = begin(lan, filled(lan, commune))
    dung = Client()
    dung.force_login(make_account(username="dung", full_name="Lê Văn Dũng"))

    seen, stopped = dung.get(place).status_code, dung.post(f"{place}thoi/").status_code

    assert (seen, stopped) == (HTTPStatus.NOT_FOUND, HTTPStatus.NOT_FOUND)
    assert (signing.OwnSigning.objects.get().state, phone.orders) == ("asked", [])


def test_one_of_several_certificates_is_chosen_on_the_page(
    lan: Client, commune: Commune, phone: FakePhone
) -> None:
    phone.pairs = [phone.pair, make_leaf("Công ty của Lan", days=YEARS)]
    place = begin(lan, filled(lan, commune))
    carry()
    page = lan.get(place).content.decode()

    lan.post(f"{place}chung-thu/", {"chung-thu": "123-2"})
    carry(1)

    assert "Công ty của Lan" in page
    assert phone.orders[0].key_ref == "123-2"


def test_a_pin_goes_to_the_service_and_its_papers_are_signed(
    lan: Client, commune: Commune, phone: FakePhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = FakeService(phone.pair)
    service.until = now() + timedelta(hours=1)
    monkeypatch.setitem(signing.remote_signers, "csc", lambda _: service)
    open_services(ServiceKind.CSC)
    place = begin(lan, filled(lan, commune), service=REMOTE)
    carry()
    asked = lan.get(place).content.decode()

    wrong = lan.post(f"{place}cho-phep/", {"pin": "000000"}, follow=True).content.decode()
    lan.post(f"{place}cho-phep/", {"pin": PIN})
    carry(1)

    assert ("Mã PIN của chứng thư" in asked, "Mã PIN sai." in wrong) == (True, True)
    assert signing.OwnSigning.objects.get().state == "done"


def test_consent_is_given_on_the_page_of_the_service(
    lan: Client, commune: Commune, phone: FakePhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = FakeService(phone.pair)
    service.until = now() + timedelta(hours=1)
    monkeypatch.setitem(signing.remote_signers, "csc", lambda _: service)
    open_services(ServiceKind.CSC)
    place = begin(lan, filled(lan, commune), service=REMOTE)
    carry()

    there = lan.post(f"{place}sang-dich-vu/").headers["Location"]
    mark = there.partition("state=")[2].partition("&")[0]
    strange = lan.get("/ky-so/da-cho-phep/?code=c&state=another", follow=True).content.decode()
    back = lan.get(f"/ky-so/da-cho-phep/?code=c&state={mark}")
    carry(1)

    assert ("không khớp với yêu cầu" in strange, back.headers["Location"]) == (True, place)
    assert signing.OwnSigning.objects.get().state == "done"
