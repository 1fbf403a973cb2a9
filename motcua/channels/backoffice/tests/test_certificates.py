"""The inventory of certificates and pictures on the screen."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.tests.make import (
    BLUE,
    MONDAY,
    make_drawing,
    make_leaf,
    make_server_certificate,
)
from motcua.lib.clock import now

from .people import page_of, seat, signed_in

pytestmark = pytest.mark.django_db
PAGE, PICTURES = "chung-thu/", "hinh-chu-ky/"


def days_from_now(days: int) -> int:
    """Return the days for which a certificate of the tests holds to end so many days from now."""
    return (now() - MONDAY) // timedelta(days=1) + days + 1


def post(client: Client, path: str, **sent: object) -> Any:
    return client.post(f"/quan-tri/{path}", {"request_key": f"{uuid4()}", **sent})


def register(client: Client, **sent: object) -> Any:
    pem = make_leaf("Nguyễn Thị Hoa").certificate.public_bytes(Encoding.PEM)
    file = SimpleUploadedFile("hoa.pem", pem)
    typed = {"file": file, "kind": "officer", "holder": "CB-1", "way": "elsewhere"} | sent
    return post(client, f"{PAGE}them/", **typed)


@pytest.fixture
def hoa(commune: organisation.Agency) -> organisation.Officer:
    """Return Hoa, who leads the commune."""
    officer = seat(commune, PostRole.AGENCY_LEADER, "Nguyễn Thị Hoa", "hoa").officer
    assert officer is not None
    return officer


@pytest.mark.parametrize(
    "path", [PAGE, f"{PAGE}them/", f"{PAGE}xuat/", PICTURES, f"{PICTURES}them/"]
)
def test_certificates_are_for_the_whole_province_only(
    xuan: Client, dung: Client, path: str
) -> None:
    assert [page_of(person, path) for person in (xuan, dung)] == ["403", "403"]


def test_a_certificate_is_registered_for_its_officer(
    quan: Client, hoa: organisation.Officer
) -> None:
    answer = register(quan, holder=hoa.code)

    assert answer.status_code == 302, answer.content.decode()
    page = page_of(quan, str(answer.headers["Location"]).removeprefix("/quan-tri/"))
    assert "Nguyễn Thị Hoa (cán bộ, công chức)" in page
    assert trust.Certificate.objects.get().officer_id == hoa.pk


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"holder": "không có"}, "Không có cán bộ nào mang mã này"),
        ({"kind": "agency", "holder": "H00"}, "Không có cơ quan nào đang hoạt động"),
        ({"way": "server"}, "phải ghi mục này"),
        ({"kind": "authority"}, "không khớp với nội dung tệp"),
        ({"file": SimpleUploadedFile("x.cer", b"%PDF")}, "không phải chứng thư"),
        ({"file": ""}, "Hãy chọn tệp"),
    ],
)
def test_what_is_wrong_is_said(
    quan: Client, hoa: organisation.Officer, sent: dict[str, object], says: str
) -> None:
    answer = register(quan, **({"holder": hoa.code} | sent))

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_a_certificate_near_its_end_is_marked(quan: Client) -> None:
    make_server_certificate("Nguyễn Thị Hoa", officer_id=5, days=days_from_now(20))

    page = page_of(quan, PAGE)

    assert ("Còn 20 ngày" in page, "kit-shape--late" in page) == (True, True)


def test_the_list_is_narrowed(quan: Client) -> None:
    make_server_certificate("Nguyễn Thị Hoa", officer_id=5, days=days_from_now(20))
    make_server_certificate("Lò Văn Phúc", officer_id=6, days=days_from_now(300))

    page = page_of(quan, f"{PAGE}?days=30&state=active&kind=officer&q=Hoa&after=odd")

    assert ("Nguyễn Thị Hoa" in page, "Lò Văn Phúc" in page) == (True, False)


@pytest.mark.parametrize(
    ("change", "state"),
    [("tam-dung", "suspended"), ("thoi-dung", "ended"), ("thu-hoi", "revoked")],
)
def test_a_certificate_is_changed_with_its_reason(quan: Client, change: str, state: str) -> None:
    own = make_server_certificate("Nguyễn Thị Hoa", officer_id=5)

    post(quan, f"{PAGE}{own.sha256}/{change}/", reason="Theo công văn 12")

    own.refresh_from_db()
    assert (own.state, own.state_reason) == (state, "Theo công văn 12")


def test_a_change_that_is_none_is_not_found(quan: Client) -> None:
    own = make_server_certificate("Nguyễn Thị Hoa", officer_id=5)

    assert page_of(quan, f"{PAGE}{own.sha256}/xoa/") == "404"


def test_the_inventory_leaves_as_a_table(quan: Client) -> None:
    make_server_certificate("Nguyễn Thị Hoa", officer_id=5, days=days_from_now(20))

    answer = quan.get(f"/quan-tri/{PAGE}xuat/")

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]  # -- a stream
    assert lines[0].split(",")[:3] == ["Chủ thể", "Người giữ", "Loại"]
    assert lines[1].startswith("Nguyễn Thị Hoa,,")
    assert ",20," in lines[1]


def add_picture(client: Client, **sent: object) -> Any:
    file = SimpleUploadedFile("dau.png", make_drawing(), content_type="image/png")
    typed = {
        "kind": "seal",
        "holder": "H18",
        "file": file,
        "width_mm": "36",
        "height_mm": "36",
        "valid_from": f"{now():%d/%m/%Y}",
    }
    return post(client, f"{PICTURES}them/", **(typed | sent))


def test_a_picture_is_brought_in_and_approved_by_another(
    quan: Client, province: organisation.Agency
) -> None:
    sen = signed_in(seat(province, PostRole.ADMINISTRATOR, "Vì Thị Sen", "sen"))
    assert add_picture(quan).status_code == 302
    image = trust.images_before(None, limit=1)[0]
    path = f"{PICTURES}{image.pk}/duyet/"

    pages = [path in page_of(person, PICTURES) for person in (quan, sen)]
    post(sen, path)

    image.refresh_from_db()
    assert (pages, image.state, image.approved_by_name) == ([False, True], "approved", "Vì Thị Sen")


def test_the_picture_itself_is_shown(quan: Client, province: organisation.Agency) -> None:
    add_picture(quan, holder=province.code)
    image = trust.images_before(None, limit=1)[0]

    answer = quan.get(f"/quan-tri/{PICTURES}{image.pk}/hinh/")

    shown = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # -- a stream
    answer.close()
    assert (answer.headers["Content-Type"], shown[1:4]) == ("image/png", b"PNG")


@pytest.mark.usefixtures("province")
@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"holder": "H00"}, "Không có cơ quan nào"),
        ({"height_mm": "20"}, "thì cao 36 mm"),
        ({"file": SimpleUploadedFile("x.png", make_drawing(ink=BLUE))}, "nét vẽ màu đỏ"),
        ({"kind": "handwriting", "holder": "x"}, "Không có cán bộ nào"),
        ({"width_mm": "999"}, "200"),
    ],
)
def test_a_wrong_picture_is_refused_in_words(
    quan: Client, sent: dict[str, object], says: str
) -> None:
    answer = add_picture(quan, **sent)

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_a_picture_is_dropped(quan: Client, province: organisation.Agency) -> None:
    add_picture(quan, holder=province.code)
    image = trust.images_before(None, limit=1)[0]

    post(quan, f"{PICTURES}{image.pk}/thoi/")

    assert "Không dùng" in page_of(quan, PICTURES)
