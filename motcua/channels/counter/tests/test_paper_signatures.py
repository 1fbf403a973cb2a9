"""Before receiving, the desk sees who signed a paper, whether trusted and why."""

from io import BytesIO
from typing import Any

import pytest

from motcua.casework.dossiers.api import PartyIn, PartyRole, whole
from motcua.casework.dossiers.tests.make import get_dossier, make_filed
from motcua.foundation.files import api as files
from motcua.foundation.files.tests.make import make_picture
from motcua.foundation.people import api as people
from motcua.foundation.people.tests.make import make_person
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import TurnRole
from motcua.foundation.signing.tests.make import (
    drawn_over,
    make_drafted,
    make_prepared,
    make_signed,
)
from motcua.foundation.trust.tests.make import MONDAY, QUANG, make_leaf, make_trusted_world
from motcua.lib.clock import now

from .make import Desk, make_desk, sign_in_dung

pytestmark = pytest.mark.django_db
LAN = "Lò Thị Lan"


def hand_in(desk: Desk, content: bytes, name: str = "don.pdf", **changes: Any) -> str:
    """Let Lan's first paper be this file; return the address of its signatures."""
    code = make_filed(desk.commune, **changes)
    paper = whole(get_dossier(code)).papers[0]
    stored = files.keep_file(name, BytesIO(content), by=QUANG, at=MONDAY)
    type(paper).objects.filter(pk=paper.pk).update(file=stored, file_name=name)
    return f"/mot-cua/ho-so/{code}/chu-ky/{paper.seq}/"


def signed() -> bytes:
    return make_signed(make_prepared(), make_leaf(LAN), TurnRole.LEADER)


def told(desk: Desk, address: str) -> str:
    """Return the page after the signer has looked into what was asked for."""
    text_of(desk, address)
    signing.examine_due(at=now())
    return text_of(desk, address)


def text_of(desk: Desk, address: str) -> str:
    return str(desk.client.get(address).content.decode())


def test_a_signature_we_trust_is_told_with_its_signer() -> None:
    make_trusted_world()
    desk = make_desk()

    text = told(desk, hand_in(desk, signed()))

    assert LAN in text
    assert "Gốc thử nghiệm" in text


def test_a_signature_we_do_not_trust_is_told_with_the_reason() -> None:
    desk = make_desk()

    text = told(desk, hand_in(desk, signed()))

    assert "Chưa kết luận được" in text


def test_a_paper_that_was_changed_after_signing_is_told() -> None:
    make_trusted_world()
    desk = make_desk()

    text = told(desk, hand_in(desk, drawn_over(signed())))

    assert "Không hợp lệ" in text


def test_a_paper_without_a_signature_is_told() -> None:
    desk = make_desk()

    assert "Tệp này không có chữ ký số." in text_of(desk, hand_in(desk, make_drafted()))


def test_the_page_of_the_dossier_leads_there() -> None:
    desk = make_desk()
    address = hand_in(desk, signed())

    assert f'href="{address}"' in text_of(desk, address.partition("chu-ky/")[0])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (LAN, "Tên trên chứng thư trùng chủ hồ sơ."),
        ("Lê Văn Dũng", "không trùng người nộp, chủ hồ sơ; hãy kiểm tra ai ký."),
    ],
)
def test_the_desk_sees_whether_the_certificate_names_the_applicant(name: str, words: str) -> None:
    make_trusted_world()
    desk = make_desk()
    content = make_signed(make_prepared(), make_leaf(name), TurnRole.LEADER)
    address = hand_in(desk, content)
    told(desk, address)

    assert words in text_of(desk, address.partition("chu-ky/")[0])
    assert words in text_of(desk, f"{address}dang-kiem-tra/?lan=1")


@pytest.mark.parametrize(
    ("number", "word"),
    [("011198000123", "Đúng người"), ("011198000124", "Chứng thư của người khác")],
)
def test_the_desk_sees_whose_certificate_it_is(number: str, word: str) -> None:
    make_trusted_world()
    desk = make_desk()
    content = make_signed(make_prepared(), make_leaf(LAN, number=f"CCCD:{number}"), TurnRole.LEADER)
    lan = make_person(LAN, number_hash=people.hash_number("011198000123"))
    party = PartyIn(PartyRole.APPLICANT, LAN, person_id=lan.pk)
    address = hand_in(desk, content, parties=(party,))

    texts = [told(desk, address), text_of(desk, address.partition("chu-ky/")[0])]

    assert [(word in text, number in text) for text in texts] == [(True, False)] * 2


def test_a_picture_is_not_asked_for_signatures() -> None:
    desk = make_desk()
    address = hand_in(desk, make_picture("PNG"), "don.png")

    assert "Chữ ký số" not in text_of(desk, address.partition("chu-ky/")[0])


def test_dung_sees_no_signatures_of_ours() -> None:
    desk = make_desk()
    address = hand_in(desk, signed())

    assert sign_in_dung().get(address).status_code == 404
