"""Ask for money and go on when it has come: orders of ours, dues of other bodies.

Source: docs/law/money.md
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import itemgetter

from motcua.casework.dossiers.choices import Act, Status, SubState
from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.queries.money import (
    code_of,
    dues_of,
    subject_of,
    waiting_order,
)
from motcua.casework.payments import api as payments
from motcua.casework.payments.api import EvidenceIn, ObligationIn, ObligationState
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, Ground
from motcua.casework.processes.api import StepKind, StepResult
from motcua.foundation.access.api import Power
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.errors import BadInput
from motcua.lib.money import in_dong

from .clock import CLOCK, begin_wait, end_waits
from .money import TERM, FeeIn, order_in, take_fees
from .rights import handling_unit
from .stepping import close, go_on
from .steps import steps_of
from .telling import lock_dossier, tell
from .unsigning import check_not_signing

MOST_TOGETHER = 15


@work.story
def ask_payment(code: str, amounts: Sequence[FeeIn], *, by: Actor, at: datetime) -> Dossier:
    """Ask the applicant to pay what is due; after receipt the clock stands meanwhile.

    Raises: NoSuchDossier, NotAllowed, MoveNotAllowed, BadInput.
    """
    dossier = _held_to_charge(code, by)
    if sum(one.amount_vnd for one in amounts) <= 0:
        message = "Hãy ghi ít nhất một khoản phải nộp."
        raise BadInput(message, field="amounts")
    _open([(dossier, amounts)], by=by, at=at)
    return dossier


@work.story
def ask_together(
    asked: Sequence[tuple[str, Sequence[FeeIn]]], *, by: Actor, at: datetime
) -> payments.Order:
    """Ask one person to pay for several dossiers at once: one order with all their lines.

    Raises: NoSuchDossier, NotAllowed, MoveNotAllowed, BadInput where they are of several people.
    """
    wanted = [(code, fees) for code, fees in asked if sum(one.amount_vnd for one in fees)]
    if not 0 < len(wanted) <= MOST_TOGETHER:
        message = f"Chọn từ 1 đến {MOST_TOGETHER} hồ sơ còn khoản phải nộp."
        raise BadInput(message, field="codes")
    pairs = [(_held_to_charge(code, by), fees) for code, fees in sorted(wanted, key=itemgetter(0))]
    people = {(one.submitter_name, one.submitter_account_id) for one, _ in pairs}
    desks = {one.receiving_unit_id for one, _ in pairs}
    if len(people) > 1 or len(desks) > 1:
        message = "Chỉ gộp được hồ sơ của cùng một người nộp, tại cùng một nơi tiếp nhận."
        raise BadInput(message, field="codes")
    return _open(pairs, by=by, at=at)


def _held_to_charge(code: str, by: Actor) -> Dossier:
    dossier = lock_dossier(code)
    check_not_signing(dossier)
    _collecting_unit(dossier, by)
    return dossier


def _open(
    pairs: Sequence[tuple[Dossier, Sequence[FeeIn]]], *, by: Actor, at: datetime
) -> payments.Order:
    for dossier, _ in pairs:
        earlier = waiting_order(dossier)
        if earlier is not None:
            payments.cancel_order(earlier.code, "Thay bằng đơn mới", by=by, at=at)
    asked = [(one, [replace(fee, receipt_number="") for fee in fees]) for one, fees in pairs]
    order = payments.open_order(order_in(asked, expires_at=at + TERM), by=by, at=at)
    for dossier, amounts in pairs:
        _await_money(dossier, amounts, {"order": order.code}, by=by, at=at)
    return order


def _await_money(
    dossier: Dossier,
    amounts: Sequence[FeeIn],
    more: Mapping[str, object],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Let a dossier wait for money, with what is asked in its history."""
    was = Status(dossier.status)
    dossier.move_to(Status.AWAITING_PAYMENT)
    if dossier.received_at is not None:
        definition = procedures.definition_of(dossier.procedure_version_id)
        term = definition.waiting[Ground.PAYMENT]
        begin_wait(dossier, Ground.PAYMENT, term, at=at, note=_in_words(amounts)[:1000])
    _tell_asked(dossier, amounts, more, was, by=by, at=at)


def _in_words(amounts: Sequence[FeeIn]) -> str:
    return "; ".join(f"{one.name}: {in_dong(one.amount_vnd)}" for one in amounts)


