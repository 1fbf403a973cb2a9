"""A document comes in, and is registered, refused or recognised as one we have.

Source: docs/law/documents.md
"""

from dataclasses import asdict
from datetime import datetime

from motcua.casework.documents.choices import Act, Direction, ScopeRole, State, StepKind
from motcua.casework.documents.errors import AlreadyRegistered
from motcua.casework.documents.models import Document
from motcua.casework.documents.rules.arrival import (
    ArrivalIn,
    EntryIn,
    check_arrival,
    check_entry,
)
from motcua.casework.documents.rules.names import match_key, new_code
from motcua.foundation.access.api import Power
from motcua.foundation.ledger import api as ledger
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput
from motcua.lib.text import tidy

from .attaching import add_files
from .books import ARRIVALS, check_book_open, next_ordinal, open_book, standard_series
from .finding import remember
from .stepping import RouteIn, open_step
from .telling import let_see, lock_document, tell

_BY_THE_ENTRY = tuple(name for name in EntryIn.__dataclass_fields__ if name != "kind_name")
ENTRY_FIELDS = (*_BY_THE_ENTRY, "kind_name", "match_key")
_REGISTERED = (
    *ENTRY_FIELDS,
    "book",
    "ordinal",
    "registered_at",
    "registered_by_id",
    "registered_by_name",
)


@work.story
def take_arrival(arrival: ArrivalIn, *, by: Actor, at: datetime) -> Document:
    """Take a document in; it waits at the registry until a clerk registers or refuses it.

    Raises: BadInput, SecretDocument, NotAllowed for a person who keeps no register there.
    """
    if by.kind != "system":
        by.require(Power.REGISTER_DOCUMENTS, unit_id=arrival.unit_id)
    check_arrival(arrival, at)
    document = Document(
        id=work.new_id(Document),
        code=new_code(),
        direction=Direction.INCOMING,
        state=State.ARRIVED,
        agency_id=arrival.agency_id,
        unit_id=arrival.unit_id,
        sort_at=arrival.arrived_at,
        source=arrival.source,
        arrived_at=arrival.arrived_at,
        identifier=arrival.identifier,
        envelope=arrival.envelope,
        received_by_id=arrival.agency_id if arrival.envelope else None,
        addressed_to=arrival.addressed_to[:300],
        answers_id=arrival.answers_id,
        promise_salt=ledger.new_salt(),
    )
    enter(document, arrival.entry)
    add_files(document, arrival.files, by=by, at=at)
    tell(document, Act.ARRIVE, by=by, at=at, was="", unit_id=arrival.unit_id, is_new=True)
    let_see(document, [(arrival.unit_id, ScopeRole.REGISTRY)])
    remember(document)
    return document


@work.story
def register(
    code: str,
    entry: EntryIn | None = None,
    *,
    by: Actor,
    at: datetime,
    to: RouteIn | None = None,
) -> Document:
    """Give the arrival number, and bring the document before who directs it.

    `entry` puts right what came with the document. Without `to` it stays with the registry.

    Raises: NoSuchDocument, NotAllowed, AlreadyRegistered, BadInput, BookClosed.
    Locks: the document, then the numbers of the book.
    """
    document = lock_document(code)
    by.require(Power.REGISTER_DOCUMENTS, unit_id=document.unit_id)
    if document.state != State.ARRIVED:
        message = f"Văn bản này {State(document.state).label.lower()}; hãy mở lại danh sách."
        raise AlreadyRegistered(message)
    if entry is not None:
        check_entry(entry, at)
        enter(document, entry)
    was = document.state
    document.move_to(State.REGISTERED)
    _put_into_book(document, by=by, at=at)
    detail = {"ordinal": document.ordinal, "year": local_day(at).year}
    note = to.words if to else ""
    if to is not None:
        _bring_before(document, to, by=by, at=at)
    tell(
        document, Act.REGISTER, by=by, at=at, was=was, changed=_REGISTERED, note=note, detail=detail
    )
    remember(document)
    return document


