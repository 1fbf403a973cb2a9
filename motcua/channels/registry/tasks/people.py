"""To whom a task may be given, or passed on: people and units of one's own, agencies below."""

from collections.abc import Collection
from datetime import datetime

from motcua.casework.tasks import api as tasks
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import AgencyInfo, AgencyKind
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

Options = list[tuple[str, str]]
_UNIT, _PERSON = "u", "p"


def units_to_give(actor: Actor) -> Options:
    """Return the units of one's own agency to which the actor may give."""
    tree = organisation.tree()
    if actor.agency_id is None:
        return []
    units = tree.units_of(actor.agency_id)
    return [
        (f"{_UNIT}-{unit.id}", unit.name)
        for unit in units
        if actor.can(Power.ASSIGN_TASKS, unit_id=unit.id)
    ]


def people_to_give(actor: Actor, unit_ids: Collection[int], at: datetime) -> Options:
    """Return who works in these units, with an account, unit by unit. Costs: three queries."""
    tree = organisation.tree()
    seats = organisation.seats_of_units(unit_ids, local_day(at))
    accounts = identity.accounts_of_officers([s.officer_id for s in seats if s.officer_id])
    found: dict[str, str] = {}
    for seat in seats:
        account = accounts.get(seat.officer_id or 0)
        if account is not None:
            is_self = " (tôi)" if account == actor.id else ""
            words = f"{seat.officer_name}{is_self} – {seat.title}, {tree.unit(seat.unit_id).name}"
            found[f"{_PERSON}-{seat.unit_id}-{account}"] = words
    return list(found.items())


def agencies_below(actor: Actor) -> Options:
    """Return the agencies to which the actor may give, by their root units, by name."""
    tree = organisation.tree()
    if actor.agency_id is None:
        return []
    own = tree.agency(actor.agency_id)
    if not actor.can(Power.ASSIGN_TASKS, unit_id=own.root_unit_id):
        return []
    top = _speaks_for(own)
    found = [one for one in tree.agencies() if one.id != own.id and top in _above(one)]
    return [(f"{_UNIT}-{one.root_unit_id}", one.name) for one in found]


def other_agencies(actor: Actor) -> Options:
    """Return every other agency: anybody may be asked to help."""
    tree = organisation.tree()
    return [
        (f"{_UNIT}-{one.root_unit_id}", one.name)
        for one in tree.agencies()
        if one.id != actor.agency_id
    ]


def chosen(word: str) -> tasks.PartIn:
    """Return who an option stands for. Raises: BadInput."""
    parts = word.split("-")
    if not all(part.isdecimal() for part in parts[1:]) or len(parts) not in (2, 3):
        raise BadInput("Xin chọn lại nơi thực hiện.", field="lead")
    return tasks.PartIn(int(parts[1]), int(parts[2]) if parts[0] == _PERSON else None)


def _speaks_for(agency: AgencyInfo) -> int:
    serves = agency.kind == AgencyKind.OFFICE and agency.parent_id is not None
    return agency.parent_id if serves and agency.parent_id is not None else agency.id


def _above(agency: AgencyInfo) -> list[int]:
    tree, found = organisation.tree(), []
    above = agency.parent_id
    while above is not None and above not in found:
        found.append(above)
        above = tree.agency(above).parent_id
    return found
