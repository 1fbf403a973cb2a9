"""Handing in documents of one's own at the office, and making copies."""

import re
from dataclasses import dataclass
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from motcua.foundation.identity import api as identity
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.tests.make import make_decision, run_signer, why_unfit
from motcua.foundation.trust.tests.make import make_server_certificate, make_trusted_world
from motcua.lib.clock import local_day, now

from .make import Office, make_office, signed_in, text_of

pytestmark = pytest.mark.django_db
NEW = "/xu-ly/trinh-ky/moi/"


@pytest.fixture(autouse=True)
def _engine_agrees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask in this process whether the engine can take a file."""
    monkeypatch.setattr("motcua.foundation.signing.operations.placing.fits_apart", why_unfit)


@dataclass(frozen=True)
class Scene:
    """An office whose leader and seal hold certificates; Mai hands in, Vân keeps the seal."""

    office: Office
    van: Client
    hoa_id: int


def make_scene() -> Scene:
    office = make_office()
    make_trusted_world()
    hoa = identity.find_account("hoa")
    assert hoa is not None
    make_server_certificate("Nguyễn Thị Hoa", officer_id=hoa.officer_id)
    make_server_certificate("UBND xã Mường Phăng", agency_id=office.commune.agency_id)
    van, _ = signed_in("Tòng Thị Vân", "van", office.commune.justice_id, PostRole.REGISTRY_CLERK)
    return Scene(office, van, hoa.pk)


def upload(content: bytes | None = None) -> SimpleUploadedFile:
    this_year = f"ngày #h(7mm) tháng #h(7mm) năm {local_day(now()).year}"
    return SimpleUploadedFile(
        "quyet-dinh.pdf", content or make_decision(day=this_year), "application/pdf"
    )


def drafted(scene: Scene, **changes: object) -> str:
    """Let Mai hand in a decision; return its code."""
    data = {
        "file": upload(),
        "sort": "QD",
        "title": "Quyết định về việc thử",
        "leader": str(scene.hoa_id),
        "is_sealed": "on",
        "numbering": "cap",
    }
    answer = scene.office.mai.post(NEW, {**data, **changes})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"].rstrip("/").rpartition("/")[2]


def issued(scene: Scene) -> str:
    """Return a decision that Mai handed in, Hoa signed and Vân sealed."""
    code = drafted(scene)
    scene.office.mai.post(f"/xu-ly/trinh-ky/{code}/trinh/")
    scene.office.hoa.post("/xu-ly/ky-van-ban/thuc-hien/", {"van-ban": code})
    run_signer(now())
    scene.van.post("/xu-ly/dong-dau/thuc-hien/", {"van-ban": code})
    run_signer(now())
    return code


def test_whoever_hands_in_sees_where_everything_will_stand() -> None:
    scene = make_scene()
    code = drafted(scene)

    text = text_of(scene.office.mai, f"/xu-ly/trinh-ky/{code}/")
    picture = scene.office.mai.get(f"/xu-ly/trinh-ky/{code}/trang/1/")

    assert "Chữ ký của Nguyễn Thị Hoa" in text
    assert "Chưa có chỗ" not in text
    assert (picture.headers["Content-Type"], picture.content[8:12]) == ("image/webp", b"WEBP")


def test_a_document_goes_from_its_writer_to_the_leader_and_the_clerk() -> None:
    scene = make_scene()
    code = drafted(scene)
    scene.office.mai.post(f"/xu-ly/trinh-ky/{code}/trinh/")
    assert f'value="{code}"' in text_of(scene.office.hoa, "/xu-ly/ky-van-ban/")

    scene.office.hoa.post("/xu-ly/ky-van-ban/thuc-hien/", {"van-ban": code})
    run_signer(now())
    assert f'value="{code}"' in text_of(scene.van, "/xu-ly/dong-dau/")
    scene.van.post("/xu-ly/dong-dau/thuc-hien/", {"van-ban": code})
    run_signer(now())

    assert "01/QĐ-UBND" in text_of(scene.office.mai, "/xu-ly/trinh-ky/")
    assert "Trang tra cứu của văn bản" in text_of(scene.office.mai, f"/xu-ly/van-ban/{code}/")


def test_a_turn_stands_in_one_list_and_the_others_say_how_many_wait() -> None:
    scene = make_scene()
    code = drafted(scene)
    scene.office.mai.post(f"/xu-ly/trinh-ky/{code}/trinh/")
    hoa = scene.office.hoa

    pages = [text_of(hoa, f"/xu-ly/{one}/") for one in ("ky-van-ban", "cho-ky", "trinh-ky")]

    assert [page.count(f"/xu-ly/van-ban/{code}/") for page in pages] == [1, 0, 0]
    assert ["1 văn bản chờ ông/bà ký nháy, ký" in page for page in pages[1:]] == [True, True]


def test_a_click_on_the_page_is_where_a_field_stands() -> None:
    scene = make_scene()
    code = drafted(scene)

    data = {"o": "SIG_LEADER_1", "trang": "1", "at.x": "310", "at.y": "700"}
    answer = scene.office.mai.post(f"/xu-ly/trinh-ky/{code}/", data)

    found = signing.find_request(code)
    assert answer.status_code == 302
    assert found is not None
    place = signing.placing_of(found.request.placing).at("SIG_LEADER_1")
    assert place is not None
    assert round((place.box[0] + place.box[2]) / 2) == 298
    assert round((place.box[1] + place.box[3]) / 2) == 170


def test_what_was_clicked_on_words_is_said_so() -> None:
    scene = make_scene()
    code = drafted(scene)

    data = {"o": "so", "trang": "1", "at.x": "120", "at.y": "80"}
    scene.office.mai.post(f"/xu-ly/trinh-ky/{code}/", data)

    text = text_of(scene.office.mai, f"/xu-ly/trinh-ky/{code}/?o=so")
    assert "hãy chọn chỗ trống" in text


def test_a_wrong_number_stays_in_the_form_with_what_was_typed() -> None:
    scene = make_scene()
    answer = scene.office.mai.post(
        NEW,
        {
            "file": upload(make_decision("12/QĐ-UBND", "ngày 02 tháng 3 năm 2026")),
            "sort": "QD",
            "title": "Quyết định về việc thử",
            "leader": str(scene.hoa_id),
            "numbering": "in",
            "printed_number": "13/QĐ-UBND",
            "printed_on": "2/3/2026",
        },
    )

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Văn bản ghi số 12/QĐ-UBND" in text
    assert 'value="13/QĐ-UBND"' in text


def test_an_officer_of_another_commune_sees_nothing_of_a_draft() -> None:
    scene = make_scene()
    code = drafted(scene)

    for path in (f"/xu-ly/trinh-ky/{code}/", f"/xu-ly/trinh-ky/{code}/trang/1/"):
        assert scene.office.dung.get(path).status_code == 404
    assert scene.office.dung.post(f"/xu-ly/trinh-ky/{code}/trinh/").status_code == 404


def test_a_clerk_makes_a_numbered_copy_that_the_qr_page_knows() -> None:
    scene = make_scene()
    source = issued(scene)

    data = {"kind": "SAO Y", "title": "Bản sao quyết định", "abbreviation": "UBND"}
    answer = scene.van.post(f"/xu-ly/ban-sao/moi/?van-ban={source}", data)
    code = answer.headers["Location"].rstrip("/").rpartition("/")[2]
    scene.van.post("/xu-ly/dong-dau/thuc-hien/", {"van-ban": code})
    run_signer(now())

    assert "01/SY-UBND" in text_of(scene.van, "/xu-ly/ban-sao/")
    found = signing.find_request(code)
    assert found is not None
    text = text_of(Client(), f"/giay/{found.request.paper_token}/")
    assert "Bản sao quyết định" in text
    assert "01/SY-UBND" in text


def test_an_extract_takes_the_pages_that_were_named() -> None:
    scene = make_scene()
    data = {
        "file": upload(make_decision(body="#pagebreak() hai #pagebreak() ba")),
        "kind": "TRÍCH SAO",
        "pages": "1, 3",
        "title": "Trích sao",
        "abbreviation": "UBND",
    }

    answer = scene.van.post("/xu-ly/ban-sao/moi/", data)

    code = answer.headers["Location"].rstrip("/").rpartition("/")[2]
    found = signing.find_request(code)
    assert found is not None
    assert len(PdfReader(BytesIO(signing.document_of(found.request))).pages) == 2


def test_an_attachment_is_proposed_with_the_number_of_its_document() -> None:
    scene = make_scene()
    source = issued(scene)

    text = text_of(scene.van, f"/xu-ly/ban-sao/van-ban-kem/?van-ban={source}")

    assert re.search(r'name="parent_number"[^>]*value="01/QĐ-UBND"', text)


def test_who_does_not_keep_the_seal_makes_no_copies() -> None:
    scene = make_scene()

    for path in ("/xu-ly/ban-sao/", "/xu-ly/ban-sao/moi/", "/xu-ly/ban-sao/van-ban-kem/"):
        assert scene.office.mai.get(path).status_code == 403
