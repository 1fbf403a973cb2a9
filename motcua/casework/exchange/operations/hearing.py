"""Hear what agencies outside say of a message: steps may be left out, none is taken back.

Source: docs/law/exchange.md
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from motcua.casework.exchange.choices import Axis, Status, Transport
from motcua.casework.exchange.models import Envelope, EnvelopeRecipient
from motcua.casework.exchange.rules.edxml.messages import StatusMessage
from motcua.casework.exchange.rules.edxml.values import todays_code
from motcua.casework.exchange.rules.line import Line
from motcua.casework.exchange.rules.moves import SIDE, can_be_asked, can_be_heard
from motcua.lib.actor import SYSTEM, Actor, ActorKind

from .telling import save, tell, trace

_TO_DELIVERED: dict[str, Sequence[Transport]] = {
    Transport.QUEUED: (Transport.SENT, Transport.DELIVERED),
    Transport.FAILED: (Transport.QUEUED, Transport.SENT, Transport.DELIVERED),
    Transport.SENT: (Transport.DELIVERED,),
}


def hear_status(message: StatusMessage, line: Line, *, at: datetime) -> bool:
    """Apply a status to the receiver's row it speaks of; say whether there is one.

    Locks: that row.
    """
    if message.code not in Status.values:
        return False
    status = Status(message.code)
    found = _rows(message, line, status)
    for row in found:
        _apply(row, message, status, at)
    return bool(found)


def _rows(message: StatusMessage, line: Line, status: Status) -> list[EnvelopeRecipient]:
    """Return the rows a status speaks of, locked: by the message's own name, or its document's."""
    who = _codes(message.sender.code)
    rows = EnvelopeRecipient.objects.order_by("id")
    if status == Status.ASKED_BACK:
        rows = rows.filter(arrival__isnull=False, envelope__sender_code__in=who)
        receiver = _codes(line.receiver_code or message.about.organ)
        rows = rows.filter(Q(code__in=receiver) | Q(routed_code__in=receiver))
        named = rows.filter(arrival__their_code=line.about) if line.about else rows.none()
    else:
        rows = rows.filter(arrival__isnull=True, number__isnull=False)
        rows = rows.filter(Q(code__in=who) | Q(routed_code__in=who))
        named = rows.filter(envelope__code=line.about) if line.about else rows.none()
    if chosen := list(named.select_for_update(of=("self",))):
        return chosen
    same = rows.filter(envelope__document_ref=message.about.document_id)
    if status in (Status.AGREED, Status.DECLINED):
        asked = same.filter(Q(side=Status.ASKED_BACK) | ~Q(envelope__business="new"))
        return list(asked.select_for_update(of=("self",)))[-1:]
    return list(same.exclude(envelope__business="recall").select_for_update(of=("self",)))[-1:]


def _codes(code: str) -> list[str]:
    return [code, todays_code(code) or code]


def _apply(row: EnvelopeRecipient, message: StatusMessage, status: Status, at: datetime) -> None:
    envelope = Envelope.objects.get(pk=row.envelope_id)
    by = _speaker(message)
    _make_delivered(row, envelope, at)
    reason = message.description[:1000] if message.description != status.label else ""
    if status in SIDE:
        is_news = can_be_asked(row.side, status)
        axis = Axis.SIDE
    else:
        is_news = can_be_heard(row.status, status)
        axis = Axis.STATUS
    if is_news:
        if row.answered_at is None and status not in (Status.ARRIVED, *SIDE):
            row.answered_at = at
        tell(row, envelope, axis, status, by=by, at=at, reason=reason)
        trace("heard", envelope, by=by, at=at, status=status, receiver=row.routed_code)
    save(row, "sent_at", "delivered_at", "answered_at", "trouble", "next_try_at", "is_cut")


def _speaker(message: StatusMessage) -> Actor:
    who = message.sender.name or message.sender.code
    name = f"{message.staff.staff} ({who})" if message.staff.staff else who
    return Actor(id=0, name=name[:200], kind=ActorKind.PARTNER)


def _make_delivered(row: EnvelopeRecipient, envelope: Envelope, at: datetime) -> None:
    """Who answers has it, whatever the line said."""
    for target in _TO_DELIVERED.get(row.transport, ()):
        if target == Transport.SENT:
            row.sent_at = row.sent_at or at
        if target == Transport.DELIVERED:
            row.delivered_at = at
        tell(row, envelope, Axis.TRANSPORT, target, by=SYSTEM, at=at)
    row.trouble, row.next_try_at, row.is_cut = "", None, False
