"""Read orders: one with its whole story, those of a dossier, of a payer, of an agency."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from motcua.casework.payments.choices import OrderState
from motcua.casework.payments.errors import NoSuchOrder
from motcua.casework.payments.models import (
    Attempt,
    FinancialObligation,
    Notice,
    Order,
    OrderLine,
    OrderMove,
    Payment,
    Refund,
)
from motcua.casework.payments.permissions import deals_with, with_inherited
from motcua.casework.payments.rules.codes import find_code
from motcua.casework.payments.rules.states import PAYABLE
from motcua.foundation.access.api import Power
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI
from motcua.lib.tongue import said

_WAITING = frozenset({*PAYABLE, OrderState.EXPIRED})


@dataclass(frozen=True, slots=True)
class WholeOrder:
    """One order with all that happened to it."""

    order: Order
    lines: Sequence[OrderLine]
    moves: Sequence[OrderMove]
    attempts: Sequence[Attempt]
    notices: Sequence[Notice]
    payments: Sequence[Payment]
    refunds: Sequence[Refund]


def get_order(code: str) -> Order:
    """Return an order by its code. Raises: NoSuchOrder."""
    found = Order.objects.filter(code=code).first()
    if found is None:
        message = said("Không tìm thấy đơn nộp tiền %(code)s.", code=code)
        raise NoSuchOrder(message)
    return found


def get_order_by_token(token: str) -> Order:
    """Return the order whose page somebody opens. Raises: NoSuchOrder."""
    found = Order.objects.filter(token=token).first() if token else None
    if found is None:
        message = said("Không tìm thấy đơn nộp tiền; xin mở lại từ hồ sơ hoặc đường dẫn đã nhận.")
        raise NoSuchOrder(message)
    return found


def get_order_for(actor: Actor, code: str) -> Order:
    """Return an order of an agency or desk whose money the actor may see. Raises: NoSuchOrder."""
    order = get_order(code)
    if not can_see(actor, order):
        message = said("Không tìm thấy đơn nộp tiền %(code)s.", code=code)
        raise NoSuchOrder(message, hidden=f"order:{code}")
    return order


def can_see(actor: Actor, order: Order) -> bool:
    """Say whether the actor deals with money where the order is from."""
    powers = (Power.READ_PAYMENTS, Power.TAKE_CASH, Power.APPROVE_REFUNDS)
    return any(deals_with(actor, power, order.unit_id) for power in powers)


def whole_order(order: Order) -> WholeOrder:
    """Return an order with its whole story. Costs: six queries."""
    mine = {"order_id": order.pk}
    return WholeOrder(
        order,
        list(OrderLine.objects.filter(**mine).order_by("seq")),
        list(OrderMove.objects.filter(**mine).order_by("seq")),
        list(Attempt.objects.filter(**mine).order_by("number")),
        list(Notice.objects.filter(attempt__order_id=order.pk).order_by("received_at", "id")),
        list(Payment.objects.filter(**mine).order_by("seq")),
        list(Refund.objects.filter(**mine).order_by("id")),
    )


def lines_of(order: Order) -> list[OrderLine]:
    """Return the lines of an order, in their order."""
    return list(OrderLine.objects.filter(order_id=order.pk).order_by("seq"))


def orders_of(subject: str) -> list[Order]:
    """Return the orders with a line for this subject, the newest first."""
    ids = OrderLine.objects.filter(subject=subject).values("order_id")
    return list(Order.objects.filter(pk__in=ids).order_by("-opened_at", "-id"))


def waiting_order(subject: str) -> Order | None:
    """Return the order by which a subject still waits for money, if there is one."""
    waiting = (one for one in orders_of(subject) if one.state in _WAITING and not one.is_typed)
    return next(waiting, None)


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """What is looked for: words (a code, a dossier, a name), a state, days; `before` pages on."""

    words: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None
    before: int | None = None


PAGE = 50


def orders_for(actor: Actor, wanted: OrderFilter) -> list[Order]:
    """Return orders the actor may see, the newest first, one more than a page if there are more.

    Raises: NotAllowed.
    """
    actor.require(Power.READ_PAYMENTS)
    rows = Order.objects.order_by("-id")
    if Power.READ_PAYMENTS not in actor.province_powers:
        rows = rows.filter(unit_id__in=with_inherited(actor.powers[Power.READ_PAYMENTS]))
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.since:
        rows = rows.filter(opened_at__gte=_midnight(wanted.since))
    if wanted.until and wanted.until < date.max:
        rows = rows.filter(opened_at__lt=_midnight(wanted.until + timedelta(days=1)))
    if wanted.before:
        rows = rows.filter(pk__lt=wanted.before)
    words = wanted.words.strip()
    if code := find_code(words):
        rows = rows.filter(code=code)
    elif words:
        subjects = [words, f"dossier:{words}"]
        ids = OrderLine.objects.filter(subject__in=subjects).values("order_id")
        by_name = Order.objects.filter(payer_name__iexact=words).values("id")
        rows = rows.filter(pk__in=ids.union(by_name))
    return list(rows[: PAGE + 1])


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time.min, HANOI)


@dataclass(frozen=True, slots=True)
class Taken:
    """One amount that was paid for a subject; `receipt_number` is that of a paper receipt.

    `kept_vnd` is what has not gone back of it.
    """

    order_code: str
    line_code: str
    name: str
    kind: str
    amount_vnd: int
    kept_vnd: int
    reason: str
    rule: str
    receipt_number: str
    taken_at: datetime
    taken_by_name: str
    is_typed: bool

    @property
    def is_kept(self) -> bool:
        """Say whether it still counts: nothing of it, or not all, has gone back."""
        return self.kept_vnd > 0 or self.amount_vnd == 0


def taken_for(subjects: Collection[str]) -> Mapping[str, list[Taken]]:
    """Return what was paid for each subject, in the order it came. Costs: one statement."""
    found: dict[str, list[Taken]] = {subject: [] for subject in subjects}
    for subject, *values in work.fetch(*taken_asked(subjects)):
        found[subject].append(Taken(*values))
    return found


def taken_asked(subjects: Collection[str]) -> work.Statement:
    """Return the statement that asks it, for who asks more in the same round trip."""
    return _TAKEN, [list(subjects)]


def taken_told(rows: Iterable[Sequence[Any]]) -> list[Taken]:
    """Return what the rows of that statement say, whatever the subject."""
    return [Taken(*values) for _, *values in rows]


# Who took it: who took what made the order full; what came too much afterwards does not count.
_TAKEN = """
SELECT l.subject, o.code, l.code, l.name, l.kind, l.amount_vnd, l.applied_vnd, l.reason, l.rule,
  l.receipt_number, o.paid_at, coalesce(t.taken_by_name, o.opened_by_name), o.is_typed
