"""The books of the registry as people read and print them: lines with the legal columns.

Source: docs/law/registry-books.md
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from django.conf import settings

from motcua.casework.documents.choices import Direction, State, StepKind
from motcua.casework.documents.models import (
    Book,
    CancelledNumber,
    Document,
    DocumentScope,
    DocumentStep,
    Recipient,
)
from motcua.casework.documents.rules.names import in_words
from motcua.casework.documents.rules.volumes import Volume, volumes_of
from motcua.foundation.access import api as access
from motcua.foundation.access.api import Secrecy
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI, local
from motcua.lib.paging import PAGE_SIZE

from .letterheads import letterhead_of
from .one import reading

HIDDEN = "(Văn bản chỉ người có tên được biết)"
_SENT_TO = (StepKind.DIRECT, StepKind.WORK)
_ENDED = frozenset({State.RETURNED, State.RECALLED, State.REPLACED, State.REFUSED})


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One number of a book: the texts of its columns, and the document if the reader may see it."""

    ordinal: int
    cells: tuple[str, ...]
    code: str = ""
    is_cancelled: bool = False
    is_waiting: bool = False


@dataclass(frozen=True, slots=True)
class Between:
    """From which number to which, entered on which days; all of them if nothing is said."""

    after: int = 0
    before: int | None = None
    from_day: date | None = None
    to_day: date | None = None

    def moments(self, field: str) -> dict[str, datetime]:
        """Return the days as conditions on a moment."""
        found = {}
        if self.from_day:
            found[f"{field}__gte"] = datetime.combine(self.from_day, time(), HANOI)
        if self.to_day:
            day = self.to_day + timedelta(days=1)
            found[f"{field}__lt"] = datetime.combine(day, time(), HANOI)
        return found


def lines_of(
    book: Book, reader: Actor, only: Between | None = None, *, limit: int = PAGE_SIZE
) -> Sequence[RegisterLine]:
    """Return lines of the register in order of number; before a number, the nearest ones to it.

    Costs: six queries.
    """
    only = only or Between()
    sign = "" if only.before is None else "-"
    place = {"ordinal__gt": only.after}
    if only.before is not None:
        place["ordinal__lt"] = only.before
    documents = Document.objects.filter(book=book, **place, **only.moments("registered_at"))
    cancelled = CancelledNumber.objects.filter(book=book, **place, **only.moments("at"))
    known = Known(reader, documents.order_by(f"{sign}ordinal")[:limit])
    lines = [known.line(one) for one in known.documents]
    lines += [_cancelled(book, one) for one in cancelled.order_by(f"{sign}ordinal")[:limit]]
    lines.sort(key=lambda line: line.ordinal, reverse=only.before is not None)
    return sorted(lines[:limit], key=lambda line: line.ordinal)


def volumes_in(book: Book, only: Between, latest: int) -> list[Volume]:
    """Return the volumes in which the lines of these days are printed; of all days without any.

    `latest` is the latest number of the book. Costs: four queries if days are named, else none.
    """
    if not (only.from_day or only.to_day):
        return volumes_of(book.first, latest, settings.VOLUME_LINES)
    documents = Document.objects.filter(book=book, **only.moments("registered_at"))
    cancelled = CancelledNumber.objects.filter(book=book, **only.moments("at"))
    found: list[int] = []
    for rows in (documents, cancelled):
        ordinals = rows.values_list("ordinal", flat=True)
        for sign in ("", "-"):
            end = ordinals.order_by(f"{sign}ordinal").first()
            found += [] if end is None else [end]
    return volumes_of(min(found), max(found), settings.VOLUME_LINES) if found else []


def lines_of_volume(
    book: Book, reader: Actor, volume: Volume, only: Between | None = None
) -> Sequence[RegisterLine]:
    """Return all lines of a volume. Costs: six queries."""
    days = only or Between()
    numbers = replace(days, after=volume.first - 1, before=volume.last + 1)
    return lines_of(book, reader, numbers, limit=max(volume.last - volume.first + 1, 1))


def _cancelled(book: Book, one: CancelledNumber) -> RegisterLine:
    texts = {
        "Số đến": str(one.ordinal),
        "Số, ký hiệu văn bản": f"{one.ordinal:02d}" if book.direction != Direction.INCOMING else "",
        "Ghi chú": f"Số đã hủy ngày {day_of(one.at)}: {one.reason} ({one.by_name})",
    }
    return RegisterLine(one.ordinal, cells(book_kind(book), texts), is_cancelled=True)


def book_kind(book: Book) -> papers.BookKind:
    """Return which legal register a book is."""
    is_in = book.direction == Direction.INCOMING
    return papers.BookKind.INCOMING if is_in else papers.BookKind.OUTGOING


def cells(kind: papers.BookKind, texts: dict[str, str]) -> tuple[str, ...]:
    """Return the texts in the order of the legal columns, empty where there is none."""
    return tuple(texts.get(name, "") for name in papers.columns_of(kind))