def _put_into_book(document: Document, *, by: Actor, at: datetime) -> None:
    series = standard_series(document.agency_id, ARRIVALS, local_day(at))
    book = open_book(series, at)
    document.book, document.ordinal = book, next_ordinal(series, book)
    document.registered_at, document.registered_by_id = at, by.id
    document.registered_by_name = by.name


def _bring_before(document: Document, to: RouteIn, *, by: Actor, at: datetime) -> None:
    """Let a unit, or one person in it, direct the document."""
    open_step(document, StepKind.DIRECT, to, by=by, at=at)
    person = [(-to.account_id, ScopeRole.DIRECTING)] if to.account_id else []
    let_see(document, [(to.unit_id, ScopeRole.DIRECTING), *person])


@work.story
def refuse_arrival(code: str, reason: str, *, by: Actor, at: datetime) -> Document:
    """Refuse a document before it is registered: not for us, or not in order.

    Raises: NoSuchDocument, NotAllowed, MoveNotAllowed, BadInput without a reason.
    """
    document = lock_document(code)
    by.require(Power.REGISTER_DOCUMENTS, unit_id=document.unit_id)
    if not reason.strip():
        raise BadInput("Hãy ghi lý do từ chối; nơi gửi sẽ đọc lý do này.", field="reason")
    was = document.state
    document.move_to(State.REFUSED)
    document.ended_reason = tidy(reason)[:1000]
    changed = ("ended_reason",)
    tell(document, Act.REFUSE, by=by, at=at, was=was, changed=changed, note=reason)
    return document


@work.story
def link_duplicate(code: str, to_code: str, *, by: Actor, at: datetime) -> Document:
    """Say that an arrival is a document we hold already; it gets no number.

    Raises: NoSuchDocument, NotAllowed, MoveNotAllowed, BadInput if they are of two agencies.
    """
    document = lock_document(code)
    if by.kind != "system":
        by.require(Power.REGISTER_DOCUMENTS, unit_id=document.unit_id)
    first = Document.objects.filter(code=to_code, agency_id=document.agency_id).first()
    if first is None or first.pk == document.pk:
        raise BadInput("Không tìm thấy văn bản đã có ở cơ quan này.", field="duplicate_of")
    was = document.state
    document.move_to(State.LINKED)
    document.duplicate_of_id = first.pk
    detail = {"duplicate_of": first.code}
    tell(document, Act.LINK, by=by, at=at, was=was, changed=("duplicate_of_id",), detail=detail)
    return document


@work.story
def correct_entry(code: str, entry: EntryIn, reason: str, *, by: Actor, at: datetime) -> Document:
    """Correct what the register says; what stood there stays readable in the history.

    Raises: NoSuchDocument, NotAllowed, BadInput without a reason or without a change, BookClosed.
    """
    document = lock_document(code, also_imported=True)
    by.require(Power.REGISTER_DOCUMENTS, unit_id=document.unit_id)
    if not reason.strip():
        raise BadInput("Hãy ghi lý do sửa.", field="reason")
    check_entry(entry, at)
    check_book_open(document)
    before = {name: getattr(document, name) for name in ENTRY_FIELDS}
    enter(document, entry)
    changes = {
        name: [_plain(was), _plain(getattr(document, name))]
        for name, was in before.items()
        if name != "match_key" and was != getattr(document, name)
    }
    if not changes:
        raise BadInput("Chưa có thông tin nào được sửa.", field="subject")
    tell(
        document,
        Act.CORRECT,
        by=by,
        at=at,
        was=document.state,
        changed=ENTRY_FIELDS,
        note=reason,
        detail={"changes": changes},
    )
    remember(document)
    return document


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | bool | None) else str(value)


def enter(document: Document, entry: EntryIn) -> None:
    """Write what the register says into the row; the same issuer keeps the code it came with."""
    issuer, code = document.issuer_name, document.issuer_code
    for name, value in asdict(entry).items():
        setattr(document, name, tidy(value) if isinstance(value, str) else value)
    if not document.issuer_code and document.issuer_name == issuer:
        document.issuer_code = code
    document.kind_name = entry.named()
    document.match_key = match_key(
        document.number, document.notation, document.issuer_name, document.issued_on
    )
