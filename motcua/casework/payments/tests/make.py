"""A commune that takes money, its cashier with an open drawer, and a partner that can lie."""

import json
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from motcua.casework.cashbook import api as cashbook
from motcua.casework.contracts.tests.make import make_contract
from motcua.casework.payments.choices import Channel, LineKind, Outcome
from motcua.casework.payments.errors import GatewayAway, NoticeUnreadable
from motcua.casework.payments.models import Order
from motcua.casework.payments.operations.accounts import BeneficiaryIn, save_beneficiary
from motcua.casework.payments.operations.attempting import begin_attempt
from motcua.casework.payments.operations.opening import open_order
from motcua.casework.payments.ports import (
    AttemptInfo,
    Begun,
    NoticeIn,
    RawNotice,
    Refunded,
    RefundInfo,
    Reply,
)
from motcua.casework.payments.rules.inputs import LineIn, OrderIn, Payer
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.tests.make import make_agency, make_unit
from motcua.lib import work
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import HANOI

MONDAY = datetime(2026, 7, 6, 9, 0, tzinfo=HANOI)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LAN = Actor(id=501, name="Lò Thị Lan", kind=ActorKind.CITIZEN)
ADMIN = Actor(id=900, name="Vũ Thị Quản", province_powers=frozenset({Power.CONFIGURE_PAYMENTS}))


@dataclass(frozen=True, slots=True)
class Till:
    """A desk that takes money: Bình with an open drawer, Oanh who decides, Dũng from elsewhere."""

    agency_id: int
    desk_id: int
    binh: Actor
    oanh: Actor
    dung: Actor


def make_till(*, is_open: bool = True) -> Till:
    """Return a commune's desk whose money is cared for."""
    agency = make_agency("H18.101", "UBND xã Mường Phăng")
    kind = organisation.UnitKind.ONE_STOP_DESK
    desk = make_unit(agency, "H18.101.MC", "Trung tâm Phục vụ hành chính công", kind=kind)
    other = make_agency("H18.102", "UBND xã Nà Tấu")
    away = make_unit(other, "H18.102.MC", "Trung tâm Phục vụ hành chính công", kind=kind)
    organisation.forget_tree()
    till = Till(
        agency_id=agency.pk,
        desk_id=desk.pk,
        binh=_officer(1, "Trần Văn Bình", agency.pk, desk.pk),
        oanh=_officer(4, "Vì Thị Oanh", agency.pk, desk.pk, Power.APPROVE_REFUNDS),
        dung=_officer(9, "Cà Văn Dũng", other.pk, away.pk, Power.APPROVE_REFUNDS),
    )
    if is_open:
        drawer = cashbook.DrawerIn(desk.pk, 0)
        cashbook.open_drawer(drawer, by=till.binh, at=MONDAY)
    account = BeneficiaryIn(
        till.agency_id, "970403", "Kho bạc", "0011012345678", "UBND XA", date(2026, 1, 1)
    )
    save_beneficiary(account, by=ADMIN, at=MONDAY)
    make_contract()
    return till


def _officer(number: int, name: str, agency_id: int, unit_id: int, *more: Power) -> Actor:
    powers = (Power.RECEIVE_DOSSIERS, Power.TAKE_CASH, Power.ASK_REFUNDS, *more)
    held = frozenset({unit_id})
    return Actor(
        id=number,
        name=name,
        title="Công chức",
        agency_id=agency_id,
        unit_ids=(unit_id,),
        powers=dict.fromkeys(powers, held),
    )


FEE = LineIn("phi", "Phí thẩm định", LineKind.FEE, 1, 100_000, rule="Bảng 1, dòng 2")
CHARGE = LineIn("le-phi", "Lệ phí cấp giấy", LineKind.CHARGE, 2, 50_000, reason="Giảm 50%")


