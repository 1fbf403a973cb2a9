"""Registers show every number; a closed book takes nothing more and cannot be changed unseen."""

import io
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection
from django.test import override_settings
from pypdf import PdfReader

from motcua.casework.documents.errors import (
    BookClosed,
    BookUnfinished,
    DocumentError,
    NoSuchBook,
)
from motcua.casework.documents.models import Book, BookVolume, Document
from motcua.casework.documents.operations.arriving import correct_entry, register
from motcua.casework.documents.operations.closing import cancel_number, close_book
from motcua.casework.documents.queries.books import (
    books_of,
    gaps_in,
    get_book_for,
    print_of,
    volumes_kept,
    wrong_in,
)
from motcua.casework.documents.queries.registers import HIDDEN, Between, lines_of, volumes_in
from motcua.casework.documents.rules.volumes import volumes_of
from motcua.foundation.access.api import Power, Secrecy
from motcua.foundation.files import api as files
from motcua.foundation.numbering import api as numbering
from motcua.foundation.organisation.api import PostRole, Unit
from motcua.foundation.organisation.tests.make import make_officer, make_post
from motcua.foundation.signing import api as signing
from motcua.foundation.trust.tests.make import make_server_certificate, make_trusted_world
from motcua.lib.clock import HANOI
from motcua.lib.errors import BadInput, NotAllowed

from .make import (
    ENTRY,
    MONDAY,
    Office,
    make_arrival,
    make_clerk,
    make_office,
    make_registered,
    other,
)

pytestmark = pytest.mark.django_db
NEXT_YEAR = datetime(2027, 1, 4, 9, 0, tzinfo=HANOI)


def filled(office: Office, how_many: int = 3) -> Book:
    """Register some documents, and return the book they stand in."""
    for number in range(1, how_many + 1):
        make_registered(office, other(number=f"{number}", subject=f"V/v việc thứ {number}"))
    return Book.objects.select_related("series").get(agency_id=office.agency_id)


def lose_a_number(office: Office) -> int:
    """Give a number that no document gets, as a seal that was refused does."""
    return numbering.allocate_number(f"documents:{office.agency_id}.den:2026")


