"""What payments need of a partner that takes money for us, and which partners there are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from .choices import Channel, Outcome


@dataclass(frozen=True, slots=True)
class Account:
    """Where the money goes."""

    bank_bin: str
    number: str
    name: str
    bank_name: str = ""


@dataclass(frozen=True, slots=True)
class AttemptInfo:
    """One attempt to pay, as a partner needs to know it.

    `ref` is our reference at the partner (letters and digits, unique for ever), `purpose` is ASCII
    and begins with the order's code. Shape of `bill`: the words of the national platform's
    `ThongTinBienLai` by our own names (procedure, subjects, lines, payer).
    """

    ref: str
    order_code: str
    amount_vnd: int
    purpose: str
    created_at: datetime
    expires_at: datetime
    return_url: str = ""
    ip: str = ""
    beneficiary: Account | None = None
    terminal: str = ""
    bill: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Begun:
    """How the payer goes on: to an address, with a QR payload, or by words alone."""

    url: str = ""
    qr: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class RawNotice:
    """What arrived at a notice address, byte by byte."""

    method: str
    path: str
    query: Mapping[str, str]
    body: bytes
    headers: Mapping[str, str]
    ip: str


@dataclass(frozen=True, slots=True)
class NoticeIn:
    """What a notice says, once its form is understood.

    `is_genuine`: the partner's signature is right. `is_allowed`: it came from where the partner is.
    """

    is_genuine: bool
    attempt_ref: str
    amount_vnd: int
    is_paid: bool
    partner_ref: str
    paid_at: datetime
    code: str = ""
    words: str = ""
    is_allowed: bool = True


@dataclass(frozen=True, slots=True)
class Reply:
    """What the partner gets to hear."""

    status: int
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class RefundInfo:
    """Money that is to go back by the partner it came from; `ref` is ours and stays the same."""

    ref: str
    attempt: AttemptInfo
    payment_partner_ref: str
    amount_vnd: int
    paid_at: datetime
    reason: str
    by_name: str


@dataclass(frozen=True, slots=True)
class Refunded:
    """What the partner says: done, refused, or (neither) still under way."""

    is_done: bool
    is_refused: bool = False
    partner_ref: str = ""
    words: str = ""


class Gateway(Protocol):
    """A partner that takes money for us. It may tell us twice, late, wrongly, or never.

    `begins_here`: `begin` asks nobody, so that it is done in the transaction of the attempt.
    """

    channel: Channel
    begins_here: bool

    def pages(self) -> frozenset[str]:
        """Return where a browser may be led to pay, each as scheme://host; none if none is."""

    def begin(self, attempt: AttemptInfo, *, at: datetime) -> Begun:
        """Return how the payer goes on. Raises: GatewayAway."""

    def read(self, notice: RawNotice, *, at: datetime) -> NoticeIn:
        """Return what a notice says. Raises: NoticeUnreadable."""

    def answer(self, outcome: Outcome) -> Reply:
        """Return the reply in the partner's words."""

    def ask(self, attempt: AttemptInfo, *, at: datetime) -> NoticeIn | None:
        """Ask what has become of an attempt; None if nothing yet. Raises: GatewayAway."""

    def refund(self, refund: RefundInfo, *, at: datetime) -> Refunded:
        """Give money back, once however often it is asked. Raises: GatewayAway."""


_gateways: dict[Channel, Gateway] = {}


def register_gateway(gateway: Gateway) -> None:
    """Add a partner, or put another in its place; one for each channel."""
    _gateways[gateway.channel] = gateway


def unregister_gateway(channel: Channel) -> None:
    """Take a partner away."""
    _gateways.pop(channel, None)


def find_gateway(channel: Channel) -> Gateway | None:
    """Return the partner of a channel, if there is one."""
    return _gateways.get(channel)


def gateways() -> tuple[Gateway, ...]:
    """Return all partners, in the order of the channels."""
    return tuple(_gateways[one] for one in Channel if one in _gateways)