FROM payments_orderline l JOIN payments_order o ON o.id = l.order_id
LEFT JOIN LATERAL (
  SELECT p.taken_by_name FROM payments_payment p
  WHERE p.order_id = o.id AND p.applied_vnd > 0 ORDER BY p.seq DESC LIMIT 1
) t ON true
WHERE l.subject = ANY(%s::text[]) AND o.paid_at IS NOT NULL
ORDER BY o.paid_at, l.order_id, l.seq
"""


def obligations_of(subject: str) -> list[FinancialObligation]:
    """Return the dues of other bodies for a subject, the oldest first."""
    return list(FinancialObligation.objects.filter(subject=subject).order_by("id"))


def odd_notices(*, most: int = 100) -> list[Notice]:
    """Return genuine notices of money that belong to no attempt or speak against it."""
    rows = Notice.objects.filter(
        is_genuine=True, is_paid=True, outcome__in=["no_order", "wrong_amount"]
    )
    return list(rows.order_by("-received_at")[:most])


def payer_emails(codes: Collection[str]) -> dict[str, str]:
    """Return where the receipts of these orders are mailed, if anywhere. Costs: one query."""
    rows = Order.objects.filter(code__in=list(codes)).exclude(payer_email="")
    return dict(rows.values_list("code", "payer_email"))
