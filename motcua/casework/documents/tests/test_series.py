"""Which series number an agency's own documents, as its head decides."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from motcua.casework.documents.choices import State, StepKind
from motcua.casework.documents.errors import DocumentError
from motcua.casework.documents.models import Book, Document, DocumentStep, Series, SeriesKind
from motcua.casework.documents.operations.closing import close_book
from motcua.casework.documents.operations.drafting import begin_draft, submit
from motcua.casework.documents.operations.issuing import PaperIssueIn, issue_on_paper, series_for
from motcua.casework.documents.operations.series import SeriesIn, begin_series, end_series
from motcua.casework.documents.operations.stepping import RouteIn
from motcua.casework.documents.queries.books import gaps_in, wrong_in
from motcua.casework.documents.queries.series import free_kinds, series_of
from motcua.foundation.organisation.api import PostRole, Unit
from motcua.foundation.organisation.tests.make import make_officer, make_post
from motcua.foundation.papers.api import DocumentKind
from motcua.lib.clock import HANOI
from motcua.lib.errors import BadInput, NotAllowed

from .make import MONDAY, Office, draft_of, make_office

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
TOMORROW = MONDAY + timedelta(days=1)
NEXT_YEAR = datetime(2027, 1, 4, 9, 0, tzinfo=HANOI)
DECISIONS = (DocumentKind.DECISION,)
BASIS = "Quyết định số 12/QĐ-UBND ngày 02/03/2026"


def make_place() -> Office:
    office = make_office()
    registry = Unit.objects.get(pk=office.registry_id)
    make_post(registry, PostRole.REGISTRY_CLERK, holder=make_officer("Văn thư", code="VT1"))
    return office


def wanted(office: Office, **changes: Any) -> SeriesIn:
    facts: dict[str, Any] = {
        "name": "Sổ quyết định",
        "kinds": DECISIONS,
        "valid_from": TODAY,
        "basis": BASIS,
        **changes,
    }
    return SeriesIn(office.agency_id, **facts)


def issue(office: Office, kind: DocumentKind, at: datetime = MONDAY) -> Document:
    """Issue a document of a kind on paper."""
    document = begin_draft(draft_of(office, kind=kind), by=office.tuan, at=at)
    submit(document.code, RouteIn(office.division_id), by=office.tuan, at=at)
    step = DocumentStep.objects.get(document_id=document.pk, closed_at=None)
    step.kind = StepKind.SIGN
    step.save(update_fields=["kind"])
    paper = PaperIssueIn("Nguyễn Thị Hoa", "Chủ tịch")
    return issue_on_paper(document.code, step.seq, paper, by=office.dung, at=at)


def test_a_kind_with_a_series_of_its_own_begins_at_one() -> None:
    office = make_place()
    issue(office, DocumentKind.OFFICIAL_LETTER)
    begin_series(wanted(office), by=office.dung, at=MONDAY)

    decision = issue(office, DocumentKind.DECISION)
    letter = issue(office, DocumentKind.OFFICIAL_LETTER)

    assert (decision.number, letter.number) == ("01", "02")


def test_a_series_begun_within_a_year_goes_on_from_the_numbers_its_kinds_have() -> None:
    office = make_place()
    issue(office, DocumentKind.OFFICIAL_LETTER)
    issue(office, DocumentKind.DECISION)
    begin_series(wanted(office), by=office.dung, at=MONDAY)

    decision = issue(office, DocumentKind.DECISION)

    book = Book.objects.select_related("series").get(pk=decision.book_id or 0)
    assert (decision.number, book.first, gaps_in(book, 3)) == ("03", 3, [])


def test_a_new_year_begins_at_one_again_in_every_series() -> None:
    office = make_place()
    issue(office, DocumentKind.DECISION)
    begin_series(wanted(office), by=office.dung, at=MONDAY)
    issue(office, DocumentKind.DECISION)

    assert issue(office, DocumentKind.DECISION, NEXT_YEAR).number == "01"


def test_a_kind_stands_in_one_series_at_a_time() -> None:
    office = make_place()
    begin_series(wanted(office), by=office.dung, at=MONDAY)

    with pytest.raises(BadInput, match="đang lấy số"):
        begin_series(wanted(office, name="Sổ khác"), by=office.dung, at=MONDAY)

    kinds = [kind for kind, _ in free_kinds(office.agency_id, TODAY)]
    assert DocumentKind.DECISION not in kinds


def test_the_database_refuses_a_kind_in_two_series() -> None:
    office = make_place()
    series = begin_series(wanted(office), by=office.dung, at=MONDAY)

    with pytest.raises(IntegrityError, match="documents_kind_in_one_series"):
        SeriesKind.objects.create(
            series=series,
            agency_id=office.agency_id,
            kind=DocumentKind.DECISION,
            valid_from=date(2026, 6, 1),
        )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"kinds": ()}, "kinds"),
        ({"basis": ""}, "basis"),
        ({"valid_from": date(2026, 3, 1)}, "valid_from"),
    ],
)
def test_a_series_needs_name_kinds_decision_and_a_day_to_come(
    changes: dict[str, object], field: str
) -> None:
    office = make_place()

    with pytest.raises(BadInput) as refused:
        begin_series(wanted(office, **changes), by=office.dung, at=MONDAY)

    assert refused.value.field == field


def test_who_manages_no_books_decides_no_series() -> None:
    office = make_place()

    with pytest.raises(NotAllowed):
        begin_series(wanted(office), by=office.tuan, at=MONDAY)


def test_no_series_begins_while_a_document_of_its_kinds_is_numbered() -> None:
    office = make_place()
    document = begin_draft(draft_of(office, kind=DocumentKind.DECISION), by=office.tuan, at=MONDAY)
    Document.objects.filter(pk=document.pk).update(state=State.SIGNING)

    with pytest.raises(DocumentError, match="đang ký"):
        begin_series(wanted(office), by=office.dung, at=MONDAY)


def test_a_series_ends_with_its_year_and_its_book_is_closed_like_any_other() -> None:
    office = make_place()
    issue(office, DocumentKind.DECISION)
    series = begin_series(wanted(office), by=office.dung, at=MONDAY)
    decision = issue(office, DocumentKind.DECISION)
    end_series(series.pk, date(2026, 12, 31), BASIS, by=office.dung, at=MONDAY)

    closed = close_book(decision.book_id or 0, by=office.dung, at=NEXT_YEAR)

    closed.refresh_from_db()
    assert (closed.latest, list(wrong_in(closed))) == (2, [])
    assert series_for(decision, date(2027, 1, 4)).code == "di"


def test_a_series_whose_numbers_would_come_twice_does_not_end_at_once() -> None:
    office = make_place()
    issue(office, DocumentKind.OFFICIAL_LETTER)
    series = begin_series(wanted(office), by=office.dung, at=MONDAY)
    for _ in range(2):
        issue(office, DocumentKind.DECISION)

    with pytest.raises(DocumentError, match="trùng"):
        end_series(series.pk, None, BASIS, by=office.dung, at=TOMORROW)


def test_a_series_ends_at_once_where_no_number_can_come_twice() -> None:
    office = make_place()
    series = begin_series(wanted(office), by=office.dung, at=MONDAY)
    issue(office, DocumentKind.DECISION)
    for _ in range(2):
        issue(office, DocumentKind.OFFICIAL_LETTER)

    end_series(series.pk, None, BASIS, by=office.dung, at=TOMORROW)

    assert issue(office, DocumentKind.DECISION, TOMORROW).number == "03"


def test_a_series_that_was_never_used_is_given_up() -> None:
    office = make_place()
    series = begin_series(wanted(office), by=office.dung, at=MONDAY)

    end_series(series.pk, None, BASIS, by=office.dung, at=MONDAY)

    assert list(Series.objects.filter(pk=series.pk)) == []


def test_the_page_shows_what_is_in_use_with_its_next_number() -> None:
    office = make_place()
    issue(office, DocumentKind.OFFICIAL_LETTER)
    begin_series(wanted(office), by=office.dung, at=MONDAY)
    issue(office, DocumentKind.DECISION)

    shown = series_of(office.agency_id, TODAY)

    assert [(one.series.name, one.kinds, one.next) for one in shown] == [
        ("Sổ đăng ký văn bản đi", (), 2),
        ("Sổ quyết định", ("Quyết định",), 2),
    ]
