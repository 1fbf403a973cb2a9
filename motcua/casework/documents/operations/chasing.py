"""Agencies that were sent a document and have not answered it are reminded.

Those of this system hear it at once: the reminder stands in the history of the document they
hold. Whom nothing but a letter reaches is named to the drafter of one.

Source: docs/law/documents.md
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from motcua.casework.documents.choices import Act, Direction, State, Way
from motcua.casework.documents.errors import DocumentError
from motcua.casework.documents.models import Document, DocumentMove, Recipient
from motcua.casework.documents.queries.unanswered import unanswered
from motcua.casework.exchange import api as exchange
from motcua.foundation.access.api import Power
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.errors import BadInput, NotAllowed
from motcua.lib.text import tidy

from .telling import lock_document, tell

_WAITING = (State.ARRIVED, State.REGISTERED, State.DIRECTED)


@work.story
def chase(code: str, places: Collection[int], words: str, *, by: Actor, at: datetime) -> Document:
    """Remind recipients, named by their rows, of what they have not answered.

    They are told by the worker.

    Raises: NoSuchDocument, NotAllowed, DocumentError, BadInput unless one of them can be told so.
    """
    document = lock_document(code)
    check_follows(document, by)
    told = [one for one in unanswered(document) if one.seq in places and is_told_here(one)]
    if not told:
        raise BadInput("Hãy chọn nơi nhận trong hệ thống mà chưa trả lời.", field="places")
    note = tidy(words)[:1000]
    detail = {"places": [one.seq for one in told], "names": [one.name for one in told]}
    tell(document, Act.REMIND, by=by, at=at, was=document.state, note=note, detail=detail)
    return document


def check_follows(document: Document, by: Actor) -> None:
    """Raises: NotAllowed, DocumentError unless it was issued."""
    if not may_follow(document, by):
        raise NotAllowed("Chỉ văn thư, người soạn và lãnh đạo đơn vị soạn theo dõi việc trả lời.")
    if document.direction != Direction.OUTGOING or document.state != State.ISSUED:
        message = f"Văn bản đang ở “{State(document.state).label}”, không chờ ai trả lời."
        raise DocumentError(message)


def may_follow(document: Document, by: Actor) -> bool:
    """Say whether somebody follows what recipients answer to a document."""
    if by.agency_id != document.agency_id:
        return False
    if by.can(Power.REGISTER_DOCUMENTS) or document.drafter_id == by.id:
        return True
    return by.can(Power.APPROVE_DOCUMENTS, unit_id=document.unit_id)


def is_told_here(one: Recipient) -> bool:
    """Say whether a reminder reaches a recipient by this system."""
    return bool(one.way == Way.INSIDE and one.envelope)


def tell_chased(document: Document, move: DocumentMove, *, at: datetime) -> int:
    """Write one reminder into the history of what each recipient holds; return how many.

    Called in the worker. Costs: some ten statements for each recipient.
    """
    rows = Recipient.objects.filter(document=document, seq__in=move.detail["places"])
    told = 0
    for row in rows.order_by("seq"):
        shown = exchange.find_envelope(row.envelope)
        reached = (
            [one.agency_id for one in shown.recipients if one.code == row.code] if shown else []
        )
        held = Document.objects.filter(
            direction=Direction.INCOMING, envelope=row.envelope, received_by_id__in=reached
        ).first()
        if held is not None:
            told += _remind_holder(held.code, document, move, at)
    return told


@work.story
def _remind_holder(code: str, sent: Document, move: DocumentMove, at: datetime) -> int:
    """Note that the sender reminds; once, however often the worker is told."""
    held = lock_document(code)
    key = f"{sent.code}.{move.seq}"
    earlier = DocumentMove.objects.filter(document=held, act=Act.REMIND, detail__asked=key)
    if held.state not in _WAITING or earlier.exists():
        return 0
    words = f"Nơi gửi đôn đốc: {move.note}" if move.note else "Nơi gửi đôn đốc."
    by = replace(SYSTEM, name=sent.issuer_name)
    tell(held, Act.REMIND, by=by, at=at, was=held.state, note=words, detail={"asked": key})
    return 1


@work.story
def note_answer(
    code: str, places: Collection[int], words: str, *, by: Actor, at: datetime
) -> Document:
    """Note that recipients answered by a way nobody tells this system of: on paper, by telephone.

    Raises: NoSuchDocument, NotAllowed, DocumentError, BadInput.
    """
    document = lock_document(code)
    check_follows(document, by)
    if not words.strip():
        raise BadInput("Hãy ghi trả lời bằng gì, ví dụ số, ký hiệu văn bản trả lời.", field="words")
    answered = [one for one in unanswered(document) if one.seq in places]
    if not answered:
        raise BadInput("Hãy chọn nơi đã trả lời.", field="places")
    for one in answered:
        one.done_at, one.status_words = at, f"Đã trả lời: {tidy(words)}"[:1000]
        work.update(one, "done_at", "status_words")
    names = [one.name for one in answered]
    note = f"{'; '.join(names[:5])}: {tidy(words)}"
    detail = {"names": names}
    tell(document, Act.NOTE_ANSWER, by=by, at=at, was=document.state, note=note, detail=detail)
    return document
