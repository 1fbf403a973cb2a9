"""Settle a difference: one person with a reason; a second where money is written off.

Source: docs/law/money.md
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from motcua.casework.cashbook import api as cashbook
from motcua.casework.cashbook.api import AccountKind, EntryIn, Leg
from motcua.casework.contracts import api as contracts
from motcua.casework.payments import api as payments
from motcua.casework.payments.api import Channel
from motcua.casework.reconciliation.choices import (
    LineState,
    MismatchState,
    Way,
    ways_for,
)
from motcua.casework.reconciliation.errors import (
    CannotSettle,
    NoSuchDifference,
    SettledMeanwhile,
)
from motcua.casework.reconciliation.models import Mismatch, StatementLine
from motcua.casework.reconciliation.permissions import (
    agencies_seen,
    check_approves,
    check_reconciles,
)
from motcua.casework.reconciliation.rules.lines import GONE_BACK
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput, NotAllowed
from motcua.lib.money import in_dong

from .recording import explain, pay_from
from .taking import UNEXPLAINED, bank_leg

SETTLED = "reconciliation.settled"
SHORTEST_REASON = 8
_WORDS_OF_NO = "Chênh lệch này đã được xử lý hoặc đã thay đổi; hãy mở lại trang."


@dataclass(frozen=True, slots=True)
class SettleIn:
    """How a difference is to be settled; `detail`: the order, channel, partner a way needs."""

    way: Way
    reason: str
    detail: str = ""


@work.story
def settle_mismatch(code: str, given: SettleIn, *, by: Actor, at: datetime) -> Mismatch:
    """Settle a difference, or propose to where a second person must approve.

    Raises: NoSuchDifference, NotAllowed, CannotSettle, BadInput, SettledMeanwhile.
    Locks: the difference, then the order it is recorded for.
    """
    found = _lock(code, by)
    check_reconciles(found.agency_id, by)
    if found.state != MismatchState.OPEN:
        raise SettledMeanwhile(_WORDS_OF_NO)
    _check(found, given)
    found.way, found.detail = given.way, given.detail.strip()
    found.reason = " ".join(given.reason.split())[:500]
    if given.way.needs_second:
        found.state = MismatchState.PROPOSED
        found.proposed_by_id, found.proposed_by_name = by.id, by.name
        found.proposed_at = at
        found.save()
        audit.record("reconciliation.propose", f"mismatch:{code}", by=by, at=at)
        return found
    return _settle(found, by=by, at=at)


@work.story
def approve_write_off(code: str, *, by: Actor, at: datetime) -> Mismatch:
    """Approve what another person proposed to write off.

    Raises: NoSuchDifference, NotAllowed, SettledMeanwhile.
    """
    found = _lock(code, by)
    check_approves(found.agency_id, by)
    if found.state != MismatchState.PROPOSED:
        raise SettledMeanwhile(_WORDS_OF_NO)
    if found.proposed_by_id == by.id:
        raise NotAllowed("Người đề nghị không được tự duyệt; cần người thứ hai.")
    return _settle(found, by=by, at=at)


@work.story
def refuse_write_off(code: str, reason: str, *, by: Actor, at: datetime) -> Mismatch:
    """Send a proposal back: the difference is open again.

    Raises: NoSuchDifference, NotAllowed, BadInput, SettledMeanwhile.
    """
    found = _lock(code, by)
    check_approves(found.agency_id, by)
    if found.state != MismatchState.PROPOSED:
        raise SettledMeanwhile(_WORDS_OF_NO)
    _check_reason(reason)
    found.state, found.way = MismatchState.OPEN, ""
    found.reason = f"Không duyệt: {reason.strip()}"[:500]
    found.proposed_by_id, found.proposed_by_name, found.proposed_at = None, "", None
    found.save()
    audit.record("reconciliation.refuse", f"mismatch:{code}", by=by, at=at)
    return found


def _lock(code: str, by: Actor) -> Mismatch:
    found = (
        Mismatch.objects.select_for_update(of=("self",))
        .filter(code=code, agency_id__in=agencies_seen(by))
        .first()
    )
    if found is None:
        raise NoSuchDifference("Không có chênh lệch này.")
    return found


def _check(found: Mismatch, given: SettleIn) -> None:
    is_bank = found.channel == Channel.TRANSFER
    if given.way not in ways_for(found.kind, is_bank=is_bank):
        raise CannotSettle("Không xử lý loại chênh lệch này theo cách ấy.")
    _check_reason(given.reason)
    if given.way == Way.HAND_OVER and given.detail not in Channel.values:
        raise BadInput("Hãy chọn đối tác đã chuyển tiền.", field="detail")
    if given.way == Way.PARTNER_PAID:
        contracts.get_partner(given.detail)
    if given.way == Way.RECORD and not given.detail.strip():
        raise BadInput("Hãy ghi mã đơn nộp tiền.", field="detail")
    if given.way == Way.TREASURY_SLIP:
        _check_list(found, given.detail.strip())


def _check_list(found: Mismatch, code: str) -> None:
    """Raises: BadInput unless the list went to the treasury for this amount, and is free."""
    made = cashbook.get_handing(code, [found.agency_id]) if code else None
    if made is None or made.state != cashbook.HandingState.DONE:
        message = "Hãy chọn bảng kê nộp ngân sách đã ghi giấy nộp tiền của kho bạc."
        raise BadInput(message, field="detail")
    if made.handed_vnd != -(found.there_vnd or 0):
        message = f"Bảng kê {code} nộp {in_dong(made.handed_vnd)}, khác số tiền của sao kê."
        raise BadInput(message, field="detail")
    same = Mismatch.objects.filter(
        agency_id=found.agency_id, way=Way.TREASURY_SLIP, detail=code, state=MismatchState.SETTLED
    )
    if same.exists():
        raise BadInput(f"Bảng kê {code} đã đối chiếu với dòng sao kê khác.", field="detail")


def _check_reason(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise BadInput("Hãy ghi rõ lý do (ít nhất 8 ký tự).", field="reason")


def _settle(found: Mismatch, *, by: Actor, at: datetime) -> Mismatch:
    way = Way(found.way)
    line = None
    if found.line_id is not None:
        line = StatementLine.objects.select_for_update(of=("self",)).get(pk=found.line_id)
    if way == Way.RECORD:
        _record(found, line, by=by, at=at)
    elif way == Way.REFUND and found.refund is not None and line is not None:
        _note_refund(found.refund, line, by=by, at=at)
    else:
        _book(found, way, by=by, at=at)
        if line is not None:
            line.state = LineState.SETTLED
    if line is not None:
        line.save(update_fields=["state", "order_code", "payment", "refund"])
    found.state = MismatchState.SETTLED
    found.settled_by_id, found.settled_by_name, found.settled_at = by.id, by.name, at
    found.save()
    detail = {"way": found.way, "vnd": found.difference_vnd}
    audit.record("reconciliation.settle", f"mismatch:{found.code}", by=by, at=at, detail=detail)
    return found


def _record(found: Mismatch, line: StatementLine | None, *, by: Actor, at: datetime) -> None:
    """Record the money for an order: once, whatever was told meanwhile."""
    if line is None:
        raise CannotSettle("Không có dòng sao kê để ghi nhận.")
    code = payments.find_code(found.detail) or found.detail
    attempt = payments.find_attempt(line.attempt_ref) if line.attempt_ref else None
    owned = attempt.pk if attempt is not None and attempt.order.code == code else None
    try:
        payment = pay_from(line, code, by=by, at=at, attempt_id=owned)
    except payments.PaymentDiffers as error:
        raise CannotSettle(str(error)) from error
    if payment is None:
        raise BadInput(f"Không có đơn nộp tiền “{code}”.", field="detail")
    found.order_code, found.payment = code, payment
    if line.channel == Channel.TRANSFER:
        explain(line, Channel.TRANSFER, by=by, at=at)


def _note_refund(refund: payments.Refund, line: StatementLine, *, by: Actor, at: datetime) -> None:
    """Note that the partner gave back what was approved here; the ledger follows."""
    payments.note_refunded(refund.code, line.ref.removesuffix(GONE_BACK), by=by, at=at)
    line.state, line.refund = LineState.MATCHED, refund


def _book(found: Mismatch, way: Way, *, by: Actor, at: datetime) -> None:
    legs = LEGS[way](found) if way in LEGS else ()
    if not legs or not legs[0].amount_vnd:
        return
    entry = EntryIn(
        source=SETTLED,
        ref=found.code,
        on=local_day(at),
        words=f"{way.label}: {found.reason}"[:500],
        legs=legs,
        subject=f"order:{found.order_code}" if found.order_code else "",
    )
    cashbook.post(entry, by=by, at=at)


def _suspense(found: Mismatch, amount_vnd: int) -> Leg:
    return Leg(AccountKind.SUSPENSE, found.agency_id, amount_vnd, UNEXPLAINED)


def _other(found: Mismatch, kind: AccountKind, detail: str = "") -> tuple[Leg, ...]:
    """Return legs that take a line's money out of what is not explained."""
    amount = found.there_vnd or 0
    return (_suspense(found, amount), Leg(kind, found.agency_id, -amount, detail))


