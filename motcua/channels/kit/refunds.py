"""What is typed to ask that money of an order goes back, at the desk and in the office."""

from collections.abc import Sequence

from django.http import QueryDict

from motcua.casework.payments import api as payments
from motcua.casework.payments.api import Channel, Order, OrderLine
from motcua.lib.errors import BadInput
from motcua.lib.money import in_dong
from motcua.lib.text import whole_number

WAYS = (
    ("", "Như đã nộp (cổng nào về cổng ấy)"),
    (Channel.CASH.value, "Tiền mặt tại quầy"),
    (Channel.TRANSFER.value, "Chuyển khoản"),
)


def refund_choices(lines: Sequence[OrderLine]) -> dict[str, object]:
    """Return what the fields of a wish offer: which lines, and by which way."""
    kept = [one for one in lines if one.applied_vnd]
    rows = [(str(one.seq), f"{one.name}: {in_dong(one.applied_vnd)}") for one in kept]
    return {"refund_lines": rows, "refund_ways": WAYS}


def typed_refund(typed: QueryDict, order: Order) -> payments.RefundIn:
    """Return the wish that was typed. Raises: BadInput."""
    amount = whole_number(typed.get("amount", "").replace(".", "").replace(" ", ""))
    if amount is None:
        raise BadInput("Hãy ghi số tiền hoàn bằng chữ số, ví dụ 15.000.", field="amount")
    lines = [whole_number(one) for one in typed.getlist("lines")]
    way = typed.get("way", "")
    if way not in dict(WAYS):
        raise BadInput("Hãy chọn cách hoàn tiền trong danh sách.", field="way")
    if order.is_typed and way == Channel.CASH:
        message = "Khoản thu bằng biên lai giấy không ở trong ca thu; hãy chọn chuyển khoản."
        raise BadInput(message, field="way")
    account = typed.get("to_account", "").strip()[:40]
    if way == Channel.TRANSFER and not account:
        raise BadInput("Hoàn bằng chuyển khoản thì hãy ghi số tài khoản nhận.", field="to_account")
    return payments.RefundIn(
        amount,
        typed.get("reason", ""),
        basis=typed.get("basis", "").strip()[:300],
        lines=tuple(one for one in lines if one is not None),
        channel=Channel(way) if way else None,
        to_name=typed.get("to_name", "").strip()[:200] or order.payer_name,
        to_bank=typed.get("to_bank", "").strip()[:200],
        to_account=account,
    )
