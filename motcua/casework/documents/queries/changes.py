"""What a sender changed of a document after it was sent, as both ends see it.

Source: docs/law/documents.md
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from motcua.casework.documents.choices import Act
from motcua.casework.documents.errors import DocumentError
from motcua.casework.documents.models import Document, DocumentMove, DocumentStep
from motcua.casework.exchange import api as exchange
from motcua.casework.exchange.api import BusinessKind

_PARTS_PER_ACT = 1000
_OWNER = "document:"


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """What one recipient said of a change."""

    name: str
    words: str
    is_agreed: bool
    is_declined: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One change of a sent document, and what came of it at each recipient."""

    kind: str
    at: datetime
    by_name: str
    reason: str
    what: tuple[str, ...]
    answers: tuple[AnswerShown, ...]


def changes_of(document: Document, moves: Sequence[DocumentMove]) -> Sequence[ChangeShown]:
    """Return what was changed of a sent document, the newest first.

    Costs: four queries, none where nothing was.
    """
    made = [move for move in moves if move.act in _NAMES and move.detail.get("envelope")]
    if not made:
        return []
    sent = {one.code: one for one in exchange.envelopes_of(f"{_OWNER}{document.code}")}
    return [_shown(move, sent.get(str(move.detail["envelope"]))) for move in reversed(made)]


_NAMES = {Act.RECALL: "Thu hồi", Act.UPDATE_SENT: "Cập nhật"}


def _shown(move: DocumentMove, sent: exchange.EnvelopeShown | None) -> ChangeShown:
    name = "Đính chính" if move.detail.get("letter") else _NAMES[Act(move.act)]
    places = move.detail.get("places", ())
    only = (f"Chỉ thu hồi ở: {'; '.join(places)}",) if places else ()
    return ChangeShown(
        kind=name,
        at=move.at,
        by_name=move.by_name,
        reason=move.note,
        what=(*only, *in_words_of(move.detail.get("changes", {}))),
        answers=tuple(_answer(one) for one in sent.recipients) if sent else (),
    )


def in_words_of(changes: dict[str, list[str]]) -> tuple[str, ...]:
    """Return what an update changed, in words."""
    found = []
    if "due_on" in changes:
        was, will = ("/".join(reversed(day.split("-"))) for day in changes["due_on"])
        found.append(f"Hạn nêu trong văn bản: {was or 'chưa có'} → {will}")
    if changes.get("files"):
        found.append(f"Thêm tệp: {'; '.join(changes['files'])}")
    return tuple(found)


def _answer(one: exchange.RecipientShown) -> AnswerShown:
    agreed = one.side == exchange.Status.AGREED
    declined = one.side == exchange.Status.DECLINED
    said = [move.reason for move in one.moves if move.to == exchange.Status.DECLINED]
    words = one.words if agreed or declined else "Chưa trả lời"
    if one.delivered_at is None:
        words = one.trouble or one.transport.label
    reason = said[-1] if declined and said else ""
    return AnswerShown(one.name, words, agreed, declined, reason)


@dataclass(frozen=True, slots=True)
class AskedChange:
    """What somebody asks of a document that came: to give it back, to change or to replace it.

    A partner may ask what another one sent: then the asker is a stranger. `errors` says in words
    what is wrong with the message that asks.
    """

    asker: str
    is_stranger: bool
    errors: tuple[str, ...]
    kind: BusinessKind
    reason: str
    due_on: date | None
    files: tuple[exchange.FileShown, ...]


def asked_by(document: Document, step: DocumentStep) -> DocumentMove:
    """Return the act that opened a step. Raises: DocumentError if there is none."""
    seq = step.seq // _PARTS_PER_ACT
    move = DocumentMove.objects.filter(document=document, seq=seq, act=Act.FREEZE).first()
    if move is None:
        raise DocumentError("Nơi gửi không yêu cầu thu hồi, thay đổi văn bản này.")
    return move


def asked_change(document: Document, step: DocumentStep) -> AskedChange:
    """Return what is asked and by whom, with the files that came for it.

    Raises: DocumentError. Costs: eight queries and one file.
    """
    detail = asked_by(document, step).detail
    opened = exchange.open_envelope(str(detail["envelope"]))
    message = opened.message
    is_other = message.due_on is not None and message.due_on != document.due_on
    kind = BusinessKind(str(detail["business"]))
    files = opened.files if kind == BusinessKind.UPDATE else ()
    came, asking = exchange.find_envelope(document.envelope), opened.shown
    return AskedChange(
        asking.sender_name,
        came is None or came.sender_code != asking.sender_code,
        tuple(one.words for one in opened.findings if one.severity == exchange.Severity.ERROR),
        kind,
        step.words,
        message.due_on if is_other else None,
        files,
    )
