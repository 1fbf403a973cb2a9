"""Documents and their steps in words, for lists and pages."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import Direction, Document, State, StepKind, StepShown
from motcua.channels.kit.addresses import address
from motcua.channels.kit.words import Badge, short_day, stamp
from motcua.foundation.papers.api import Urgency
from motcua.lib.clock import local_day

MANY = 3
_TONES = {
    State.ARRIVED: "soon",
    State.REGISTERED: "info",
    State.DIRECTED: "info",
    State.DONE: "ok",
    State.REFUSED: "neutral",
    State.LINKED: "neutral",
    State.RETURNED: "neutral",
    State.DRAFT: "info",
    State.SUBMITTED: "info",
    State.SIGNING: "info",
    State.ISSUED: "ok",
    State.DROPPED: "neutral",
    State.RECALLED: "late",
    State.REPLACED: "neutral",
}


def state_badge(document: Document) -> Badge:
    """Return the state in words, with its colour."""
    if document.imported_from:
        return Badge("Nhập để tra cứu", "neutral")
    state = State(document.state)
    return Badge(state.label, _TONES[state])


def urgency_badge(urgency: int) -> Badge | None:
    """Return how urgent a document is, nothing if it is not."""
    if urgency == Urgency.NORMAL:
        return None
    return Badge(Urgency(urgency).label, "late" if urgency > Urgency.URGENT else "soon")


def due_badge(due_at: datetime | None, at: datetime) -> Badge | None:
    """Return how a deadline stands."""
    if due_at is None:
        return None
    if due_at < at:
        return Badge("Quá hạn", "late")
    is_today = local_day(due_at) == local_day(at)
    return Badge("Hôm nay" if is_today else stamp(due_at), "soon")


def reached(recipients: Sequence[documents.Recipient]) -> str:
    """Return in one line how far a document has come; nothing for one or two recipients."""
    if len(recipients) < MANY:
        return ""
    steps = (
        ("đã đến nơi", sum(one.delivered_at is not None for one in recipients)),
        ("đã vào sổ", sum(one.registered_at is not None for one in recipients)),
        ("đã xử lý xong", sum(one.done_at is not None for one in recipients)),
    )
    return f"{len(recipients)} nơi nhận: " + ", ".join(f"{n} {word}" for word, n in steps) + "."


class DocumentRow(NamedTuple):
    """One line of a list of documents."""

    code: str
    href: str
    state: Badge
    urgency: Badge | None
    ordinal: str
    named: str
    issued: str
    issuer: str
    kind: str
    subject: str
    arrived: str
    direction: str
    is_unread: bool = False


def rows_shown(
    found: Iterable[Document], unread: Collection[int] = frozenset()
) -> list[DocumentRow]:
    """Return the lines of a list of documents; those with unread keys are marked."""
    return [
        DocumentRow(
            code=one.code,
            href=address("registry:document", one.code),
            state=state_badge(one),
            urgency=urgency_badge(one.urgency),
            ordinal=str(one.ordinal or ""),
            named=documents.in_words(one.number, one.notation),
            issued=short_day(one.issued_on) if one.issued_on else "",
            issuer=one.issuer_name,
            kind=one.kind_name,
            subject=one.subject,
            arrived=stamp(one.sort_at),
            direction=Direction(one.direction).label,
            is_unread=one.pk in unread,
        )
        for one in found
    ]


class StepRow(NamedTuple):
    """One line of what waits for somebody."""

    href: str
    what: str
    due: Badge | None
    urgency: Badge | None
    named: str
    issuer: str
    subject: str
    words: str
    who: str
    is_unread: bool


def steps_shown(found: Iterable[StepShown], at: datetime) -> list[StepRow]:
    """Return the lines of what waits."""
    return [
        StepRow(
            href=address("registry:document", one.code),
            what=StepKind(one.kind).label,
            due=due_badge(one.due_at, at),
            urgency=urgency_badge(one.urgency),
            named=documents.in_words(one.number, one.notation) or one.kind_name,
            issuer=one.issuer_name,
            subject=one.subject,
            words=one.words,
            who=one.assignee_name,
            is_unread=one.read_at is None,
        )
        for one in found
    ]
