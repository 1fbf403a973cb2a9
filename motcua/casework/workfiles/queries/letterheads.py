"""Who issues a paper about work files, and where, as of that day."""

from datetime import datetime

from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.foundation.places import api as places
from motcua.lib.clock import local_day


def of_agency(agency_id: int, at: datetime) -> papers.Letterhead:
    """Return the head of a paper an agency issues; the agency above it stands above it."""
    day, agency = local_day(at), organisation.tree().agency(agency_id)
    above = organisation.name_of_agency(agency.parent_id, on=day) if agency.parent_id else ""
    found = places.place_on(agency.place_code, day) if agency.place_code else None
    return papers.Letterhead(
        superior=above,
        issuer=organisation.name_of_agency(agency_id, on=day),
        place=found.name if found else agency.short_name or agency.name,
        issued_on=day,
    )


def of_unit(unit_id: int, at: datetime) -> papers.Letterhead:
    """Return the head of a paper a unit issues; its agency stands above it."""
    tree, day = organisation.tree(), local_day(at)
    unit = tree.unit(unit_id)
    whole = of_agency(unit.agency_id, at)
    if unit.parent_id is None:
        return whole
    return papers.Letterhead(
        superior=whole.issuer,
        issuer=organisation.name_of_unit(unit_id, on=day),
        place=whole.place,
        issued_on=day,
    )
