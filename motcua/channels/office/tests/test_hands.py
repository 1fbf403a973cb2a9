"""The ways a leader has at the office: a remote service, a token here, other software."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import get_dossier, open_step
from motcua.foundation.identity import api as identity
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.tests.make import (
    PIN,
    FakeService,
    drawn_over,
    make_outside_certificate,
    run_signer,
    sign_by_command,
    sign_by_device,
)
from motcua.foundation.trust.api import Way
from motcua.foundation.trust.tests.make import make_leaf
from motcua.lib.clock import now

from .make import text_of
from .test_signing import Scene, make_scene

pytestmark = pytest.mark.django_db
HOA = "Nguyễn Thị Hoa"


@dataclass(frozen=True)
class Desk:
    """Hoa's desk with the keys she has, and one dossier that waits for her."""

    scene: Scene
    remote: str
    token: str

    @property
    def hoa(self) -> Client:
        return self.scene.office.hoa

    @property
    def code(self) -> str:
        return dossiers.signing_of(get_dossier(self.scene.code))[0].request.code


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> FakeService:
    made = FakeService(make_leaf(HOA))
    made.until = now() + timedelta(hours=1)
    monkeypatch.setitem(signing.remote_signers, "fake", lambda _: made)
    return made


@pytest.fixture
def desk(service: FakeService) -> Desk:
    scene = make_scene()
    account = identity.find_account("hoa")
    assert account is not None
    assert service.pair is make_leaf(HOA)
    remote = make_outside_certificate(HOA, account.officer_id).sha256
    token = make_outside_certificate("Hoa (token)", account.officer_id, way=Way.AGENT).sha256
    return Desk(scene, remote, token)


def sign(desk: Desk, hand: str) -> str:
    """Let Hoa choose her way; return what the next page says."""
    code = desk.scene.code
    data = {"act": "xong", "viec": f"{code} {open_step(code).seq}", "sure": "yes", "hand": hand}
    answer = desk.hoa.post("/xu-ly/viec/nhieu/", data)
    run_signer(now())
    return str(answer.content.decode())


def state(desk: Desk) -> str:
    found = signing.find_request(desk.code)
    assert found is not None
    return str(found.turns[0].state)


def test_the_ways_she_has_are_offered_before_she_signs(desk: Desk) -> None:
    code = desk.scene.code
    data = {"act": "xong", "viec": f"{code} {open_step(code).seq}"}

    many = desk.hoa.post("/xu-ly/viec/nhieu/", data).content.decode()
    single = text_of(desk.hoa, f"/xu-ly/ho-so/{code}/viec/ky/")

    for text in (many, single):
        assert f'value="{desk.remote}"' in text
        assert f'value="{desk.token}"' in text
        assert 'value="elsewhere"' in text


def test_one_pin_at_the_remote_service(desk: Desk) -> None:
    said = sign(desk, desk.remote)
    asked = text_of(desk.hoa, "/xu-ly/ky/")

    desk.hoa.post(f"/xu-ly/ky/{desk.remote}/cho-phep/", {"pin": PIN})
    run_signer(now())

    assert "Ký tiếp 1 văn bản" in said
    assert "Mã PIN ký số" in asked
    assert state(desk) == "done"


def test_a_wrong_pin_is_told_on_the_page(desk: Desk) -> None:
    sign(desk, desk.remote)

    answer = desk.hoa.post(f"/xu-ly/ky/{desk.remote}/cho-phep/", {"pin": "1"}, follow=True)

    assert "Mã PIN sai." in answer.content.decode()
    assert state(desk) == "underway"


def test_a_service_that_is_away_is_told_and_nothing_is_lost(
    desk: Desk, service: FakeService
) -> None:
    sign(desk, desk.remote)
    service.is_away = True

    text = text_of(desk.hoa, "/xu-ly/ky/")

    assert "Dịch vụ ký số chưa trả lời" in text
    assert state(desk) == "underway"


def test_consent_on_the_page_of_the_service_comes_back(desk: Desk, service: FakeService) -> None:
    sign(desk, desk.remote)
    away = desk.hoa.get(f"/xu-ly/ky/{desk.remote}/trang-dich-vu/")
    mark = away["Location"].partition("state=")[2].partition("&")[0]

    desk.hoa.get(f"/xu-ly/ky/tro-ve/?state={mark}&code=ma")
    run_signer(now())

    assert away["Location"].startswith("https://dich-vu.example/")
    assert service.seen[-1].startswith("ma")
    assert state(desk) == "done"


@pytest.mark.parametrize("query", ["state=x&code=ma", "code=ma", ""])
def test_a_consent_we_did_not_ask_for_is_refused(desk: Desk, query: str) -> None:
    sign(desk, desk.remote)
    desk.hoa.get(f"/xu-ly/ky/{desk.remote}/trang-dich-vu/")

    answer = desk.hoa.get(f"/xu-ly/ky/tro-ve/?{query}", follow=True)

    assert "không khớp" in answer.content.decode()
    assert state(desk) == "underway"


