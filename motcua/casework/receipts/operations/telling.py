"""What every act on a receipt ends with: its history, the trail, the fact."""

from datetime import date, datetime

from motcua.casework.receipts.choices import Act
from motcua.casework.receipts.models import Receipt, ReceiptMove
from motcua.foundation.audit import api as audit
from motcua.foundation.outbox import api as outbox
from motcua.foundation.outbox.api import Event
from motcua.lib import work
from motcua.lib.actor import Actor


def tell(
    receipt: Receipt,
    act: Act,
    *facts: Event,
    by: Actor,
    at: datetime,
    reported_on: date | None = None,
    reason: str = "",
) -> None:
    """Write what happened; `reported_on` is the day whose table tells the tax authority of it."""
    receipt.version += 1
    Receipt.objects.filter(pk=receipt.pk).update(version=receipt.version)
    work.add(
        ReceiptMove(
            receipt_id=receipt.pk,
            seq=receipt.version,
            act=act,
            at=at,
            on=reported_on,
            by_id=by.id,
            by_name=by.name,
            reason=reason[:500],
        )
    )
    detail = {"number": receipt.number_words, **({"reason": reason} if reason else {})}
    audit.record(f"receipts.{act}", f"receipt:{receipt.code}", by=by, at=at, detail=detail)
    for fact in facts:
        outbox.announce(fact, by=by, at=at)
