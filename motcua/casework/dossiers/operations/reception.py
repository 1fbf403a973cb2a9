"""The desk: receive (an on-line filing or in person), guide, refuse.

Source: docs/law/one-stop.md
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from motcua.casework.dossiers.choices import Act, IssuedForm, ScopeRole, Status, SubState
from motcua.casework.dossiers.errors import DossierError, SeveralWrong
from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.queries.clock import ON_ARRIVAL
from motcua.casework.dossiers.queries.facts import facts_of_answers
from motcua.casework.dossiers.rules.application import Application, check_complete
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition, FilingChannel
from motcua.foundation.access.api import Power
from motcua.foundation.requests import api as requests
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import Anticipated, BadInput, NotAllowed

from .acknowledging import acknowledge
from .arriving import has_to_arrive
from .clock import CLOCK, start_clock
from .filing import (
    add_parts,
    check_due,
    enter,
    first_interests,
    in_force,
    with_receiving_desk,
)
from .issuing import give_back_originals, issue
from .money import FeeIn, check_receipts, drop_waiting, settle_money, take_fees
from .paying import check_paid, paid_lines, takes_fees_at_filing
from .stepping import enter_steps, facts_of, is_conditional
from .steps import open_next
from .telling import let_see, lock_dossier, tell

_RECEIVABLE = frozenset({Status.SUBMITTED, Status.AWAITING_APPLICANT, Status.AWAITING_PAYMENT})
MOST_IN_ONE_GO = 15
_RECEIVED = ("received_at", "received_by_id", "received_by_name", "clock_from", "due_at")


def receive_in_person(
    application: Application,
    *,
    desk_unit_id: int,
    by: Actor,
    at: datetime,
    fees: Sequence[FeeIn] = (),
    key: str = "",
) -> str:
    """Take in and receive an application at a desk, and answer with its code.

    Raises: NotAllowed, NotForFiling, AnswersWrong, PapersMissing.
    """
    taken = with_receiving_desk(application, desk_unit_id)
    if not key:
        return _receive_in_person(taken, by=by, at=at, fees=fees, key="")
    return requests.carry_out_once(
        key, lambda: _receive_in_person(taken, by=by, at=at, fees=fees, key=key), by=by
    )


@work.story
def _receive_in_person(
    application: Application, *, by: Actor, at: datetime, fees: Sequence[FeeIn], key: str
) -> str:
    dossier = receive_application(application, by=by, at=at, fees=fees)
    if key:
        requests.claim_key(key, dossier.code, by=by, at=at)
    return dossier.code


def receive_application(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    fees: Sequence[FeeIn] = (),
    takes_money: bool = True,
) -> Dossier:
    """Enter and receive an application inside a story; the row is not yet in the database.

    Without `takes_money` the caller takes the fees, as of several dossiers at once.

    Raises: NotAllowed, NotForFiling, AnswersWrong, PapersMissing.
    """
    by.require(Power.RECEIVE_DOSSIERS, unit_id=application.receiving_unit_id)
    found = in_force(application, at)
    check_complete(application, found.definition, on=local_day(at), must_answer=False)
    dossier = enter(application, found, at=at)
    dossier.check_due_at = check_due(dossier, found.definition, dossier.submitted_at)
    facts = facts_of_answers(dossier, application.answers)
    check_paid(dossier, found.definition, facts, [fee.line_code for fee in fees])
    add_parts(dossier, application, found.definition, by=by, at=at)
    _accept(dossier, found.definition, facts, by=by, at=at)
    if takes_money and fees:
        take_fees([(dossier, fees)], by=by, at=at)
    interests = first_interests(dossier)
    if dossier.return_unit_id != dossier.receiving_unit_id:
        interests.append((dossier.return_unit_id, ScopeRole.RETURNING))
    let_see(dossier, interests)
    tell(dossier, Act.RECEIVE, by=by, at=at, was="", is_new=True)
    if found.definition.acknowledged_by:
        acknowledge(dossier, found.definition, by=by, at=at)
    return dossier


def receive_several(
    applications: Sequence[Application],
    *,
    desk_unit_id: int,
    by: Actor,
    at: datetime,
    fees: Sequence[Sequence[FeeIn]] = (),
    key: str = "",
) -> list[str]:
    """Receive several applications of one person in one go, all or none; return their codes.

    `fees` is what was taken for each of them, in the same order.

    Raises: BadInput for none or too many; NotAllowed; SeveralWrong, saying what is wrong with each.
    """
    if not 0 < len(applications) <= MOST_IN_ONE_GO:
        message = f"Mỗi lần tiếp nhận từ 1 đến {MOST_IN_ONE_GO} hồ sơ."
        raise BadInput(message)
    paid = [*fees, *[()] * len(applications)]
    taken = [with_receiving_desk(one, desk_unit_id) for one in applications]
    pairs = list(zip(taken, paid, strict=False))
    if not key:
        return _codes(_receive_several(pairs, by=by, at=at, key=""))
    answer = requests.carry_out_once(
        key, lambda: _receive_several(pairs, by=by, at=at, key=key), by=by
    )
    return _codes(answer)


@work.story
def _receive_several(
    pairs: Sequence[tuple[Application, Sequence[FeeIn]]], *, by: Actor, at: datetime, key: str
) -> str:
    by.require(Power.RECEIVE_DOSSIERS, unit_id=pairs[0][0].receiving_unit_id)
    complaints = dict(_complaints(pairs, by=by, at=at))
    if complaints:
        raise SeveralWrong(complaints)
    received = []
    for place, (one, fees) in enumerate(pairs):
        try:
            received.append(receive_application(one, by=by, at=at, fees=fees, takes_money=False))
        except NotAllowed:
            raise
        except Anticipated as error:
            raise SeveralWrong({place: error}) from error
    paid = [(one, fees) for one, (_, fees) in zip(received, pairs, strict=True) if fees]
    if paid:
        take_fees(paid, by=by, at=at)
    answer = " ".join(str(dossier.pk) for dossier in received)
    if key:
        requests.claim_key(key, answer, by=by, at=at)
    return answer


def _complaints(
    pairs: Sequence[tuple[Application, Sequence[FeeIn]]], *, by: Actor, at: datetime
) -> Iterator[tuple[int, Anticipated]]:
    """Yield the place of each application that cannot be received, and why."""
    for place, (application, fees) in enumerate(pairs):
        try:
            found = in_force(application, at)
            day = local_day(at)
            check_complete(application, found.definition, on=day, must_answer=False)
            check_receipts(fees, by=by)
        except Anticipated as error:
            yield place, error


def _codes(answer: str) -> list[str]:
    """Return the codes of the dossiers whose keys stand in the answer, in that order."""
    codes = Dossier.objects.in_bulk([int(key) for key in answer.split()])
    return [codes[int(key)].code for key in answer.split()]


@work.story
def receive_dossier(
    code: str, *, by: Actor, at: datetime, fees: Sequence[FeeIn] = (), key: str = ""
) -> Dossier:
    """Accept a filed dossier at the desk it came to, and promise a moment for its result.

    Raises: NoSuchDossier, NotAllowed, MoveNotAllowed, NotPaid where a fee is due at filing.
    """
    dossier = lock_dossier(code)
    by.require(Power.RECEIVE_DOSSIERS, unit_id=dossier.receiving_unit_id)
    was = Status(dossier.status)
    if was not in _RECEIVABLE or dossier.received_at is not None:
        message = f"Hồ sơ {code} đang ở “{was.label}”, không còn chờ tiếp nhận."
        raise DossierError(message)
    definition = procedures.definition_of(dossier.procedure_version_id)
    takes_fee_first = takes_fees_at_filing(definition)
    facts = facts_of(dossier) if takes_fee_first or is_conditional(definition) else {}
    if takes_fee_first:
        paid = [fee.line_code for fee in fees] + paid_lines(dossier)
        check_paid(dossier, definition, facts, paid)
    _accept(dossier, definition, facts, by=by, at=at)
    if fees:
        drop_waiting(dossier, by=by, at=at)
        take_fees([(dossier, fees)], by=by, at=at)
    changed = (*_RECEIVED, "due_originally_at", *CLOCK)
    tell(dossier, Act.RECEIVE, by=by, at=at, was=was, changed=changed)
    if key:
        requests.claim_key(key, dossier.code, by=by, at=at)
    return dossier


def _accept(
    dossier: Dossier,
    definition: Definition,
    facts: Mapping[str, Any],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Start the clock, open the first steps, and issue the slip where one is due."""
    dossier.move_to(Status.RECEIVED)
    dossier.sub_state = SubState.NONE
    dossier.received_at = max(at, dossier.submitted_at)
    dossier.received_by_id, dossier.received_by_name = by.id, by.name
    if has_to_arrive(dossier, definition):
        why = ON_ARRIVAL
    else:
        counts_from_filing = dossier.entered_late_at or dossier.channel == FilingChannel.POST
        dossier.clock_from = dossier.submitted_at if counts_from_filing else dossier.received_at
        why = start_clock(dossier, definition, by=by, at=at)
    if definition.process is not None:
        opened = open_next(dossier, definition.process, (), definition.known(facts), at=at)
        if dossier.clock_from is not None:
            enter_steps(dossier, definition, opened, at=at)
    is_on_its_day = definition.is_same_day and dossier.clock_from is not None
    if not is_on_its_day or is_after_cut_off(dossier):
        issue(dossier, IssuedForm.SLIP, by=by, at=at, data={"why": why})


