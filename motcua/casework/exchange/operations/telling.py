"""What every change of a receiver's state ends with: the move, the fact, the changed row."""

from collections.abc import Iterable
from datetime import datetime

from motcua.casework.exchange.choices import Axis
from motcua.casework.exchange.errors import NoSuchEnvelope
from motcua.casework.exchange.events import EnvelopeArrived, EnvelopeStateChanged
from motcua.casework.exchange.models import Envelope, EnvelopeMove, EnvelopeRecipient
from motcua.foundation.audit import api as audit
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.actor import Actor

_STATES = ("transport", "status", "side", "version")


def envelope_of(code: str) -> Envelope:
    """Raises: NoSuchEnvelope."""
    envelope = Envelope.objects.filter(code=code).first()
    if envelope is None:
        raise NoSuchEnvelope(f"Không có gói tin nào mang mã {code}.")
    return envelope


def lock_recipients(envelope: Envelope, codes: Iterable[str] = ()) -> list[EnvelopeRecipient]:
    """Return the receivers of a message, all or those with these codes, locked in their order.

    Raises: NoSuchEnvelope if a code is none of its receivers.
    """
    rows = EnvelopeRecipient.objects.filter(envelope=envelope).order_by("id")
    found = list(rows.select_for_update(of=("self",)))
    wanted = set(codes)
    if not wanted:
        return found
    chosen = [one for one in found if wanted & {one.code, one.routed_code}]
    unknown = wanted - {code for one in chosen for code in (one.code, one.routed_code)}
    if unknown:
        word = ", ".join(sorted(unknown))
        raise NoSuchEnvelope(f"Gói tin {envelope.code} không gửi tới {word}.")
    return chosen


def tell(  # noqa: PLR0913 -- the one place where a change is told, every word of it by name
    row: EnvelopeRecipient,
    envelope: Envelope,
    axis: Axis,
    to: str,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
) -> None:
    """Change one state: raise the version, keep the move, announce the fact. Does not save."""
    row.version += 1
    setattr(row, axis.value, to)
    move = EnvelopeMove(
        recipient_id=row.pk,
        seq=row.version,
        axis=axis,
        to=to,
        reason=reason,
        by_id=by.id,
        by_name=by.name,
        at=at,
    )
    work.add(move)
    fact = EnvelopeStateChanged(
        aggregate_id=row.pk,
        seq=row.version,
        code=envelope.code,
        owner=envelope.owner,
        receiver_owner=row.owner,
        receiver_code=row.routed_code,
        transport=str(row.transport),
        status=str(row.status),
        side=str(row.side),
    )
    outbox.announce(fact, by=by, at=at)


def save(row: EnvelopeRecipient, *changed: str) -> None:
    """Write the states of a receiver, and what else changed, when the story ends."""
    work.update(row, *dict.fromkeys((*_STATES, *changed)))


def arrive(row: EnvelopeRecipient, envelope: Envelope, *, by: Actor, at: datetime) -> None:
    """Announce a message to the receiver who lives here."""
    if row.agency_id is None:
        return
    fact = EnvelopeArrived(
        aggregate_id=row.pk,
        seq=row.version,
        code=envelope.code,
        agency_id=row.agency_id,
        sender_code=envelope.sender_code,
        business=str(envelope.business),
        document_ref=envelope.document_ref,
    )
    outbox.announce(fact, by=by, at=at)


def trace(what: str, envelope: Envelope, *, by: Actor, at: datetime, **detail: object) -> None:
    """Write the trail of an act on a message."""
    subject = f"envelope:{envelope.code}"
    audit.record(f"exchange.{what}", subject, by=by, at=at, detail=detail)
