"""Root certificates on the screen: one proposes, another approves, wrong files are told apart."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.trust import api as trust
from motcua.foundation.trust.tests.make import make_between, make_root

from .people import page_of, seat, signed_in

pytestmark = pytest.mark.django_db
LIST, NEW = "goc-tin-cay/", "goc-tin-cay/them/"


@pytest.fixture
def sen(province: organisation.Agency) -> Client:
    """Return the browser of the second administrator of the province."""
    return signed_in(seat(province, PostRole.ADMINISTRATOR, "Vì Thị Sen", "sen"))


def propose(client: Client, content: bytes, purpose: str = "demo") -> Any:
    """Send a file as a proposal and return the answer."""
    file = SimpleUploadedFile("goc.cer", content)
    sent = {"request_key": f"{uuid4()}", "file": file, "purpose": purpose, "basis": "QĐ 1/QĐ"}
    return client.post(f"/quan-tri/{NEW}", sent)


def proposed(client: Client) -> str:
    """Propose the root of the tests and return its address below /quan-tri/."""
    answer = propose(client, make_root().der)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"]).removeprefix("/quan-tri/")


def approve(client: Client, path: str, typed: str) -> Any:
    return client.post(f"/quan-tri/{path}duyet/", {"request_key": f"{uuid4()}", "typed": typed})


def fingerprint() -> str:
    return trust.root_in(make_root().der).sha256


@pytest.mark.parametrize("path", [LIST, NEW])
def test_anchors_are_for_the_whole_province_only(
    quan: Client, xuan: Client, dung: Client, path: str
) -> None:
    pages = [page_of(person, path) for person in (quan, xuan, dung)]

    assert ["<h1" in pages[0], *pages[1:]] == [True, "403", "403"]


def test_one_proposes_and_another_approves(quan: Client, sen: Client) -> None:
    path = proposed(quan)

    answer = approve(sen, path, fingerprint()[-8:])

    assert answer.status_code == 302
    assert [one.state for one in trust.anchors_on_record()] == ["trusted"]


def test_the_fingerprint_is_shown_in_groups_and_the_demo_is_marked(quan: Client) -> None:
    page = page_of(quan, proposed(quan))

    groups = trust.fingerprint_words(fingerprint()).split(" ")
    assert all(f"<span>{group}</span>" in page for group in groups)
    assert "Không có giá trị pháp lý" in page


def test_who_proposed_is_told_that_another_must_approve(quan: Client, sen: Client) -> None:
    path = proposed(quan)

    own, other = page_of(quan, path), page_of(sen, path)

    assert ["không tự duyệt được" in page for page in (own, other)] == [True, False]
    assert ["Tám ký tự cuối" in page for page in (own, other)] == [False, True]


def test_nobody_approves_his_own_by_hand(quan: Client) -> None:
    path = proposed(quan)

    answer = approve(quan, path, fingerprint()[-8:])

    assert answer.status_code == 422
    assert "cần một quản trị viên khác" in answer.content.decode()


def test_wrong_digits_are_said_beside_their_field(quan: Client, sen: Client) -> None:
    answer = approve(sen, proposed(quan), "00000000")

    assert answer.status_code == 422
    assert "hãy đối chiếu lại" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.4 x", "Đây là tệp PDF"),
        (b"-----BEGIN PRIVATE KEY-----", "khóa bí mật"),
        (make_between().der, "trung gian"),
        (b"x" * 50, "Không đọc được chứng thư"),
    ],
)
def test_a_wrong_file_is_told_apart(quan: Client, content: bytes, says: str) -> None:
    answer = propose(quan, content)

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_what_is_known_already_is_said(quan: Client) -> None:
    proposed(quan)

    assert "đã có trong danh sách" in propose(quan, make_root().der).content.decode()


def test_where_papers_count_no_demo_root_can_be_chosen(quan: Client, settings: Settings) -> None:
    settings.SIGNING_DEMO = False

    assert "Minh họa" not in page_of(quan, NEW)
    assert propose(quan, make_root().der).status_code == 422


def test_an_anchor_is_withdrawn_with_its_reason(quan: Client, sen: Client) -> None:
    path = proposed(quan)
    approve(sen, path, fingerprint()[-8:])

    quan.post(f"/quan-tri/{path}thoi/", {"request_key": f"{uuid4()}", "reason": "Lộ khóa"})

    page = page_of(quan, path)
    assert "Lý do: Lộ khóa" in page
    assert "Vũ Thị Quản thôi tin cậy" in page


def test_the_certificate_itself_is_handed_out(quan: Client) -> None:
    answer = quan.get(f"/quan-tri/{proposed(quan)}tep/")

    assert answer.content == make_root().der


def test_an_anchor_that_is_not_there_is_not_found(quan: Client) -> None:
    assert page_of(quan, f"goc-tin-cay/{'0' * 64}/") == "404"
