"""Work that lies with somebody who leaves goes to a colleague."""

from datetime import datetime

from motcua.casework.dossiers.choices import Act, ScopeRole, Status
from motcua.casework.dossiers.models import DossierStep
from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.lib import work
from motcua.lib.actor import Actor

from .stepping import power_for
from .telling import let_see, lock_dossier, tell


@work.story
def take_over_steps(order: identity.TakeOver, by: Actor, at: datetime) -> int:
    """Assign the open steps of one account to another, waiting ones too; return how many.

    What the heir holds no post to do stays for somebody else.
    Raises: NotAllowed unless accounts are administered where each step lies.
    Locks: the dossiers, the oldest first.
    """
    heir = identity.get_account(order.to_account_id)
    mine = DossierStep.objects.filter(assignee_id=order.from_account_id, closed_at=None)
    steps = list(mine.select_related("dossier").order_by("dossier_id", "seq"))
    able = access.actor_now(heir.pk, at=at).actor
    for step in steps:
        by.require(Power.ADMINISTER_IDENTITY, unit_id=step.unit_id)
    going = [step for step in steps if able.can(power_for(step), unit_id=step.unit_id)]
    for step in going:
        _hand_over(step, heir, by=by, at=at)
    return len(going)


def _hand_over(step: DossierStep, heir: "identity.Account", *, by: Actor, at: datetime) -> None:
    dossier = lock_dossier(step.dossier.code)
    was = step.assignee_name
    step.assignee_id, step.assignee_name = heir.pk, heir.full_name
    work.update(step, "assignee_id", "assignee_name")
    let_see(dossier, [(-heir.pk, ScopeRole.ASSIGNED)])
    detail = {"to": heir.full_name, "from": was}
    status = Status(dossier.status)
    tell(dossier, Act.ASSIGN, by=by, at=at, was=status, unit_id=step.unit_id, detail=detail)
    work.flush()  # two steps may belong to one dossier, which is read anew for each
