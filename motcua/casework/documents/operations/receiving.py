"""Messages that arrive become documents; what the sender takes back or changes waits for a clerk.

Source: docs/law/documents.md
"""

from collections.abc import Mapping
from datetime import date, datetime

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
from motcua.casework.documents.models import Document, DocumentFile, DocumentMove
from motcua.casework.documents.queries.changes import asked_by
from motcua.casework.documents.queries.duplicates import held_already
from motcua.casework.documents.rules.arrival import ArrivalIn, EntryIn, FileIn
from motcua.casework.documents.rules.moves import NOT_HELD
from motcua.casework.exchange import api as exchange
from motcua.casework.exchange.api import BusinessKind, Status
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers.api import DocumentKind, Urgency
from motcua.foundation.signing import api as signing
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput
from motcua.lib.text import tidy

from .arriving import link_duplicate, take_arrival
from .attaching import add_files
from .inheriting import carry_document, heir_units
from .stepping import RouteIn, close_step, get_open_step, open_step, open_steps
from .telling import lock_document, tell

_ANSWERS = {
    Act.REGISTER: Status.ACCEPTED,
    Act.LINK: Status.ACCEPTED,
    Act.REFUSE: Status.REFUSED,
    Act.RETURN: Status.REFUSED,
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
        if not _ask_clerks(envelope, agency_id, message, at):
            _answer_at_once(envelope, agency_id, message.business.kind, at)
        return
    if Document.objects.filter(received_by_id=agency_id, envelope=envelope).exists():
        return
    registry = signing.registry_unit(agency_id, at)
    earlier = held_already(agency_id, message.document_id[:150])
    files = tuple(
        FileIn(
            FileRole.ATTACHMENT if index else FileRole.MAIN, one.file_id, one.name, one.description
        )
        for index, one in enumerate(opened.files)
    )
    arrival = ArrivalIn(
        agency_id=agency_id,
        unit_id=registry,
        source=Source.AXIS if opened.came_through else Source.INSIDE,
        arrived_at=at,
        entry=entry_of(message, local_day(at)),
        files=files,
        identifier=message.document_id[:150],
        envelope=envelope,
        addressed_to=_meant_for(opened.shown, agency_id),
        answers_id=_asked_in(message, agency_id, at),
    )
    document = take_arrival(arrival, by=SYSTEM, at=at)
    signing.looks_at([one.file_id for one in opened.files], at=at)  # the clerk finds them examined
    if message.business.kind == BusinessKind.REPLACE:
        if not _ask_clerks(envelope, agency_id, message, at):
            _answer_at_once(envelope, agency_id, message.business.kind, at)
    elif earlier is not None:
        work.flush()
        link_duplicate(document.code, earlier.code, by=SYSTEM, at=at)


def _asked_in(message: exchange.DocumentMessage, agency_id: int, at: datetime) -> int | None:
    """Return the document of ours that a message answers, by the identifier it names."""
    named = [one.document_id for one in message.answers if one.document_id]
    if not named:
        return None
    before = organisation.predecessors_of_agency(agency_id, local_day(at))
    found = Document.objects.filter(
        agency_id__in=[agency_id, *before], identifier__in=named, direction=Direction.OUTGOING
    ).first()
    return found.pk if found else None


def _meant_for(shown: exchange.EnvelopeShown, agency_id: int) -> str:
    """Return the name of the agency that ended to which the sender wrote; else nothing."""
    tree = organisation.tree()
    for one in shown.recipients:
        meant = tree.agency_by_code(one.code)
        if one.agency_id == agency_id and meant is not None and meant.id != agency_id:
            return meant.name
    return ""


def entry_of(message: exchange.DocumentMessage, on: date) -> EntryIn:
    """Return what the register says of a document that came as a message.

    A message from outside may say what no register can hold; what was wrong stands beside it.
    """
    known = message.kind.number if message.kind.number in DocumentKind.values else OTHER_KIND
    is_named = known and DocumentKind(known).label.casefold() == message.kind.name.casefold()
    other = message.other or exchange.OtherInfo()
    return EntryIn(
        subject=(tidy(message.subject) or tidy(message.content) or "(không có trích yếu)")[:1000],
        issuer_name=(message.sender.name or message.sender.code or "(không rõ nơi gửi)")[:300],
        kind=known if is_named else OTHER_KIND,
        kind_name=(tidy(message.kind.name) or "Văn bản")[:100],
        number=message.number[:11],
        notation=message.notation[:60],
        issued_on=message.issued_on if message.issued_on and message.issued_on <= on else None,
        issuer_code=message.sender.code[:35],
        signer_name=message.signer.full_name[:200] if message.signer else "",
        signer_title=message.signer.position[:200] if message.signer else "",
        urgency=Urgency(other.priority) if other.priority in Urgency.values else Urgency.NORMAL,
        due_on=message.due_on,
        sphere=other.sphere[:100],
        answer_wanted=message.due_on is not None,
    )


def _ask_clerks(
    envelope: str, agency_id: int, message: exchange.DocumentMessage, at: datetime
) -> int:
    """Freeze the documents a message takes back or changes, until the clerk answers.

    Returns how many there are; what ended here already waits for nobody.
    """
    concerned = [one for one in message.concerns() if one]  # papers have no identifier
    before = organisation.predecessors_of_agency(agency_id, local_day(at))
    found = Document.objects.filter(
        agency_id__in=[agency_id, *before],
        identifier__in=concerned,
        direction=Direction.INCOMING,
        imported_from="",
    ).exclude(state__in=NOT_HELD)
    for held in found:
        if held.agency_id != agency_id:
            carry_document(held.code, heir_units(held.agency_id, agency_id, at), by=SYSTEM, at=at)
            work.flush()
        document = lock_document(held.code)
        asked = DocumentMove.objects.filter(document=document, act=Act.FREEZE)
        if asked.filter(detail__envelope=envelope).exists():
            continue
        words = message.business.reason or message.business.kind.label
        to = RouteIn(document.unit_id, words=words[:2000])
        open_step(document, StepKind.RECALL, to, by=SYSTEM, at=at)
        detail = {"envelope": envelope, "business": str(message.business.kind)}
        tell(document, Act.FREEZE, by=SYSTEM, at=at, was=document.state, note=words, detail=detail)
    return len(found)


_HELD_NO_MORE = "Nơi nhận không còn giữ văn bản này để cập nhật."


def _answer_at_once(envelope: str, agency_id: int, kind: BusinessKind, at: datetime) -> None:
    """Answer for an agency that has nothing to give back or to change; once."""
    is_update = kind == BusinessKind.UPDATE
    status = Status.DECLINED if is_update else Status.AGREED
    said = exchange.Answer(agency_id, status, _HELD_NO_MORE if is_update else "")
    try:
        exchange.answer(envelope, said, by=SYSTEM, at=at)
    except exchange.MoveNotAllowed:
        return


@work.story
def take_asked_back(envelope: str, receiver_owner: str, *, at: datetime) -> None:
    """Let the clerk answer a sender who asks for a document back by a status message.

    A recall or change comes as a message of its own and waits for the clerk by that.
    """
    code = receiver_owner.removeprefix("document:")
    document = Document.objects.filter(code=code, direction=Direction.INCOMING).first()
    if document is None or code == receiver_owner or document.state in NOT_HELD:
        return
    document = lock_document(document.code)
    asked = _asked_words(envelope, document.agency_id)
    seen = DocumentMove.objects.filter(document=document, act=Act.FREEZE, detail__asks="13")
    if seen.count() >= len(asked) or _has_recall(document):
        return
    to = RouteIn(document.unit_id, words=asked[-1])
    open_step(document, StepKind.RECALL, to, by=SYSTEM, at=at)
    detail = {"envelope": envelope, "business": str(BusinessKind.RECALL), "asks": "13"}
    tell(document, Act.FREEZE, by=SYSTEM, at=at, was=document.state, note=asked[-1], detail=detail)


def _has_recall(document: Document) -> bool:
    """Say whether the clerk has a request of the sender to answer already."""
    return any(one.kind == StepKind.RECALL for one in open_steps(document))


def _asked_words(envelope: str, agency_id: int) -> list[str]:
    """Return why the sender asks for it back, each time as the sender said it."""
    shown = exchange.find_envelope(envelope)
    return [
        move.reason or "Nơi gửi xin lấy lại văn bản"
        for one in (shown.recipients if shown else ())
        if one.agency_id == agency_id
        for move in one.moves
        if move.to == Status.ASKED_BACK
    ]


@work.story
def answer_recall(
    code: str, step_seq: int, *, agrees: bool, reason: str, by: Actor, at: datetime
) -> Document:
    """Agree to what the sender takes back, changes or replaces, or decline it with a reason.

    What is taken back keeps its place in the book; nothing is done with it any more. What is
    brought up to date gets the files and the deadline that came.

    Raises: NoSuchDocument, NotAllowed, DocumentError, BadInput.
    """
    document = lock_document(code)
    by.require(Power.REGISTER_DOCUMENTS, unit_id=document.unit_id)
    step = get_open_step(document, step_seq)
    if step.kind != StepKind.RECALL:
        raise DocumentError("Nơi gửi không yêu cầu thu hồi văn bản này.")
    if not agrees and not reason.strip():
        raise BadInput("Hãy ghi lý do không đồng ý.", field="reason")
    asked = asked_by(document, step).detail
    envelope, was = str(asked.get("envelope", "")), document.state
    result = StepResult.DONE if agrees else StepResult.RETURNED
    close_step(step, result, by=by, at=at, comment=reason)
    detail: dict[str, object] = {"envelope": envelope, "business": asked.get("business", "")}
    if agrees:
        detail["changes"] = _follow(document, asked, step.words, by=by, at=at)
    status = Status.AGREED if agrees else Status.DECLINED
    said = exchange.Answer(
        _answering(document, envelope), status, tidy(reason) if not agrees else ""
    )
    exchange.answer(envelope, said, by=by, at=at)
    act = Act.TAKE_UPDATE if agrees else Act.KEEP
    tell(document, act, by=by, at=at, was=was, changed=_FOLLOWED, note=reason, detail=detail)
    return document


def _answering(document: Document, envelope: str) -> int:
    """Return which agency a message reached: who holds the document now, or whom it came to."""
    first = document.received_by_id
    if first is None or first == document.agency_id:
        return document.agency_id
    shown = exchange.find_envelope(envelope)
    reached = {one.agency_id for one in shown.recipients} if shown else set()
    return document.agency_id if document.agency_id in reached else first


_FOLLOWED = ("ended_reason", "replaced_by_id", "due_on")


def _follow(
    document: Document, asked: Mapping[str, object], words: str, *, by: Actor, at: datetime
) -> dict[str, object]:
    """Do with a document what its sender asks; return what changed in it."""
    kind = BusinessKind(str(asked["business"]))
    if kind == BusinessKind.UPDATE:
        return _take_update(document, str(asked["envelope"]), by=by, at=at)
    document.move_to(State.RECALLED if kind == BusinessKind.RECALL else State.REPLACED)
    document.ended_reason = words[:1000]
    if kind == BusinessKind.REPLACE:
        newer = Document.objects.filter(
            agency_id=document.agency_id, envelope=str(asked["envelope"])
        ).first()
        document.replaced_by_id = newer.pk if newer else None
    for step in open_steps(document):
        if step.kind != StepKind.RECALL:
            close_step(step, StepResult.SKIPPED, by=by, at=at)
    return {}


def _take_update(
    document: Document, envelope: str, *, by: Actor, at: datetime
) -> dict[str, object]:
    """Put what an update brought beside the document: its files, and another deadline."""
    opened = exchange.open_envelope(envelope)
    changes: dict[str, object] = {}
    if opened.message.due_on is not None and opened.message.due_on != document.due_on:
        was = document.due_on.isoformat() if document.due_on else ""
        changes["due_on"] = [was, opened.message.due_on.isoformat()]
        document.due_on = opened.message.due_on
    held = set(DocumentFile.objects.filter(document=document).values_list("file_id", flat=True))
    new = [one for one in opened.files if one.file_id not in held]
    role, words = FileRole.ATTACHMENT, "Nơi gửi bổ sung"
    added = [FileIn(role, one.file_id, one.name, words) for one in new]
    add_files(document, added, by=by, at=at)
    if new:
        changes["files"] = [one.name for one in new]
    return changes


@work.story
def answer_for(code: str, seq: int, *, at: datetime) -> None:
    """Tell the sender, in the name of who did it, what one act made of a document that was sent.

    What only some are to know is done with as soon as it is directed. What the exchange does not
    allow any more (a second direction) is left unsaid.
    """
    document = Document.objects.filter(code=code).exclude(envelope="").first()
    if document is None or document.direction != Direction.INCOMING:
        return
    move = DocumentMove.objects.get(document=document, seq=seq)
    status = _ANSWERS.get(Act(move.act))
    if status is None:
        return
    is_over = status == Status.ASSIGNED and move.state == State.DONE
    for one in (status, Status.FINISHED) if is_over else (status,):
        _say(document, move, one, at)
        work.flush()  # what is said next follows from what was said before


def _say(document: Document, move: DocumentMove, status: Status, at: datetime) -> None:
    by = Actor(id=move.by_id, name=move.by_name, title=move.by_title)
    reason = document.ended_reason if status == Status.REFUSED else ""
    owner = f"document:{document.code}"
    agency = document.received_by_id or document.agency_id
    said = exchange.Answer(agency, status, reason, owner=owner)
    try:
        exchange.answer(document.envelope, said, by=by, at=at)
    except exchange.MoveNotAllowed:
        return