def _tell_asked(
    dossier: Dossier,
    amounts: Sequence[FeeIn],
    more: Mapping[str, object],
    was: Status,
    *,
    by: Actor,
    at: datetime,
) -> None:
    lines = [
        {"code": one.line_code, "name": one.name, "kind": one.kind, "amount_vnd": one.amount_vnd}
        for one in amounts
    ]
    total = sum(one.amount_vnd for one in amounts)
    tell(
        dossier,
        Act.ASK_PAYMENT,
        by=by,
        at=at,
        was=was,
        note=_in_words(amounts)[:2000],
        changed=CLOCK,
        unit_id=_collecting_unit(dossier, by),
        detail={"amounts": lines, "total_vnd": total, **more},
    )


def _collecting_unit(dossier: Dossier, by: Actor) -> int:
    """Return the receiving desk, or the unit at work, for which the actor deals with money."""
    if by.can(Power.RECEIVE_DOSSIERS, unit_id=dossier.receiving_unit_id):
        return dossier.receiving_unit_id
    return handling_unit(dossier, steps_of(dossier), by)


@work.story
def record_payment(code: str, fees: Sequence[FeeIn], *, by: Actor, at: datetime) -> Dossier:
    """Record what was paid against paper receipts; the order is withdrawn and the work goes on.

    Other dossiers of that order are asked by a new one. Before receipt the dossier then waits to
    be received; while a due of another body is open it waits on.

    Raises: NoSuchDossier, NotAllowed, DossierError, BadInput.
    """
    dossier = lock_dossier(code)
    unit_id = _collecting_unit(dossier, by)
    _check_awaits(dossier)
    _check_not_paid(dossier)
    if not fees:
        message = "Hãy ghi khoản đã nộp và số biên lai."
        raise BadInput(message, field="receipt_number")
    order = waiting_order(dossier)
    if order is not None:
        reason = "Đã nộp, có biên lai giấy"
        payments.leave_order(order.code, subject_of(code), reason, by=by, at=at)
    take_fees([(dossier, fees)], by=by, at=at)
    work.flush()
    if not _still_waits(dossier):
        total = sum(fee.amount_vnd for fee in fees)
        _go_on(dossier, {"total_vnd": total}, by=by, at=at, unit_id=unit_id)
    return dossier


def _held_together(code: str) -> dict[str, Dossier]:
    """Return a dossier and those that share the order it waits for, by code.

    Locks: all of them in the order of their codes, before the order itself.
    """
    order = payments.waiting_order(subject_of(code))
    shared = {code_of(line.subject) for line in payments.lines_of(order)} if order else set()
    return {one: lock_dossier(one) for one in sorted({code, *filter(None, shared)})}


def _check_awaits(dossier: Dossier) -> None:
    """Raises: DossierError."""
    was = Status(dossier.status)
    if was != Status.AWAITING_PAYMENT:
        message = f"Hồ sơ {dossier.code} đang ở “{was.label}”, không chờ nộp tiền."
        raise DossierError(message)


def _check_not_paid(dossier: Dossier) -> None:
    """Raises: DossierError."""
    if dossier.sub_state == SubState.PAID:
        message = f"Hồ sơ {dossier.code} đã nộp đủ tiền, đang chờ tiếp nhận."
        raise DossierError(message)


@work.story
def take_cash(code: str, *, by: Actor, at: datetime) -> payments.Payment:
    """Take in cash what the order of a dossier still asks for; all its dossiers go on.

    Raises: NoSuchDossier, NotAllowed, DossierError, NoOpenDrawer, OrderClosed.
    """
    held = _held_together(code)
    dossier = held[code]
    _collecting_unit(dossier, by)
    _check_awaits(dossier)
    order = _waiting(dossier)
    payment = payments.pay_cash(order.code, amount_vnd=order.left_vnd, by=by, at=at)
    work.flush()
    whole = payments.get_order(order.code)
    for one in held.values():
        _after_order(one, whole, by=by, at=at)
    return payment


def _waiting(dossier: Dossier) -> payments.Order:
    """Return the order a dossier waits for. Raises: DossierError."""
    order = waiting_order(dossier)
    if order is None:
        message = f"Hồ sơ {dossier.code} không có đơn nộp tiền đang chờ."
        raise DossierError(message)
    return order


@work.story
def give_more_time(code: str, *, by: Actor, at: datetime) -> payments.Order:
    """Let the order of a dossier be paid for one more term, also after it has expired.

    Raises: NoSuchDossier, NotAllowed, DossierError, OrderClosed.
    """
    dossier = _held_to_charge(code, by)
    _check_awaits(dossier)
    return payments.prolong_order(_waiting(dossier).code, at + TERM, by=by, at=at)


@work.story
def take_order_paid(code: str, order_code: str, *, at: datetime) -> None:
    """Let a dossier go on whose order was paid; nothing where it went on already."""
    dossier = lock_dossier(code)
    _after_order(dossier, payments.get_order(order_code), by=SYSTEM, at=at)


