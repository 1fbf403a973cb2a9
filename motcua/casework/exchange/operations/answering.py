"""Say what became of a message at a receiver, ask for it back, give a way to what has none.

Source: docs/law/exchange.md
"""

from collections.abc import Sequence
from datetime import datetime

from motcua.casework.exchange.choices import Axis, Status, Transport
from motcua.casework.exchange.errors import MoveNotAllowed, NoSuchEnvelope, NotToBeRouted
from motcua.casework.exchange.models import Envelope, EnvelopeRecipient
from motcua.casework.exchange.rules.moves import (
    SIDE,
    WAITING,
    check_side,
    check_status,
    check_transport,
)
from motcua.casework.exchange.rules.outgoing import Answer
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

from .noticing import queue_notice
from .telling import envelope_of, lock_recipients, save, tell, trace

MOST_REASON = 1000


@work.story
def answer(code: str, said: Answer, *, by: Actor, at: datetime) -> None:
    """Keep what a receiver says of a message, and let the sender know.

    Raises: NoSuchEnvelope, MoveNotAllowed, BadInput.
    Locks: the receiver's row.
    """
    envelope = envelope_of(code)
    try:
        row = work.lock(EnvelopeRecipient, envelope_id=envelope.pk, agency_id=said.agency_id)
    except EnvelopeRecipient.DoesNotExist as error:
        raise NoSuchEnvelope(f"Không có gói tin nào mang mã {code}.") from error
    if row.transport != Transport.DELIVERED:
        raise MoveNotAllowed("Gói tin chưa đến nơi nhận này.")
    reason = checked_reason(said.status, said.reason)
    if said.status in (Status.AGREED, Status.DECLINED):
        check_side(row.side, said.status, envelope.business)
        axis = Axis.SIDE
    else:
        _check_answer(row, said.status)
        axis = Axis.STATUS
    row.owner = said.owner or row.owner
    if said.status in (Status.ACCEPTED, Status.REFUSED):
        row.answered_at = row.answered_at or at  # who refuses later what he accepted was not late
    tell(row, envelope, axis, said.status, by=by, at=at, reason=reason)
    save(row, "owner", "answered_at")
    if row.arrival_id is not None:
        queue_notice(row, envelope, said.status, by=by, at=at, reason=reason, staff=said.staff)
    trace("answered", envelope, by=by, at=at, status=said.status, receiver=row.routed_code)


def _check_answer(row: EnvelopeRecipient, status: Status) -> None:
    """Raises: MoveNotAllowed."""
    if status in SIDE:
        raise MoveNotAllowed("Chỉ nơi gửi mới yêu cầu lấy lại.")
    if row.side == Status.AGREED:
        raise MoveNotAllowed("Văn bản đã được lấy lại, không xử lý tiếp.")
    check_status(row.status, status)


def checked_reason(status: Status, reason: str) -> str:
    """Return the reason to be kept. Raises: BadInput if there must be one, or it is too long."""
    reason = reason.strip()
    if status.needs_reason and not reason:
        raise BadInput("Hãy ghi lý do.", field="reason")
    if len(reason) > MOST_REASON:
        raise BadInput(f"Lý do dài nhất {MOST_REASON} ký tự.", field="reason")
    return reason


@work.story
def ask_back(code: str, reason: str, *, by: Actor, at: datetime, only: Sequence[str] = ()) -> None:
    """Ask the receivers to give a message back; where it has not left, it stays here.

    Who refused it, or gave it back, is asked no more.

    Raises: NoSuchEnvelope, NoSuchReceiver, BadInput, MoveNotAllowed if nobody is left to ask.
    Locks: the receivers' rows, in their order.
    """
    envelope = envelope_of(code)
    reason = checked_reason(Status.ASKED_BACK, reason)
    asked = 0
    for row in lock_recipients(envelope, only):
        if not _ask(row, envelope, reason, by=by, at=at):
            continue
        asked += 1
        save(row, "next_try_at")
    if not asked:
        raise MoveNotAllowed("Không còn nơi nhận nào để lấy lại văn bản.")
    trace("asked_back", envelope, by=by, at=at, receivers=asked)


def _ask(
    row: EnvelopeRecipient, envelope: Envelope, reason: str, *, by: Actor, at: datetime
) -> bool:
    """Take back or ask one receiver; say whether there was anything to do."""
    if row.transport in WAITING:
        row.next_try_at = None
        tell(row, envelope, Axis.TRANSPORT, Transport.CANCELLED, by=by, at=at, reason=reason)
        return True
    is_over = row.transport == Transport.CANCELLED or row.status == Status.REFUSED
    if is_over or row.side in (Status.ASKED_BACK, Status.AGREED):
        return False
    tell(row, envelope, Axis.SIDE, Status.ASKED_BACK, by=by, at=at, reason=reason)
    if row.agency_id is None:
        queue_notice(row, envelope, Status.ASKED_BACK, by=by, at=at, reason=reason)
    return True


@work.story
def retry(code: str, receiver_code: str, *, by: Actor, at: datetime) -> None:
    """Try again what could not be carried five times.

    Raises: NoSuchEnvelope, MoveNotAllowed.
    """
    envelope = envelope_of(code)
    [row] = lock_recipients(envelope, [receiver_code])
    if row.transport != Transport.FAILED:
        check_transport(row.transport, Transport.QUEUED)
    tell(row, envelope, Axis.TRANSPORT, Transport.QUEUED, by=by, at=at)
    row.attempts, row.next_try_at, row.trouble, row.is_cut = 0, at, "", False
    save(row, "attempts", "next_try_at", "trouble", "is_cut")
    trace("retried", envelope, by=by, at=at, receiver=row.routed_code)


@work.story
def choose_successor(
    code: str, receiver_code: str, agency_code: str, *, by: Actor, at: datetime
) -> None:
    """Say who receives in the place of an agency that has become several, or is no more.

    Raises: NoSuchEnvelope, MoveNotAllowed, NotToBeRouted.
    """
    envelope = envelope_of(code)
    [row] = lock_recipients(envelope, [receiver_code])
    if row.transport != Transport.UNROUTED:
        raise MoveNotAllowed("Nơi nhận này đã rõ, không phải chọn.")
    agency = organisation.tree().agency_by_code(agency_code)
    if agency is None or not agency.is_living:
        message = f"Không có cơ quan nào đang hoạt động mang mã {agency_code}."
        raise NotToBeRouted(message, field="agency_code")
    others = EnvelopeRecipient.objects.filter(envelope=envelope).exclude(pk=row.pk)
    if others.filter(routed_code=agency.code).exists():
        raise NotToBeRouted(f"{agency.name} đã là nơi nhận của gói tin này.", field="agency_code")
    row.routed_code, row.agency_id, row.name = agency.code, agency.id, agency.name
    row.trouble, row.next_try_at = "", at
    tell(row, envelope, Axis.TRANSPORT, Transport.QUEUED, by=by, at=at, reason=agency.name)
    save(row, "routed_code", "agency", "name", "trouble", "next_try_at")
    trace("routed", envelope, by=by, at=at, receiver=row.code, to=agency.code)
