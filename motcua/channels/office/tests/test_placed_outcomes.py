"""Proposing an outcome as a PDF: its places are seen, moved, and it goes on to be signed."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.casework.dossiers.api import DossierOutcome
from motcua.casework.dossiers.tests.make import make_received, open_step
from motcua.foundation.signing.tests.make import (
    make_decision,
    make_policy,
    make_scan,
    run_signer,
    why_unfit,
)
from motcua.lib.clock import local_day, now

from .make import address, text_of
from .test_handing_in import Scene
from .test_handing_in import make_scene as make_signing_scene

pytestmark = pytest.mark.django_db
GRANT = {"comment": "Đủ điều kiện.", "kind": "granted", "source": "tep", "on_paper": "so"}


@pytest.fixture(autouse=True)
def _engine_agrees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask in this process whether the engine can take a file."""
    monkeypatch.setattr("motcua.foundation.signing.operations.placing.fits_apart", why_unfit)


def make_scene() -> tuple[Scene, str]:
    """Return an office whose policy asks for digital signatures, and a dossier with Mai."""
    scene = make_signing_scene()
    make_policy()
    return scene, make_received(scene.office.commune, at=now())


def decision() -> bytes:
    return make_decision(day=f"ngày #h(7mm) tháng #h(7mm) năm {local_day(now()).year}")


def propose(scene: Scene, code: str, content: bytes, **changes: str) -> Any:
    file = SimpleUploadedFile("quyet-dinh.pdf", content, "application/pdf")
    data = {**GRANT, "file": file, **changes}
    return scene.office.mai.post(address(code, "hoan-thanh"), data)


def places_of(code: str) -> str:
    seq = DossierOutcome.objects.get(dossier__code=code).seq
    return f"{address(code)}ket-qua/{seq}/cho-ky/"


def finish(scene: Scene, code: str) -> Any:
    """Let Mai go on from the page of places."""
    data = {"kind": "later", "comment": "Đủ điều kiện."}
    return scene.office.mai.post(address(code, "hoan-thanh"), data)


def test_who_proposes_a_pdf_sees_its_places_before_going_on() -> None:
    scene, code = make_scene()

    answer = propose(scene, code, decision())

    text = text_of(scene.office.mai, answer.headers["Location"])
    assert answer.headers["Location"] == places_of(code)
    assert ("Chữ ký của Nguyễn Thị Hoa" in text, "Còn thiếu chỗ" in text) == (True, False)
    assert 'value="Đủ điều kiện."' in text


def test_the_pages_of_a_draft_are_drawn() -> None:
    scene, code = make_scene()
    propose(scene, code, decision())

    answer = scene.office.mai.get(f"{places_of(code)}trang/1/")

    assert (answer.headers["Content-Type"], answer.content[8:12]) == ("image/webp", b"WEBP")


def test_a_pdf_goes_from_its_drafter_to_the_seal() -> None:
    scene, code = make_scene()
    propose(scene, code, decision())
    assert finish(scene, code).status_code == 302
    scene.office.thu.post(address(code, "duyet"), {"comment": ""})

    scene.office.hoa.post(address(code, "ky"), {"comment": ""})
    run_signer(now())

    to_seal = text_of(scene.van, "/xu-ly/dong-dau/")
    assert f"{code} ·" in to_seal
    assert "Chỗ ký trên tệp" not in text_of(scene.office.hoa, address(code))


def test_a_scan_waits_until_each_field_has_its_place() -> None:
    scene, code = make_scene()
    propose(scene, code, make_scan())

    answer = finish(scene, code)
    data = {"o": "SIG_LEADER_1", "trang": "1", "at.x": "400", "at.y": "600"}
    moved = scene.office.mai.post(places_of(code), data)

    assert (answer.status_code, moved.status_code) == (422, 302)
    assert "còn ô chưa có chỗ" in answer.content.decode()
    assert "Đã đặt chữ ký ở trang 1" in text_of(scene.office.mai, places_of(code))


def test_what_cannot_be_taken_stays_in_the_form_and_paper_is_offered() -> None:
    scene, code = make_scene()

    answer = propose(scene, code, make_decision(number="12/QĐ-UBND"))

    text = answer.content.decode()
    assert answer.status_code == 422
    assert ("chưa ghi đủ ngày" in text, "Ký trên bản giấy" in text) == (True, True)
    assert "Đủ điều kiện." in text


def test_a_file_that_cannot_be_taken_goes_on_for_paper() -> None:
    scene, code = make_scene()

    answer = propose(scene, code, make_decision(number="12/QĐ-UBND"), on_paper="giay")

    assert (answer.status_code, open_step(code).kind) == (302, "approval")
    assert "chọn ký trên bản giấy" in text_of(scene.office.thu, address(code))


def test_paper_may_be_chosen_where_there_is_no_room() -> None:
    scene, code = make_scene()
    propose(scene, code, make_scan())

    scene.office.mai.post(f"{places_of(code)}giay/")

    assert finish(scene, code).status_code == 302
    assert open_step(code).kind == "approval"


def test_who_only_looks_moves_nothing() -> None:
    scene, code = make_scene()
    scene.office.mai.post(address(code, "nhan"))
    propose(scene, code, decision())

    text = text_of(scene.office.nam, places_of(code))

    assert ("Chữ ký của Nguyễn Thị Hoa" in text, "Đặt lại" in text) == (True, False)


def test_dung_of_another_office_finds_no_places() -> None:
    scene, code = make_scene()
    propose(scene, code, decision())

    for path in ("", "trang/1/"):
        assert scene.office.dung.get(f"{places_of(code)}{path}").status_code == 404
    assert scene.office.dung.post(f"{places_of(code)}giay/").status_code == 404


def test_without_a_policy_nothing_is_asked_about_the_way() -> None:
    scene = make_signing_scene()
    code = make_received(scene.office.commune, at=now())

    answer = propose(scene, code, decision())

    assert open_step(code).kind == "approval"
    assert answer.status_code == 302
