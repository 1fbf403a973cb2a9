"""Keep what partners signed when they took something."""

from datetime import datetime

from motcua.casework.exchange.models import ExchangeReceipt
from motcua.casework.exchange.ports import SignedReceipt
from motcua.lib import work


def keep_receipt(
    receipt: SignedReceipt,
    *,
    at: datetime,
    recipient_id: int | None = None,
    notice_id: int | None = None,
) -> None:
    """Add a receipt to the story that is being told."""
    row = ExchangeReceipt(
        recipient_id=recipient_id,
        notice_id=notice_id,
        said=receipt.said,
        signature=receipt.signature,
        certificate_sha256=receipt.certificate_sha256,
        taken_at=at,
    )
    work.add(row)
