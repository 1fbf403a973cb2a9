"""Signing at the office: the leader signs, the clerk numbers and seals, everybody sees how far."""

from dataclasses import dataclass

import pytest
from django.test import Client

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import MONDAY, get_dossier, make_second_step, open_step
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.tests.make import make_policy, run_signer
from motcua.foundation.trust.tests.make import make_server_certificate, make_trusted_world
from motcua.lib.clock import local_day, now

from .make import Office, make_office, signed_in, text_of

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Scene:
    """An office whose leader holds a certificate, and a dossier that waits for her."""

    office: Office
    van: Client
    code: str


def make_scene() -> Scene:
    office = make_office()
    make_trusted_world()
    hoa = identity.find_account("hoa")
    assert hoa is not None
    make_server_certificate("Nguyễn Thị Hoa", officer_id=hoa.officer_id)
    make_server_certificate("UBND xã Mường Phăng", agency_id=office.commune.agency_id)
    clerk = PostRole.REGISTRY_CLERK
    van, _ = signed_in("Tòng Thị Vân", "van", office.commune.justice_id, clerk)
    make_policy()
    code = make_second_step(office.commune)
    dossiers.complete_step(code, open_step(code).seq, by=office.commune.hoa, at=MONDAY)
    return Scene(office, van, code)


def sign(scene: Scene) -> str:
    """Let Hoa sign; return the code of the request."""
    seq = open_step(scene.code).seq
    data = {"act": "xong", "viec": f"{scene.code} {seq}", "sure": "yes"}
    answer = scene.office.hoa.post("/xu-ly/viec/nhieu/", data)
    assert "Đang ký số" in answer.content.decode()
    return dossiers.signing_of(get_dossier(scene.code))[0].request.code


def seal(client: Client, request: str) -> str:
    answer = client.post("/xu-ly/dong-dau/thuc-hien/", {"van-ban": request})
    return answer.content.decode()


def test_what_hoa_signs_leaves_her_list_and_comes_to_the_clerk() -> None:
    scene = make_scene()

    request = sign(scene)
    run_signer(now())

    assert f'value="{scene.code} ' not in text_of(scene.office.hoa, "/xu-ly/cho-ky/")
    assert f'value="{request}"' in text_of(scene.van, "/xu-ly/dong-dau/")


def test_the_clerk_numbers_and_seals() -> None:
    scene = make_scene()
    request = sign(scene)
    run_signer(now())

    text = seal(scene.van, request)
    run_signer(now())

    assert "Đã cấp số 01/G15-HT" in text
    found = signing.find_request(request)
    assert found is not None
    assert found.request.state == "completed"


def test_a_document_tells_who_signed_and_who_is_next() -> None:
    scene = make_scene()
    request = sign(scene)
    run_signer(now())

    text = text_of(scene.van, f"/xu-ly/van-ban/{request}/")

    assert "Ký ban hành: đã ký" in text
    assert "Nguyễn Thị Hoa" in text
    assert "Cấp số, đóng dấu cơ quan: đến lượt" in text


def test_a_sealed_document_can_be_looked_at() -> None:
    scene = make_scene()
    request = sign(scene)
    run_signer(now())
    seal(scene.van, request)
    run_signer(now())

    answer = scene.van.get(f"/xu-ly/van-ban/{request}/tep/")

    assert "Số 01/G15-HT" in text_of(scene.van, f"/xu-ly/van-ban/{request}/")
    assert answer.content.count(b"/ByteRange") == 2


def test_the_dossier_says_that_it_is_being_signed() -> None:
    scene = make_scene()

    sign(scene)

    text = text_of(scene.office.mai, f"/xu-ly/ho-so/{scene.code}/")
    assert "Đang ký số, đóng dấu" in text
    assert "Ký ban hành: đang ký" in text


def test_who_does_not_keep_the_seal_does_not_see_what_is_to_be_sealed() -> None:
    scene = make_scene()

    answer = scene.office.mai.get("/xu-ly/dong-dau/")

    assert answer.status_code == 403


def test_another_commune_does_not_know_of_the_document() -> None:
    scene = make_scene()
    request = sign(scene)

    answers = [
        scene.office.dung.get(f"/xu-ly/van-ban/{request}/").status_code,
        scene.office.dung.get(f"/xu-ly/van-ban/{request}/tep/").status_code,
        scene.office.dung.post(f"/xu-ly/van-ban/{request}/tu-choi/", {"reason": "x"}).status_code,
    ]

    assert answers == [404, 404, 404]


def test_a_refusal_needs_its_reason_and_ends_the_request() -> None:
    scene = make_scene()
    request = sign(scene)
    run_signer(now())

    scene.van.post(f"/xu-ly/van-ban/{request}/tu-choi/", {"reason": ""})
    still = signing.find_request(request)
    scene.van.post(f"/xu-ly/van-ban/{request}/tu-choi/", {"reason": "Thiếu nơi nhận"})

    after = signing.find_request(request)
    assert still is not None
    assert after is not None
    assert (still.request.state, after.request.state) == ("open", "refused")


def test_a_signature_that_failed_is_told_and_can_be_tried_again() -> None:
    scene = make_scene()
    request = sign(scene)
    signing.SigningAttempt.objects.update(asked_at=MONDAY, expires_at=MONDAY)
    run_signer(now())

    text = text_of(scene.office.hoa, "/xu-ly/ky-van-ban/")
    scene.office.hoa.post(f"/xu-ly/van-ban/{request}/ky/")
    run_signer(now())

    assert "Chưa ký được" in text
    assert f'value="{request}"' in text_of(scene.van, "/xu-ly/dong-dau/")


def issue(scene: Scene) -> str:
    """Let the outcome be signed and sealed; return the address of its acts in the dossier."""
    request = sign(scene)
    run_signer(now())
    seal(scene.van, request)
    run_signer(now())
    dossiers.take_signed(scene.code, at=now())
    seq = dossiers.whole(get_dossier(scene.code)).outcomes[0].seq
    return f"/xu-ly/ho-so/{scene.code}/viec/doi-hieu-luc/?muc={seq}"


def test_the_dossier_shows_who_signed_and_sealed_its_outcome() -> None:
    scene = make_scene()
    issue(scene)

    text = text_of(scene.office.thu, f"/xu-ly/ho-so/{scene.code}/")

    assert "Ký ban hành: Nguyễn Thị Hoa" in text
    assert "Cấp số, đóng dấu cơ quan: UBND xã Mường Phăng" in text
    assert "Đang có hiệu lực" in text


def test_hoa_takes_an_outcome_back_and_the_dossier_says_so() -> None:
    scene = make_scene()
    address = issue(scene)
    assert "Thu hồi: giấy không còn giá trị" in text_of(scene.office.hoa, address)
    data = {
        "state": "revoked",
        "decision_number": "12/QĐ-UBND",
        "decided_on": f"{local_day(now()):%d/%m/%Y}",
        "reason": "Cấp nhầm người",
    }

    scene.office.hoa.post(address, data)

    text = text_of(scene.office.hoa, f"/xu-ly/ho-so/{scene.code}/")
    assert "Đã bị thu hồi theo quyết định 12/QĐ-UBND" in text
    assert "doi-hieu-luc" not in text


def test_the_head_of_a_division_takes_nothing_back() -> None:
    scene = make_scene()
    address = issue(scene)

    answer = scene.office.thu.get(address)

    assert answer.status_code in (403, 404)
    assert "doi-hieu-luc" not in text_of(scene.office.thu, f"/xu-ly/ho-so/{scene.code}/")
