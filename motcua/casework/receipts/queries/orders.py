"""Orders that were paid, as far as receipts ask."""

from motcua.casework.payments.api import Channel, Order, OrderLine, Payment
from motcua.casework.receipts.choices import ReceiptKind
from motcua.casework.receipts.rules.contents import Item, PaidBy
from motcua.casework.receipts.rules.money import PaidLine, PaidOrder


def paid_order(code: str, *, is_held: bool = False) -> PaidOrder | None:
    """Return an order that was paid in full, None for another. Costs: three queries.

    Locks: the order, if it is to be held so that its money stays as it is read.
    """
    orders = Order.objects.select_for_update(no_key=True) if is_held else Order.objects.all()
    order = orders.filter(code=code, paid_at__isnull=False).first()
    if order is None or order.paid_at is None:
        return None
    lines = OrderLine.objects.filter(order_id=order.pk, kind__in=ReceiptKind.values)
    ways = Payment.objects.filter(order_id=order.pk).order_by("-seq")
    channels = [Channel(one) for one in dict.fromkeys(ways.values_list("channel", flat=True))]
    return PaidOrder(
        code=order.code,
        agency_id=order.agency_id,
        unit_id=order.unit_id,
        payer=PaidBy(order.payer_name, order.payer_address, order.payer_tax_code),
        lines=tuple(_line(one, order.subject) for one in lines.order_by("seq")),
        channel=str(channels[0]) if channels else "",
        method=", ".join(one.label for one in channels) or "Không thu tiền",
        paid_at=order.paid_at,
        payer_account_id=order.payer_account_id,
        is_typed=order.is_typed,
    )


def _line(row: OrderLine, subject: str) -> PaidLine:
    item = Item(
        name=row.name,
        amount_vnd=row.amount_vnd,
        quantity=row.quantity,
        unit_name=row.unit_name,
        reason=row.reason,
        rule=row.rule,
        subject=(row.subject or subject).removeprefix("dossier:"),
        code=row.code,
    )
    return PaidLine(str(row.kind), item, row.applied_vnd, row.receipt_number)