def is_after_cut_off(dossier: Dossier) -> bool:
    """Say whether a same-day dossier came too late to be settled on its day."""
    received, due = dossier.received_at, dossier.due_at
    return received is not None and due is not None and local_day(due) > local_day(received)


@work.story
def refuse_dossier(code: str, *, reason: str, basis: str, by: Actor, at: datetime) -> Dossier:
    """Refuse to receive, with a coded or written reason and its basis in law (paper 03).

    Raises: NoSuchDossier, NotAllowed, MoveNotAllowed, BadInput.
    """
    dossier = lock_dossier(code)
    by.require(Power.RECEIVE_DOSSIERS, unit_id=dossier.receiving_unit_id)
    if not reason.strip() or not basis.strip():
        message = "Từ chối phải nêu lý do và căn cứ pháp lý."
        raise BadInput(message, field="basis" if reason.strip() else "reason")
    was = Status(dossier.status)
    dossier.move_to(Status.REFUSED)
    data = {"reason": reason, "basis": basis, "title": by.title}
    issue(dossier, IssuedForm.REFUSAL, by=by, at=at, data=data)
    give_back_originals(dossier, at=at)
    settle_money(dossier, f"Từ chối tiếp nhận: {reason}", by=by, at=at)
    tell(dossier, Act.REFUSE, by=by, at=at, was=was, note=reason, detail={"basis": basis})
    return dossier
