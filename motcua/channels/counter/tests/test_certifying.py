"""Certification of copies: fee by page while typing, done in one act, one number a paper."""

from html import unescape

import pytest
from django.urls import reverse

from motcua.casework.dossiers.api import Dossier, Status, certified_lines
from motcua.casework.dossiers.tests.make import CERTIFICATION
from motcua.casework.procedures.api import forget_kept
from motcua.casework.procedures.tests.make import make_procedure
from motcua.channels.counter.views.certifying import next_receipt
from motcua.foundation.organisation.api import PostRole, Unit
from motcua.foundation.organisation.tests.make import make_officer, make_post

from .make import CARD, Desk, make_desk, sign_in_dung

pytestmark = pytest.mark.django_db
CERTIFY = "/mot-cua/chung-thuc/"
LINES = {
    "applicant_name": "Lò Thị Lan",
    "receipt_number": "AA/26E-11",
    "name": ["Bằng tốt nghiệp", "Giấy khai sinh", ""],
    "pages": ["1", "4", ""],
    "copies": ["3", "2", "1"],
}


def make_certifying_desk() -> Desk:
    desk = make_desk()
    make_procedure(code="2.000815", text=CERTIFICATION)
    forget_kept()
    return desk


def test_the_fee_runs_along_while_lines_are_typed() -> None:
    desk = make_certifying_desk()

    page = desk.client.post(CERTIFY, {**LINES, "act": "refresh"}).content.decode()

    assert ("18.000 đồng" in page, Dossier.objects.count()) == (True, 0)


def test_all_lines_are_certified_in_one_act_with_a_number_each() -> None:
    desk = make_certifying_desk()

    answer = desk.client.post(CERTIFY, {**LINES, "act": "certify"})

    dossier = Dossier.objects.get()
    assert answer.headers["Location"] == reverse("counter:certified", args=[dossier.code])
    assert (dossier.status, [line.book_number for line in certified_lines(dossier)]) == (
        Status.RETURNED,
        [1, 2],
    )


def test_the_numbers_of_the_book_are_shown() -> None:
    desk = make_certifying_desk()

    page = desk.client.post(CERTIFY, {**LINES, "act": "certify"}, follow=True).content.decode()

    assert ("SCT/BS-" in page, "biên lai AA/26E-11" in page) == (True, True)


def test_a_double_click_certifies_once() -> None:
    desk = make_certifying_desk()

    for _ in range(2):
        desk.client.post(CERTIFY, {**LINES, "act": "certify", "request_key": "mot"})

    assert Dossier.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"applicant_name": ""}, "Hãy ghi tên người yêu cầu chứng thực."),
        ({"name": ["", "", ""], "pages": ["", "", ""]}, "từ 1 đến 50 giấy tờ"),
        ({"pages": ["một", "4", ""]}, "số trang và số bản phải là số"),
        ({"pages": ["0", "4", ""]}, "số bản lớn hơn 0"),
        ({"receipt_number": ""}, "ghi số biên lai giấy"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_certified(
    changes: dict[str, object], complaint: str
) -> None:
    desk = make_certifying_desk()

    answer = desk.client.post(CERTIFY, {**LINES, "act": "certify", **changes})

    assert (complaint in answer.content.decode(), Dossier.objects.count()) == (True, 0)


def test_a_scanned_card_names_who_asks() -> None:
    desk = make_certifying_desk()

    answer = desk.client.post(CERTIFY, {"act": "card", "card": CARD})

    assert 'value="Lò Thị Lan"' in answer.content.decode()


def test_dung_does_not_see_what_we_certified() -> None:
    desk, dung = make_certifying_desk(), sign_in_dung()
    desk.client.post(CERTIFY, {**LINES, "act": "certify"})

    place = reverse("counter:certified", args=[Dossier.objects.get().code])

    assert dung.get(place).status_code == 404


def make_leader(desk: Desk) -> str:
    """Return the post of Hoa, who leads the commune."""
    root = Unit.objects.get(pk=desk.commune.root_id)
    hoa = make_officer("Nguyễn Thị Hoa")
    return str(make_post(root, PostRole.AGENCY_LEADER, title="Chủ tịch", holder=hoa).pk)


def test_the_chosen_signer_stands_on_the_page_of_what_was_certified() -> None:
    desk = make_certifying_desk()
    post = make_leader(desk)

    answer = desk.client.post(CERTIFY, {**LINES, "signer": post, "act": "certify"}, follow=True)

    assert "Người ký: Nguyễn Thị Hoa, Chủ tịch" in answer.content.decode()


def test_the_next_person_begins_with_the_next_receipt_and_the_same_signer() -> None:
    desk = make_certifying_desk()
    post = make_leader(desk)
    typed = {**LINES, "signer": post, "receipt_number": "AA/26E-009", "act": "certify"}
    page = desk.client.post(CERTIFY, typed, follow=True).content.decode()
    onward = f"{CERTIFY}?bl=AA%2F26E-009&amp;ky={post}"

    begun = desk.client.get(unescape(onward)).content.decode()

    assert (onward in page, 'value="AA/26E-010"' in begun) == (True, True)
    assert f'<option value="{post}" selected>' in begun


def test_the_same_papers_are_repeated_for_the_next_person() -> None:
    desk = make_certifying_desk()
    desk.client.post(CERTIFY, {**LINES, "act": "certify"})
    code = Dossier.objects.get().code

    page = desk.client.get(CERTIFY, {"lap": code}).content.decode()

    assert ("18.000 đồng" in page, "Bằng tốt nghiệp" in page) == (True, True)


@pytest.mark.parametrize(
    ("latest", "following"), [("0099", "0100"), ("AA-1", "AA-2"), ("AA", ""), ("", "")]
)
def test_receipts_follow_each_other(latest: str, following: str) -> None:
    assert next_receipt(latest) == following


def test_the_book_of_the_period_is_printed_in_full() -> None:
    desk = make_certifying_desk()
    desk.client.post(CERTIFY, {**LINES, "act": "certify"})

    printed = desk.client.get(f"{CERTIFY}so/in/")

    assert (printed.status_code, printed.content[:5]) == (200, b"%PDF-")