def day_of(moment: date | datetime | None) -> str:
    """Return “07/01/2026”; a moment gives its day in Hà Nội, nothing gives nothing."""
    if moment is None:
        return ""
    day = local(moment) if isinstance(moment, datetime) else moment
    return f"{day:%d/%m/%Y}"


class Known:
    """Some documents with everything that their lines say, read together."""

    def __init__(self, reader: Actor, documents: Iterable[Document]) -> None:
        self.documents = list(documents)
        ids = [one.pk for one in self.documents]
        close = [one.pk for one in self.documents if one.secrecy != Secrecy.OPEN]
        self.hidden = set(close) - access.visible_among(DocumentScope, reading(reader), close)
        self.steps = by_document(
            DocumentStep.objects.filter(document_id__in=ids, kind__in=_SENT_TO).order_by("seq")
        )
        self.recipients = by_document(
            Recipient.objects.filter(document_id__in=ids, removed_at__isnull=True).order_by("seq")
        )

    def line(self, one: Document) -> RegisterLine:
        """Return a document's line of the register of arrivals or departures."""
        is_in = one.direction == Direction.INCOMING
        kind = papers.BookKind.INCOMING if is_in else papers.BookKind.OUTGOING
        texts = self._arrived(one) if is_in else self._departed(one)
        shown = "" if one.pk in self.hidden else one.code
        return RegisterLine(one.ordinal or 0, cells(kind, texts), shown)

    def about(self, one: Document) -> str:
        """Return kind and subject, or that the reader may not know them."""
        return HIDDEN if one.pk in self.hidden else f"{one.kind_name}: {one.subject}"

    def _arrived(self, one: Document) -> dict[str, str]:
        sent = self.steps.get(one.pk, [])
        return {
            "Ngày đến": day_of(one.registered_at),
            "Số đến": str(one.ordinal),
            "Tác giả": one.issuer_name if one.pk not in self.hidden else "",
            "Số, ký hiệu văn bản": in_words(one.number, one.notation)
            if one.pk not in self.hidden
            else "",
            "Ngày tháng văn bản": day_of(one.issued_on),
            "Tên loại và trích yếu nội dung văn bản": self.about(one),
            "Đơn vị hoặc người nhận": "; ".join(dict.fromkeys(who(step) for step in sent)),
            "Ngày chuyển": day_of(sent[0].opened_at) if sent else "",
            "Ký nhận": taken(sent[0]) if sent else "",
            "Ghi chú": self.note(one),
        }

    def _departed(self, one: Document) -> dict[str, str]:
        to = self.recipients.get(one.pk, [])
        sent = [each.sent_at for each in to if each.sent_at]
        is_hidden = one.pk in self.hidden
        words = "; ".join(each.name for each in to) or one.recipients_words
        return {
            "Số, ký hiệu văn bản": in_words(one.number, one.notation),
            "Ngày tháng văn bản": day_of(one.issued_on),
            "Tên loại và trích yếu nội dung văn bản": self.about(one),
            "Người ký": one.signer_name,
            "Nơi nhận văn bản": "" if is_hidden else words,
            "Đơn vị, người nhận bản lưu": f"Văn thư; {unit_name(one.unit_id)}",
            "Số lượng bản": str(one.copies),
            "Ngày chuyển": day_of(min(sent)) if sent else "",
            "Ghi chú": self.note(one),
        }

    @staticmethod
    def note(one: Document) -> str:
        """Return how the document ended, if it did otherwise than usually."""
        if State(one.state) not in _ENDED:
            return ""
        label = State(one.state).label
        return f"{label}: {one.ended_reason}" if one.ended_reason else label


def who(step: DocumentStep) -> str:
    """Return the person or unit that a document was brought to."""
    return step.assignee_name or unit_name(step.unit_id)


def taken(step: DocumentStep) -> str:
    """Return when it was opened or dealt with on the system, which stands for a signature."""
    moment = step.read_at or step.closed_at
    return f"Đã nhận trên hệ thống {day_of(moment)}" if moment else ""


def unit_name(unit_id: int) -> str:
    """Return a unit's name."""
    return organisation.tree().unit(unit_id).name


R = TypeVar("R", DocumentStep, Recipient)


def by_document(rows: Iterable[R]) -> dict[int, list[R]]:
    """Return the parts of each document, in their order."""
    found: dict[int, list[R]] = defaultdict(list)
    for row in rows:
        found[row.document_id].append(row)
    return found


def print_register(  # noqa: PLR0913 -- what a volume says of itself
    book: Book,
    lines: Sequence[tuple[str, ...]],
    on: date,
    only: Between | None = None,
    *,
    kind: papers.BookKind | None = None,
    closing: papers.BookClosing | None = None,
    volume: str = "",
) -> papers.RegisterBook:
    """Return the lines as a volume to be printed."""
    only = only or Between()
    return papers.RegisterBook(
        letterhead=letterhead_of(book.agency_id, on),
        kind=kind or book_kind(book),
        year=book.year,
        volume=volume,
        from_day=only.from_day or date(book.year, 1, 1),
        to_day=only.to_day or min(on, date(book.year, 12, 31)),
        entries=tuple(lines),
        closing=closing,
    )
