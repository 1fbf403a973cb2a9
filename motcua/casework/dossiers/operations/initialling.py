"""Who gives the initials of an outcome or notice before its leader signs (ký nháy).

Source: docs/law/signing.md
"""

from collections.abc import Sequence
from datetime import datetime

from motcua.casework.dossiers.events import OutcomeToSign
from motcua.casework.dossiers.models import Dossier, DossierStep
from motcua.casework.dossiers.queries.deciding import deciding
from motcua.casework.dossiers.queries.signing import policy_of
from motcua.casework.procedures.api import Definition
from motcua.casework.processes.api import StepKind
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole, UnitKind
from motcua.foundation.outbox import api as outbox
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import InitialBy, TurnIn, TurnRole
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .steps import steps_of

_APPROVING = frozenset({StepKind.APPROVAL, StepKind.DECISION})


def announce_signing(
    dossier: Dossier,
    definition: Definition,
    opened: Sequence[DossierStep],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Announce a decision that opened if its outcome is to be initialled first.

    Costs: nothing where no policy asks for initials.
    """
    for step in opened:
        if step.kind == StepKind.DECISION:
            policy = policy_of(dossier, definition, at)
            if policy is not None and policy.initials:
                event = OutcomeToSign(dossier.pk, step.seq, dossier.code)
                outbox.announce(event, by=by, at=at)


def initial_turns(
    dossier: Dossier, policy: signing.PolicyInfo, leader_id: int, at: datetime
) -> tuple[TurnIn, ...]:
    """Return the initials that the policy asks for, in its order.

    Who would give two gives one; who signs as leader needs none of his own.

    Raises: SigningError where nobody can give one.
    Costs: nothing without initials, else up to four queries.
    """
    if not policy.initials:
        return ()
    steps = [one for one in steps_of(dossier) if one.closed_at is not None]
    steps.sort(key=lambda one: (one.closed_at, one.seq))
    found: list[TurnIn] = []
    taken = {leader_id}
    for giver in policy.initials:
        turn = _TURNS[giver](dossier, steps, at)
        if turn.account_id is None or turn.account_id not in taken:
            found.append(turn)
            taken.add(turn.account_id or 0)
    return tuple(found)


def _by_drafter(dossier: Dossier, steps: Sequence[DossierStep], _at: datetime) -> TurnIn:
    """Return the turn of who did the latest step of work."""
    done = [one for one in steps if one.kind not in _APPROVING]
    return _of_step(done[-1]) if done else TurnIn(TurnRole.INITIAL, dossier.competent_unit_id)


def _by_unit_head(dossier: Dossier, steps: Sequence[DossierStep], at: datetime) -> TurnIn:
    """Return the turn of who approved at a step of the process, else of the drafter's head."""
    approved = [one for one in steps if one.kind == StepKind.APPROVAL]
    if approved:
        return _of_step(approved[-1])
    unit_id = _by_drafter(dossier, steps, at).unit_id
    seats = organisation.seats_of_units([unit_id], local_day(at), roles=(PostRole.UNIT_HEAD,))
    names = {one.officer_id: one.officer_name for one in seats if one.officer_id}
    for officer_id, account_id in identity.accounts_of_officers(names).items():
        return TurnIn(TurnRole.INITIAL, unit_id, account_id, names[officer_id])
    name = organisation.name_of_unit(unit_id, on=local_day(at))
    raise signing.SigningError(f"{name} chưa có trưởng đơn vị để ký nháy; hãy phân công.")


def _by_office(dossier: Dossier, _steps: Sequence[DossierStep], at: datetime) -> TurnIn:
    """Return the turn of whoever signs in the agency's office: it answers for the form."""
    agency_id = deciding(dossier).agency_id
    units = organisation.tree().units_of(agency_id)
    office = next((one for one in units if one.kind == UnitKind.OFFICE), None)
    if office is None:
        name = organisation.name_of_agency(agency_id, on=local_day(at))
        message = f"{name} chưa có Văn phòng để ký nháy thể thức; hãy sửa chính sách ký số."
        raise signing.SigningError(message)
    return TurnIn(TurnRole.INITIAL, office.id)


def _of_step(step: DossierStep) -> TurnIn:
    name = step.closed_by_name if step.closed_by_id else ""
    return TurnIn(TurnRole.INITIAL, step.unit_id, step.closed_by_id or None, name)


_TURNS = {
    InitialBy.DRAFTER: _by_drafter,
    InitialBy.UNIT_HEAD: _by_unit_head,
    InitialBy.OFFICE: _by_office,
}
