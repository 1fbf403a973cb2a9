"""The server's end of the upload protocol, and how files are handed out."""

import io
import json
from pathlib import Path
from urllib.parse import quote

import pytest
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from django.urls import reverse
from pytest_django import Settings

from motcua.channels.kit import uploads
from motcua.channels.kit.downloads import file_response, preview_response
from motcua.foundation.files import api as files
from motcua.foundation.files.tests.make import make_pdf, make_word
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import now

pytestmark = pytest.mark.django_db
LAN = Actor(id=31, name="Lò Thị Lan", kind=ActorKind.CITIZEN)
DUNG = Actor(id=32, name="Vàng A Dũng", kind=ActorKind.CITIZEN)
NOTE = b"Kinh gui Uy ban nhan dan xa. " * 40


@pytest.fixture(autouse=True)
def files_folder(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_DIR = str(tmp_path)


def begin(name: str = "đơn.txt", size: object = len(NOTE), by: Actor = LAN) -> HttpResponse:
    request = RequestFactory().post("/tep/bat-dau/", {"name": name, "size": size})
    vars(request)["actor"] = by
    return uploads.begin(request)


def send(token: str, offset: object, content: bytes, by: Actor = LAN) -> HttpResponse:
    request = RequestFactory().patch(
        f"/tep/{token}/",
        content,
        content_type="application/offset+octet-stream",
        headers={"Upload-Offset": str(offset)},
    )
    vars(request)["actor"] = by
    return uploads.part(request, token)


def ask(token: str, by: Actor = LAN) -> HttpResponse:
    request = RequestFactory().head(f"/tep/{token}/")
    vars(request)["actor"] = by
    return uploads.part(request, token)


def token_of(answer: HttpResponse) -> str:
    return str(json.loads(answer.content)["token"])


def test_the_addresses_are_as_upload_js_expects() -> None:
    addresses = (reverse("kit:upload_begin"), reverse("kit:upload_part", args=["abc"]))

    assert addresses == ("/tep/bat-dau/", "/tep/abc/")


def test_a_file_sent_in_two_parts_can_be_attached() -> None:
    token = token_of(begin())

    first, last = send(token, 0, NOTE[:500]), send(token, 500, NOTE[500:])

    stored = files.finish_upload(token, by=LAN, at=now())
    assert (first.headers["Upload-Offset"], last.status_code, stored.size) == (
        "500",
        204,
        len(NOTE),
    )


def test_after_a_broken_line_head_says_where_to_go_on() -> None:
    token = token_of(begin())
    send(token, 0, NOTE[:500])

    assert ask(token).headers["Upload-Offset"] == "500"


def test_a_repeated_part_is_answered_with_the_right_offset() -> None:
    token = token_of(begin())
    send(token, 0, NOTE[:500])

    answer = send(token, 0, NOTE[:500])

    assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, "500")


def test_nobody_else_finds_the_upload() -> None:
    token = token_of(begin())

    answers = (ask(token, DUNG), send(token, 0, b"x", DUNG))

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize(
    ("name", "size", "status"),
    [
        ("đơn.exe", 10, 422),
        ("đơn.pdf", 10**9, 422),
        ("đơn.pdf", "nhiều", 400),
        ("đơn.pdf", "", 400),
    ],
)
def test_a_hopeless_file_is_refused_before_it_is_sent(name: str, size: object, status: int) -> None:
    assert begin(name, size).status_code == status


def test_a_disguised_file_is_refused_with_a_sentence_to_show() -> None:
    token = token_of(begin("đơn.pdf"))

    answer = send(token, 0, NOTE)

    words = "Nội dung tệp “đơn.pdf” không phải là PDF như tên tệp ghi."
    assert (answer.status_code, answer.content.decode()[: len(words)]) == (422, words)


@pytest.mark.parametrize("offset", ["", "-1", "abc"])
def test_a_part_without_its_place_is_refused(offset: str) -> None:
    token = token_of(begin())

    assert send(token, offset, NOTE).status_code == 400


def keep(name: str, content: bytes) -> files.StoredFile:
    return files.keep_file(name, io.BytesIO(content), by=LAN, at=now())


def bytes_of(response: HttpResponseBase) -> bytes:
    assert isinstance(response, FileResponse)
    content = b"".join(bytes(chunk) for chunk in response)
    response.close()
    return content


def test_a_pdf_is_shown_in_place_under_its_vietnamese_name() -> None:
    content = make_pdf()

    response = file_response(keep("a.pdf", content), "Đơn đề nghị.pdf", inline=True)

    disposition = f"inline; filename*=utf-8''{quote('Đơn đề nghị.pdf')}"
    assert response.headers["Content-Disposition"] == disposition
    assert (response.headers["Content-Type"], bytes_of(response)) == ("application/pdf", content)


def test_what_browsers_cannot_show_safely_is_saved() -> None:
    response = file_response(keep("a.docx", make_word()), "tờ khai.docx", inline=True)

    disposition = response.headers["Content-Disposition"].partition(";")[0]
    assert (disposition, response.headers["X-Content-Type-Options"]) == ("attachment", "nosniff")
    response.close()


def test_a_file_may_run_nothing() -> None:
    response = file_response(
        keep("a.xml", b"<html xmlns='http://www.w3.org/1999/xhtml'/>"), "a.xml"
    )

    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    response.close()


def test_a_preview_is_a_small_picture() -> None:
    response = preview_response(keep("a.pdf", make_pdf()))

    assert (response.headers["Content-Type"], bytes_of(response)[:4]) == ("image/webp", b"RIFF")


def test_what_has_no_preview_is_not_found() -> None:
    assert preview_response(keep("a.txt", NOTE)).status_code == 404