def tamper(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_register_has_the_legal_columns_in_order_of_number() -> None:
    office = make_office()
    book = filled(office, 2)

    first, second = lines_of(book, office.dung)

    assert (first.ordinal, second.ordinal) == (1, 2)
    assert first.cells == (
        "02/03/2026",
        "1",
        "Sở Nội vụ",
        "1/SNV-CCHC",
        "27/02/2026",
        "Công văn: V/v việc thứ 1",
        Unit.objects.get(pk=office.root_id).name,
        "02/03/2026",
        "",
        "",
    )


def test_a_register_is_read_on_and_back_by_number() -> None:
    office = make_office()
    book = filled(office, 5)

    on = lines_of(book, office.dung, Between(after=2), limit=2)
    back = lines_of(book, office.dung, Between(before=4), limit=2)

    assert ([one.ordinal for one in on], [one.ordinal for one in back]) == ([3, 4], [2, 3])


def test_a_register_is_narrowed_to_days() -> None:
    office = make_office()
    book = filled(office, 1)
    late = make_arrival(office, other(number="77"))
    register(late.code, by=office.dung, at=MONDAY + timedelta(days=10))

    of_march = lines_of(book, office.dung, Between(from_day=MONDAY.date() + timedelta(days=1)))

    assert [one.ordinal for one in of_march] == [2]


def test_what_only_those_named_may_know_shows_its_number_alone() -> None:
    office = make_office()
    document = make_registered(office, other(secrecy=Secrecy.NEED_TO_KNOW))
    book = Book.objects.select_related("series").get()

    (line,) = lines_of(book, office.tuan)

    assert (line.ordinal, line.cells[5], line.code) == (1, HIDDEN, "")
    assert document.subject not in " ".join(line.cells)


def test_books_are_read_by_their_own_agencys_keepers_alone() -> None:
    office, strangers = make_office(), make_office("H18.102", "UBND xã Nà Tấu", first=701)
    book = filled(office, 1)

    assert get_book_for(office.dung, book.pk) == book
    for other_person in (office.tuan, strangers.dung):
        with pytest.raises(NoSuchBook):
            get_book_for(other_person, book.pk)


def test_books_are_listed_with_their_latest_number() -> None:
    office = make_office()
    filled(office, 3)

    assert [(one.book.year, one.latest) for one in books_of(office.agency_id)] == [(2026, 3)]


def test_a_cancelled_number_stays_in_the_register_with_its_reason() -> None:
    office = make_office()
    book = filled(office, 1)
    lost = lose_a_number(office)

    cancel_number(book.pk, lost, "Cấp nhầm", by=office.dung, at=MONDAY)

    line = lines_of(book, office.dung)[1]
    assert (line.ordinal, line.is_cancelled) == (2, True)
    assert line.cells[-1] == "Số đã hủy ngày 02/03/2026: Cấp nhầm (Lò Văn Dũng)"


def test_only_a_number_that_was_given_and_is_not_in_use_is_cancelled() -> None:
    office = make_office()
    book = filled(office, 1)

    with pytest.raises(DocumentError, match="đang đứng trên"):
        cancel_number(book.pk, 1, "Cấp nhầm", by=office.dung, at=MONDAY)
    with pytest.raises(BadInput, match="mới cấp đến số 1"):
        cancel_number(book.pk, 2, "Cấp nhầm", by=office.dung, at=MONDAY)


def test_a_number_is_cancelled_once_and_with_a_reason() -> None:
    office = make_office()
    book = filled(office, 1)
    lost = lose_a_number(office)
    with pytest.raises(BadInput, match="lý do"):
        cancel_number(book.pk, lost, " ", by=office.dung, at=MONDAY)
    cancel_number(book.pk, lost, "Cấp nhầm", by=office.dung, at=MONDAY)

    with pytest.raises(DocumentError, match="đã ghi là hủy"):
        cancel_number(book.pk, lost, "Cấp nhầm", by=office.dung, at=MONDAY)


def test_only_who_manages_books_cancels_or_closes() -> None:
    office, strangers = make_office(), make_office("H18.102", "UBND xã Nà Tấu", first=701)
    book = filled(office, 1)

    for person in (office.hoa, strangers.dung):
        assert not (person.can(Power.MANAGE_BOOKS, unit_id=office.registry_id))
        with pytest.raises(NotAllowed):
            cancel_number(book.pk, 1, "Cấp nhầm", by=person, at=MONDAY)
        with pytest.raises(NotAllowed):
            close_book(book.pk, by=person, at=NEXT_YEAR)


def test_a_book_is_closed_only_when_its_year_is_over() -> None:
    office = make_office()
    book = filled(office, 1)

    with pytest.raises(BookUnfinished, match="từ 01/01/2027"):
        close_book(book.pk, by=office.dung, at=MONDAY)


def test_a_book_with_a_missing_number_is_not_closed() -> None:
    office = make_office()
    book = filled(office, 1)
    lost = lose_a_number(office)

    assert gaps_in(book, 2) == [lost]
    with pytest.raises(BookUnfinished, match="Số 2 không có văn bản"):
        close_book(book.pk, by=office.dung, at=NEXT_YEAR)


def test_a_closed_book_keeps_its_print_and_takes_nothing_more() -> None:
    office = make_office()
    waiting = make_arrival(office)
    book = filled(office, 2)

    closed = close_book(book.pk, by=office.dung, at=NEXT_YEAR)

    kept = BookVolume.objects.get(book=closed)
    assert (closed.latest, len(closed.closed_hash), kept.print_request) == (2, 64, "")
    with pytest.raises(BookClosed):
        register(waiting.code, by=office.dung, at=MONDAY)
    with pytest.raises(BookClosed):
        close_book(book.pk, by=office.dung, at=NEXT_YEAR)
    with pytest.raises(BookClosed):
        cancel_number(book.pk, 1, "Cấp nhầm", by=office.dung, at=NEXT_YEAR)


def test_an_entry_of_a_closed_book_is_not_corrected() -> None:
    office = make_office()
    book = filled(office, 1)
    close_book(book.pk, by=office.dung, at=NEXT_YEAR)
    code = Document.objects.get().code

    with pytest.raises(BookClosed, match="đã khóa"):
        correct_entry(code, ENTRY, "Ghi nhầm", by=office.dung, at=NEXT_YEAR)


def test_the_kept_print_says_all_entries_and_their_hash() -> None:
    office = make_office()
    closed = close_book(filled(office, 2).pk, by=office.dung, at=NEXT_YEAR)

    kept = print_of(closed, 1)
    assert kept is not None
    with files.open_file(kept) as stream:
        pages = PdfReader(io.BytesIO(stream.read())).pages
    text = " ".join(page.extract_text() for page in pages)

    assert "việc thứ 1" in " ".join(text.split())
    assert closed.closed_hash in "".join(text.split())


def test_a_seal_is_asked_for_the_print_where_the_agency_has_one() -> None:
    office = make_office()
    make_trusted_world()
    make_server_certificate("UBND xã Mường Phăng", agency_id=office.agency_id)
    registry = Unit.objects.get(pk=office.registry_id)
    make_post(registry, PostRole.REGISTRY_CLERK, holder=make_officer("Lò Văn Dũng", code="VT1"))
    book = filled(office, 1)

    closed = close_book(book.pk, by=office.dung, at=NEXT_YEAR)

    request = signing.SigningRequest.objects.get()
    kept = BookVolume.objects.get(book=closed)
    assert (kept.print_request, request.owner) == (request.code, f"book:{book.pk}:1")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE documents_document SET subject = 'Khác' WHERE ordinal = 2",
        "UPDATE documents_document SET registered_at = now() WHERE ordinal = 2",
        "UPDATE documents_document SET ordinal = 9 WHERE ordinal = 2",
    ],
)
def test_who_changes_an_entry_of_a_closed_book_is_found(sql: str) -> None:
    office = make_office()
    book = close_book(filled(office, 3).pk, by=office.dung, at=NEXT_YEAR)
    assert list(wrong_in(book)) == []

    tamper(sql)

    assert "số 2 không còn như lúc khóa sổ" in list(wrong_in(book))


