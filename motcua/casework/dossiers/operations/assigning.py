"""Say how a unit's new work is assigned; hand an officer's open work to others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.casework.dossiers.choices import Act, AssignmentWay, ScopeRole, Status
from motcua.casework.dossiers.models import AssignmentRule, Dossier, DossierStep
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput

from .choosing import Assignee, forget_rules
from .telling import let_see, lock_dossier, tell


@dataclass(frozen=True, slots=True)
class RuleIn:
    """One officer's part in the automatic assignment; an area only where it is by area."""

    way: AssignmentWay
    account_id: int
    name: str
    area: str = ""
    is_away: bool = False


@work.story
def set_assignment_rules(
    unit_id: int, rules: Sequence[RuleIn], *, by: Actor, at: datetime
) -> list[AssignmentRule]:
    """Put these rules in place of the unit's earlier ones; none means work waits to be taken.

    Raises: NotAllowed, BadInput.
    """
    by.require(Power.ASSIGN_DOSSIERS, unit_id=unit_id)
    ways = {rule.way for rule in rules} - {AssignmentWay.AREA}
    if len(ways) > 1:
        message = "Một đơn vị chỉ phân công lần lượt, hoặc theo khối lượng việc."
        raise BadInput(message, field="way")
    if any(rule.way == AssignmentWay.AREA and not rule.area.strip() for rule in rules):
        message = "Phân công theo địa bàn phải ghi địa bàn."
        raise BadInput(message, field="area")
    AssignmentRule.objects.filter(unit_id=unit_id).delete()
    made = [
        AssignmentRule(
            unit_id=unit_id,
            way=rule.way,
            account_id=rule.account_id,
            name=rule.name,
            area=rule.area.strip(),
            position=position,
            is_away=rule.is_away,
        )
        for position, rule in enumerate(rules, 1)
    ]
    AssignmentRule.objects.bulk_create(made)
    detail = {"rules": len(made)}
    audit.record("dossiers.set_assignment", f"unit:{unit_id}", by=by, at=at, detail=detail)
    forget_rules()
    return made


def assignment_rules(unit_id: int) -> list[AssignmentRule]:
    """Return the rules of the unit, in their order."""
    return list(AssignmentRule.objects.filter(unit_id=unit_id).order_by("position"))


def assignment_rules_for(actor: Actor, unit_id: int) -> list[AssignmentRule]:
    """Return the rules of the unit to who assigns there. Raises: NotAllowed."""
    actor.require(Power.ASSIGN_DOSSIERS, unit_id=unit_id)
    return assignment_rules(unit_id)


def redistribute(
    from_id: int, to: Sequence[Assignee], *, unit_id: int, by: Actor, at: datetime, note: str = ""
) -> int:
    """Share an officer's open work in a unit among others, one by one; return how many pieces.

    Each dossier by itself: what somebody finished meanwhile is left out.

    Raises: NotAllowed, BadInput.
    """
    by.require(Power.ASSIGN_DOSSIERS, unit_id=unit_id)
    heirs = [one for one in to if one.id != from_id]
    if not heirs:
        message = "Hãy chọn ít nhất một người khác nhận việc."
        raise BadInput(message, field="to")
    rows = DossierStep.objects.filter(
        assignee_id=from_id, unit_id=unit_id, closed_at__isnull=True
    ).order_by("due_at", "dossier_id")
    pieces = list(rows.values_list("dossier__code", "seq"))
    return sum(
        _pass_on(code, seq, from_id, heirs[place % len(heirs)], by=by, at=at, note=note)
        for place, (code, seq) in enumerate(pieces)
    )


@work.story
def _pass_on(  # noqa: PLR0913 -- which piece from whom to whom
    code: str, seq: int, from_id: int, to: Assignee, *, by: Actor, at: datetime, note: str
) -> bool:
    dossier: Dossier = lock_dossier(code)
    step = work.lock(DossierStep, dossier_id=dossier.pk, seq=seq)
    if step.closed_at is not None or step.assignee_id != from_id:
        return False
    detail = {"to": to.name, "from": step.assignee_name}
    step.assignee_id, step.assignee_name = to.id, to.name
    work.update(step, "assignee_id", "assignee_name")
    let_see(dossier, [(-to.id, ScopeRole.ASSIGNED)])
    tell(
        dossier,
        Act.ASSIGN,
        by=by,
        at=at,
        was=Status(dossier.status),
        unit_id=step.unit_id,
        note=note,
        detail=detail,
    )
    return True
