"""Who may do what to a task: its giver, the heads where a part lies, who has it to do.

Source: docs/law/tasks.md
"""

from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import AgencyKind
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

from .choices import Origin, PartRole
from .errors import NotOursToGive
from .models import Task, TaskPart
from .rules.giving import PartIn, PartPlan, TaskIn

GIVE = Power.ASSIGN_TASKS


def is_giver(task: Task, by: Actor) -> bool:
    """Say whether the actor gave it, or heads the unit that did."""
    return by.id == task.given_by_id or by.can(GIVE, unit_id=task.unit_id)


def heads(part: TaskPart, by: Actor) -> bool:
    """Say whether the actor heads the unit where the part lies."""
    return by.can(GIVE, unit_id=part.desk_unit_id) or by.can(GIVE, unit_id=part.unit_id)


def does(part: TaskPart, by: Actor) -> bool:
    """Say whether the part is the actor's to do."""
    return part.account_id == by.id or heads(part, by)


def check_gave(task: Task, by: Actor) -> None:
    """Raises: NotAllowed."""
    if not is_giver(task, by):
        raise NotAllowed("Chỉ người giao nhiệm vụ hoặc lãnh đạo đơn vị giao mới làm được việc này.")


def check_heads(part: TaskPart, by: Actor) -> None:
    """Raises: NotAllowed."""
    if not heads(part, by):
        raise NotAllowed(
            "Chỉ lãnh đạo đơn vị được giao mới phân công, nhận hay từ chối thay đơn vị."
        )


def check_does(part: TaskPart, by: Actor) -> None:
    """Raises: NotAllowed."""
    if not does(part, by):
        raise NotAllowed(
            "Chỉ người được giao hoặc lãnh đạo đơn vị được giao mới làm được việc này."
        )


def check_may_give(facts: TaskIn, giver_unit_id: int, *, by: Actor) -> None:
    """Raises: NotAllowed unless the actor may give tasks for that unit, or gives one to himself."""
    if facts.origin_kind == Origin.OWN and not facts.more_leads and facts.lead_account_id == by.id:
        return
    if not by.can(GIVE, unit_id=giver_unit_id):
        message = "Ông/bà không có quyền giao nhiệm vụ thay đơn vị này."
        raise NotAllowed(message)


def check_targets(plans: list[PartPlan], agency_id: int, *, by: Actor) -> None:
    """Check that the giver may give to each who leads; who helps may sit anywhere.

    Inside the agency that needs the power in the unit, outside it the other agency must stand
    below this one and the giver must lead this one.

    Raises: NotOursToGive.
    Source: docs/law/tasks.md
    """
    for plan in plans:
        if plan.role == PartRole.LEAD and not _may_lead(plan.part, agency_id, by=by):
            name = organisation.tree().unit(plan.part.unit_id).name
            agency = organisation.tree().agency_of(plan.part.unit_id).name
            message = (
                f"Ông/bà không giao việc chủ trì cho “{name}” ({agency}) được: đơn vị này không"
                " thuộc quyền. Có thể mời đơn vị ấy phối hợp."
            )
            raise NotOursToGive(message)


def _may_lead(part: PartIn, agency_id: int, *, by: Actor) -> bool:
    tree = organisation.tree()
    target = tree.agency_of(part.unit_id)
    if part.account_id == by.id or target.id == agency_id:
        return part.account_id == by.id or by.can(GIVE, unit_id=part.unit_id)
    giver = tree.agency(agency_id)
    leads_own = by.can(GIVE, unit_id=giver.root_unit_id)
    return leads_own and _speaks_for(giver) in _above(target)


def _speaks_for(agency: organisation.AgencyInfo) -> int:
    """Return in whose name an agency gives: an office does so for the one it serves."""
    serves = agency.kind == AgencyKind.OFFICE and agency.parent_id is not None
    return agency.parent_id if serves and agency.parent_id is not None else agency.id


def _above(agency: organisation.AgencyInfo) -> list[int]:
    """Return the agencies above, nearest first; a circle ends the search."""
    tree, found = organisation.tree(), []
    above = agency.parent_id
    while above is not None and above not in found:
        found.append(above)
        above = tree.agency(above).parent_id
    return found
