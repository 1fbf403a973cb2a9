"""Partners of exchange, and what came from them and cannot be taken, on the screen."""

from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from motcua.casework.exchange import api as exchange
from motcua.foundation.trust.tests.make import make_root
from motcua.lib.clock import local_day, now

from .people import page_of

pytestmark = pytest.mark.django_db
PAGE = "lien-thong/"


def post(client: Client, path: str, **sent: object) -> Any:
    return client.post(f"/quan-tri/{path}", {"request_key": f"{uuid4()}", **sent})


def enter(client: Client, **sent: object) -> Any:
    typed = {
        "code": "tinh-son-la",
        "name": "Tỉnh Sơn La",
        "way": "peer",
        "codes": "H52\nH53",
        "address": "https://sonla.example:8443/",
        "delivery": "push",
        "valid_from": f"{local_day(now()):%d/%m/%Y}",
        "basis": "QĐ 5",
    }
    return post(client, f"{PAGE}them/", **(typed | sent))


def test_partners_are_for_the_whole_province_only(quan: Client, xuan: Client, dung: Client) -> None:
    enter(quan)
    paths = [PAGE, f"{PAGE}them/", f"{PAGE}tinh-son-la/", f"{PAGE}tinh-son-la/sua/"]
    paths += [f"{PAGE}tinh-son-la/thoi/", f"{PAGE}tinh-son-la/chung-thu/"]

    assert all("<h1" in page_of(quan, path) for path in paths)
    assert {page_of(one, path) for one in (xuan, dung) for path in paths} == {"403"}


def test_a_partner_is_entered_and_says_what_is_missing(quan: Client) -> None:
    answer = enter(quan)

    shown = page_of(quan, f"{PAGE}tinh-son-la/")
    assert answer.status_code == 302, answer.content.decode()
    assert "Chưa nhập chứng thư của đối tác" in shown
    assert "H52, H53" in shown
    assert "Chưa liên lạc" in page_of(quan, PAGE)


def test_a_partner_is_changed_and_ended(quan: Client) -> None:
    enter(quan)
    changed = {"name": "Tỉnh Sơn La mới", "codes": "H52", "delivery": "pull", "is_fetched": "on"}
    changed |= {"address": "https://sonla.example", "valid_from": f"{local_day(now()):%d/%m/%Y}"}

    post(quan, f"{PAGE}tinh-son-la/sua/", **changed)
    post(quan, f"{PAGE}tinh-son-la/thoi/", reason="Sáp nhập")

    shown = page_of(quan, PAGE)
    assert "Tỉnh Sơn La mới" in shown
    assert "Thôi dùng" in shown


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"code": "Sơn La"}, "Mã đối tác gồm chữ thường"),
        ({"codes": "khong dung"}, "không phải mã định danh"),
        ({"codes": "H18"}, "là cơ quan của hệ thống này"),
        ({"address": "http://a.example"}, "Địa chỉ phải có dạng"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    quan: Client, sent: dict[str, str], says: str
) -> None:
    answer = enter(quan, **sent)

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_a_certificate_is_entered_and_ended(quan: Client) -> None:
    enter(quan)
    pem = x509.load_der_x509_certificate(make_root().der).public_bytes(Encoding.PEM)
    upload = SimpleUploadedFile("doi-tac.pem", pem)

    answer = post(quan, f"{PAGE}tinh-son-la/chung-thu/", file=upload)
    [shown] = exchange.counterparts_on_record()
    [kept] = shown.certificates
    before = page_of(quan, f"{PAGE}tinh-son-la/")
    post(quan, f"{PAGE}tinh-son-la/chung-thu/{kept.sha256}/thoi/")

    assert answer.status_code == 302, answer.content.decode()
    assert kept.sha256 in before
    assert exchange.counterparts(local_day(now()))[0].certificates == ()


def test_what_cannot_be_taken_is_shown_and_closed(quan: Client) -> None:
    enter(quan)
    line = exchange.Line("tinh-son-la", "H52.5", "H18", 1, kind=exchange.MessageKind.DOCUMENT)
    taken = exchange.take_in(BytesIO(b"<html/>"), line, at=now())
    path = f"{PAGE}vuong-mac/{taken.arrival_id}/"

    shown = page_of(quan, path)
    post(quan, f"{path}doc-lai/")
    exchange.read_arrivals(at=now())
    post(quan, f"{path}dong/", reason="Đã gọi nơi gửi")

    assert "Không phải gói tin edXML" in shown
    assert "Không có gói tin nào vướng mắc" in page_of(quan, PAGE)
    assert "Đã gọi nơi gửi" in page_of(quan, path)


def enter_axis(client: Client, settings: Settings, folder: Path) -> None:
    """Enter an axis at an address where nobody listens, with its secret."""
    path = folder / "secrets.json"
    path.touch(mode=0o600)
    path.write_text('{"truc": "bi-mat"}')
    settings.EXCHANGE_SECRETS_FILE = str(path)
    enter(client, code="truc", way="vxp", codes="*", address="http://127.0.0.1:9", client_ref="H18")


def test_trying_a_partner_asks_it_and_says_what_was_wrong(
    quan: Client, settings: Settings, tmp_path: Path
) -> None:
    enter_axis(quan, settings, tmp_path)

    answer = post(quan, f"{PAGE}truc/thu/")

    assert answer.status_code == 302
    shown = page_of(quan, f"{PAGE}truc/")
    assert "Chưa kết nối được. Trục liên thông không trả lời" in shown
    assert "Không liên lạc được" in shown


def test_a_partner_that_answers_is_told_with_its_agencies(
    quan: Client, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter_axis(quan, settings, tmp_path)
    told = exchange.Greeting("Trục trả lời tốt, có 1 cơ quan.", (("G09", "Bộ Nội vụ"),))
    monkeypatch.setattr(exchange.carriers["vxp"], "ask", lambda _: told)

    post(quan, f"{PAGE}truc/thu/")

    shown = page_of(quan, f"{PAGE}truc/")
    assert "Kết nối được. Trục trả lời tốt, có 1 cơ quan." in shown
    assert "Bộ Nội vụ" in shown


def test_a_partner_that_ended_is_not_tried(quan: Client, dung: Client) -> None:
    enter(quan)
    post(quan, f"{PAGE}tinh-son-la/thoi/", reason="Đổi hệ thống")

    post(quan, f"{PAGE}tinh-son-la/thu/")

    assert "hiện không dùng nên không thử được" in page_of(quan, f"{PAGE}tinh-son-la/")
    assert post(dung, f"{PAGE}tinh-son-la/thu/").status_code == 403
