"""Begin to pay: an attempt is recorded before the partner hears of it.

Source: docs/law/money.md
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.casework.payments.choices import AttemptState, Channel, OrderState
from motcua.casework.payments.errors import ChannelClosed, GatewayAway, OrderClosed, PaymentError
from motcua.casework.payments.models import Attempt, Order
from motcua.casework.payments.ports import AttemptInfo, Begun, Gateway, find_gateway
from motcua.casework.payments.queries.accounts import beneficiary_of
from motcua.casework.payments.queries.attempts import info_for, info_of
from motcua.casework.payments.queries.channels import check_open
from motcua.casework.payments.rules.codes import attempt_ref
from motcua.casework.payments.rules.states import PAYABLE
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.tongue import lowered, said

from .telling import lock_order

MOST_ATTEMPTS = 50
TERM = timedelta(minutes=15)
QR_TERM = timedelta(days=1)
FIRST_ASKED = timedelta(minutes=2)
_STILL = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class From:
    """Where the payer is: the page to come back to, and the address on the network."""

    return_url: str = ""
    ip: str = ""


def begin_attempt(
    code: str,
    channel: Channel,
    *,
    by: Actor,
    at: datetime,
    return_url: str = "",
    ip: str = "",
) -> Begun:
    """Return how the payer goes on: an address, a QR payload, or words.

    Whoever begins again within the time of an attempt gets the same one, so that nobody pays twice.

    Raises: NoSuchOrder, OrderClosed, ChannelClosed, NoBeneficiary, GatewayAway.
    """
    gateway = find_gateway(channel)
    if gateway is None:
        message = said("“%(label)s” chưa mở; xin chọn cách nộp khác.", label=channel.label)
        raise ChannelClosed(message)
    attempt, is_told = _attempt(code, gateway, From(return_url, ip), by=by, at=at)
    if is_told:
        return Begun(attempt.url, attempt.qr, attempt.words)
    return _begun(gateway, attempt, info_of(attempt), at)


@work.story
def _attempt(
    code: str, gateway: Gateway, where: From, *, by: Actor, at: datetime
) -> tuple[Attempt, bool]:
    """Return the attempt that is under way, or a new one; and whether the payer can go on by it.

    What asks nobody else is begun at once, in the same transaction. Raises: GatewayAway.
    """
    held = lock_order(code)
    order = held.order
    _check_payable(order, at)
    check_open(order, gateway.channel, on=local_day(at))
    earlier = list(Attempt.objects.filter(order_id=order.pk).order_by("-number"))
    under_way = _under_way(earlier, order, gateway.channel, at)
    if under_way is not None:
        return under_way, True
    number = len(earlier) + 1
    if number > MOST_ATTEMPTS:
        message = said(
            "Đã thử nộp quá nhiều lần; xin nộp tại quầy hoặc liên hệ nơi tiếp nhận hồ sơ."
        )
        raise PaymentError(message)
    attempt = _made(order, number, gateway.channel, where, at)
    if gateway.begins_here:
        begun = gateway.begin(info_for(attempt, order, held.lines), at=at)
        attempt.url, attempt.qr, attempt.words = begun.url, begun.qr, begun.words[:500]
    work.add(attempt)
    detail = {"channel": attempt.channel, "ref": attempt.ref}
    audit.record("payments.begin", f"order:{order.code}", by=by, at=at, detail=detail)
    return attempt, gateway.begins_here


def _made(order: Order, number: int, channel: Channel, where: From, at: datetime) -> Attempt:
    account = beneficiary_of(order, on=local_day(at))
    term = QR_TERM if channel == Channel.TRANSFER else TERM
    ends = min(at + term, order.expires_at) if order.expires_at else at + term
    return Attempt(
        id=work.new_id(Attempt),
        order_id=order.pk,
        number=number,
        channel=channel,
        ref=attempt_ref(order.code, number),
        amount_vnd=order.left_vnd,
        begun_at=at,
        expires_at=ends,
        return_url=where.return_url[:500],
        ip=where.ip[:45],
        bank_bin=account.bank_bin,
        bank_account=account.number,
        account_name=account.name,
        terminal=account.terminals.get(str(channel), ""),
        next_ask_at=at + FIRST_ASKED if channel.is_gateway else None,
    )


def _check_payable(order: Order, at: datetime) -> None:
    """Raises: OrderClosed."""
    is_over = order.expires_at is not None and order.expires_at <= at
    if order.state in PAYABLE and not is_over:
        return
    state = OrderState.EXPIRED if is_over and order.state in PAYABLE else OrderState(order.state)
    message = said(
        "Đơn %(code)s đang ở trạng thái “%(words)s”, không nộp được nữa.",
        code=order.code,
        words=lowered(state.label),
    )
    raise OrderClosed(message)


def _under_way(
    earlier: Sequence[Attempt], order: Order, channel: Channel, at: datetime
) -> Attempt | None:
    """Return the latest attempt by which the payer can still pay what is left to pay."""
    return next(
        (
            one
            for one in earlier
            if (one.channel, one.state) == (channel, AttemptState.OPEN)
            and one.amount_vnd == order.left_vnd
            and one.expires_at > at + _STILL
            and (one.url or one.qr)
        ),
        None,
    )


def _begun(gateway: Gateway, attempt: Attempt, info: AttemptInfo, at: datetime) -> Begun:
    """Ask the partner outside every transaction, and keep what it says. Raises: GatewayAway."""
    try:
        begun = gateway.begin(info, at=at)
    except GatewayAway as error:
        _keep(attempt, Begun(words=str(error)), at, is_failed=True)
        raise
    _keep(attempt, begun, at)
    return begun


@work.story
def _keep(attempt: Attempt, begun: Begun, at: datetime, *, is_failed: bool = False) -> None:
    attempt.url, attempt.qr, attempt.words = begun.url, begun.qr, begun.words[:500]
    changed = ["url", "qr", "words"]
    if is_failed:
        attempt.state, attempt.settled_at = AttemptState.FAILED, at
        changed += ["state", "settled_at"]
    work.update(attempt, *changed)
