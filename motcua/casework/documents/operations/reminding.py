"""Who should have dealt with a document is reminded; the reminder stands in its history.

Source: docs/law/documents.md
"""

from collections.abc import Collection
from datetime import datetime

from motcua.casework.documents.choices import Act, Direction, ScopeRole, State, StepKind
from motcua.casework.documents.errors import DocumentError
from motcua.casework.documents.models import DirectiveLine, Document, DocumentMove, DocumentStep
from motcua.casework.documents.queries.further import due_of
from motcua.casework.documents.rules.names import in_words
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.api import Kind
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import local, local_day
from motcua.lib.text import tidy

from .chasing import tell_chased
from .telling import lock_document, tell
from .warning import clerks_of

_WAITING = (State.REGISTERED, State.DIRECTED)
_ASKED = (StepKind.DIRECT, StepKind.WORK)
_HEADS = (PostRole.UNIT_HEAD, PostRole.DESK_HEAD, PostRole.AGENCY_LEADER)
REMINDED = notifications.declare(
    Kind(
        "documents.reminded",
        "Đôn đốc giải quyết văn bản",
        "Đôn đốc: văn bản {arrival}",
        "{by} đôn đốc giải quyết {named} của {issuer} ({arrival}): {subject}. Hạn: {due}. {note}",
        for_officers=True,
    )
)


@work.story
def remind(code: str, words: str, *, by: Actor, at: datetime) -> Document:
    """Remind who should deal with a document; they are told by the worker.

    Raises: NoSuchDocument, NotAllowed, DocumentError unless it waits for somebody.
    """
    document = lock_document(code)
    if not by.can(Power.DIRECT_DOCUMENTS, unit_id=document.unit_id):
        by.require(Power.REGISTER_DOCUMENTS, unit_id=document.unit_id)
    if document.direction != Direction.INCOMING or document.state not in _WAITING:
        raise DocumentError("Văn bản này không còn chờ ai giải quyết.")
    if not waits_for(document):
        raise DocumentError("Văn bản chưa giao ai giải quyết; hãy trình hoặc chuyển trước.")
    note = tidy(words)[:1000]
    tell(document, Act.REMIND, by=by, at=at, was=document.state, note=note)
    return document


def waits_for(document: Document) -> list[tuple[int, int | None]]:
    """Return the units and persons that should deal with a document: (unit, account or None)."""
    if document.state == State.DIRECTED:
        parts = (ScopeRole.LEAD, ScopeRole.TOGETHER)
        lines = DirectiveLine.objects.filter(document=document, part__in=parts)
        return [(line.unit_id, line.account_id) for line in lines.order_by("seq")]
    steps = DocumentStep.objects.filter(document=document, closed_at=None, kind__in=_ASKED)
    return [(step.unit_id, step.assignee_id) for step in steps.order_by("seq")]


def tell_reminded(code: str, seq: int, *, at: datetime) -> int:
    """Tell everybody who was reminded by one act; return how many. Called in the worker.

    Costs: some eight statements.
    """
    document = Document.objects.get(code=code)
    move = DocumentMove.objects.get(document=document, seq=seq)
    if document.direction == Direction.OUTGOING:
        return tell_chased(document, move, at=at)
    places = waits_for(document)
    named = {account for _, account in places if account is not None}
    told = named | _heads({unit for unit, account in places if account is None}, at)
    if not told:  # nobody was asked yet: it lies at the registry
        told = set(clerks_of(document.agency_id, on=local_day(at)))
    due = due_of(document)
    values = {
        "by": move.by_name,
        "named": in_words(document.number, document.notation) or document.kind_name,
        "issuer": document.issuer_name,
        "arrival": f"số đến {document.ordinal}" if document.ordinal else "chưa vào sổ",
        "subject": document.subject.rstrip(". "),
        "due": f"{local(due):%d/%m/%Y}" if due else "không ghi",
        "note": move.note,
    }
    link = f"/van-ban/vb/{document.code}/"
    return notifications.notify(
        sorted(told - {move.by_id}), REMINDED, values, by=SYSTEM, at=at, link=link
    )


def _heads(unit_ids: Collection[int], at: datetime) -> set[int]:
    """Return the accounts of who heads these units that day."""
    if not unit_ids:
        return set()
    seats = organisation.seats_of_units(sorted(unit_ids), local_day(at), roles=_HEADS)
    officers = {seat.officer_id for seat in seats if seat.officer_id is not None}
    return set(identity.accounts_of_officers(officers).values())
