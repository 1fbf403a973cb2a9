"""Who issues a paper, and where, as of that day."""

from datetime import datetime

from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers.rules.parts import Letterhead
from motcua.foundation.places import api as places
from motcua.lib.clock import local_day


def letterhead_of_unit(
    unit_id: int, at: datetime, *, number: int | None = None, notation: str = ""
) -> Letterhead:
    """Return the head of a paper a unit issues; its agency stands above it."""
    tree, day = organisation.tree(), local_day(at)
    unit = tree.unit(unit_id)
    if unit.parent_id is None:
        return letterhead_of_agency(unit.agency_id, at, number=number, notation=notation)
    return Letterhead(
        superior=organisation.name_of_agency(unit.agency_id, on=day),
        issuer=organisation.name_of_unit(unit_id, on=day),
        place=_place_of(unit.agency_id, at),
        issued_on=day,
        number=number,
        notation=notation,
    )


def letterhead_of_agency(
    agency_id: int, at: datetime, *, number: int | None = None, notation: str = ""
) -> Letterhead:
    """Return the head of a paper an agency issues; the agency above it stands above it."""
    day = local_day(at)
    parent_id = organisation.tree().agency(agency_id).parent_id
    return Letterhead(
        superior=organisation.name_of_agency(parent_id, on=day) if parent_id else "",
        issuer=organisation.name_of_agency(agency_id, on=day),
        place=_place_of(agency_id, at),
        issued_on=day,
        number=number,
        notation=notation,
    )


def _place_of(agency_id: int, at: datetime) -> str:
    agency = organisation.tree().agency(agency_id)
    found = places.place_on(agency.place_code, local_day(at)) if agency.place_code else None
    return found.name if found else agency.short_name or agency.name
