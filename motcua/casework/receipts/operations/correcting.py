"""Adjust, replace and cancel receipts, each with its reason and the receipt it speaks of.

Source: docs/law/receipts.md
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from motcua.casework.receipts.choices import Act, Nature, ReceiptState
from motcua.casework.receipts.errors import BadReceipt, NoSuchReceipt, ReceiptMoved
from motcua.casework.receipts.events import ReceiptEnded
from motcua.casework.receipts.models import Receipt
from motcua.casework.receipts.queries.orders import paid_order
from motcua.casework.receipts.rules.contents import CONTENT, Content, Item, PaidBy, Related
from motcua.casework.receipts.rules.money import PaidOrder, changes_of
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.money import in_dong
from motcua.lib.text import tidy

from .numbering import give_number, new_code
from .telling import tell

LONGEST_REASON = 500
_COUNTS = (ReceiptState.ISSUED, ReceiptState.ADJUSTED)


@dataclass(frozen=True, slots=True)
class ReplaceIn:
    """Who paid, as it should have been written, and what was wrong."""

    payer: PaidBy
    reason: str


@dataclass(frozen=True, slots=True)
class AdjustIn:
    """What is told of a receipt afterwards: an amount more or less, or words alone (0 đồng)."""

    name: str
    amount_vnd: int
    reason: str


@work.story
def replace_receipt(code: str, given: ReplaceIn, *, by: Actor, at: datetime) -> Receipt:
    """Put a new receipt in the place of a wrong one.

    The cashier of the desk on the day it was made; later only who keeps the agency's receipts.

    Raises: NoSuchReceipt, ReceiptMoved, BadReceipt, NotAllowed.
    """
    wrong = lock_receipt(code)
    _check_may_replace(wrong, by, at)
    _check_whole(wrong)
    reason = _reason(given.reason)
    if wrong.state == ReceiptState.ADJUSTED:
        message = "Biên lai này đã được điều chỉnh; sai sót tiếp theo cũng lập biên lai điều chỉnh."
        raise BadReceipt(message)
    payer = PaidBy(*(tidy(one) for one in _parts(given.payer)))
    if not payer.name:
        raise BadReceipt("Hãy ghi tên người nộp.", field="name")
    if payer == wrong.said.payer:
        raise BadReceipt("Chưa sửa gì so với biên lai đã lập.", field="name")
    end_receipt(wrong, ReceiptState.REPLACED, Act.REPLACED, reason, by=by, at=at)
    content = replace(wrong.said, payer=payer, related=related_of(wrong), reason=reason)
    made = _follow(wrong, Nature.REPLACEMENT, content, by=by)
    return _numbered(made, content, by=by, at=at)


def _parts(payer: PaidBy) -> tuple[str, str, str, str]:
    return payer.name, payer.address, payer.tax_code, payer.account


def _check_may_replace(wrong: Receipt, by: Actor, at: datetime) -> None:
    """Raises: NotAllowed."""
    if may_keep(wrong, by):
        return
    by.require(Power.TAKE_CASH, unit_id=wrong.unit_id)
    if wrong.issued_on != local_day(at):
        by.require(Power.KEEP_RECEIPTS, unit_id=root_of(wrong))


def _check_whole(receipt: Receipt) -> None:
    """Raises: BadReceipt for one that itself only adjusts another."""
    if receipt.nature == Nature.ADJUSTMENT and receipt.related is not None:
        first = receipt.related.number_words
        message = f"Đây là biên lai điều chỉnh; hãy điều chỉnh biên lai gốc {first}."
        raise BadReceipt(message)


def may_keep(receipt: Receipt, by: Actor) -> bool:
    """Say whether somebody keeps the receipts of its agency."""
    return by.can(Power.KEEP_RECEIPTS, unit_id=root_of(receipt))


def root_of(receipt: Receipt) -> int:
    """Return the unit from which the agency's receipts are kept."""
    return organisation.tree().agency(receipt.agency_id).root_unit_id


