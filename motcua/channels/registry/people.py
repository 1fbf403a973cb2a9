"""To whom a document may go: units and people, as a choice on a page."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from motcua.casework.documents.api import RouteIn
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

_LEADING = (PostRole.AGENCY_LEADER, PostRole.UNIT_HEAD)
_WORKING = (*_LEADING, PostRole.HANDLER, PostRole.REGISTRY_CLERK, PostRole.DESK_HEAD)


class Place(NamedTuple):
    """A unit, or one person in it, as a page offers it."""

    value: str
    text: str
    unit_id: int
    account_id: int | None
    name: str

    def route(self, words: str = "") -> RouteIn:
        """Return the place as where a document goes."""
        return RouteIn(self.unit_id, self.account_id, self.name, words)


def leaders(agency_id: int, at: datetime) -> list[Place]:
    """Return who may direct a document of the agency: its leaders, then heads of units.

    Costs: three queries.
    """
    found = _people(agency_id, at, _LEADING)
    root = organisation.tree().agency(agency_id).root_unit_id
    return sorted(found, key=lambda place: place.unit_id != root)


def places(agency_id: int, at: datetime) -> list[Place]:
    """Return the units of the agency, each followed by its people.

    Costs: three queries.
    """
    people = _people(agency_id, at, _WORKING)
    found: list[Place] = []
    for unit in organisation.tree().units_of(agency_id):
        found.append(Place(f"u{unit.id}", unit.name, unit.id, None, unit.name))
        found += [one for one in people if one.unit_id == unit.id]
    return found


def _people(agency_id: int, at: datetime, roles: Iterable[PostRole]) -> list[Place]:
    units = {unit.id: unit for unit in organisation.tree().units_of(agency_id)}
    seats = [
        seat
        for seat in organisation.seats_of_units(list(units), local_day(at), roles=roles)
        if seat.officer_id is not None
    ]
    accounts = identity.accounts_of_officers({seat.officer_id for seat in seats if seat.officer_id})
    found = []
    for seat in seats:
        account = accounts.get(seat.officer_id or 0)
        if account is not None:
            text = f"{seat.officer_name} – {seat.title}, {units[seat.unit_id].name}"
            value = f"u{seat.unit_id}a{account}"
            found.append(Place(value, text, seat.unit_id, account, seat.officer_name))
    return found


def options(found: Iterable[Place]) -> list[tuple[str, str]]:
    """Return the places for a choice."""
    return [(place.value, place.text) for place in found]


def chosen(found: Iterable[Place], value: str, field: str = "to") -> Place:
    """Return the place that was chosen. Raises: BadInput if it is not among those offered."""
    place = next((one for one in found if one.value == value), None)
    if place is None:
        raise BadInput("Hãy chọn một nơi trong danh sách.", field=field)
    return place
