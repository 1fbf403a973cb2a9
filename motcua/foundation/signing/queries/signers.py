"""Who may sign documents of an agency."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day
from motcua.lib.text import person_sort_key

_MOST = 500


@dataclass(frozen=True, slots=True)
class Signer:
    """An officer with an account and a post that may sign."""

    account_id: int
    name: str
    title: str
    unit_id: int
    unit_name: str


def signers_in(agency_id: int, at: datetime) -> Sequence[Signer]:
    """Return who may sign documents of an agency, by given name. Costs: two queries."""
    tree = organisation.tree()
    units = {unit.id: unit.name for unit in tree.units_of(agency_id)}
    held = access.holders_of(
        Power.SIGN_DOCUMENTS, on=local_day(at), unit_ids=list(units), limit=_MOST
    )
    accounts = identity.accounts_of_officers({one.officer_id for one in held})
    found: dict[int, Signer] = {}
    for one in held:
        account, unit = accounts.get(one.officer_id), one.post.unit_id
        if account is not None and account not in found:
            found[account] = Signer(
                account, one.officer.full_name, one.post.title, unit, units[unit]
            )
    return sorted(found.values(), key=lambda one: person_sort_key(one.name))