def test_a_consent_without_its_mark_is_refused(desk: Desk) -> None:
    sign(desk, desk.remote)

    answer = desk.hoa.get("/xu-ly/ky/tro-ve/?state=x&code=ma", follow=True)

    assert "không khớp" in answer.content.decode()


def test_consent_that_she_did_not_give_is_told(desk: Desk) -> None:
    sign(desk, desk.remote)
    away = desk.hoa.get(f"/xu-ly/ky/{desk.remote}/trang-dich-vu/")
    mark = away["Location"].partition("state=")[2].partition("&")[0]

    answer = desk.hoa.get(f"/xu-ly/ky/tro-ve/?state={mark}&error=access_denied", follow=True)

    assert "chưa cho phép ký" in answer.content.decode()


def test_a_file_signed_with_other_software_is_taken(desk: Desk, tmp_path: Path) -> None:
    sign(desk, signing.ELSEWHERE)
    sent = desk.hoa.get(f"/xu-ly/van-ban/{desk.code}/tep/").content
    pair = make_leaf(HOA, days=365)
    back = SimpleUploadedFile("da-ky.pdf", sign_by_command(sent, pair, tmp_path))

    desk.hoa.post(f"/xu-ly/van-ban/{desk.code}/tai-len/", {"file": back})

    assert state(desk) == "done"


def test_a_file_that_was_changed_is_refused_in_words(desk: Desk) -> None:
    sign(desk, signing.ELSEWHERE)
    page = text_of(desk.hoa, f"/xu-ly/van-ban/{desk.code}/")
    sent = desk.hoa.get(f"/xu-ly/van-ban/{desk.code}/tep/").content
    back = SimpleUploadedFile("da-ky.pdf", drawn_over(sent))

    answer = desk.hoa.post(f"/xu-ly/van-ban/{desk.code}/tai-len/", {"file": back}, follow=True)

    assert "ký vào ô “SIG_LEADER_1”" in page
    assert "chưa có chữ ký mới" in answer.content.decode()
    assert state(desk) == "underway"


def test_no_file_is_told(desk: Desk) -> None:
    sign(desk, signing.ELSEWHERE)

    answer = desk.hoa.post(f"/xu-ly/van-ban/{desk.code}/tai-len/", follow=True)

    assert "Hãy chọn tệp PDF" in answer.content.decode()


def test_she_may_choose_another_way(desk: Desk) -> None:
    sign(desk, signing.ELSEWHERE)

    desk.hoa.post(f"/xu-ly/van-ban/{desk.code}/cach-khac/")

    assert state(desk) == "ready"
    assert f'value="{desk.remote}"' in text_of(desk.hoa, f"/xu-ly/van-ban/{desk.code}/")


def test_a_token_on_her_computer_gets_what_it_signs_and_gives_it_back(desk: Desk) -> None:
    sign(desk, desk.token)
    attempt = signing.SigningAttempt.objects.get(way=Way.AGENT)
    half = desk.hoa.get(f"/xu-ly/ky/thiet-bi/{attempt.pk}/")
    (signed,) = sign_by_device(make_leaf("Hoa (token)"), [attempt])
    row = {
        "id": signed.attempt_id,
        "attributes": signed.attributes_sha256,
        "raw": b64(signed.raw),
    }

    answer = desk.hoa.post(
        "/xu-ly/ky/thiet-bi/", {"signatures": [row]}, content_type="application/json"
    )
    run_signer(now())

    assert bytes.fromhex(half["X-Signed-Attributes"]) == bytes(attempt.attributes or b"")
    assert (answer.json(), state(desk)) == ({"taken": 1}, "done")


def b64(raw: bytes) -> str:
    return b64encode(raw).decode()


def test_only_the_page_of_a_token_may_speak_with_her_computer(desk: Desk) -> None:
    before = desk.hoa.get("/xu-ly/ky/")["Content-Security-Policy"]
    sign(desk, desk.token)

    after = desk.hoa.get("/xu-ly/ky/")["Content-Security-Policy"]

    assert "connect-src" not in before
    assert after.endswith("connect-src 'self' http://127.0.0.1:17817")


@pytest.mark.parametrize("body", [b"", b"{}", b'{"signatures": [{"id": "x"}]}', b"[]"])
def test_nonsense_from_a_token_is_refused(desk: Desk, body: bytes) -> None:
    answer = desk.hoa.post("/xu-ly/ky/thiet-bi/", body, content_type="application/json")

    assert answer.status_code == 400


def test_nobody_else_reaches_what_she_signs(desk: Desk) -> None:
    sign(desk, desk.token)
    attempt = signing.SigningAttempt.objects.get(way=Way.AGENT)
    dung = desk.scene.office.dung

    answers = [
        dung.get(f"/xu-ly/ky/thiet-bi/{attempt.pk}/").status_code,
        dung.post(f"/xu-ly/van-ban/{desk.code}/tai-len/").status_code,
        dung.post(f"/xu-ly/van-ban/{desk.code}/cach-khac/").status_code,
    ]

    assert answers == [404, 404, 404]
    assert "Ký bằng thiết bị" not in text_of(dung, "/xu-ly/ky/")
