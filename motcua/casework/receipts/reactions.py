"""What follows from money that came or went back: receipts; who paid hears of theirs."""

from collections.abc import Sequence

from motcua.casework.payments import api as payments
from motcua.foundation.outbox import api as outbox

from .api import issue_for
from .events import ReceiptSigned
from .operations.notifying import tell_payers


@outbox.delivery(
    "receipts.issue", payments.OrderPaid.topic, payments.RefundDone.topic, ordered=True
)
def receipts_follow_money(fact: outbox.ReadFact) -> None:
    """Issue the receipts of an order that was paid; adjust or cancel them when money went back."""
    issue_for(str(fact.payload["code"]), at=fact.at)


@outbox.delivery_of_rows("receipts.tell_payer", ReceiptSigned.topic)
def payers_hear(facts: Sequence[outbox.ReadFact]) -> None:
    """Tell who paid by an account of the portal that the receipt can be fetched."""
    tell_payers(facts)
