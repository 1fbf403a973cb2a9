"""The register and the report of a period: seen, printed, closed once by the head."""

from datetime import date

import pytest
from django.test import Client

from motcua.casework.dossiers.api import ClosedRegister
from motcua.casework.dossiers.tests.make import make_book_submitted, make_received
from motcua.foundation.identity.api import find_account
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import DocumentKind, Level, PolicyIn, TurnRole
from motcua.foundation.trust.tests.make import (
    QUANG,
    make_server_certificate,
    make_trusted_world,
)
from motcua.lib.clock import now

from .make import Desk, make_desk, make_desk_officer, sign_in_dung, told

pytestmark = pytest.mark.django_db
CERTIFIED = "/mot-cua/so-chung-thuc/"
REGISTER, REPORT = "/mot-cua/so-theo-doi/", "/mot-cua/bao-cao/"
MONDAY = date(2026, 3, 2)
MARCH = {"first": "1/3/2026", "latest": "31/3/2026"}


def sign_in_lien(desk: Desk) -> Client:
    """Return the browser of Liên, the head of the desk."""
    client = Client()
    head = PostRole.DESK_HEAD
    client.force_login(make_desk_officer("Bạc Thị Liên", "lien", desk.commune.desk_id, role=head))
    return client


def test_the_register_shows_what_was_received_in_the_period() -> None:
    desk = make_desk()
    code = make_received(desk.commune)

    assert code in desk.client.get(REGISTER, MARCH).content.decode()


def test_another_period_is_empty() -> None:
    desk = make_desk()
    make_received(desk.commune)

    page = desk.client.get(REGISTER, {"first": "1/4/2026", "latest": "2/4/2026"}).content.decode()

    assert "Sổ không có dòng nào trong những ngày này." in page


def test_a_period_that_goes_backwards_is_refused() -> None:
    page = make_desk().client.get(REGISTER, {"first": "2/4/2026", "latest": "1/4/2026"})

    assert "Ngày cuối phải sau ngày đầu." in page.content.decode()


def test_the_report_counts_the_period_by_field() -> None:
    desk = make_desk()
    make_received(desk.commune)

    page = desk.client.get(REPORT, MARCH).content.decode()

    assert "Hộ tịch" in page


@pytest.mark.parametrize("place", [f"{REGISTER}in/", f"{REPORT}in/"])
def test_books_are_printed_in_full(place: str) -> None:
    desk = make_desk()
    make_received(desk.commune)

    assert desk.client.get(place, MARCH).content[:5] == b"%PDF-"


def test_the_head_closes_the_register_as_a_book() -> None:
    desk = make_desk()
    make_received(desk.commune)
    lien = sign_in_lien(desk)

    lien.post(f"{REGISTER}khoa/", MARCH)

    book = ClosedRegister.objects.get()
    page = lien.get(REGISTER, MARCH).content.decode()
    assert (book.rows, book.closed_by_name, "Đã khóa sổ" in page) == (1, "Bạc Thị Liên", True)


def test_a_closed_book_shows_what_stood_in_it_and_how_much_that_was() -> None:
    desk = make_desk()
    code = make_received(desk.commune)
    lien = sign_in_lien(desk)
    lien.post(f"{REGISTER}khoa/", MARCH)
    make_received(desk.commune)

    page = lien.get(REGISTER, MARCH).content.decode()

    told = ("1 dòng, 1 bộ hồ sơ" in page, code in page, page.count("data-row"))
    assert told == (True, True, 1)


def test_the_book_of_certified_copies_is_closed_for_itself() -> None:
    desk = make_desk()
    lien = sign_in_lien(desk)
    lien.post(f"{REGISTER}khoa/", MARCH)

    answer = lien.post(f"{CERTIFIED}khoa/", MARCH)

    kinds = sorted(ClosedRegister.objects.values_list("kind", flat=True))
    page = lien.get(CERTIFIED, MARCH).content.decode()
    assert answer["Location"].startswith(CERTIFIED)
    assert (kinds, "Đã khóa sổ" in page) == (["certification", "follow_up"], True)


def test_a_closed_register_is_submitted_to_sign_and_the_page_says_for_whom_it_waits() -> None:
    desk = make_desk()
    lien = sign_in_lien(desk)
    lien.post(f"{REGISTER}khoa/", MARCH)
    make_trusted_world()
    make_server_certificate("UBND", agency_id=desk.commune.agency_id, days=9000)
    both = (TurnRole.LEADER, TurnRole.SEAL)
    given = PolicyIn(DocumentKind.REGISTER, Level.B_B, both, is_required=True, valid_from=MONDAY)
    signing.set_policy(given, by=QUANG, at=now())
    before = lien.get(REGISTER, MARCH).content.decode()

    lien.post(f"{REGISTER}trinh-ky/", MARCH)
    book = ClosedRegister.objects.get()
    account = find_account("lien")
    make_book_submitted(book.pk, account.pk if account else 0, now())

    page = lien.get(REGISTER, MARCH).content.decode()
    assert ("Trình ký số sổ này" in before, "Trình ký số sổ này" in page) == (True, False)
    assert "đang chờ Bạc Thị Liên ký" in page


def test_no_day_is_closed_twice() -> None:
    desk = make_desk()
    lien = sign_in_lien(desk)
    lien.post(f"{REGISTER}khoa/", MARCH)

    answer = lien.post(f"{REGISTER}khoa/", {"first": "31/3/2026", "latest": "1/4/2026"})

    assert ("có ngày trùng với khoảng này" in told(answer)[-1], ClosedRegister.objects.count()) == (
        True,
        1,
    )


def test_an_officer_of_the_desk_closes_no_book() -> None:
    desk = make_desk()

    answer = desk.client.post(f"{REGISTER}khoa/", MARCH)

    assert (answer.status_code, ClosedRegister.objects.count()) == (403, 0)


def test_dung_sees_only_the_register_of_his_own_desk() -> None:
    desk, dung = make_desk(), sign_in_dung()
    code = make_received(desk.commune)

    page = dung.get(REGISTER, {**MARCH, "desk": str(desk.commune.desk_id)}).content.decode()

    assert code not in page
