"""A number is said to be cancelled; a book is closed when its year is over, and stays as it is.

Source: docs/law/documents.md
"""

from collections.abc import Sequence
from datetime import datetime

from motcua.casework.documents.choices import BookState
from motcua.casework.documents.errors import BookClosed, BookUnfinished, DocumentError, NoSuchBook
from motcua.casework.documents.models import (
    Book,
    BookVolume,
    CancelledNumber,
    Document,
    Series,
)
from motcua.casework.documents.queries.books import (
    gaps_in,
    holds_there,
    is_over,
    latest_in,
    marks_in,
    numbers_of,
    owner_of,
)
from motcua.casework.documents.queries.registers import (
    Between,
    lines_of_volume,
    print_register,
    volumes_in,
)
from motcua.casework.documents.rules.entries import MARK, seal_of
from motcua.casework.documents.rules.volumes import Volume
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.files import api as files
from motcua.foundation.papers import api as papers
from motcua.foundation.signing import api as signing
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput, NotAllowed
from motcua.lib.text import tidy

_PDF = "application/pdf"
_CHANGED = (
    "state",
    "closed_at",
    "closed_by_id",
    "closed_by_name",
    "latest",
    "closed_hash",
    "closed_marks",
)
_SHOWN_GAPS = 5


def lock_book(book_id: int, by: Actor) -> Book:
    """Return an open book, locked until the story ends, if the actor manages it.

    Raises: NoSuchBook, NotAllowed, BookClosed.
    """
    try:
        book = work.lock(Book, id=book_id)
    except Book.DoesNotExist as error:
        message = "Không tìm thấy sổ này."
        raise NoSuchBook(message) from error
    book.series = Series.objects.get(pk=book.series_id)
    if not holds_there(by, Power.MANAGE_BOOKS, book.agency_id):
        raise NotAllowed("Chỉ người được giao quản lý sổ văn bản của cơ quan làm việc này.")
    if book.state != BookState.OPEN:
        raise BookClosed(f"“{book.series.name}” năm {book.year} đã khóa.")
    return book


@work.story
def cancel_number(
    book_id: int, ordinal: int, reason: str, *, by: Actor, at: datetime
) -> CancelledNumber:
    """Say that a number that was given will never stand on a document; it stays in the book.

    Raises: NoSuchBook, NotAllowed, BookClosed, BadInput, DocumentError if it is in use.
    Locks: the book.
    """
    book = lock_book(book_id, by)
    if not tidy(reason):
        raise BadInput("Hãy ghi lý do hủy số; lý do hiện trong sổ.", field="reason")
    latest = latest_in(book)
    if not book.first <= ordinal <= latest:
        raise BadInput(f"Sổ mới cấp đến số {latest}; chỉ hủy số đã cấp.", field="ordinal")
    _check_unused(book, ordinal)
    cancelled = CancelledNumber(
        id=work.new_id(CancelledNumber),
        book_id=book.pk,
        ordinal=ordinal,
        reason=tidy(reason)[:500],
        at=at,
        by_id=by.id,
        by_name=by.name,
    )
    work.add(cancelled)
    detail = {"ordinal": ordinal, "reason": cancelled.reason}
    audit.record("documents.cancel_number", f"book:{book.pk}", by=by, at=at, detail=detail)
    return cancelled


def _check_unused(book: Book, ordinal: int) -> None:
    holder = Document.objects.filter(book=book, ordinal=ordinal).first()
    if holder is not None:
        raise DocumentError(f"Số {ordinal} đang đứng trên văn bản “{holder.subject}”.")
    if CancelledNumber.objects.filter(book=book, ordinal=ordinal).exists():
        raise DocumentError(f"Số {ordinal} đã ghi là hủy.")
    taken = signing.SigningRequest.objects.filter(
        number_series=numbers_of(book.series, book.year),
        number=ordinal,
        state__in=[signing.RequestState.OPEN, signing.RequestState.COMPLETED],
    )
    if taken.exists():
        raise DocumentError(f"Số {ordinal} đang được đóng dấu cho một văn bản; hãy chờ xong.")


