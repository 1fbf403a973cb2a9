"""The mark of arrival on a copy, and the slip that goes with a document."""

from datetime import date

import pytest

from motcua.casework.documents.choices import Act, FileRole, ScopeRole
from motcua.casework.documents.errors import DocumentError
from motcua.casework.documents.models import Document, DocumentFile, DocumentMove, DocumentStep
from motcua.casework.documents.operations.arriving import register
from motcua.casework.documents.operations.directing import direct
from motcua.casework.documents.operations.stamping import stamp
from motcua.casework.documents.queries.one import whole
from motcua.casework.documents.queries.slips import routing_slip
from motcua.casework.documents.rules.arrival import FileIn
from motcua.casework.documents.rules.directing import DirectiveIn, LineIn
from motcua.foundation.files import api as files
from motcua.foundation.files.tests.make import make_pdf
from motcua.foundation.papers import api as papers
from motcua.lib.errors import NotAllowed

from .make import MONDAY, Office, make_arrival, make_office, make_registered

pytestmark = pytest.mark.django_db


def scanned(office: Office, content: bytes | None = None) -> Document:
    """Register a document that came with a scan."""
    pdf = content or make_pdf(side=1500)
    kept = files.keep_bytes(pdf, "application/pdf", by=office.dung, at=MONDAY)
    main = FileIn(FileRole.MAIN, kept.pk, "cong-van.pdf")
    document = make_arrival(office, files=[main])
    return register(document.code, by=office.dung, at=MONDAY)


def read(one: DocumentFile) -> bytes:
    with files.open_file(one.file) as content:
        return content.read()


def test_the_mark_stands_on_a_copy_and_the_original_stays_as_it_came() -> None:
    office = make_office()
    document = scanned(office)

    stamp(document.code, by=office.dung, at=MONDAY)

    main, copy = DocumentFile.objects.filter(document=document).order_by("seq")
    original, marked = (read(one) for one in (main, copy))
    assert (copy.role, copy.name) == (FileRole.STAMPED, "den-01-cong-van.pdf")
    assert marked.startswith(original)
    assert DocumentMove.objects.filter(document=document, act=Act.STAMP).count() == 1


def test_the_mark_stands_once() -> None:
    office = make_office()
    document = scanned(office)
    stamp(document.code, by=office.dung, at=MONDAY)

    with pytest.raises(DocumentError):
        stamp(document.code, by=office.dung, at=MONDAY)


def test_what_has_no_number_or_no_pdf_gets_no_mark() -> None:
    office = make_office()
    waiting, without = make_arrival(office), make_registered(office)

    for document, words in ((waiting, "chưa có số đến"), (without, "không có tệp PDF")):
        with pytest.raises(DocumentError, match=words):
            stamp(document.code, by=office.dung, at=MONDAY)


def test_a_damaged_file_is_said_to_be_so_and_keeps_its_number() -> None:
    office = make_office()
    document = scanned(office, b"%PDF-1.7 broken")

    with pytest.raises(papers.PdfRefused):
        stamp(document.code, by=office.dung, at=MONDAY)

    document.refresh_from_db()
    assert document.ordinal == 1


def test_who_keeps_no_register_stamps_nothing() -> None:
    office = make_office()
    document = scanned(office)

    with pytest.raises(NotAllowed):
        stamp(document.code, by=office.tuan, at=MONDAY)


def directed(office: Office, *, is_secret: bool = False) -> Document:
    document = make_registered(office)
    step = DocumentStep.objects.get(document_id=document.pk, closed_at=None)
    line = LineIn(ScopeRole.LEAD, office.division_id, name="Phòng Kinh tế", words="Gấp")
    directive = DirectiveIn("Phòng Kinh tế trả lời", [line], is_secret=is_secret)
    return direct(document.code, step.seq, directive, by=office.hoa, at=MONDAY)


def test_the_slip_carries_what_the_leader_directed() -> None:
    office = make_office()
    document = directed(office)

    slip = routing_slip(office.dung, whole(document))

    [opinion] = slip.of_agency
    assert (slip.arrival_number, slip.arrived_on, slip.of_unit) == ("1", date(2026, 3, 2), ())
    assert (opinion.by, opinion.words) == ("Nguyễn Thị Hoa", "Phòng Kinh tế trả lời")
    assert [(one.part, one.name, one.words) for one in opinion.lines] == [
        ("Chủ trì", "Phòng Kinh tế", "Gấp")
    ]


def test_secret_words_are_on_the_slip_of_those_named_alone() -> None:
    office = make_office()
    document = directed(office, is_secret=True)

    of_clerk = routing_slip(office.dung, whole(document)).of_agency[0]
    of_division = routing_slip(office.mai, whole(document)).of_agency[0]

    assert (of_clerk.words, of_clerk.lines) == ("(Ý kiến chỉ gửi người có tên)", ())
    assert of_division.words == "Phòng Kinh tế trả lời"


def test_a_slip_needs_an_arrival_number() -> None:
    office = make_office()

    with pytest.raises(DocumentError):
        routing_slip(office.dung, whole(make_arrival(office)))
