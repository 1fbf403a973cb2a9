"""Who may act on a dossier: its applicant, its desk, those who handle it now."""

from collections.abc import Sequence
from dataclasses import replace

from motcua.casework.dossiers.choices import Authority, ScopeRole
from motcua.casework.dossiers.errors import NoSuchDossier
from motcua.casework.dossiers.models import Dossier, DossierScope, DossierStep, Visit
from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.people import api as people
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.errors import NotAllowed
from motcua.lib.tongue import said

_AT_WORK = (Power.HANDLE_DOSSIERS, Power.APPROVE_DOSSIERS)


def is_applicant(dossier: Dossier, by: Actor) -> bool:
    """Say whether the actor filed it, or is a member of the enterprise in whose name it was.

    Who files is a citizen, or a village helper for one. Who acts for the owner is one only of what
    was made under that mandate, whatever else may be seen.

    Costs: nothing for who filed it and for who acts for no enterprise, else one query.
    """
    is_filer = by.kind == ActorKind.CITIZEN or by.can(Power.FILE_FOR_OTHERS)
    if not is_filer or dossier.submitter_account_id != by.id:
        return acts_for_owner(dossier, by)
    if by.agent is None:
        return True
    acting = replace(by, agent=replace(by.agent, sees_all=False))
    return access.may_see(DossierScope, acting, dossier.pk)


def acts_for_owner(dossier: Dossier, by: Actor, power: str = people.ACT) -> bool:
    """Say whether the actor is a member of the enterprise it was filed for, with that power.

    Costs: one query for who acts for an enterprise.
    Source: docs/law/identity.md
    """
    is_member = by.kind == ActorKind.CITIZEN and by.agent is None
    units = by.powers.get(power, frozenset()) if is_member else frozenset()
    if not units or dossier.authority not in (Authority.STAFF, Authority.AGENT):
        return False
    rows = DossierScope.objects.filter(dossier_id=dossier.pk, role=ScopeRole.OWNER)
    return rows.filter(unit_id__in=units).exists()


def may_take_back(dossier: Dossier, by: Actor) -> bool:
    """Say whether the actor may withdraw it: who filed it, or who manages the enterprise."""
    is_filer = dossier.submitter_account_id == by.id
    return is_filer or acts_for_owner(dossier, by, people.MANAGE)


def require_applicant_or_desk(dossier: Dossier, by: Actor) -> None:
    """Let the applicant act, or the receiving desk for them.

    Raises: NotAllowed; NoSuchDossier for a citizen who may not know of it.
    """
    if is_applicant(dossier, by):
        return
    if by.kind == ActorKind.CITIZEN:
        message = said("Không tìm thấy hồ sơ %(code)s.", code=dossier.code)
        raise NoSuchDossier(message, hidden=f"dossier:{dossier.code}")
    by.require(Power.RECEIVE_DOSSIERS, unit_id=dossier.receiving_unit_id)


def handling_unit(dossier: Dossier, steps: Sequence[DossierStep], by: Actor) -> int:
    """Return the unit in which the actor works on an open step of the dossier.

    Raises: NotAllowed.
    """
    unit_id = _unit_in(steps, by)
    if unit_id is None:
        message = f"Ông/bà không đang xử lý hồ sơ {dossier.code}."
        raise NotAllowed(message)
    return unit_id


def unit_at_step(dossier: Dossier, steps: Sequence[DossierStep], step_seq: int, by: Actor) -> int:
    """Return the unit in which the actor works on this very step; on any, once it is closed.

    Raises: NotAllowed, also for who works on another step beside it.
    """
    return handling_unit(dossier, _of_step(steps, step_seq), by)


def unit_at_visit(dossier: Dossier, steps: Sequence[DossierStep], visit: Visit, by: Actor) -> int:
    """Return the unit in which the actor works on what the visit is for.

    That is where it was planned, or the step of the visit; any open step once these are closed.

    Raises: NotAllowed.
    """
    return handling_unit(dossier, _of_visit(steps, visit), by)


def works_on_step(steps: Sequence[DossierStep], step_seq: int, by: Actor) -> bool:
    """Say what `unit_at_step` would: nobody is shown the form of what is refused once sent."""
    return _unit_in(_of_step(steps, step_seq), by) is not None


def works_on_visit(steps: Sequence[DossierStep], visit: Visit, by: Actor) -> bool:
    """Say what `unit_at_visit` would."""
    return _unit_in(_of_visit(steps, visit), by) is not None


def _unit_in(steps: Sequence[DossierStep], by: Actor) -> int | None:
    for step in steps:
        if step.closed_at is None and any(by.can(p, unit_id=step.unit_id) for p in _AT_WORK):
            return step.unit_id
    return None


def _of_step(steps: Sequence[DossierStep], step_seq: int) -> Sequence[DossierStep]:
    return [one for one in steps if one.seq == step_seq and one.closed_at is None] or steps


def _of_visit(steps: Sequence[DossierStep], visit: Visit) -> Sequence[DossierStep]:
    open_now = [one for one in steps if one.closed_at is None]
    these = [s for s in open_now if s.unit_id == visit.unit_id or s.code == visit.step_code]
    return these or steps
