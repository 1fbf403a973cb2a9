"""Who deals with money where an order is from, or where its agency's book has passed to.

Source: docs/law/money.md
"""

from collections.abc import Collection

from motcua.casework.cashbook import api as cashbook
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed


def deals_with(actor: Actor, power: Power, unit_id: int) -> bool:
    """Say whether the actor holds a power at a unit, or at the heir of one that ended.

    The heir is the agency to which the book has passed: its root and its desks.
    Costs: nothing for a unit that lives, else one query.
    """
    if actor.can(power, unit_id=unit_id):
        return True
    tree = organisation.tree()
    unit = tree.unit(unit_id)
    if unit.is_living:
        return False
    keeper = cashbook.keeper_of(unit.agency_id)
    if keeper == unit.agency_id:
        return False
    places = {tree.agency(keeper).root_unit_id} | {
        desk.id for desk in tree.desks() if desk.agency_id == keeper
    }
    return any(actor.can(power, unit_id=one) for one in places)


def check_deals_with(actor: Actor, power: Power, unit_id: int) -> None:
    """Raises: NotAllowed."""
    if not deals_with(actor, power, unit_id):
        raise NotAllowed("Ông/bà không được giao việc này tại nơi thu tiền.")


def with_inherited(unit_ids: Collection[int]) -> frozenset[int]:
    """Return these units, and all units of agencies whose books passed to theirs.

    Costs: one query, and one for each such agency.
    """
    tree = organisation.tree()
    places = {one.root_unit_id for one in tree.agencies()} | {one.id for one in tree.desks()}
    mine = {tree.unit(one).agency_id for one in unit_ids if one in places}
    before = cashbook.books_before(mine) if mine else ()
    return frozenset(unit_ids).union(*(organisation.units_ever_of(one) for one in before))
