"""Who the persons are that a task names, and whether they work where it says."""

from collections.abc import Collection
from datetime import datetime

from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

Named = tuple[int, int]  # account and unit


def names_of(named: Collection[Named], *, by: Actor, at: datetime) -> dict[int, str]:
    """Return the names of the accounts, each of which must work in its unit or below it.

    Raises: BadInput.
    Costs: nothing if nobody but the actor is named, else one statement and one for each person.
    """
    others = [one for one in named if one[0] != by.id]
    found = {by.id: by.name} if len(others) < len(named) else {}
    if not others:
        return found
    wanted = {account_id for account_id, _ in others}
    rows = identity.Account.objects.filter(pk__in=wanted, disabled_at=None)
    accounts = {account.pk: account for account in rows}
    for account_id, unit_id in others:
        account = accounts.get(account_id)
        if account is None or not _works_in(account.officer_id, unit_id, at=at):
            unit = organisation.tree().unit(unit_id).name
            message = f"Người được chọn không làm việc tại {unit}. Xin chọn lại người thực hiện."
            raise BadInput(message, field="account")
        found[account_id] = account.full_name
    return found


def _works_in(officer_id: int | None, unit_id: int, *, at: datetime) -> bool:
    if officer_id is None:
        return False
    below = organisation.tree().descendants(unit_id)
    posts = organisation.posts_held_by(officer_id, local_day(at))
    return any(post.unit_id in below for post in posts)