def _to_bank(found: Mismatch) -> tuple[Leg, ...]:
    amount = found.there_vnd or 0
    return (_suspense(found, amount), bank_leg(found.agency_id, found.account, -amount))


def _by_partner(found: Mismatch) -> tuple[Leg, ...]:
    """Return legs by which the channel holds what the partner says it took."""
    amount = found.difference_vnd
    clearing = Leg(AccountKind.CLEARING, found.agency_id, amount, found.channel)
    return (clearing, _suspense(found, -amount))


def _refunded(found: Mismatch) -> tuple[Leg, ...]:
    is_bank = found.channel == Channel.TRANSFER
    return _other(found, AccountKind.CLEARING, Channel.TRANSFER) if is_bank else ()


LEGS: Mapping[Way, Callable[[Mismatch], tuple[Leg, ...]]] = {
    Way.HAND_OVER: lambda found: _other(found, AccountKind.CLEARING, found.detail),
    Way.CASH_SLIP: _to_bank,
    Way.OTHER_INCOME: lambda found: _other(found, AccountKind.OTHER),
    Way.BY_PARTNER: _by_partner,
    Way.WRITE_OFF: _by_partner,
    Way.TREASURY_SLIP: _to_bank,
    Way.REFUND: _refunded,
    Way.PARTNER_PAID: lambda found: _other(
        found, AccountKind.RECEIVABLE, payments.owed_to(found.detail)
    ),
    Way.PARTNER_COST: lambda found: _other(found, AccountKind.PARTNER_COST),
    Way.OTHER_EXPENSE: lambda found: _other(found, AccountKind.OTHER),
}
