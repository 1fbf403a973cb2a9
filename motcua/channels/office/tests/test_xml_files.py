"""An officer, or the clerk with the seal, signs an XML file on a page and takes it home signed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.foundation.signing import api as signing
from motcua.foundation.signing.tests.make import run_signer
from motcua.lib.clock import now

from .make import text_of
from .test_handing_in import make_scene

pytestmark = pytest.mark.django_db
NEW = "/xu-ly/trinh-ky/xml/"
RECEIPT = b"<BienLai><SoTien>15000</SoTien></BienLai>"


def send(client: Client, content: bytes = RECEIPT, **changes: object) -> str:
    """Hand in a file; return where the page leads, or what it says."""
    file = SimpleUploadedFile("bien-lai.xml", content, "application/xml")
    hand = changes.pop("hand", None) or first_hand(client)
    data = {"file": file, "title": "Biên lai", "hand": hand, "level": "B_B", **changes}
    answer = client.post(NEW, data)
    return answer.headers.get("Location", "") or answer.content.decode()


def first_hand(client: Client) -> str:
    text = text_of(client, NEW)
    return text.partition('name="hand"')[2].partition('value="')[2].partition('"')[0]


def signed_file(client: Client, place: str) -> tuple[str, bytes]:
    run_signer(now())
    answer = client.get(f"{place}tep/")
    return answer.headers["Content-Disposition"], answer.content


def test_a_leader_signs_a_file_and_takes_it_home_signed() -> None:
    hoa = make_scene().office.hoa

    place = send(hoa)
    name, content = signed_file(hoa, place)

    report = signing.examine(content, at=now())
    assert name.startswith("attachment; ")
    assert [one.signer for one in report.signatures] == ["Nguyễn Thị Hoa"]
    assert "Tải văn bản đã ký (XML)" in text_of(hoa, place)


def test_the_clerk_signs_with_the_seal() -> None:
    van = make_scene().van

    _, content = signed_file(van, send(van, hand="con-dau"))

    report = signing.examine(content, at=now())
    assert [one.signer for one in report.signatures] == ["UBND xã Mường Phăng"]


def test_what_was_signed_stands_in_ones_own_list() -> None:
    hoa = make_scene().office.hoa
    send(hoa, title="Biên lai phí hộ tịch")
    run_signer(now())

    assert "Biên lai phí hộ tịch" in text_of(hoa, "/xu-ly/trinh-ky/")


def test_a_file_that_is_no_xml_is_refused_beside_its_field() -> None:
    hoa = make_scene().office.hoa

    assert "không phải là XML như tên tệp ghi" in send(hoa, b"<BienLai><SoTien></BienLai>")
    assert signing.SigningRequest.objects.count() == 0


def test_a_signed_file_is_not_signed_again() -> None:
    hoa = make_scene().office.hoa
    _, content = signed_file(hoa, send(hoa))

    assert "đã có chữ ký số" in send(hoa, content)


def test_nobody_without_the_seal_is_offered_it() -> None:
    scene = make_scene()

    assert "Con dấu của cơ quan" not in text_of(scene.office.hoa, NEW)
    assert "Select a valid choice" not in send(scene.office.hoa, hand="con-dau")
    assert signing.SigningRequest.objects.count() == 0


def test_somebody_of_another_agency_does_not_see_the_file() -> None:
    scene = make_scene()
    place = send(scene.office.hoa)

    assert scene.office.dung.get(f"{place}tep/").status_code == 404
