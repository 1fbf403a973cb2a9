"""The books of a desk and of a registry, as they are read: a period, or numbers in their order."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from ninja import Schema
from ninja.params import functions as params

from motcua.casework.documents import api as documents
from motcua.casework.dossiers import api as dossiers
from motcua.channels.api.door import NUMBER, Door, file_answer, plain_json, row_of
from motcua.channels.api.naming import unit_of
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.clients.api import Scope
from motcua.foundation.papers import api as papers
from motcua.lib.errors import BadInput, NotAllowed

LONGEST = timedelta(days=92)
MOST_LINES = 10_000
PDF = "application/pdf"
_DESK: Any = params.Query(..., max_length=35)
_DAY: Any = params.Query(...)
_ABOVE: Any = params.Query(0, ge=0, le=2**31 - 1)
_LINES: Any = params.Query(200, ge=1, le=1000)
door = Door("registers")


class RegisterLineOut(Schema):
    """One line of the follow-up register of a desk."""

    serial: int
    code: str
    procedure_name: str
    sets: int
    applicant_name: str
    contact: str
    competent_unit: str
    received_at: datetime
    due_at: datetime | None
    outcome_received_at: datetime | None
    returned_at: datetime | None
    return_way: str
    received_by: str
    note: str


class CertificationLineOut(Schema):
    """One line of the book of certified copies: one paper, however many copies of it."""

    number: int
    certified_on: date
    applicant_name: str
    paper_name: str
    signed_by: str
    copies: int
    paid_vnd: int
    note: str


class BookOut(Schema):
    """One book of a registry: what a series holds in one year."""

    id: int
    name: str
    direction: str
    year: int
    latest: int
    closed_at: datetime | None


class BookLineOut(Schema):
    """One number of a book: its legal columns; `code` where the reader may know the document."""

    ordinal: int
    cells: list[str]
    code: str
    is_cancelled: bool


class BookLinesOut(Schema):
    """Lines of a book in order of number; `next` is what to send as `above`, 0 at the end."""

    columns: list[str]
    rows: list[BookLineOut]
    next: int


@door.reads("/desk/register", Scope.DESK, list[RegisterLineOut], "Sổ theo dõi hồ sơ", heavy=True)
def read_register(
    request: ActorRequest, desk_code: str = _DESK, first: date = _DAY, last: date = _DAY
) -> Any:
    """Return what a desk received between two days, both counted, in order of reception."""
    desk_id = _desk(request, desk_code, first, last)
    return _lines(dossiers.register_rows(desk_id, first, last), RegisterLineOut)


@door.reads("/desk/register/pdf", Scope.DESK, None, "In sổ theo dõi hồ sơ", heavy=True)
def print_register(
    request: ActorRequest, desk_code: str = _DESK, first: date = _DAY, last: date = _DAY
) -> Any:
    """Return the register of these days as it is printed; closed if it was closed."""
    desk_id = _desk(request, desk_code, first, last)
    return file_answer(dossiers.register_pdf(request.actor, desk_id, first, last), PDF, "so.pdf")


@door.reads(
    "/desk/certifications", Scope.DESK, list[CertificationLineOut], "Sổ chứng thực", heavy=True
)
def read_certifications(
    request: ActorRequest, desk_code: str = _DESK, first: date = _DAY, last: date = _DAY
) -> Any:
    """Return what a desk certified between two days, both counted, in the order of the book."""
    desk_id = _desk(request, desk_code, first, last)
    return _lines(dossiers.certification_rows(desk_id, first, last), CertificationLineOut)


@door.reads("/desk/certifications/pdf", Scope.DESK, None, "In sổ chứng thực", heavy=True)
def print_certifications(
    request: ActorRequest, desk_code: str = _DESK, first: date = _DAY, last: date = _DAY
) -> Any:
    """Return the book of certified copies of these days as it is printed."""
    desk_id = _desk(request, desk_code, first, last)
    content = dossiers.certification_book_pdf(request.actor, desk_id, first, last)
    return file_answer(content, PDF, "so-chung-thuc.pdf")


@door.reads("/document-books", Scope.READ_DOCUMENTS, list[BookOut], "Sổ văn bản của cơ quan")
def list_books(request: ActorRequest) -> Any:
    """Return the books of one's agency, the newest year first; for who keeps them."""
    agency_id = request.actor.agency_id
    if agency_id is None or not documents.keeps_books(request.actor, agency_id):
        raise NotAllowed("Sổ văn bản do văn thư của cơ quan giữ; hãy hỏi văn thư.")
    found = documents.books_of(agency_id)
    return plain_json(
        [row_of(BookOut, one.book, name=one.name, latest=one.latest) for one in found]
    )


@door.reads("/document-books/{number}", Scope.READ_DOCUMENTS, BookLinesOut, "Đọc một sổ văn bản")
def read_book(
    request: ActorRequest, number: int = NUMBER, above: int = _ABOVE, limit: int = _LINES
) -> Any:
    """Return lines of a book above a number, in their order; secret ones without their words."""
    book = documents.get_book_for(request.actor, number)
    only = documents.Between(after=above)
    found = list(documents.lines_of(book, request.actor, only, limit=limit + 1))
    rows = [row_of(BookLineOut, one) for one in found[:limit]]
    following = found[limit - 1].ordinal if len(found) > limit else 0
    columns = list(papers.columns_of(documents.book_kind(book)))
    return plain_json({"columns": columns, "rows": rows, "next": following})


def _desk(request: ActorRequest, code: str, first: date, last: date) -> int:
    """Return the desk whose book may be read. Raises: BadInput, NotAllowed."""
    if last < first or last - first > LONGEST:
        raise BadInput("Kỳ phải từ ngày đầu tới ngày cuối, nhiều nhất 92 ngày.", field="last")
    desk = unit_of(code, "desk_code")
    dossiers.check_reader(request.actor, desk.id)
    return desk.id


def _lines(rows: Iterable[object], shape: type[Schema]) -> Any:
    found = [row_of(shape, one) for one in islice(rows, MOST_LINES + 1)]
    if len(found) > MOST_LINES:
        raise BadInput("Sổ của kỳ này quá dài; hãy chọn kỳ ngắn hơn.", field="last")
    return plain_json(found)
