"""Messages that arrive become documents; what the sender takes back or changes waits for a clerk.

Source: docs/law/documents.md
"""

from datetime import datetime

from motcua.casework.documents.choices import (
    OTHER_KIND,
    Act,
    Direction,
    FileRole,
    Source,
    State,
    StepKind,
    StepResult,
)
from motcua.casework.documents.errors import DocumentError
from motcua.casework.documents.models import Document, DocumentMove
from motcua.casework.documents.rules.arrival import ArrivalIn, EntryIn, FileIn
from motcua.casework.exchange import api as exchange
from motcua.casework.exchange.api import BusinessKind, Status
from motcua.foundation.access.api import Power
from motcua.foundation.papers.api import DocumentKind, Urgency
from motcua.foundation.signing import api as signing
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.errors import BadInput
from motcua.lib.text import tidy

from .arriving import link_duplicate, take_arrival
from .stepping import RouteIn, close_step, get_open_step, open_step, open_steps
from .telling import lock_document, tell

_ANSWERS = {
    Act.REGISTER: Status.ACCEPTED,
    Act.REFUSE: Status.REFUSED,
    Act.PURGE: Status.REFUSED,
    Act.DIRECT: Status.ASSIGNED,
    Act.START: Status.PROCESSING,
    Act.FINISH: Status.FINISHED,
}


@work.story
def take_message(envelope: str, agency_id: int, *, at: datetime) -> None:
    """Take in a message that arrived at one of our agencies; once, however often it is told.

    A document we hold already is linked to it. A recall or change of one waits for the clerk.
    """
    opened = exchange.open_envelope(envelope)
    message = opened.message
    if message.business.kind in (BusinessKind.RECALL, BusinessKind.UPDATE):
        _ask_clerks(envelope, agency_id, message, at)
        return
    if Document.objects.filter(agency_id=agency_id, envelope=envelope).exists():
        return
    registry = signing.registry_unit(agency_id, at)
    earlier = Document.objects.filter(
        agency_id=agency_id, identifier=message.document_id, direction=Direction.INCOMING
    ).first()
    files = tuple(
        FileIn(
            FileRole.ATTACHMENT if index else FileRole.MAIN, one.file_id, one.name, one.description
        )
        for index, one in enumerate(opened.files)
    )
    arrival = ArrivalIn(
        agency_id=agency_id,
        unit_id=registry,
        source=Source.INSIDE,
        arrived_at=at,
        entry=entry_of(message),
        files=files,
        identifier=message.document_id,
        envelope=envelope,
    )
    document = take_arrival(arrival, by=SYSTEM, at=at)
    if message.business.kind == BusinessKind.REPLACE:
        _ask_clerks(envelope, agency_id, message, at)
    elif earlier is not None:
        work.flush()
        link_duplicate(document.code, earlier.code, by=SYSTEM, at=at)


def entry_of(message: exchange.DocumentMessage) -> EntryIn:
    """Return what the register says of a document that came as a message."""
    known = message.kind.number if message.kind.number in DocumentKind.values else OTHER_KIND
    is_named = known and DocumentKind(known).label.casefold() == message.kind.name.casefold()
    other = message.other or exchange.OtherInfo()
    return EntryIn(
        subject=message.subject or message.content or "(không có trích yếu)",
        issuer_name=message.sender.name or message.sender.code,
        kind=known if is_named else OTHER_KIND,
        kind_name=message.kind.name or "Văn bản",
        number=message.number,
        notation=message.notation[:60],
        issued_on=message.issued_on,
        issuer_code=message.sender.code,
        signer_name=message.signer.full_name if message.signer else "",
        signer_title=message.signer.position if message.signer else "",
        urgency=Urgency(other.priority) if other.priority in Urgency.values else Urgency.NORMAL,
        due_on=message.due_on,
        sphere=other.sphere[:100],
        answer_wanted=message.due_on is not None,
    )


