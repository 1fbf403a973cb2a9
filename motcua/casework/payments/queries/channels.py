"""By which ways an order can be paid today."""

from dataclasses import dataclass
from datetime import date

from motcua.casework.cashbook import api as cashbook
from motcua.casework.contracts import api as contracts
from motcua.casework.payments.choices import Channel
from motcua.casework.payments.errors import ChannelClosed
from motcua.casework.payments.models import Order
from motcua.casework.payments.ports import gateways
from motcua.lib.actor import Actor
from motcua.lib.tongue import on_day, said

from .accounts import account_for

_NEED_NONE = frozenset({Channel.CASH, Channel.TRANSFER})  # the agency's own till and account


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to pay; whether it needs no partner (`is_at_desk`), and to which `pages` it leads."""

    channel: Channel
    label: str
    is_at_desk: bool = False
    pages: frozenset[str] = frozenset()


def offers_for(order: Order, *, on: date) -> list[Offer]:
    """Return the ways an order can be paid that day: those open at its agency, and the desk."""
    has_account = account_for(order, on=on)
    open_ways = [one for one in gateways() if has_account and is_open(order, one.channel, on)]
    offers = [Offer(one.channel, one.channel.label, pages=one.pages()) for one in open_ways]
    return [*offers, Offer(Channel.CASH, Channel.CASH.label, is_at_desk=True)]


def is_open(order: Order, channel: Channel, on: date) -> bool:
    """Say whether a channel is open for an agency that day: by a contract, where it needs one.

    By that of who keeps the agency's book now, too.
    """
    if channel in _NEED_NONE or contracts.is_open(channel, order.agency_id, on):
        return True
    keeper = cashbook.keeper_of(order.agency_id)
    return keeper != order.agency_id and contracts.is_open(channel, keeper, on)


def check_open(order: Order, channel: Channel, *, on: date) -> None:
    """Raises: ChannelClosed."""
    if is_open(order, channel, on):
        return
    message = said(
        "“%(label)s” không mở tại cơ quan thu ngày %(on)s; xin chọn cách khác.",
        label=channel.label,
        on=on_day(f"{on:%d/%m/%Y}", on),
    )
    raise ChannelClosed(message)


def takes_cod(order: Order, *, on: date) -> bool:
    """Say whether the post collects for the agency of an order that day."""
    return is_open(order, Channel.COD, on)


def takes_cash(actor: Actor) -> bool:
    """Say whether the actor has an open drawer to take cash into."""
    return cashbook.drawer_of(actor) is not None
