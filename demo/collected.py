"""Money of yesterday by every way, and what the bank and a gateway say of it: not all agrees.

Orders are those of dossiers that wait for something else: paid, half paid, paid twice, asked back.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO, StringIO

from django.db.models import Q

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Dossier, Status
from motcua.casework.payments import api as payments
from motcua.casework.payments.api import Channel, Order, PaymentIn, RefundIn
from motcua.casework.receipts import api as receipts
from motcua.casework.reconciliation import api as reconciliation
from motcua.foundation.organisation.api import PostRole
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import HANOI, local, local_day
from motcua.lib.errors import BadInput
from simulators.bank_statements import Line, as_csv

from .cast import Cast
from .catalogue import EXTRACTS
from .moments import morning_before
from .till import WARD, keeper

PAID_AT = 8 * 60 + 10  # minutes after eight: ten past four in the afternoon
REPORT = ["STT", "Mã giao dịch", "Mã tham chiếu", "Số tiền", "Thời gian thanh toán", "Trạng thái"]
TOO_MUCH, TOO_LITTLE = 1_000, 5_000
VAGUE, VAGUE_PAYER, VAGUE_VND = "nop tien lam giay to", "GIANG A CHU", 45_000
FIRST_NUMBER = 14_300_000
BACK = "http://127.0.0.1:1/"  # nobody comes back from a page of yesterday


@dataclass
class Yesterday:
    """The ward's orders, one after the other, each a minute later, and what was said of them."""

    cast: Cast
    at: datetime
    orders: Iterator[Order]
    bank: list[Line]
    gateway: list[list[str]]
    count: int = 0

    def next(self) -> Order:
        """Return the next order that waits to be paid."""
        self.at += timedelta(minutes=1)
        self.count += 1
        return next(self.orders)

    def transfer(self, order: Order, amount_vnd: int, *, is_told: bool = True) -> None:
        """Let money come by a transfer that names its order; the bank tells of it at once."""
        account = payments.find_beneficiary(
            order.agency_id, order.unit_id, order.procedure_code, on=local_day(self.at)
        )
        if account is None:
            message = "the ward has no account"
            raise LookupError(message)
        ref = f"FT{self.at:%y%m%d}9{len(self.bank):05d}"
        words, payer = payments.purpose(order.code), order.payer_name
        self.at += timedelta(seconds=20)
        line = reconciliation.LineIn(
            0, account.number, ref, local(self.at), amount_vnd, words, payer
        )
        reconciliation.take_bank_notice(line, at=self.at)
        if is_told:
            moment = local(self.at).replace(microsecond=0).isoformat()
            self.bank.append(Line(ref, account.number, amount_vnd, words, payer, moment))
        receipts.issue_for(order.code, at=self.at)

    def pay(self, order: Order, channel: Channel, amount_vnd: int = 0) -> str:
        """Let a partner tell of money; return its number."""
        number = f"{FIRST_NUMBER + order.pk}"
        amount = amount_vnd or order.amount_vnd
        attempt = _attempt(order, self.at) if channel == Channel.VNPAY else None
        came = PaymentIn(channel, amount, number, self.at, attempt.pk if attempt else None)
        payments.take_payment(order.code, came, by=_partner(channel), at=self.at)
        receipts.issue_for(order.code, at=self.at)
        return number

    def report(self, order: Order, number: str, amount_vnd: int = 0) -> None:
        """Let the gateway's report have a row of an order."""
        attempts = payments.whole_order(order).attempts
        ref = attempts[-1].ref if attempts else order.code
        amount = f"{amount_vnd or order.amount_vnd}"
        when = f"{local(self.at):%d/%m/%Y %H:%M:%S}"
        row = [f"{len(self.gateway) + 1}", number, ref, amount, when, "Thành công"]
        self.gateway.append(row)


def collect(cast: Cast, now: datetime) -> int:
    """Let yesterday's money come, unless it came before; return how many orders were asked for."""
    accountant = keeper(cast, now)
    if reconciliation.statements_for(accountant):
        return 0
    at = morning_before(now, 1, PAID_AT)
    day = Yesterday(cast, at, _asked(cast, at), [], [])
    _live_ways(day)
    _live_bad(day)
    day.next()  # and one that nobody has paid yet
    _hand_in(day, accountant, now)
    return day.count