def _ask_clerks(
    envelope: str, agency_id: int, message: exchange.DocumentMessage, at: datetime
) -> None:
    """Freeze the documents a message takes back or changes, until the clerk answers."""
    concerned = list(message.concerns())
    for held in Document.objects.filter(
        agency_id=agency_id,
        identifier__in=concerned,
        direction=Direction.INCOMING,
        imported_from="",
    ).exclude(state__in=[State.LINKED, State.REFUSED, State.RECALLED, State.REPLACED]):
        document = lock_document(held.code)
        asked = DocumentMove.objects.filter(document=document, act=Act.FREEZE)
        if asked.filter(detail__envelope=envelope).exists():
            continue
        words = message.business.reason or message.business.kind.label
        to = RouteIn(document.unit_id, words=words)
        open_step(document, StepKind.RECALL, to, by=SYSTEM, at=at)
        detail = {"envelope": envelope, "business": str(message.business.kind)}
        tell(document, Act.FREEZE, by=SYSTEM, at=at, was=document.state, note=words, detail=detail)


@work.story
def answer_recall(
    code: str, step_seq: int, *, agrees: bool, reason: str, by: Actor, at: datetime
) -> Document:
    """Agree to what the sender takes back, changes or replaces, or decline it with a reason.

    What is taken back keeps its place in the book; nothing is done with it any more.

    Raises: NoSuchDocument, NotAllowed, DocumentError, BadInput.
    """
    document = lock_document(code)
    by.require(Power.REGISTER_DOCUMENTS, unit_id=document.unit_id)
    step = get_open_step(document, step_seq)
    if step.kind != StepKind.RECALL:
        raise DocumentError("Nơi gửi không yêu cầu thu hồi văn bản này.")
    if not agrees and not reason.strip():
        raise BadInput("Hãy ghi lý do không đồng ý.", field="reason")
    move = DocumentMove.objects.filter(document=document, act=Act.FREEZE).order_by("-seq").first()
    asked = move.detail if move else {}
    was = document.state
    close_step(
        step, StepResult.DONE if agrees else StepResult.RETURNED, by=by, at=at, comment=reason
    )
    if agrees:
        _give_up(document, str(asked.get("business", "")), step.words, by=by, at=at)
    status = Status.AGREED if agrees else Status.DECLINED
    said = exchange.Answer(document.agency_id, status, tidy(reason) if not agrees else "")
    exchange.answer(str(asked.get("envelope", "")), said, by=by, at=at)
    act = Act.TAKE_UPDATE if agrees else Act.KEEP
    tell(document, act, by=by, at=at, was=was, changed=("ended_reason",), note=reason)
    return document


def _give_up(document: Document, business: str, words: str, *, by: Actor, at: datetime) -> None:
    """End a document that was taken back or replaced; an update leaves it as it is."""
    target = {BusinessKind.RECALL: State.RECALLED, BusinessKind.REPLACE: State.REPLACED}.get(
        BusinessKind(business) if business else BusinessKind.UPDATE
    )
    if target is None:
        return
    document.move_to(target)
    document.ended_reason = words[:1000]
    for step in open_steps(document):
        if step.kind != StepKind.RECALL:
            close_step(step, StepResult.SKIPPED, by=by, at=at)


@work.story
def answer_for(code: str, seq: int, *, at: datetime) -> None:
    """Tell the sender, in the name of who did it, what one act made of a document that was sent.

    What the exchange does not allow any more (a second direction) is left unsaid.
    """
    document = Document.objects.filter(code=code).exclude(envelope="").first()
    if document is None or document.direction != Direction.INCOMING:
        return
    move = DocumentMove.objects.get(document=document, seq=seq)
    status = _ANSWERS.get(Act(move.act))
    if status is None:
        return
    by = Actor(id=move.by_id, name=move.by_name, title=move.by_title)
    reason = document.ended_reason if status == Status.REFUSED else ""
    owner = f"document:{document.code}"
    said = exchange.Answer(document.agency_id, status, reason, owner=owner)
    try:
        exchange.answer(document.envelope, said, by=by, at=at)
    except exchange.MoveNotAllowed:
        return
