"""The further registers of a book: follow-up, hand-over, despatch, uses of kept copies.

Each reads the documents of one book in order of number, and writes their lines with the legal
columns; no signature is invented: what was not taken on the system is left for a pen.

Source: docs/law/registry-books.md
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet

from motcua.casework.documents.choices import Act, Direction, ScopeRole, State, StepKind, Way
from motcua.casework.documents.models import (
    Book,
    Directive,
    DirectiveLine,
    Document,
    DocumentMove,
    DocumentStep,
    KeptCopyUse,
    Recipient,
)
from motcua.casework.documents.rules.names import in_words
from motcua.foundation.papers.api import BookKind
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI, local_day
from motcua.lib.paging import PAGE_SIZE

from .registers import HIDDEN, Between, Known, RegisterLine, cells, day_of, taken, who

_CLOSING = time(17)
_HANDED = (StepKind.DIRECT, StepKind.WORK, StepKind.READ)
_WORKING = (ScopeRole.LEAD, ScopeRole.TOGETHER)
_OVER = frozenset({State.DONE, State.RETURNED, State.RECALLED, State.REPLACED, State.REFUSED})
_WAITING = frozenset({State.REGISTERED, State.DIRECTED})
OF_DIRECTION: Mapping[str, tuple[BookKind, ...]] = {
    Direction.INCOMING: (BookKind.FOLLOW_UP, BookKind.HAND_OVER_IN),
    Direction.OUTGOING: (BookKind.HAND_OVER_OUT, BookKind.DESPATCH, BookKind.KEPT_COPIES),
}


@dataclass(frozen=True, slots=True)
class FurtherLines:
    """Lines of some documents of a book, and between which numbers there are more."""

    lines: Sequence[RegisterLine]
    first: int | None
    latest: int | None
    has_more: bool


@dataclass(frozen=True, slots=True)
class Follow:
    """What of the follow-up register is asked for: all, what is not answered, what is late."""

    only_open: bool = False
    late_at: datetime | None = None

    def condition(self) -> Q:
        """Return the condition on a document."""
        found = Q()
        if self.only_open or self.late_at:
            found &= Q(is_open=True)
        if self.late_at:
            day = local_day(self.late_at)
            found &= Q(due_at__lt=self.late_at) | Q(due_at=None, due_on__lt=day)
        return found


def further_lines(  # noqa: PLR0913 -- which book, which register, whose eyes, which part of it
    book: Book,
    kind: BookKind,
    reader: Actor,
    only: Between | None = None,
    *,
    follow: Follow | None = None,
    limit: int = PAGE_SIZE,
    at: datetime,
) -> FurtherLines:
    """Return the lines of the next documents in order of number; before a number, the nearest.

    Costs: some seven queries.
    """
    only = only or Between()
    rows = _of_register(book, kind).filter((follow or Follow()).condition())
    rows = rows.filter(ordinal__gt=only.after, **only.moments("registered_at"))
    if only.before is not None:
        rows = rows.filter(ordinal__lt=only.before)
    order = "ordinal" if only.before is None else "-ordinal"
    found = list(rows.order_by(order)[: limit + 1])
    shown = sorted(found[:limit], key=lambda one: one.ordinal or 0)
    lines = list(_MAKERS[kind](Known(reader, shown), at))
    ends = (shown[0].ordinal, shown[-1].ordinal) if shown else (None, None)
    return FurtherLines(lines, *ends, has_more=len(found) > limit)


def _of_register(book: Book, kind: BookKind) -> QuerySet[Document]:
    """Return the documents of a book that have something to say in one of its registers."""
    rows = Document.objects.filter(book=book)
    if kind == BookKind.FOLLOW_UP:
        return rows.filter(Q(answer_wanted=True) | ~Q(due_on=None) | ~Q(due_at=None))
    if kind == BookKind.HAND_OVER_IN:
        lines = _any(DirectiveLine, part__in=_WORKING)
        return rows.filter(_any(DocumentStep, kind__in=_HANDED) | lines)
    if kind == BookKind.KEPT_COPIES:
        return rows.filter(_any(KeptCopyUse))
    return rows.filter(_any(Recipient, way=_ways(kind), removed_at=None, sent_at__isnull=False))


def _any(model: type[Model], **conditions: object) -> Exists:
    rows = model._default_manager.filter(document=OuterRef("pk"), **conditions)
    return Exists(rows.values("seq"))


def _ways(kind: BookKind) -> Way:
    return Way.POST if kind == BookKind.DESPATCH else Way.PAPER


def _line(known: Known, one: Document, kind: BookKind, texts: dict[str, str]) -> RegisterLine:
    shown = "" if one.pk in known.hidden else one.code
    is_waiting = State(one.state) in _WAITING
    return RegisterLine(one.ordinal or 0, cells(kind, texts), shown, is_waiting=is_waiting)


def _follow_up(known: Known, at: datetime) -> Iterator[RegisterLine]:
    ids = [one.pk for one in known.documents]
    named = _named(ids)
    answers = _answers(ids)
    reminded = _reminders(ids)
    for one in known.documents:
        hidden = one.pk in known.hidden
        sent = [who(step) for step in known.steps.get(one.pk, [])]
        texts = {
            "Số đến": str(one.ordinal),
            "Tên loại, số và ký hiệu, ngày tháng và tác giả văn bản": HIDDEN
            if hidden
            else _about(one),
            "Đơn vị hoặc người nhận": "; ".join(named.get(one.pk) or dict.fromkeys(sent)),
            "Thời hạn giải quyết": day_of(due_of(one)),
            "Tiến độ giải quyết": progress_of(one, at),
            "Số, ký hiệu văn bản trả lời": "" if hidden else "; ".join(answers.get(one.pk, [])),
            "Ghi chú": "; ".join(
                part for part in (known.note(one), reminded.get(one.pk, "")) if part
            ),
        }
        yield _line(known, one, BookKind.FOLLOW_UP, texts)


def _about(one: Document) -> str:
    day = f" ngày {day_of(one.issued_on)}" if one.issued_on else ""
    named = in_words(one.number, one.notation)
    return f"{one.kind_name} {named}{day} của {one.issuer_name}: {one.subject}"


def due_of(one: Document) -> datetime | None:
    """Return by when a document is to be dealt with: as directed, else as it says itself."""
    if one.due_at is not None or one.due_on is None:
        return one.due_at
    return datetime.combine(one.due_on, _CLOSING, HANOI)


def progress_of(one: Document, at: datetime) -> str:
    """Return how far the handling is, in words."""
    due = due_of(one)
    if one.done_at is not None:
        late = due is not None and one.done_at > due
        return f"Xong {day_of(one.done_at)}{', quá hạn' if late else ''}"
    label = State(one.state).label
    if State(one.state) in _OVER or due is None or due >= at:
        return label
    days = (local_day(at) - local_day(due)).days
    return f"{label}, quá hạn {days} ngày" if days else f"{label}, quá hạn"


def _named(ids: Sequence[int]) -> dict[int, list[str]]:
    """Return who leads the handling of each document, as its directives name them."""
    found: dict[int, list[str]] = {}
    lines = DirectiveLine.objects.filter(document_id__in=ids, part=ScopeRole.LEAD)
    secret = _secret(ids)
    for line in lines.order_by("seq"):
        if (line.document_id, line.directive_seq) in secret:
            continue
        found.setdefault(line.document_id, []).append(line.name)
    return found


def _answers(ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = Document.objects.filter(answers_id__in=ids, ordinal__isnull=False)
    for row in rows.order_by("pk"):
        words = f"{in_words(row.number, row.notation)} ngày {day_of(row.issued_on)}"
        found.setdefault(row.answers_id or 0, []).append(words)
    return found


def _reminders(ids: Sequence[int]) -> dict[int, str]:
    days: dict[int, list[datetime]] = {}
    moves = DocumentMove.objects.filter(document_id__in=ids, act=Act.REMIND)
    for move in moves.order_by("seq"):
        days.setdefault(move.document_id, []).append(move.at)
    return {
        key: f"Đôn đốc {len(found)} lần, gần nhất {day_of(found[-1])}"
        for key, found in days.items()
    }


def _hand_over_in(known: Known, _at: datetime) -> Iterator[RegisterLine]:
    ids = [one.pk for one in known.documents]
    handed = _handed(ids)
    for one in known.documents:
        for _, day, place, signed, note in sorted(handed.get(one.pk, [])):
            texts = {
                "Ngày chuyển": day,
                "Số đến": str(one.ordinal),
                "Đơn vị hoặc người nhận": place,
                "Ký nhận": signed,
                "Ghi chú": note,
            }
            yield _line(known, one, BookKind.HAND_OVER_IN, texts)


_Handed = tuple[int, str, str, str, str]


def _handed(ids: Sequence[int]) -> dict[int, list[_Handed]]:
    """Return to whom each document was handed: by steps, and by the lines of directives."""
    found: dict[int, list[_Handed]] = {}
    for step in DocumentStep.objects.filter(document_id__in=ids, kind__in=_HANDED):
        label = "Trình cho ý kiến" if step.kind == StepKind.DIRECT else StepKind(step.kind).label
        line = (step.seq, day_of(step.opened_at), who(step), taken(step), label)
        found.setdefault(step.document_id, []).append(line)
    directives = DirectiveLine.objects.filter(document_id__in=ids, part__in=_WORKING)
    moments, secret = _directed_at(ids), _secret(ids)
    for row in directives:
        if (row.document_id, row.directive_seq) in secret:
            continue
        day = day_of(moments.get((row.document_id, row.directive_seq)))
        line = (row.seq, day, row.name, "", ScopeRole(row.part).label)
        found.setdefault(row.document_id, []).append(line)
    return found


def _secret(ids: Sequence[int]) -> set[tuple[int, int]]:
    """Return the directives that only those named in them may know."""
    rows = Directive.objects.filter(document_id__in=ids, is_secret=True)
    return set(rows.values_list("document_id", "seq"))


def _directed_at(ids: Sequence[int]) -> dict[tuple[int, int], datetime]:
    moves = DocumentMove.objects.filter(document_id__in=ids, act=Act.DIRECT)
    return {(move.document_id, move.seq * 1000): move.at for move in moves}


def _sent_on_paper(kind: BookKind) -> Callable[[Known, datetime], Iterator[RegisterLine]]:
    def lines(known: Known, _at: datetime) -> Iterator[RegisterLine]:
        for one in known.documents:
            for to in known.recipients.get(one.pk, []):
                if to.way == _ways(kind) and to.sent_at is not None:
                    yield _line(known, one, kind, _sent_line(known, one, to))

    return lines


def _sent_line(known: Known, one: Document, to: Recipient) -> dict[str, str]:
    place = "" if one.pk in known.hidden else to.name
    return {
        "Ngày chuyển": day_of(to.sent_at),
        "Số, ký hiệu văn bản": in_words(one.number, one.notation),
        "Đơn vị hoặc người nhận": place,
        "Nơi nhận văn bản": place,
        "Số lượng bì": "1",
        "Ghi chú": known.note(one),
    }


def _kept_copies(known: Known, _at: datetime) -> Iterator[RegisterLine]:
    ids = [one.pk for one in known.documents]
    uses = KeptCopyUse.objects.filter(document_id__in=ids).order_by("document_id", "seq")
    by_id = {one.pk: one for one in known.documents}
    for use in uses.order_by(F("document__ordinal"), "seq"):
        one = by_id[use.document_id]
        day = f" ngày {day_of(one.issued_on)}" if one.issued_on else ""
        texts = {
            "Ngày tháng": day_of(use.at),
            "Họ và tên người sử dụng": use.borrower,
            "Số, ký hiệu, ngày tháng văn bản": f"{in_words(one.number, one.notation)}{day}",
            "Tên loại và trích yếu nội dung văn bản": known.about(one),
            "Hồ sơ số": use.file_code,
            "Ngày trả": day_of(use.returned_at),
            "Người cho phép sử dụng": use.allowed_by,
            "Ghi chú": use.purpose,
        }
        yield _line(known, one, BookKind.KEPT_COPIES, texts)


_MAKERS: Mapping[BookKind, Callable[[Known, datetime], Iterator[RegisterLine]]] = {
    BookKind.FOLLOW_UP: _follow_up,
    BookKind.HAND_OVER_IN: _hand_over_in,
    BookKind.HAND_OVER_OUT: _sent_on_paper(BookKind.HAND_OVER_OUT),
    BookKind.DESPATCH: _sent_on_paper(BookKind.DESPATCH),
    BookKind.KEPT_COPIES: _kept_copies,
}
