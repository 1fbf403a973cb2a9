"""The address book: agencies of today, groups an agency keeps, to whom it sent, who asked it."""

import re
from collections.abc import Sequence
from datetime import date

from motcua.casework.documents.choices import Direction, State, Way
from motcua.casework.documents.models import AddressGroup, Document, Recipient
from motcua.casework.documents.rules.drafts import RecipientIn
from motcua.casework.exchange import api as exchange
from motcua.foundation.organisation import api as organisation
from motcua.lib.errors import BadInput

# “Bộ Nội vụ (G09)”: what stands in brackets at the end is taken for a code if it looks like one.
_WITH_CODE = re.compile(
    r"(?P<name>.+?)\s*\((?P<code>[A-Y]\d{2}(?:\.[0-9A-Z]+)*|\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2})\)"
)
_LONGEST_NAME = 300


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
        RecipientIn(_outside_name(one), _WAYS[one.way], None, one.code)
        for one in exchange.outside_agencies(on)
    ]
    return [*sorted(found, key=lambda one: one.name), *outside]


def _outside_name(one: exchange.OutsideShown) -> str:
    """Return a name as papers print it; a department of another province is named with it."""
    is_of_partner = one.way == exchange.Way.PEER and one.partner not in one.name
    return f"{one.name} ({one.partner})"[:_LONGEST_NAME] if is_of_partner else one.name


_WAYS = {
    exchange.Way.PEER: Way.SITE,
    exchange.Way.VXP: Way.AXIS,
    exchange.Way.LGSP: Way.AXIS,
}


def recipient_named(line: str, otherwise: Way, on: date) -> RecipientIn:
    """Return whom a line names: by wire with a code in brackets, else as the clerk chose.

    Raises: BadInput if no way leads to the code. Costs: two queries for a code that is not ours.
    """
    found = _WITH_CODE.fullmatch(line)
    if found is None:
        return RecipientIn(line[:_LONGEST_NAME], otherwise)
    name, code = found["name"][:_LONGEST_NAME], found["code"]
    ours = organisation.tree().agency_by_code(code)
    if ours is not None:
        return RecipientIn(ours.name, Way.INSIDE, ours.id, ours.code)
    partner = exchange.counterpart_for(code, on)
    if partner is None:
        message = (
            f"Chưa có đường liên thông tới {name} ({code}). Hãy báo quản trị, hoặc bỏ mã để gửi "
            "bản giấy."
        )
        raise BadInput(message, field="others")
    way = Way.SITE if partner.way == exchange.Way.PEER else Way.AXIS
    return RecipientIn(name, way, code=code)


def asker_of(document: Document) -> RecipientIn | None:
    """Return who sent the document that this one answers. Costs: one query, if it answers one."""
    if document.answers_id is None:
        return None
    answered = Document.objects.filter(
        pk=document.answers_id, agency_id=document.agency_id, direction=Direction.INCOMING
    ).first()
    if answered is None or not answered.issuer_code:
        return None
    ours = organisation.tree().agency_by_code(answered.issuer_code)
    if ours is not None:
        return RecipientIn(ours.name, Way.INSIDE, ours.id, ours.code)
    return RecipientIn(answered.issuer_name, Way.AXIS, code=answered.issuer_code)


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
