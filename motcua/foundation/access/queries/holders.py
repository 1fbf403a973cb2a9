"""Who holds which power where, and who stands in for whom: for review."""

from collections.abc import Collection, Sequence
from datetime import date

from motcua.foundation.access.choices import Power
from motcua.foundation.access.models import Delegation
from motcua.foundation.access.rules.roles import ROLE_POWERS
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.dated import holding_on

FOUND = 50
MOST_TOLD = 200


def holders_of(
    power: Power,
    *,
    on: date,
    unit_ids: Collection[int] | None = None,
    after: str = "",
    limit: int = FOUND,
) -> Sequence["organisation.PostHolding"]:
    """Return who holds on that day a post whose role grants the power, by post code.

    With `unit_ids` only posts there; `after` is the post code of the row before.

    Costs: one query.
    """
    roles = [role for role, powers in ROLE_POWERS.items() if power in powers]
    held = organisation.PostHolding.objects.filter(
        holding_on(on), holding_on(on, "post__"), post__role__in=roles, post__code__gt=after
    )
    if unit_ids is not None:
        held = held.filter(post__unit__in=unit_ids)
    rows = held.select_related("officer", "post__unit__agency")
    return list(rows.order_by("post__code", "id")[:limit])


def province_holders_of(power: Power, *, on: date) -> Sequence["organisation.PostHolding"]:
    """Return who holds on that day a post in a provincial agency whose role grants the power.

    Costs: one query.
    """
    tree = organisation.tree()
    provincial = [
        agency for agency in tree.agencies() if agency.level == organisation.Level.PROVINCE
    ]
    units = [unit.id for agency in provincial for unit in tree.units_of(agency.id)]
    return holders_of(power, on=on, unit_ids=units, limit=MOST_TOLD)


def agencies_reached(power: Power, by: Actor) -> tuple[int, ...]:
    """Return the agencies in which the actor holds the power at the root: in the whole agency.

    Costs: nothing.
    """
    tree = organisation.tree()
    if power in by.province_powers:
        return tuple(sorted(one.id for one in tree.agencies()))
    held = by.powers.get(power, frozenset())
    mine = {tree.agency_of(unit_id) for unit_id in held}
    return tuple(sorted(one.id for one in mine if one.root_unit_id in held))


def delegations_since(
    day: date, *, unit_ids: Collection[int] | None = None, limit: int = 200
) -> Sequence[Delegation]:
    """Return delegations that have not ended before the day, those in force longest last.

    Costs: one query.
    """
    found = Delegation.objects.filter(valid_to__gte=day)
    if unit_ids is not None:
        found = found.filter(post__unit__in=unit_ids)
    rows = found.select_related("post__unit__agency", "to_officer")
    return list(rows.order_by("-valid_from", "-id")[:limit])
