"""Tell who paid that the receipt is there."""

from collections.abc import Sequence

from motcua.casework.receipts.models import Receipt
from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.api import Kind
from motcua.foundation.outbox import api as outbox
from motcua.lib.actor import SYSTEM
from motcua.lib.money import in_dong

READY = notifications.declare(
    Kind(
        "receipts.ready",
        "Đã có biên lai",
        "Biên lai {number}",
        "Biên lai {number} ({amount}) đã được ký số. Mở trang biên lai để tải về, hoặc tra cứu"
        " bằng mã {code}.",
    )
)


def tell_payers(facts: Sequence[outbox.ReadFact]) -> None:
    """Write notices and mails for those who paid by an account. Costs: one query, one a notice."""
    at = {str(one.payload["code"]): one.at for one in facts}
    rows = Receipt.objects.select_related("series").filter(
        code__in=at, payer_account_id__isnull=False
    )
    for one in rows.order_by("id"):
        values = {
            "number": one.number_words,
            "amount": in_dong(one.amount_vnd),
            "code": one.code,
        }
        notifications.notify(
            [one.payer_account_id or 0],
            READY,
            values,
            link=f"/bien-lai/{one.code}/",
            by=SYSTEM,
            at=at[one.code],
        )
