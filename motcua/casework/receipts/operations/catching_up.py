"""See that nothing that was paid is without its receipt, whatever was lost on the way."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from motcua.casework.payments.api import Order, OrderLine
from motcua.casework.receipts.choices import ReceiptKind
from motcua.casework.receipts.models import Receipt

from .issuing import issue_for

GRACE = timedelta(minutes=10)
LATELY = timedelta(days=3)
MOST = 500


def issue_missing(*, at: datetime, since: datetime | None = None, most: int = MOST) -> int:
    """Issue the receipts of orders paid `since` that have none; return how many were made.

    What was paid a moment ago is left to its delivery. Each bears the day on which it was paid.
    Costs: one query, which reads the orders paid since; and a story for each.
    """
    kinds = OrderLine.objects.filter(
        order_id=OuterRef("pk"), kind__in=ReceiptKind.values, applied_vnd__gt=0
    )
    given = Receipt.objects.filter(order_code=OuterRef("code"))
    orders = Order.objects.filter(Exists(kinds), ~Exists(given), paid_at__lt=at - GRACE)
    orders = orders.filter(paid_at__gte=since) if since else orders
    made = 0
    for code, paid_at in orders.order_by("paid_at").values_list("code", "paid_at")[:most]:
        made += len(issue_for(code, at=paid_at or at))
    return made
