"""Books are read, printed and closed by who keeps them; a lost number is said to be cancelled."""

from datetime import timedelta

import pytest
from django.test import override_settings

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import Book, CancelledNumber
from motcua.casework.documents.tests.make import other
from motcua.foundation.access import api as access
from motcua.foundation.numbering import api as numbering
from motcua.lib.clock import now

from .make import Office, make_arrival, make_office, text_of

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=366)


def filled(office: Office, how_many: int = 2) -> Book:
    """Register some documents now, and return their book."""
    dung = access.actor_now(office.accounts["dung"], at=now()).actor
    for number in range(1, how_many + 1):
        document = make_arrival(office, other(number=f"{number}", subject=f"V/v việc {number}"))
        documents.register(document.code, by=dung, at=now())
    return Book.objects.select_related("series").get(agency_id=office.agency_id)


def last_year(book: Book) -> None:
    """Let the book, and its numbers, be of the year before."""
    Book.objects.filter(pk=book.pk).update(year=book.year - 1)
    key = f"documents:{book.agency_id}.den"
    numbering.allocate_numbers(f"{key}:{book.year - 1}", 2)


def test_the_clerk_finds_the_books_of_his_agency_with_their_latest_number() -> None:
    office = make_office()
    book = filled(office)

    page = text_of(office.dung, "/van-ban/so/")

    assert f'href="/van-ban/so/{book.pk}/"' in page
    assert '<td data-label="Số mới nhất" class="kit-number">2</td>' in page


def test_who_keeps_no_books_is_told_whom_to_ask() -> None:
    office = make_office()
    book = filled(office)

    assert office.tuan.get("/van-ban/so/").status_code == 403
    assert office.tuan.get(f"/van-ban/so/{book.pk}/").status_code == 404


def test_a_book_of_another_agency_is_not_found() -> None:
    office = make_office()
    stranger = make_office("H18.102", "UBND xã Nà Tấu", tag="2")
    book = filled(office)

    for slug in ("", "in/", "huy-so/", "khoa/", "ban-khoa/"):
        assert stranger.dung.get(f"/van-ban/so/{book.pk}/{slug}").status_code == 404


def test_a_book_shows_its_lines_and_leads_to_the_documents() -> None:
    office = make_office()
    book = filled(office)
    code = documents.Document.objects.get(ordinal=1).code

    page = text_of(office.dung, f"/van-ban/so/{book.pk}/")

    assert "Công văn: V/v việc 1" in page
    assert f"/van-ban/vb/{code}/" in page


def test_a_long_book_goes_on_page_by_page_and_back() -> None:
    office = make_office()
    book = filled(office, 52)

    first = text_of(office.dung, f"/van-ban/so/{book.pk}/")
    second = text_of(office.dung, f"/van-ban/so/{book.pk}/?sau=50")
    back = text_of(office.dung, f"/van-ban/so/{book.pk}/?truoc=51")

    assert ("việc 50" in first, "việc 51" in first, "?sau=50" in first) == (True, False, True)
    assert ("việc 51" in second, "?truoc=51" in second, "?sau=" in second) == (True, True, False)
    assert ("việc 50" in back, "việc 51" in back, "?truoc=" in back) == (True, False, False)


def test_days_in_disorder_are_said_to_be_so() -> None:
    office = make_office()
    book = filled(office)
    days = "?from_day=02/02/2026&to_day=01/02/2026"

    page = text_of(office.dung, f"/van-ban/so/{book.pk}/{days}")

    assert "phải từ “Từ ngày” trở đi" in page


def test_a_book_is_printed_as_a_pdf() -> None:
    office = make_office()
    book = filled(office)

    answer = office.dung.get(f"/van-ban/so/{book.pk}/in/")

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")


def test_a_lost_number_is_named_and_cancelled_with_its_reason() -> None:
    office = make_office()
    book = filled(office)
    numbering.allocate_number(f"documents:{office.agency_id}.den:{book.year}")
    assert f"/van-ban/so/{book.pk}/huy-so/?so=3" in text_of(office.dung, f"/van-ban/so/{book.pk}/")

    path = f"/van-ban/so/{book.pk}/huy-so/"
    refused = office.dung.post(path, {"ordinal": "3", "reason": ""})
    done = office.dung.post(path, {"ordinal": "3", "reason": "Cấp nhầm"})

    assert (refused.status_code, done.status_code) == (422, 302)
    assert CancelledNumber.objects.get().reason == "Cấp nhầm"
    assert "Cấp nhầm" in text_of(office.dung, f"/van-ban/so/{book.pk}/")


