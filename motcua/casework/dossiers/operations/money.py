"""The money of dossiers: what is taken with an act, what becomes of it when a dossier ends.

Source: docs/law/money.md
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.queries.money import (
    kept_lines,
    still_charged,
    subject_of,
    taken_of,
    waiting_order,
)
from motcua.casework.fees import api as fee_tables
from motcua.casework.payments import api as payments
from motcua.casework.payments.api import LineIn, LineKind, OrderIn, Payer
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import FeeDue, FilingChannel
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput
from motcua.lib.tongue import said

from .rights import require_applicant_or_desk
from .stepping import facts_of
from .telling import lock_dossier

Pairs = Sequence[tuple[Dossier, Sequence["FeeIn"]]]
TERM = timedelta(days=15)


@dataclass(frozen=True, slots=True)
class FeeIn:
    """One amount asked for or taken; with the number of a paper receipt it was taken against one.

    Without a number it is cash into the officer's open drawer.
    """

    line_code: str
    name: str
    kind: str
    amount_vnd: int
    receipt_number: str = ""
    reason: str = ""
    rule: str = ""
    quantity: int = 1
    unit_name: str = ""


def take_fees(pairs: Pairs, *, by: Actor, at: datetime, unit_id: int | None = None) -> None:
    """Take what was paid for dossiers with the act under way: all cash by one order.

    `unit_id` is the desk at which it is taken, without one that which received the first dossier.
    Raises: BadInput, NoOpenDrawer where cash has neither a drawer nor a paper receipt.
    """
    check_receipts([fee for _, fees in pairs for fee in fees], by=by)
    for dossier, fees in pairs:
        typed = [fee for fee in fees if fee.receipt_number or not fee.amount_vnd]
        if typed:
            payments.record_typed(order_in([(dossier, typed)], unit_id), by=by, at=at)
    cash = [(one, [fee for fee in fees if _is_cash(fee)]) for one, fees in pairs]
    if any(fees for _, fees in cash):
        payments.open_and_pay_cash(order_in(cash, unit_id), by=by, at=at)


def _is_cash(fee: FeeIn) -> bool:
    return bool(fee.amount_vnd) and not fee.receipt_number


def check_receipts(fees: Sequence[FeeIn], *, by: Actor) -> None:
    """Raises: BadInput for cash of somebody without an open drawer, and without a paper receipt."""
    cash = next((fee for fee in fees if _is_cash(fee)), None)
    if cash is not None and not payments.takes_cash(by):
        message = (
            f"Hãy mở ca thu để thu tiền mặt, hoặc ghi số biên lai giấy cho khoản “{cash.name}”."
        )
        raise BadInput(message, field="receipt_number")


def order_in(
    pairs: Pairs, unit_id: int | None = None, *, expires_at: datetime | None = None
) -> OrderIn:
    """Return the order that asks for these amounts; the first dossier stands for all of them."""
    first = pairs[0][0]
    desk = unit_id or first.receiving_unit_id
    lines = [_line(dossier, fee) for dossier, fees in pairs for fee in fees]
    version = procedures.definition_of(first.procedure_version_id)
    return OrderIn(
        subject=subject_of(first.code),
        agency_id=organisation.tree().agency_of(desk).id,
        unit_id=desk,
        payer=Payer(
            first.submitter_name or first.applicant_name,
            address=first.submitter_address,
            account_id=first.submitter_account_id,
            email="" if first.submitter_account_id else first.submitter_email,
        ),
        lines=lines,
        expires_at=expires_at,
        procedure_code=version.code,
    )


def _line(dossier: Dossier, fee: FeeIn) -> LineIn:
    known = fee.kind in LineKind.values
    return LineIn(
        code=fee.line_code,
        name=fee.name,
        kind=LineKind(fee.kind) if known else LineKind.OTHER,
        quantity=fee.quantity,
        amount_vnd=fee.amount_vnd,
        reason=fee.reason,
        rule=fee.rule,
        subject=subject_of(dossier.code),
        unit_name=fee.unit_name,
        receipt_number=fee.receipt_number,
        procedure_code=procedures.definition_of(dossier.procedure_version_id).code,
    )


@work.story
def pay_ahead(code: str, *, by: Actor, at: datetime) -> payments.Order:
    """Return the order by which the applicant pays what is due before anybody asks for it.

    The work does not wait for it; whoever asks again gets the order that still waits.
    Raises: NoSuchDossier, NotAllowed, BadInput where nothing is left to be paid.
    Source: docs/law/money.md
    """
    dossier = lock_dossier(code)
    require_applicant_or_desk(dossier, by)
    waiting = waiting_order(dossier)
    if waiting is not None:
        return waiting
    left = left_to_pay(dossier)
    if not left:
        message = said("Hồ sơ %(code)s không còn khoản phí, lệ phí nào phải nộp.", code=code)
        raise BadInput(message, field="code")
    asked = [fee_in(one) for one in left]
    return payments.open_order(order_in([(dossier, asked)], expires_at=at + TERM), by=by, at=at)


def fee_in(due: FeeDue) -> FeeIn:
    """Return what the version sets as an amount to be asked for."""
    return FeeIn(
        due.line.code,
        due.line.name,
        due.line.kind.value,
        due.amount_vnd,
        reason=due.reason,
        rule=due.rule or due.line.basis,
        quantity=due.quantity,
        unit_name=due.line.per,
    )


def left_to_pay(dossier: Dossier) -> list[FeeDue]:
    """Return what the version sets for a dossier that is not over, and nobody has taken yet.

    Nothing where an amount cannot be reckoned: the desk then says what is due.
    """
    if dossier.closed_at is not None or dossier.returned_at is not None:
        return []
    definition = procedures.definition_of(dossier.procedure_version_id)
    if not definition.fees:
        return []
    paid = {one.line_code for one in taken_of(dossier)}
    channel = FilingChannel(dossier.channel)
    dues = still_charged(
        dossier, fee_tables.fees_due(definition, dossier.case_code, channel, facts_of(dossier))
    )
    if any(one.trouble for one in dues):
        return []
    return [one for one in dues if one.amount_vnd and one.line.code not in paid]


def drop_waiting(dossier: Dossier, *, by: Actor, at: datetime) -> None:
    """Withdraw the order that waits, as its amounts are taken at the desk now."""
    order = waiting_order(dossier)
    if order is not None:
        payments.cancel_order(order.code, "Đã thu tại quầy", by=by, at=at)


def settle_money(dossier: Dossier, reason: str, *, by: Actor, at: datetime) -> int:
    """Settle the money of a dossier that ends without an outcome; return what is to go back.

    What still waits is cancelled; what was paid goes back, or not, by the rule of the version, and
    a second person decides. What was taken against paper receipts is settled in the paper books.

    Source: docs/law/money.md
    """
    version = procedures.definition_of(dossier.procedure_version_id)
    kept = {line.code for line in kept_lines(dossier)}
    return payments.close_subject(
        subject_of(dossier.code),
        reason,
        lambda line: line.code not in kept,
        by=by,
        at=at,
        basis=f"Quy định về phí, lệ phí của thủ tục {version.code}",
    )
