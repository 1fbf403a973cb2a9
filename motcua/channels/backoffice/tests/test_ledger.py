"""The ledger on the administrators' screen."""

from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from motcua.foundation.ledger import api as ledger
from motcua.foundation.ledger.tests.make import MONDAY, make_fact, settle, use_key, write
from motcua.foundation.trust.tests.make import make_leaf
from motcua.lib.clock import now

from .people import page_of

pytestmark = pytest.mark.django_db
PATH = "so-cam-ket/"


def test_the_ledger_is_for_the_whole_province_only(
    quan: Client, xuan: Client, dung: Client
) -> None:
    pages = [page_of(person, PATH) for person in (quan, xuan, dung)]

    assert ["<h1>" in pages[0], *pages[1:]] == [True, "403", "403"]


def test_a_missing_key_is_said_on_both_pages(quan: Client) -> None:
    assert "Chưa có khóa ký" in page_of(quan, PATH)
    assert "Đầu sổ cam kết không được ký." in page_of(quan, "")


def test_a_stopped_stream_is_said_on_both_pages_with_its_reason(
    quan: Client, settings: Settings
) -> None:
    use_key(settings)
    why = "Gốc của 1 lá không còn như lúc niêm phong."
    trail = ledger.Stream.objects.filter(pk="trail")
    trail.update(state="stopped", stopped_at=now(), stopped_why=why)

    pages = [page_of(quan, path) for path in (PATH, "")]

    assert [why in page for page in pages] == [True, True]


@pytest.mark.django_db(transaction=True)
def test_heads_are_listed_with_who_signed_them(quan: Client, settings: Settings) -> None:
    write(make_fact())
    settle()
    use_key(settings)
    write(make_fact(2))
    settle(at=MONDAY + ledger.EVERY)

    page = page_of(quan, PATH)

    assert "UBND tỉnh Điện Biên" in page
    assert "chưa ký" in page


def admit(client: Client, content: bytes, name: str = "Bộ Khoa học và Công nghệ") -> Any:
    file = SimpleUploadedFile("khoa.pem", content)
    sent = {"request_key": f"{uuid4()}", "name": name, "file": file}
    return client.post(f"/quan-tri/{PATH}chung-kien/them/", sent)


def key_in(form: str) -> bytes:
    """Return a public key, a certificate, or what is neither."""
    pair = make_leaf("Bộ Khoa học và Công nghệ", kind="ec")
    if form == "certificate":
        return pair.certificate.public_bytes(Encoding.PEM)
    if form == "der":
        return pair.der
    public = pair.key.public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@pytest.mark.parametrize("form", ["key", "certificate", "der"])
def test_a_witness_is_admitted_and_dismissed(quan: Client, form: str) -> None:
    answer = admit(quan, key_in(form))
    key = ledger.known_keys()[0]
    path = f"{PATH}chung-kien/{key.sha256}/thoi/"

    pages = [page_of(quan, PATH), page_of(quan, path)]
    quan.post(f"/quan-tri/{path}", {"request_key": f"{uuid4()}"})

    key = ledger.known_keys()[0]
    assert answer.status_code == 302, answer.content.decode()
    assert ledger.fingerprint(bytes(key.public_key)) in pages[0]
    assert "Thôi nhận chữ ký chứng kiến của Bộ Khoa học" in pages[1]
    assert key.ended_at is not None


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"x", "Bộ", "Không đọc được khóa công khai"),
        (b"-----BEGIN PRIVATE KEY-----", "Bộ", "Không đọc được khóa công khai"),
        (key_in("key"), "", "Hãy nhập tên cơ quan"),
    ],
)
def test_what_is_no_witness_is_refused(quan: Client, content: bytes, name: str, says: str) -> None:
    answer = admit(quan, content, name)

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_a_key_is_admitted_once(quan: Client) -> None:
    admit(quan, key_in("key"))

    assert "đã có trong danh sách" in admit(quan, key_in("certificate")).content.decode()


def test_witnesses_are_for_the_whole_province_only(xuan: Client, dung: Client) -> None:
    pages = [page_of(person, f"{PATH}chung-kien/them/") for person in (xuan, dung)]

    assert pages == ["403", "403"]
