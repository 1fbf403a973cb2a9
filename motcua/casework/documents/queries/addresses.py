"""The address book: agencies of today, groups an agency keeps, and to whom it sent last."""

from collections.abc import Sequence
from datetime import date

from motcua.casework.documents.choices import Direction, State, Way
from motcua.casework.documents.models import AddressGroup, Document, Recipient
from motcua.casework.documents.rules.drafts import RecipientIn
from motcua.casework.exchange import api as exchange
from motcua.foundation.organisation import api as organisation


def address_book(agency_id: int, on: date) -> list[RecipientIn]:
    """Return every agency that documents may be sent to by wire; without the own one.

    Those of this system by name, then those whom partners outside reach.
    Costs: three queries.
    """
    found = [
        RecipientIn(one.name, Way.INSIDE, one.id, one.code)
        for one in organisation.tree().agencies()
        if one.id != agency_id and one.code
    ]
    outside = [
        RecipientIn(f"{one.name} ({one.partner})"[:300], _WAYS[one.way], None, one.code)
        for one in exchange.outside_agencies(on)
    ]
    return [*sorted(found, key=lambda one: one.name), *outside]


_WAYS = {
    exchange.Way.PEER: Way.SITE,
    exchange.Way.VXP: Way.AXIS,
    exchange.Way.LGSP: Way.AXIS,
}


def groups_of(agency_id: int) -> Sequence[AddressGroup]:
    """Return the groups of recipients an agency keeps. Costs: one query."""
    return list(AddressGroup.objects.filter(agency_id=agency_id).order_by("name"))


def recipients_of(document: Document) -> Sequence[Recipient]:
    """Return to whom a document goes now. Costs: one query."""
    found = Recipient.objects.filter(document=document, removed_at=None)
    return list(found.order_by("seq"))


def latest_recipients(agency_id: int, drafter_id: int) -> Sequence[Recipient]:
    """Return to whom the officer's newest issued document went. Costs: two queries."""
    newest = Document.objects.filter(
        agency_id=agency_id,
        drafter_id=drafter_id,
        direction=Direction.OUTGOING,
        state=State.ISSUED,
    )
    document = newest.order_by("-sort_at").first()
    return recipients_of(document) if document else ()