@work.story
def adjust_receipt(code: str, given: AdjustIn, *, by: Actor, at: datetime) -> Receipt:
    """Issue a receipt that adjusts another; the first one goes on counting.

    Raises: NoSuchReceipt, ReceiptMoved, BadReceipt, NotAllowed.
    """
    adjusted = lock_receipt(code)
    by.require(Power.KEEP_RECEIPTS, unit_id=root_of(adjusted))
    _check_whole(adjusted)
    reason, name = _reason(given.reason), tidy(given.name)
    if not name:
        raise BadReceipt("Hãy ghi nội dung điều chỉnh.", field="name")
    net_vnd = sum(one.amount_vnd for one in says_until_now(adjusted)) + given.amount_vnd
    if net_vnd < 0:
        most = in_dong(net_vnd - given.amount_vnd)
        raise BadReceipt(f"Chỉ giảm được nhiều nhất {most}.", field="amount")
    if given.amount_vnd and net_vnd == 0:
        message = "Giảm hết số tiền thì hủy biên lai, không điều chỉnh."
        raise BadReceipt(message, field="amount")
    return adjust_by(adjusted, (Item(name, given.amount_vnd),), reason, by=by, at=at)


def adjust_by(
    adjusted: Receipt, changes: Sequence[Item], reason: str, *, by: Actor, at: datetime
) -> Receipt:
    """Adjust a locked receipt by these items. Joins the caller's story.

    Raises: ReceiptMoved, BadReceipt.
    """
    _check_counts(adjusted)
    adjusted.state = ReceiptState.ADJUSTED
    adjusted.save(update_fields=["state"])
    tell(adjusted, Act.ADJUSTED, by=by, at=at, reason=reason)
    related = related_of(adjusted)
    content = replace(adjusted.said, items=tuple(changes), related=related, reason=reason)
    made = _follow(adjusted, Nature.ADJUSTMENT, content, by=by)
    return _numbered(made, content, by=by, at=at)


@work.story
def cancel_receipt(code: str, reason: str, *, by: Actor, at: datetime) -> Receipt:
    """Cancel a receipt for which no money is kept any more.

    While there is money, a wrong receipt is replaced or adjusted: it is never without one.

    Raises: NoSuchReceipt, ReceiptMoved, BadReceipt, NotAllowed.
    """
    receipt = lock_receipt(code)
    by.require(Power.KEEP_RECEIPTS, unit_id=root_of(receipt))
    words = _reason(reason)
    order = paid_order(receipt.order_code)
    kept_vnd = order.kept_vnd(receipt.kind) if order else 0
    if kept_vnd and receipt.nature != Nature.ADJUSTMENT:
        message = (
            f"Còn giữ {in_dong(kept_vnd)} của khoản này nên không hủy được: viết sai thì lập biên"
            " lai thay thế; trả lại tiền thì làm thủ tục hoàn tiền, biên lai tự hủy theo."
        )
        raise BadReceipt(message)
    if kept_vnd and order is not None and _is_by_money(receipt, order):
        message = "Biên lai điều chỉnh này ứng với tiền đã hoàn hoặc nộp thêm nên không hủy được."
        raise BadReceipt(message)
    end_receipt(receipt, ReceiptState.CANCELLED, Act.CANCELLED, words, by=by, at=at)
    return receipt


def _is_by_money(adjustment: Receipt, order: PaidOrder) -> bool:
    """Say whether without this adjustment receipts would say another amount than is kept."""
    first = adjustment.related
    if first is None:
        return False
    others = [first, *(one for one in adjustments_of(first) if one.pk != adjustment.pk)]
    said = [item for one in others for item in one.said.items]
    return bool(changes_of(order.of_kind(adjustment.kind), said))