def close_book(book_id: int, *, by: Actor, at: datetime) -> Book:
    """Close a book whose year, or whose series, is over; nothing is entered after that.

    The register is printed and kept, in volumes if it is long; where the agency has a seal, each
    waits to be sealed.

    Raises: NoSuchBook, NotAllowed, BookClosed, BookUnfinished.
    Costs: prints the whole book, some 4 ms for ten lines, while nothing is locked; no more lines
    at once than a volume has.
    """
    marks, book = _ready(book_id, by=by, at=at)
    has_seal = signing.has_seal(book.agency_id, at) and _has_clerk(book.agency_id, at)
    prints = [
        (volume, _print(book, volume, marks, has_fields=has_seal, by=by, at=at))
        for volume in volumes_in(book, Between(), book.first + len(marks) // MARK - 1)
    ]
    return _close(book_id, marks, prints, is_sealed=has_seal, by=by, at=at)


@work.story
def _ready(book_id: int, *, by: Actor, at: datetime) -> tuple[bytes, Book]:
    book = lock_book(book_id, by)
    _check_ended(book, at)
    _check_whole(book)
    return b"".join(mark for _, mark in marks_in(book)), book


def _check_ended(book: Book, at: datetime) -> None:
    if not is_over(book, local_day(at)):
        message = f"Sổ năm {book.year} chỉ khóa được khi hết năm, từ 01/01/{book.year + 1}."
        raise BookUnfinished(message)


def _check_whole(book: Book) -> None:
    """Raises: BookUnfinished while a number is being given, or is neither used nor cancelled."""
    key = numbers_of(book.series, book.year)
    waiting = signing.SigningRequest.objects.filter(
        number_series__in=[key, key.rpartition(":")[0]],
        state=signing.RequestState.OPEN,
        sort_at__year__lte=book.year,
    ).first()
    if waiting is not None:
        message = f"“{waiting.title}” trình ký trong năm {book.year} chưa cấp số, đóng dấu xong."
        raise BookUnfinished(message)
    gaps = gaps_in(book, latest_in(book))
    if gaps:
        words = ", ".join(str(one) for one in gaps[:_SHOWN_GAPS])
        more = f" và {len(gaps) - _SHOWN_GAPS} số khác" if len(gaps) > _SHOWN_GAPS else ""
        message = f"Số {words}{more} không có văn bản; hãy ghi hủy kèm lý do rồi khóa sổ."
        raise BookUnfinished(message)


def _has_clerk(agency_id: int, at: datetime) -> bool:
    try:
        signing.registry_unit(agency_id, at)
    except signing.SigningError:
        return False
    return True


def _print(
    book: Book, volume: Volume, marks: bytes, *, has_fields: bool, by: Actor, at: datetime
) -> bytes:
    """Return one volume of the register as it is kept."""
    closing = papers.BookClosing(
        closed_on=local_day(at),
        keeper_name=by.name,
        signer=papers.Signer(title="Thủ trưởng cơ quan", name=""),
        digest=seal_of(marks),
    )
    lines = [one.cells for one in lines_of_volume(book, by, volume)]
    print_ = print_register(book, lines, local_day(at), closing=closing, volume=volume.words)
    return papers.render_paper(print_, has_fields=has_fields)


@work.story
def _close(
    book_id: int,
    marks: bytes,
    prints: Sequence[tuple[Volume, bytes]],
    *,
    is_sealed: bool,
    by: Actor,
    at: datetime,
) -> Book:
    book = lock_book(book_id, by)
    _check_whole(book)
    if b"".join(mark for _, mark in marks_in(book)) != marks:
        raise BookUnfinished("Sổ vừa có thay đổi trong lúc in; hãy khóa lại.")
    book.state, book.closed_at = BookState.CLOSED, at
    book.closed_by_id, book.closed_by_name = by.id, by.name
    book.latest, book.closed_marks, book.closed_hash = latest_in(book), marks, seal_of(marks)
    work.update(book, *_CHANGED)
    for volume, pdf in prints:
        work.add(_keep(book, volume, pdf, is_sealed=is_sealed, by=by, at=at))
    detail = {"latest": book.latest, "digest": book.closed_hash, "volumes": len(prints)}
    audit.record("documents.close_book", f"book:{book.pk}", by=by, at=at, detail=detail)
    return book


def _keep(
    book: Book, volume: Volume, pdf: bytes, *, is_sealed: bool, by: Actor, at: datetime
) -> BookVolume:
    """Return the row of a printed volume; where there is a seal, it waits for it."""
    return BookVolume(
        id=work.new_id(BookVolume),
        book_id=book.pk,
        number=volume.number,
        of=volume.of,
        first=volume.first,
        last=volume.last,
        file=files.keep_bytes(pdf, _PDF, by=by, at=at),
        print_request=_ask_seal(book, volume, pdf, by=by, at=at) if is_sealed else "",
    )


def _ask_seal(book: Book, volume: Volume, pdf: bytes, *, by: Actor, at: datetime) -> str:
    """Let a printed volume wait for the agency's seal. Raises: SigningError."""
    kind, unit_id = signing.DocumentKind.MODULE_PDF, signing.registry_unit(book.agency_id, at)
    policy = signing.policy_for(kind, on=local_day(at), agency_id=book.agency_id)
    title = f"{book.series.name} năm {book.year}"
    wanted = signing.Wanted(
        kind=kind,
        owner=owner_of(book.pk, volume.number),
        title=", ".join(filter(None, (title, volume.words.lower())))[:500],
        about=f"Khóa sổ: số {volume.first} đến {volume.last}, cả sổ {book.latest} số",
        pdf=pdf,
        agency_id=book.agency_id,
        unit_id=unit_id,
        turns=(signing.TurnIn(signing.TurnRole.SEAL, unit_id),),
        level=policy.level if policy else signing.Level.B_B,
        token=signing.new_token(),
    )
    return signing.request_signatures(wanted, by=by, at=at).code