def test_a_book_leads_to_its_further_registers_which_are_read_and_printed() -> None:
    office = make_office()
    book = filled(office)
    documents.Document.objects.filter(ordinal=1).update(answer_wanted=True)
    path = f"/van-ban/so/{book.pk}"
    assert f"{path}/theo-doi/" in text_of(office.dung, f"{path}/")

    page = text_of(office.dung, f"{path}/theo-doi/?state=mo")
    printed = office.dung.get(f"{path}/theo-doi/in/?state=mo")

    code = documents.Document.objects.get(ordinal=1).code
    assert f"/van-ban/vb/{code}/don-doc/" in page
    assert "V/v việc 2" not in page
    assert printed.content.startswith(b"%PDF")
    assert office.dung.get(f"{path}/buu-dien/").status_code == 404


def test_a_clerk_reminds_from_the_register() -> None:
    office = make_office()
    document = make_arrival(office)
    dung = access.actor_now(office.accounts["dung"], at=now()).actor
    to = documents.RouteIn(office.root_id, office.accounts["hoa"], "Nguyễn Thị Hoa")
    documents.register(document.code, by=dung, at=now(), to=to)

    answer = office.dung.post(f"/van-ban/vb/{document.code}/don-doc/", {"words": "Gấp."})

    assert answer.status_code == 302
    assert "Đôn đốc" in text_of(office.dung, f"/van-ban/vb/{document.code}/")


def test_a_series_is_begun_shown_and_ended_on_the_pages() -> None:
    office = make_office()
    form = {"name": "Sổ quyết định", "kinds": ["2"], "valid_from": "01/01/2099"}
    path = "/van-ban/so/day-so/"

    refused = office.dung.post(f"{path}them/", {**form, "basis": ""})
    begun = office.dung.post(f"{path}them/", {**form, "basis": "Quyết định số 12/QĐ-UBND"})
    page = text_of(office.dung, path)
    series = documents.Series.objects.get(name="Sổ quyết định")
    ending = {"when": "ngay", "basis": "Quyết định số 15/QĐ-UBND"}
    ended = office.dung.post(f"{path}{series.pk}/ket-thuc/", ending)

    assert (refused.status_code, begun.status_code, ended.status_code) == (422, 302, 302)
    assert ("Dùng từ 01/01/2099" in page, "Quyết định số 12/QĐ-UBND" in page) == (True, True)
    assert office.tuan.get(path).status_code == 403
    assert "Sổ quyết định" not in text_of(office.dung, path)


def test_the_book_of_this_year_is_not_closed() -> None:
    office = make_office()
    book = filled(office)

    answer = office.dung.post(f"/van-ban/so/{book.pk}/khoa/", {"sure": "on"})

    assert answer.status_code == 422
    assert "chỉ khóa được khi hết năm" in answer.content.decode()


def test_the_book_of_last_year_is_closed_and_its_print_is_kept() -> None:
    office = make_office()
    book = filled(office)
    last_year(book)

    answer = office.dung.post(f"/van-ban/so/{book.pk}/khoa/", {"sure": "on"})

    page = text_of(office.dung, f"/van-ban/so/{book.pk}/")
    kept = office.dung.get(f"/van-ban/so/{book.pk}/ban-khoa/")
    assert answer.status_code == 302
    assert "Mã băm các dòng" in page
    assert b"".join(kept).startswith(b"%PDF")


@override_settings(VOLUME_LINES=1)
def test_a_long_book_is_printed_volume_by_volume() -> None:
    office = make_office()
    book = filled(office)

    choice = text_of(office.dung, f"/van-ban/so/{book.pk}/in/")
    second = office.dung.get(f"/van-ban/so/{book.pk}/in/?tap=2")

    assert f'href="/van-ban/so/{book.pk}/in/?tap=2"' in choice
    assert second.headers["Content-Disposition"].endswith('-tap-2.pdf"')
    assert second.content.startswith(b"%PDF")


@override_settings(VOLUME_LINES=1)
def test_the_volumes_of_a_closed_book_are_handed_out() -> None:
    office = make_office()
    book = filled(office)
    last_year(book)
    office.dung.post(f"/van-ban/so/{book.pk}/khoa/", {"sure": "on"})

    page = text_of(office.dung, f"/van-ban/so/{book.pk}/")
    second = office.dung.get(f"/van-ban/so/{book.pk}/ban-khoa/2/")
    third = office.dung.get(f"/van-ban/so/{book.pk}/ban-khoa/3/")

    assert f"/van-ban/so/{book.pk}/ban-khoa/2/" in page
    assert (second.getvalue()[:4], third.status_code) == (b"%PDF", 404)