def _after_order(dossier: Dossier, order: payments.Order, *, by: Actor, at: datetime) -> None:
    awaits = dossier.status == Status.AWAITING_PAYMENT and dossier.sub_state != SubState.PAID
    if not awaits or _still_waits(dossier):
        return
    detail = {"order": order.code, "total_vnd": _part_of(order, dossier)}
    _go_on(dossier, detail, by=by, at=at, unit_id=dossier.receiving_unit_id)


def _still_waits(dossier: Dossier) -> bool:
    if waiting_order(dossier) is not None:
        return True
    return any(one.state == ObligationState.DUE for one in dues_of(dossier))


def _part_of(order: payments.Order, dossier: Dossier) -> int:
    mine = subject_of(dossier.code)
    return sum(line.amount_vnd for line in payments.lines_of(order) if line.subject == mine)


def _go_on(
    dossier: Dossier, detail: dict[str, object], *, by: Actor, at: datetime, unit_id: int
) -> None:
    """Let the work go on after the money; before receipt the desk may now receive."""
    was = Status(dossier.status)
    if dossier.received_at is None:
        dossier.sub_state = SubState.PAID
    else:
        dossier.move_to(Status.PROCESSING)
        definition = procedures.definition_of(dossier.procedure_version_id)
        end_waits(dossier, definition, Ground.PAYMENT, by=by, at=at)
        _finish_payment_step(dossier, definition, by=by, at=at)
    act = Act.RECORD_PAYMENT
    changed = (*CLOCK, "resolved_at")
    tell(dossier, act, by=by, at=at, was=was, changed=changed, unit_id=unit_id, detail=detail)


def _finish_payment_step(
    dossier: Dossier, definition: Definition, *, by: Actor, at: datetime
) -> None:
    """Close the step that was waiting for the money, and open what comes next."""
    steps = steps_of(dossier)
    for step in steps:
        if step.closed_at is None and step.kind == StepKind.PAYMENT:
            close(step, StepResult.DONE, "", by=by, at=at)
            go_on(dossier, definition, steps, at=at)
            return


@dataclass(frozen=True, slots=True)
class DueIn:
    """A notice of another body, as of the tax authority on land."""

    body_name: str
    notice_number: str
    notice_on: date
    name: str
    amount_vnd: int
    due_on: date | None = None


@work.story
def record_due(code: str, due: DueIn, *, by: Actor, at: datetime) -> Dossier:
    """Record what another body asks for: paid there, while the dossier waits; no receipt of ours.

    A dossier that waits already waits for this too.
    Raises: NoSuchDossier, NotAllowed, MoveNotAllowed, BadInput.
    Source: docs/law/money.md
    """
    dossier = _held_to_charge(code, by)
    _check_not_paid(dossier)
    asked = ObligationIn(
        subject=subject_of(code),
        agency_id=dossier.agency_id,
        body_name=due.body_name,
        notice_number=due.notice_number,
        notice_on=due.notice_on,
        name=due.name,
        amount_vnd=due.amount_vnd,
        due_on=due.due_on,
    )
    made = payments.record_obligation(asked, by=by, at=at)
    line = FeeIn(made.code, made.name, payments.LineKind.OTHER, made.amount_vnd)
    more = {"due": made.code, "body": made.body_name, "notice": made.notice_number}
    if dossier.status == Status.AWAITING_PAYMENT:
        _tell_asked(dossier, [line], more, Status.AWAITING_PAYMENT, by=by, at=at)
    else:
        _await_money(dossier, [line], more, by=by, at=at)
    return dossier


@work.story
def record_due_paid(
    code: str, due_code: str, seen: EvidenceIn, *, by: Actor, at: datetime
) -> Dossier:
    """Record by which paper one knows that a due was paid, or need not be; the work goes on.

    Raises: NoSuchDossier, NotAllowed, DossierError, NoSuchObligation, PaymentError, BadInput.
    """
    dossier = lock_dossier(code)
    unit_id = _collecting_unit(dossier, by)
    _check_awaits(dossier)
    mine = {one.code: one for one in dues_of(dossier)}
    if due_code not in mine:
        message = f"Hồ sơ {code} không có khoản phải nộp {due_code}."
        raise payments.NoSuchObligation(message)
    payments.record_evidence(due_code, seen, by=by, at=at)
    work.flush()
    if not _still_waits(dossier):
        amount = 0 if seen.is_lifted else mine[due_code].amount_vnd
        detail = {"due": due_code, "evidence": seen.number, "total_vnd": amount}
        _go_on(dossier, detail, by=by, at=at, unit_id=unit_id)
    return dossier