def end_receipt(
    receipt: Receipt, state: ReceiptState, act: Act, reason: str, *, by: Actor, at: datetime
) -> None:
    """End a locked receipt, and with it those that adjust it. Joins the caller's story.

    Raises: ReceiptMoved.
    """
    is_due = receipt.state == ReceiptState.DUE
    if not is_due:
        _check_counts(receipt)
    receipt.state, receipt.reason = state, reason[:LONGEST_REASON]
    receipt.save(update_fields=["state", "reason"])
    is_told = state == ReceiptState.CANCELLED and receipt.number is not None
    event = ReceiptEnded(
        receipt.pk, receipt.version + 1, receipt.code, receipt.order_code, str(state)
    )
    reported_on = local_day(at) if is_told else None
    tell(receipt, act, event, by=by, at=at, reason=reason, reported_on=reported_on)
    for one in adjustments_of(receipt):
        end_receipt(one, ReceiptState.CANCELLED, Act.CANCELLED, reason, by=by, at=at)


def lock_receipt(code: str) -> Receipt:
    """Return a receipt that counts, locked. Raises: NoSuchReceipt, ReceiptMoved."""
    rows = Receipt.objects.select_for_update(of=("self",)).select_related("series")
    found = rows.filter(code=code).first()
    if found is None:
        raise NoSuchReceipt("Không có biên lai này.")
    _check_counts(found)
    return found


def _check_counts(receipt: Receipt) -> None:
    if receipt.state == ReceiptState.DUE:
        raise BadReceipt("Biên lai đang chờ cấp số; hãy mở dãy biên lai trước.")
    if receipt.state not in _COUNTS:
        label = receipt.get_state_display().lower()
        raise ReceiptMoved(f"Biên lai {receipt.number_words} {label}; hãy mở lại trang.")


def adjustments_of(receipt: Receipt) -> Sequence[Receipt]:
    """Return the receipts that adjust one and count, the oldest first, locked."""
    rows = Receipt.objects.select_for_update(of=("self",)).select_related("series")
    found = rows.filter(related_id=receipt.pk, nature=Nature.ADJUSTMENT, state__in=_COUNTS)
    return list(found.order_by("id"))


def says_until_now(receipt: Receipt) -> tuple[Item, ...]:
    """Return what a receipt and those that adjust it say together."""
    others = adjustments_of(receipt)
    return (*receipt.said.items, *(item for one in others for item in one.said.items))


def related_of(receipt: Receipt) -> Related:
    """Return how another receipt names this one. Raises: BadReceipt for one that was typed in."""
    key = receipt.key
    if key is None or receipt.issued_on is None:
        message = (
            "Biên lai này ghi theo biên lai đã lập nơi khác; hãy điều chỉnh, thay thế ở nơi đã lập."
        )
        raise BadReceipt(message)
    return Related(key.form, key.symbol, key.number, receipt.issued_on)


def _follow(before: Receipt, nature: Nature, content: Content, *, by: Actor) -> Receipt:
    """Write the receipt that adjusts or replaces another, as due."""
    return Receipt.objects.create(
        code=new_code(),
        order_code=before.order_code,
        subjects=before.subjects,
        agency_id=before.agency_id,
        unit_id=before.unit_id,
        kind=before.kind,
        nature=nature,
        state=ReceiptState.DUE,
        amount_vnd=content.amount_vnd,
        payer_name=content.payer.name,
        payer_account_id=before.payer_account_id,
        channel=before.channel,
        content=CONTENT.dump_python(content, mode="json"),
        related=before,
        reason=content.reason,
        due_at=before.due_at,
        created_by_name=by.name,
    )


def _numbered(made: Receipt, content: Content, *, by: Actor, at: datetime) -> Receipt:
    """Number what follows on another receipt at once. Raises: BadReceipt if no number is free."""
    give_number(made, content, by=by, at=at)
    if made.state == ReceiptState.DUE:
        raise BadReceipt(made.waits_why)
    work.flush()
    return made


def _reason(typed: str) -> str:
    """Return the reason. Raises: BadReceipt."""
    reason = tidy(typed)[:LONGEST_REASON]
    if not reason:
        raise BadReceipt("Hãy ghi lý do; lý do in trên biên lai mới và bảng gửi cơ quan thuế.")
    return reason