def make_order(till: Till, *, at: datetime = MONDAY, **changes: Any) -> Order:
    """Return an order of 150,000 đồng: a fee of 100,000 and a charge of 50,000."""
    asked = OrderIn(
        subject="dossier:H18.101-260706-0001",
        agency_id=till.agency_id,
        unit_id=till.desk_id,
        payer=Payer("Lò Thị Lan", account_id=501),
        lines=(FEE, CHARGE),
        expires_at=at + 15 * DAY,
    )
    return open_order(replace(asked, **changes), by=till.binh, at=at)


@dataclass
class Partner:
    """A gateway as tests need it: it says what it is told to say, and notes what it was asked."""

    channel: Channel = Channel.VNPAY
    begins_here: bool = False
    asked: list[str] = field(default_factory=list)
    refunds: list[RefundInfo] = field(default_factory=list)
    answers: dict[str, NoticeIn | Exception | None] = field(default_factory=dict)
    refunded: Refunded = field(default_factory=lambda: Refunded(is_done=True, partner_ref="R1"))
    is_away: bool = False

    def pages(self) -> frozenset[str]:
        """Return the host of its page."""
        return frozenset({"https://cong.example"})

    def begin(self, attempt: AttemptInfo, *, at: datetime) -> Begun:  # noqa: ARG002 -- the port's form
        """Send the payer to a page."""
        self._answer()
        return Begun(url=f"https://cong.example/{attempt.ref}")

    def read(self, notice: RawNotice, *, at: datetime) -> NoticeIn:  # noqa: ARG002 -- the port's form
        """Read a notice of JSON."""
        try:
            said = json.loads(notice.body)
            return NoticeIn(**{**said, "paid_at": datetime.fromisoformat(said["paid_at"])})
        except (ValueError, KeyError, TypeError) as error:
            message = "Không đọc được thông báo."
            raise NoticeUnreadable(message) from error

    def answer(self, outcome: Outcome) -> Reply:
        """Reply with the bare word."""
        return Reply(200, "text/plain", str(outcome).encode())

    def ask(self, attempt: AttemptInfo, *, at: datetime) -> NoticeIn | None:  # noqa: ARG002 -- the port's form
        """Say what the test has laid down."""
        self._answer()
        self.asked.append(attempt.ref)
        answer = self.answers.get(attempt.ref)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def refund(self, refund: RefundInfo, *, at: datetime) -> Refunded:  # noqa: ARG002 -- the port's form
        """Give back, as the test has laid down."""
        self._answer()
        self.refunds.append(refund)
        return self.refunded

    def _answer(self) -> None:
        if self.is_away:
            message = "Cổng thanh toán không trả lời."
            raise GatewayAway(message)


def make_begun(order: Order, *, at: datetime = MONDAY) -> str:
    """Return the reference of an attempt to pay an order by the partner."""
    begun = begin_attempt(order.code, Channel.VNPAY, by=LAN, at=at, return_url="https://x/")
    return begun.url.rpartition("/")[2]


def said(ref: str, amount_vnd: int = 150_000, **changes: Any) -> NoticeIn:
    """Return a genuine notice of money."""
    notice = NoticeIn(
        is_genuine=True,
        attempt_ref=ref,
        amount_vnd=amount_vnd,
        is_paid=True,
        partner_ref=f"GD-{ref}",
        paid_at=MONDAY,
    )
    return replace(notice, **changes)


def raw(notice: NoticeIn) -> RawNotice:
    """Return a notice as it arrives."""
    told = {
        name: getattr(notice, name)
        for name in (
            "is_genuine",
            "attempt_ref",
            "amount_vnd",
            "is_paid",
            "partner_ref",
            "code",
            "words",
            "is_allowed",
        )
    }
    body = json.dumps({**told, "paid_at": notice.paid_at.isoformat()}).encode()
    return RawNotice("POST", "/thanh-toan/vnpay/bao-co/", {}, body, {}, "203.0.113.7")


def facts(topic: str) -> list[dict[str, Any]]:
    """Return what was announced under a topic."""
    rows = work.fetch("SELECT payload FROM outbox_fact WHERE topic = %s ORDER BY id", [topic])
    return [json.loads(row[0]) if isinstance(row[0], str) else row[0] for row in rows]
