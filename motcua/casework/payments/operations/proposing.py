"""Propose that money goes back: what came too much, what a dossier's end gives back."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from motcua.casework.payments.choices import Channel, OrderAct, RefundState
from motcua.casework.payments.models import Order, Payment, Refund
from motcua.casework.payments.rules.inputs import RefundIn
from motcua.lib import work
from motcua.lib.actor import Actor

from .telling import Locked, tell


def propose_over(held: Locked, reason: str, *, by: Actor, at: datetime) -> list[Refund]:
    """Propose to give back what is held too much and nobody has proposed yet."""
    asked = sum(one.amount_vnd for one in waiting_refunds(held.order) if not one.lines)
    waiting = held.order.over_vnd - asked
    if waiting <= 0:
        return []
    return propose(held, waiting, reason, (), by=by, at=at)


def propose(  # noqa: PLR0913 -- a proposal, every word of it
    held: Locked,
    amount_vnd: int,
    reason: str,
    lines: Sequence[int],
    *,
    by: Actor,
    at: datetime,
    basis: str = "",
) -> list[Refund]:
    """Propose to give an amount back by the ways it came, the latest first; one row for each.

    What is asked back already under other lines is not asked for twice.
    """
    asked = []
    for payment, part in _split(held.order, amount_vnd):
        what = RefundIn(part, reason, basis=basis, lines=tuple(lines), payment_id=payment.pk)
        asked.append(add_refund(held, payment, what, by=by, at=at))
    return asked


def add_refund(
    held: Locked, payment: Payment, what: RefundIn, *, by: Actor, at: datetime
) -> Refund:
    """Hand over the row of a proposal, with its place in the order's history."""
    order = held.order
    refund = Refund(
        id=work.new_id(Refund),
        code=f"{order.code}-H{order.version + 1}",
        order_id=order.pk,
        payment_id=payment.pk,
        agency_id=order.agency_id,
        unit_id=order.unit_id,
        channel=what.channel or _way_back(payment),
        amount_vnd=what.amount_vnd,
        lines=list(what.lines),
        reason=what.reason.strip()[:500],
        basis=what.basis.strip()[:500],
        to_name=(what.to_name.strip() or order.payer_name)[:200],
        to_bank=what.to_bank.strip()[:200],
        to_account=what.to_account.strip()[:40],
        asked_by_id=by.id,
        asked_by_name=by.name,
        asked_at=at,
    )
    work.add(refund)
    words = f"{refund.code}: {refund.reason}"
    amount = what.amount_vnd
    tell(held, OrderAct.ASK_REFUND, by=by, at=at, amount_vnd=amount, words=words)
    return refund


def _way_back(payment: Payment) -> Channel:
    """Return by which way money goes back: as it came; what was typed in, by transfer."""
    channel = Channel(payment.channel)
    return Channel.TRANSFER if channel in {Channel.PAPER, Channel.COD} else channel


def waiting_refunds(order: Order) -> list[Refund]:
    """Return what was proposed and nobody has decided yet."""
    work.flush()
    rows = Refund.objects.filter(order_id=order.pk, state=RefundState.ASKED)
    return list(rows.order_by("id"))


def left_of(order: Order) -> Iterator[tuple[Payment, int]]:
    """Yield each payment and how much of it nobody has asked back yet, the latest first."""
    work.flush()
    back = dict(_asked_back(order))
    for payment in Payment.objects.filter(order_id=order.pk).order_by("-seq"):
        yield payment, payment.amount_vnd - back.get(payment.pk, 0)


def _asked_back(order: Order) -> Iterator[tuple[int | None, int]]:
    sums: dict[int | None, int] = {}
    rows = Refund.objects.filter(order_id=order.pk).exclude(state=RefundState.REFUSED)
    for payment_id, amount in rows.values_list("payment_id", "amount_vnd"):
        sums[payment_id] = sums.get(payment_id, 0) + amount
    yield from sums.items()


def _split(order: Order, amount_vnd: int) -> Iterable[tuple[Payment, int]]:
    """Yield by which payments an amount goes back, as far as nobody has asked for them yet."""
    left = amount_vnd
    for payment, free in left_of(order):
        part = min(left, free)
        if part > 0:
            left -= part
            yield payment, part
