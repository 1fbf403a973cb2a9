"""What was sent and asks for an answer: who has not given one yet.

Source: docs/law/documents.md
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from motcua.casework.documents.choices import Direction, State
from motcua.casework.documents.models import Document, DocumentScope, Recipient
from motcua.casework.exchange.api import Status
from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor

from .one import reading

_FOLLOWED = timedelta(days=400)  # what nobody asked about for so long is not asked about any more
_MOST = 100
_ENDED = (Status.REFUSED, Status.AGREED)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A document that was sent, how many got it, and who has not answered."""

    document: Document
    sent_to: int
    waiting: Sequence[Recipient]
    is_late: bool


def open_answers(actor: Actor, *, on: date, only_late: bool = False) -> Sequence[Unanswered]:
    """Return what the actor's agency sent with a deadline and is not answered by everybody.

    The clerk follows everything of the agency, others what they wrote or what their unit did; of
    what is kept closely only those named. The nearest deadline first, at most a hundred.

    Costs: four statements.
    """
    rows = _followed(actor, on)
    if only_late:
        rows = rows.filter(due_on__lt=on)
    found = list(rows.order_by("due_on", "pk")[:_MOST])
    visible = access.visible_among(DocumentScope, reading(actor), [one.pk for one in found])
    shown = {one.pk: one for one in found if one.pk in visible}
    sent: dict[int, list[Recipient]] = {pk: [] for pk in shown}
    for row in Recipient.objects.filter(_SENT, document_id__in=shown).order_by("document", "seq"):
        sent[row.document_id].append(row)
    answered = _answerers(shown)
    return [
        Unanswered(
            one,
            len(sent[one.pk]),
            waiting_among(sent[one.pk], answered.get(one.pk, ())),
            one.due_on is not None and one.due_on < on,
        )
        for one in shown.values()
    ]


def _followed(actor: Actor, on: date) -> QuerySet[Document]:
    """Return what was sent with a deadline, somebody has not answered, and the actor follows."""
    rows = Document.objects.filter(
        agency_id=actor.agency_id or 0,
        direction=Direction.OUTGOING,
        state=State.ISSUED,
        due_on__gte=on - _FOLLOWED,
    )
    if not actor.can(Power.REGISTER_DOCUMENTS):
        units = actor.powers.get(str(Power.APPROVE_DOCUMENTS), frozenset())
        rows = rows.filter(Q(drafter_id=actor.id) | Q(unit_id__in=units))
    waiting = Recipient.objects.filter(_WAITING, document=OuterRef("pk")).exclude(
        Exists(
            Document.objects.filter(
                _ANSWER, answers_id=OuterRef("document_id"), issuer_code=OuterRef("code")
            ).exclude(issuer_code="")
        )
    )
    return rows.filter(Exists(waiting.values("seq")))


_SENT = Q(removed_at=None) & (Q(sent_at__isnull=False) | ~Q(envelope=""))
_ANSWER = Q(direction=Direction.INCOMING) & ~Q(state__in=[State.REFUSED, State.RETURNED])
_WAITING = _SENT & Q(done_at=None) & ~Q(status__in=_ENDED)


def unanswered(document: Document) -> Sequence[Recipient]:
    """Return who got a document and has not answered it. Costs: two queries."""
    rows = Recipient.objects.filter(_SENT, document=document).order_by("seq")
    return waiting_among(list(rows), _answerers([document.pk]).get(document.pk, ()))


def waiting_among(sent: Sequence[Recipient], answered: Collection[str]) -> Sequence[Recipient]:
    """Return who neither finished, refused, gave back nor wrote an answer."""
    return [
        one
        for one in sent
        if one.done_at is None
        and one.status not in _ENDED
        and (not one.code or one.code not in answered)
    ]


def _answerers(documents: Collection[int]) -> dict[int, set[str]]:
    """Return by document whose answers have come in and were not given back."""
    rows = Document.objects.filter(_ANSWER, answers_id__in=list(documents))
    found: dict[int, set[str]] = {}
    for answers_id, code in rows.values_list("answers_id", "issuer_code"):
        found.setdefault(answers_id or 0, set()).add(code)
    return found
