"""Tell who paid that the receipt is there."""

from collections.abc import Sequence

from motcua.casework.payments import api as payments
from motcua.casework.receipts.models import Receipt
from motcua.foundation.notifications import api as notifications
from motcua.foundation.notifications.api import Kind
from motcua.foundation.outbox import api as outbox
from motcua.lib.actor import SYSTEM
from motcua.lib.money import in_dong

from .mailing import mail_first

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
    """Tell those who paid by an account; mail those who left an address instead, once.

    Costs: one query, one a notice, some a mail.
    """
    at = {str(one.payload["code"]): one.at for one in facts}
    rows = Receipt.objects.select_related("series").filter(code__in=at)
    found = list(rows.order_by("id"))
    mailed = payments.payer_emails({one.order_code for one in found})
    for one in found:
        if one.payer_account_id is None:
            if one.order_code in mailed:
                mail_first(one, by=SYSTEM, at=at[one.code])
            continue
        values = {
            "number": one.number_words,
            "amount": in_dong(one.amount_vnd),
            "code": one.code,
        }
        notifications.notify(
            [one.payer_account_id],
            READY,
            values,
            link=f"/bien-lai/{one.code}/",
            by=SYSTEM,
            at=at[one.code],
        )
