"""An order of payment as pages show it: its lines, its state in words, its code for banks."""

from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from markupsafe import Markup

from motcua.casework.payments import api as payments
from motcua.casework.payments.api import Attempt, AttemptState, Channel, Order, OrderState
from motcua.lib.clock import now
from motcua.lib.qr import qr_svg
from motcua.lib.vietqr import bank_name

from .tongues import translate as _

TONES = {
    OrderState.OPEN: "soon",
    OrderState.PARTLY: "soon",
    OrderState.PAID: "ok",
    OrderState.OVERPAID: "info",
    OrderState.EXPIRED: "late",
    OrderState.CANCELLED: "neutral",
    OrderState.REFUNDING: "info",
    OrderState.REFUNDED: "neutral",
}


class TransferShown(NamedTuple):
    """A transfer as the payer fills it in: by the picture, or by hand.

    `played_at` is the page of the bank that is played in a demo, empty everywhere else.
    """

    picture: Markup
    rows: list[dict[str, str]]
    amount_vnd: int
    played_at: str = ""


def tone_of(order: Order) -> str:
    """Return the tone of an order's state."""
    return TONES[OrderState(order.state)]


def is_payable(order: Order) -> bool:
    """Say whether somebody can begin to pay it now."""
    ends = order.expires_at
    return order.state in payments.PAYABLE and (ends is None or ends > now())


def transfer_of(order: Order) -> TransferShown | None:
    """Return the transfer that was begun for an order and is still open."""
    rows = Attempt.objects.filter(
        order_id=order.pk,
        channel=Channel.TRANSFER,
        state=AttemptState.OPEN,
        amount_vnd=order.left_vnd,
        expires_at__gt=now(),
    )
    attempt = rows.exclude(qr="").order_by("-number").first()
    if attempt is None:
        return None
    told = [
        (_("Ngân hàng"), bank_name(attempt.bank_bin) or attempt.bank_bin),
        (_("Số tài khoản"), attempt.bank_account),
        (_("Tên tài khoản"), attempt.account_name),
        (_("Nội dung, ghi đúng"), payments.purpose(order.code)),
    ]
    return TransferShown(
        Markup(qr_svg(attempt.qr)),  # noqa: S704 -- drawn by us
        [{"key": key, "value": value} for key, value in told],
        attempt.amount_vnd,
        played_bank(attempt, order),
    )


def played_bank(attempt: Attempt, order: Order) -> str:
    """Return where a demo plays the payer's bank for this transfer; empty unless it does."""
    place = Path(settings.PLAYED_BANK_FILE) if settings.PLAYED_BANK_FILE else None
    if place is None or attempt.bank_bin != settings.PLAYED_BANK_BIN or not place.exists():
        return ""
    told = {"ma": attempt.qr, "ve": reverse("portal:pay", args=[order.token])}
    return f"http://127.0.0.1:{place.read_text().strip()}/chuyen-khoan/?{urlencode(told)}"
