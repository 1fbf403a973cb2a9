"""Wait for others: posting, tax authority, outside bodies, money; then go on.

Source: docs/law/one-stop.md
"""

from collections.abc import Sequence
from datetime import datetime

from motcua.casework.dossiers.choices import Act, Status, SubState
from motcua.casework.dossiers.errors import DossierError
from motcua.casework.dossiers.models import Dossier
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, Ground
from motcua.casework.processes.api import StepKind, StepResult
from motcua.foundation.access.api import Power
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput
from motcua.lib.money import in_dong

from .clock import CLOCK, begin_wait, end_waits
from .reception import FeeIn, add_fees
from .rights import handling_unit
from .stepping import WORKABLE, close, go_on
from .steps import steps_of
from .telling import lock_dossier, tell
from .unsigning import check_not_signing

_BY_HAND = {
    Ground.POSTING: SubState.POSTED,
    Ground.TAX_AUTHORITY: SubState.OUTSIDE,
    Ground.OUTSIDE_BODY: SubState.OUTSIDE,
    Ground.OWN_WORK: SubState.NONE,
}
_ONLY_BY_LAW = frozenset({Ground.POSTING, Ground.OUTSIDE_BODY})


@work.story
def start_waiting(code: str, ground: Ground, note: str, *, by: Actor, at: datetime) -> Dossier:
    """Begin a time in which the office waits; what it does to the clock the version says.

    Raises: NoSuchDossier, NotAllowed, DossierError, BadInput.
    """
    dossier = lock_dossier(code)
    if dossier.status not in WORKABLE or dossier.paused_at is not None:
        message = f"Hồ sơ {code} không đang xử lý, hoặc đang chờ sẵn rồi."
        raise DossierError(message)
    check_not_signing(dossier)
    unit_id = handling_unit(dossier, steps_of(dossier), by)
    definition = procedures.definition_of(dossier.procedure_version_id)
    _check_ground(ground, definition)
    was = _at_work(dossier)
    dossier.sub_state = _BY_HAND[ground]
    begin_wait(dossier, ground, definition.waiting[ground], at=at, note=note)
    tell(
        dossier,
        Act.WAIT,
        by=by,
        at=at,
        was=was,
        note=note,
        changed=CLOCK,
        unit_id=unit_id,
        detail={"ground": str(ground)},
    )
    return dossier


def _check_ground(ground: Ground, definition: Definition) -> None:
    """Raises: BadInput for a ground with an act of its own, or that the law does not give."""
    steps = definition.process.steps if definition.process else ()
    provided = {step.pause_ground for step in steps}
    if ground not in _BY_HAND or (ground in _ONLY_BY_LAW and ground not in provided):
        message = f"Thủ tục này không cho tạm dừng thời hạn vì “{ground.label}”."
        raise BadInput(message, field="ground")


def _at_work(dossier: Dossier) -> Status:
    was = Status(dossier.status)
    if was == Status.RECEIVED:
        dossier.move_to(Status.PROCESSING)
    return was


@work.story
def end_waiting(code: str, note: str = "", *, by: Actor, at: datetime) -> Dossier:
    """Go on after a wait begun by hand or by a step; the promise moves as the version says.

    Raises: NoSuchDossier, NotAllowed, DossierError, NotWaiting.
    """
    dossier = lock_dossier(code)
    if dossier.status not in WORKABLE:
        message = f"Hồ sơ {code} đang ở “{Status(dossier.status).label}”, không phải đang xử lý."
        raise DossierError(message)
    unit_id = handling_unit(dossier, steps_of(dossier), by)
    definition = procedures.definition_of(dossier.procedure_version_id)
    end_waits(dossier, definition, *_BY_HAND, by=by, at=at)
    dossier.sub_state = SubState.NONE
    was = Status(dossier.status)
    tell(dossier, Act.RESUME, by=by, at=at, was=was, note=note, changed=CLOCK, unit_id=unit_id)
    return dossier


@work.story
def ask_payment(code: str, amounts: Sequence[FeeIn], *, by: Actor, at: datetime) -> Dossier:
    """Ask the applicant to pay what is due; after receipt the clock stands meanwhile.

    Raises: NoSuchDossier, NotAllowed, MoveNotAllowed, BadInput.
    """
    dossier = lock_dossier(code)
    check_not_signing(dossier)
    unit_id = _collecting_unit(dossier, by)
    total = sum(one.amount_vnd for one in amounts)
    if total <= 0:
        message = "Hãy ghi ít nhất một khoản phải nộp."
        raise BadInput(message, field="amounts")
    was = Status(dossier.status)
    dossier.move_to(Status.AWAITING_PAYMENT)
    note = "; ".join(f"{one.name}: {in_dong(one.amount_vnd)}" for one in amounts)
    if dossier.received_at is not None:
        definition = procedures.definition_of(dossier.procedure_version_id)
        term = definition.waiting[Ground.PAYMENT]
        begin_wait(dossier, Ground.PAYMENT, term, at=at, note=note[:1000])
    lines = [
        {"code": one.line_code, "name": one.name, "kind": one.kind, "amount_vnd": one.amount_vnd}
        for one in amounts
    ]
    tell(
        dossier,
        Act.ASK_PAYMENT,
        by=by,
        at=at,
        was=was,
        note=note[:2000],
        changed=CLOCK,
        unit_id=unit_id,
        detail={"amounts": lines, "total_vnd": total},
    )
    return dossier


def _collecting_unit(dossier: Dossier, by: Actor) -> int:
    """Return the receiving desk, or the unit at work, for which the actor deals with money."""
    if by.can(Power.RECEIVE_DOSSIERS, unit_id=dossier.receiving_unit_id):
        return dossier.receiving_unit_id
    return handling_unit(dossier, steps_of(dossier), by)


@work.story
def record_payment(code: str, fees: Sequence[FeeIn], *, by: Actor, at: datetime) -> Dossier:
    """Record what was paid, each with the number of its receipt; the work goes on.

    Before receipt the dossier then waits to be received.

    Raises: NoSuchDossier, NotAllowed, DossierError, BadInput.
    """
    dossier = lock_dossier(code)
    unit_id = _collecting_unit(dossier, by)
    was = Status(dossier.status)
    if was != Status.AWAITING_PAYMENT:
        message = f"Hồ sơ {code} đang ở “{was.label}”, không chờ nộp tiền."
        raise DossierError(message)
    if not fees:
        message = "Hãy ghi khoản đã nộp và số biên lai."
        raise BadInput(message, field="receipt_number")
    add_fees(dossier, fees, by=by, at=at)
    if dossier.received_at is None:
        dossier.sub_state = SubState.PAID
    else:
        dossier.move_to(Status.PROCESSING)
        definition = procedures.definition_of(dossier.procedure_version_id)
        end_waits(dossier, definition, Ground.PAYMENT, by=by, at=at)
        _finish_payment_step(dossier, definition, by=by, at=at)
    detail = {"total_vnd": sum(fee.amount_vnd for fee in fees)}
    act = Act.RECORD_PAYMENT
    changed = (*CLOCK, "resolved_at")
    tell(dossier, act, by=by, at=at, was=was, changed=changed, unit_id=unit_id, detail=detail)
    return dossier


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