def _asked(cast: Cast, at: datetime) -> Iterator[Order]:
    """Yield orders for what is due of the ward's dossiers, the oldest first.

    Of those whom one can sign in as only extracts: the rest is theirs to pay.
    """
    filed = Dossier.objects.filter(
        origin__startswith="now-", closed_at=None, submitted_at__lt=at, code__startswith=f"{WARD}-"
    )
    theirs = Q(submitter_account_id=None) | Q(procedure__code=EXTRACTS)
    wanted = filed.filter(theirs).exclude(status=Status.AWAITING_PAYMENT)
    for dossier in list(wanted.order_by("pk")):
        try:
            yield dossiers.pay_ahead(dossier.code, by=_who_pays(cast, dossier), at=at)
        except BadInput:
            continue  # nothing is due of this one


def _who_pays(cast: Cast, dossier: Dossier) -> Actor:
    """Return the applicant; for one without an account the desk makes the order."""
    if dossier.submitter_account_id is None:
        return cast.in_unit(dossier.receiving_unit_id, PostRole.DESK_OFFICER)
    name, kind = dossier.submitter_name, ActorKind.CITIZEN
    return Actor(id=dossier.submitter_account_id, name=name, kind=kind, is_silent=True)


def _attempt(order: Order, at: datetime) -> payments.Attempt | None:
    """Return an attempt at the gateway, None where its play is not there yet."""
    try:
        payments.begin_attempt(
            order.code, Channel.VNPAY, by=_partner(Channel.VNPAY), at=at, return_url=BACK
        )
    except (payments.GatewayAway, payments.ChannelClosed, payments.NoBeneficiary):
        return None
    return payments.whole_order(order).attempts[-1]


def _partner(channel: Channel) -> Actor:
    return Actor(id=0, name=channel.label, kind=ActorKind.PARTNER, is_silent=True)


def _live_ways(day: Yesterday) -> None:
    """Let each way be used once, one pay too little, one twice; ask money back for one."""
    for channel in (Channel.VNPT_PAY, Channel.NATIONAL):
        day.pay(day.next(), channel)
    good = day.next()
    day.report(good, day.pay(good, Channel.VNPAY))
    first, partly, twice = day.next(), day.next(), day.next()
    for order, amount in ((first, first.amount_vnd), (partly, TOO_LITTLE)):
        day.transfer(order, amount)
    for _ in range(2):
        day.transfer(twice, twice.amount_vnd)
    lien = day.cast.in_unit(first.unit_id, PostRole.DESK_HEAD)
    wish = RefundIn(
        first.amount_vnd,
        "Người nộp đã nộp khoản này tại quầy, có biên lai giấy; nay nộp lần thứ hai.",
        basis="Biên bản xác nhận của Bộ phận Một cửa",
        to_name=first.payer_name,
        to_bank="Ngân hàng minh họa",
        to_account="0011012345678",
    )
    payments.ask_refund(first.code, wish, by=lien, at=day.at + timedelta(minutes=5))


def _live_bad(day: Yesterday) -> None:
    """Let the gateway tell a wrong amount, nothing, twice; let the bank leave one out."""
    wrong, silent, doubled, left_out = (day.next() for _ in range(4))
    day.report(wrong, day.pay(wrong, Channel.VNPAY, wrong.amount_vnd + TOO_MUCH))
    _attempt(silent, day.at)
    day.report(silent, f"{FIRST_NUMBER + silent.pk}")
    number = day.pay(doubled, Channel.VNPAY)
    for one in (number, f"{number}9"):
        day.report(doubled, one)
    day.transfer(left_out, left_out.amount_vnd, is_told=False)
    account = day.bank[0].account
    moment = local(day.at).replace(microsecond=0).isoformat()
    ref = f"FT{day.at:%y%m%d}999999"
    day.bank.append(Line(ref, account, VAGUE_VND, VAGUE, VAGUE_PAYER, moment))


def _hand_in(day: Yesterday, accountant: Actor, now: datetime) -> None:
    """Let the accountant hand in what the bank and the gateway say of yesterday."""
    on = local(day.at).astimezone(HANOI).date()
    account = day.bank[0].account
    said = StringIO()
    csv.writer(said).writerows([REPORT, *day.gateway])
    files = (
        (Channel.TRANSFER, f"sao-ke-{account}-{on:%Y%m%d}.csv", as_csv(account, on, day.bank)),
        (Channel.VNPAY, f"bao-cao-vnpay-{on:%Y%m%d}.csv", said.getvalue().encode()),
    )
    for channel, name, content in files:
        given = reconciliation.StatementIn(
            accountant.agency_id or 0, channel, name, BytesIO(content)
        )
        reconciliation.take_statement(given, by=accountant, at=now)
    reconciliation.record_waiting(at=now)