def words_of(book: Book, volume: int) -> str:
    """Return what a kept volume says."""
    kept = print_of(book, volume)
    assert kept is not None
    with files.open_file(kept) as stream:
        pages = PdfReader(io.BytesIO(stream.read())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@override_settings(VOLUME_LINES=2)
def test_a_long_book_is_closed_in_volumes_with_one_hash() -> None:
    office = make_office()
    book = filled(office, 5)

    closed = close_book(book.pk, by=office.dung, at=NEXT_YEAR)

    kept = volumes_kept(closed)
    assert [(one.number, one.of, one.first, one.last) for one in kept] == [
        (1, 3, 1, 2),
        (2, 3, 3, 4),
        (3, 3, 5, 5),
    ]
    second = words_of(closed, 2)
    assert ["việc thứ 2" in second, "việc thứ 3" in second, "Tập 2/3" in second] == [
        False,
        True,
        True,
    ]
    assert closed.closed_hash in second.replace(" ", "")


@override_settings(VOLUME_LINES=1)
def test_each_volume_waits_for_the_seal() -> None:
    office = make_clerk(make_office())
    make_trusted_world()
    make_server_certificate("UBND xã Mường Phăng", agency_id=office.agency_id)
    book = filled(office, 2)

    close_book(book.pk, by=office.dung, at=NEXT_YEAR)

    asked = signing.SigningRequest.objects.order_by("owner").values_list("owner", "title")
    title = f"Sổ đăng ký văn bản đến năm {book.year}"
    assert list(asked) == [
        (f"book:{book.pk}:1", f"{title}, tập 1/2"),
        (f"book:{book.pk}:2", f"{title}, tập 2/2"),
    ]


def test_the_database_refuses_a_volume_beyond_the_last() -> None:
    office = make_office()
    book = close_book(filled(office, 1).pk, by=office.dung, at=NEXT_YEAR)

    with pytest.raises(IntegrityError, match="volume_is_one_of_them"):
        BookVolume.objects.filter(book=book).update(number=2)


@pytest.mark.parametrize(
    ("first", "last", "lines", "expected"),
    [
        (1, 0, 3, [(1, 0)]),
        (1, 3, 3, [(1, 3)]),
        (1, 4, 3, [(1, 3), (4, 4)]),
        (11, 15, 3, [(11, 13), (14, 15)]),
        (1, 20_001, 99_999, [(1, 10_000), (10_001, 20_000), (20_001, 20_001)]),
    ],
)
def test_volumes_follow_the_numbers(
    first: int, last: int, lines: int, expected: list[tuple[int, int]]
) -> None:
    assert [(one.first, one.last) for one in volumes_of(first, last, lines)] == expected


@override_settings(VOLUME_LINES=2)
def test_only_volumes_with_lines_of_the_days_are_printed() -> None:
    book = filled(make_office(), 3)
    day, later = MONDAY.date(), MONDAY.date() + timedelta(days=1)

    assert len(volumes_in(book, Between(from_day=day, to_day=day), 3)) == 2
    assert volumes_in(book, Between(from_day=later), 3) == []
