"""Issue receipts: what they say together is what was paid and kept, for each order and kind.

Source: docs/law/receipts.md
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from motcua.casework.cashbook import api as cashbook
from motcua.casework.receipts.choices import (
    LIVING,
    WHOLE,
    Act,
    Nature,
    ReceiptKind,
    ReceiptState,
)
from motcua.casework.receipts.models import Receipt
from motcua.casework.receipts.queries.orders import paid_order
from motcua.casework.receipts.rules.contents import CONTENT, Body, Content, Item
from motcua.casework.receipts.rules.money import PaidLine, PaidOrder, changes_of, items_of
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor

from .correcting import adjust_by, end_receipt, says_until_now
from .numbering import give_number, new_code
from .telling import tell

_BY_REFUND = "Hoàn trả tiền cho người nộp"
_BY_PAYMENT = "Nộp thêm tiền"


@work.story
def issue_for(order_code: str, *, at: datetime, by: Actor = SYSTEM) -> Sequence[Receipt]:
    """Let the receipts of an order agree with its money; what agrees is left alone.

    Costs: three queries for the order, some ten statements for each receipt made.
    Locks: the order, so that nothing is paid or given back meanwhile.
    """
    order = paid_order(order_code, is_held=True)
    return settle(order, by=by, at=at) if order is not None else []


@work.story
def settle(order: PaidOrder, *, by: Actor, at: datetime) -> Sequence[Receipt]:
    """Issue what is missing, adjust what says another amount, cancel what was given back whole.

    Phí and lệ phí apart. Done twice, or by two at once, it is as if it were done once: the database
    holds one living receipt for an order and kind.

    Locks: the receipts of the order, then the series.
    """
    made = [
        found
        for kind in (ReceiptKind.FEE, ReceiptKind.CHARGE)
        if (found := _settle_kind(order, kind, by=by, at=at)) is not None
    ]
    work.flush()
    return made


def _settle_kind(order: PaidOrder, kind: ReceiptKind, *, by: Actor, at: datetime) -> Receipt | None:
    lines, kept_vnd = order.of_kind(kind), order.kept_vnd(kind)
    living = _living(order, kind)
    if living is None:
        if not kept_vnd:
            return None
        _begin(order, kind, lines, by=by, at=at)
        living = _living(order, kind)
    if living is None:
        return None
    if living.state == ReceiptState.DUE:
        return _settle_due(living, order, lines, by=by, at=at)
    if not kept_vnd:
        end_receipt(living, ReceiptState.CANCELLED, Act.CANCELLED, _BY_REFUND, by=by, at=at)
        return living
    changes = changes_of(lines, says_until_now(living)) if living.nature != Nature.TYPED else ()
    if changes:
        delta = sum(one.amount_vnd for one in changes)
        why = _BY_REFUND if delta < 0 else _BY_PAYMENT
        adjust_by(living, changes, why, by=by, at=at)
    return living


def _living(order: PaidOrder, kind: ReceiptKind) -> Receipt | None:
    rows = Receipt.objects.select_for_update(of=("self",)).select_related("series")
    found = rows.filter(order_code=order.code, kind=kind, state__in=LIVING, nature__in=WHOLE)
    return found.first()


def _settle_due(
    due: Receipt, order: PaidOrder, lines: Sequence[PaidLine], *, by: Actor, at: datetime
) -> Receipt:
    """Number a receipt that waits, with what is kept by now; none for what went back meanwhile."""
    items = items_of(lines)
    if not items:
        end_receipt(due, ReceiptState.CANCELLED, Act.CANCELLED, _BY_REFUND, by=by, at=at)
        return due
    due.amount_vnd = sum(one.amount_vnd for one in items)
    give_number(due, _content(order, ReceiptKind(due.kind), items), by=by, at=at)
    return due


def _begin(
    order: PaidOrder,
    kind: ReceiptKind,
    lines: Sequence[PaidLine],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Write the receipt as due, or as typed; whoever comes second writes nothing."""
    items = items_of(lines)
    row = new_receipt(order, kind, by=by)
    row.amount_vnd = sum(one.amount_vnd for one in items)
    row.content = CONTENT.dump_python(_content(order, kind, items), mode="json")
    row.subjects = list(dict.fromkeys(one.subject for one in items if one.subject))
    if order.is_typed:
        numbers = dict.fromkeys(one.typed_number for one in lines if one.typed_number)
        row.nature, row.state = Nature.TYPED, ReceiptState.ISSUED
        row.typed_number = (", ".join(numbers) or "không ghi số")[:60]
        row.issued_at = order.paid_at
    made = Receipt.objects.bulk_create([row], ignore_conflicts=True)
    written = Receipt.objects.filter(code=made[0].code).first()
    if written is not None:
        tell(written, Act.TYPED if order.is_typed else Act.DUE, by=by, at=at)


def new_receipt(order: PaidOrder, kind: ReceiptKind, *, by: Actor) -> Receipt:
    """Return a receipt that is due, not yet saved."""
    return Receipt(
        code=new_code(),
        order_code=order.code,
        agency_id=cashbook.keeper_of(order.agency_id),
        unit_id=order.unit_id,
        kind=kind,
        nature=Nature.ORIGINAL,
        state=ReceiptState.DUE,
        payer_name=order.payer.name,
        payer_account_id=order.payer_account_id,
        channel=order.channel,
        due_at=order.paid_at,
        created_by_name=by.name,
    )


def _content(order: PaidOrder, kind: ReceiptKind, items: Sequence[Item]) -> Content:
    return Content(
        kind=str(kind),
        body=Body("", ""),
        payer=order.payer,
        items=tuple(items),
        method=order.method,
        paid_at=order.paid_at,
        order_code=order.code,
    )


def issue_waiting(*, at: datetime, most: int = 200) -> int:
    """Try again to number what waits for a series or a collecting body; return how many have one.

    Agencies and kinds by turns, so that where many wait for long nobody else does.

    Costs: one query, and a story for each.
    """
    turn = Window(
        RowNumber(), partition_by=[F("agency_id"), F("kind")], order_by=[F("due_at"), F("id")]
    )
    due = Receipt.objects.filter(state=ReceiptState.DUE).annotate(turn=turn)
    waiting = due.order_by("turn", "due_at", "id")
    codes = list(dict.fromkeys(waiting.values_list("order_code", flat=True)[:most]))
    return sum(
        any(one.state == ReceiptState.ISSUED for one in issue_for(code, at=at)) for code in codes
    )
