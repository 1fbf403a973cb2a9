"""Record transfers that name their order: from a statement, or told by the bank at once.

Source: docs/law/money.md
"""

from dataclasses import dataclass
from datetime import datetime

from motcua.casework.cashbook import api as cashbook
from motcua.casework.cashbook.api import AccountKind, EntryIn, Leg
from motcua.casework.payments import api as payments
from motcua.casework.payments.api import Channel, PaymentIn
from motcua.casework.reconciliation.choices import LineState, MismatchKind
from motcua.casework.reconciliation.errors import BadNotice
from motcua.casework.reconciliation.models import Mismatch, Statement, StatementLine
from motcua.casework.reconciliation.rules.lines import LineIn
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import local_day

from .taking import UNEXPLAINED

RECORDED = "reconciliation.recorded"
BATCH = 500


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a line that the bank told."""

    line: StatementLine
    is_new: bool
    is_paid: bool


def record_waiting(*, at: datetime, most: int = BATCH) -> int:
    """Record transfers that wait in statements; return how many were looked at."""
    waiting = StatementLine.objects.filter(
        state=LineState.WAITING, statement__isnull=False, channel=Channel.TRANSFER
    ).order_by("pk")
    keys = list(waiting.values_list("pk", flat=True)[:most])
    for key in keys:
        record_line(key, by=SYSTEM, at=at)
    return len(keys)


@work.story
def record_line(pk: int, *, by: Actor, at: datetime) -> StatementLine:
    """Record the money of one line for the order that its words name, or find it a difference.

    Locks: the line.
    """
    line = StatementLine.objects.select_for_update().get(pk=pk)
    if line.state != LineState.WAITING:
        return line
    try:
        payment = pay_from(line, payments.find_code(line.words) or "", by=by, at=at)
    except payments.PaymentDiffers:  # a person looks at it; the lines after it do not wait
        payment = None
    if payment is None:
        line.state = LineState.DIFFERS
        if line.statement is not None:
            _miss(line, line.statement, at)
    elif line.statement_id is not None:
        explain(line, Channel.TRANSFER, by=by, at=at)
    line.save(update_fields=["state", "order_code", "payment"])
    return line


def pay_from(
    line: StatementLine, code: str, *, by: Actor, at: datetime, attempt_id: int | None = None
) -> payments.Payment | None:
    """Record a line's money for an order; None if that order does not exist. Does not save."""
    is_bank = line.channel == Channel.TRANSFER
    came = PaymentIn(
        channel=Channel(line.channel),
        amount_vnd=line.amount_vnd,
        partner_ref=f"{line.account}:{line.ref}" if is_bank else line.ref,
        paid_at=line.booked_at,
        attempt_id=attempt_id,
        words=line.words,
    )
    try:
        payment = payments.take_payment(code, came, by=by, at=at)
    except payments.NoSuchOrder:
        return None
    line.state, line.order_code, line.payment = LineState.MATCHED, code, payment
    return payment


def explain(line: StatementLine, channel: str, *, by: Actor, at: datetime) -> None:
    """Book that money in the account is what a channel has taken, for whose order it is."""
    payment = line.payment
    owner = payment.order.agency_id if payment is not None else line.agency_id
    legs = (
        Leg(AccountKind.SUSPENSE, line.agency_id, line.amount_vnd, UNEXPLAINED),
        Leg(AccountKind.CLEARING, owner, -line.amount_vnd, channel),
    )
    words = f"Tài khoản {line.account}, số tham chiếu {line.ref}: {line.words}"[:500]
    subject = f"order:{line.order_code}" if line.order_code else ""
    on = min(line.on, local_day(at))
    cashbook.post(EntryIn(RECORDED, f"{line.pk}", on, words, legs, subject), by=by, at=at)


def _miss(line: StatementLine, statement: Statement, at: datetime) -> None:
    Mismatch.objects.create(
        code=f"{statement.code}.{line.row}",
        kind=MismatchKind.MISSING_HERE,
        agency_id=line.agency_id,
        channel=line.channel,
        account=line.account,
        on=line.on,
        statement=statement,
        line=line,
        there_vnd=line.amount_vnd,
        found_at=at,
    )


def _owner(told: LineIn) -> int:
    """Return whose account it is: of this number at this bank, on the day of the money.

    Raises: BadNotice.
    """
    rows = payments.Beneficiary.objects.filter(number=told.account)
    if told.bank:
        rows = rows.filter(bank_bin=told.bank)
    on = local_day(told.booked_at)
    found = max(
        rows,
        key=lambda one: (
            one.valid_from <= on and (one.valid_to is None or one.valid_to >= on),
            one.valid_from,
            one.pk,
        ),
        default=None,
    )
    if found is None:
        raise BadNotice(f"Tài khoản {told.account} không phải tài khoản nhận tiền đã khai báo.")
    return found.agency_id


@work.story
def take_bank_notice(told: LineIn, *, at: datetime) -> Recorded:
    """Keep a line that a bank tells at once, and record its money; told twice it is one line.

    A line without the code of an order waits for the statement.

    Raises: BadNotice if it names an account that is not ours, or says another amount than before.
    """
    owner = _owner(told)
    if told.amount_vnd <= 0 or not told.ref:
        raise BadNotice("Báo có phải có số tham chiếu và số tiền lớn hơn 0.")
    line, is_new = StatementLine.objects.get_or_create(
        channel=Channel.TRANSFER,
        account=told.account,
        ref=told.ref,
        defaults={
            "row": 0,
            "agency_id": owner,
            "booked_at": min(told.booked_at, at),
            "on": local_day(min(told.booked_at, at)),
            "amount_vnd": told.amount_vnd,
            "words": told.words,
            "payer": told.payer,
        },
    )
    if not is_new and told.bank and line.statement_id is None and line.agency_id != owner:
        raise BadNotice(f"Số tham chiếu {told.ref} đã được báo cho tài khoản ở ngân hàng khác.")
    if line.amount_vnd != told.amount_vnd:
        raise BadNotice(f"Số tham chiếu {told.ref} đã được báo với số tiền khác.")
    if is_new and payments.find_code(told.words):
        line = record_line(line.pk, by=SYSTEM, at=at)
    return Recorded(line, is_new, line.payment_id is not None)
