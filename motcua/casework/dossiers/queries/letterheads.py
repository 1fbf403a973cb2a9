"""Who issues a paper, where, and where its dossier can be looked up, as of that day."""

from datetime import datetime

from django.conf import settings

from motcua.casework.dossiers.models import Dossier
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.foundation.places import api as places
from motcua.lib.clock import local_day


def of_unit(
    unit_id: int, at: datetime, *, number: int | None = None, notation: str = ""
) -> papers.Letterhead:
    """Return the head of a paper a unit issues; its agency stands above it."""
    tree, day = organisation.tree(), local_day(at)
    unit = tree.unit(unit_id)
    if unit.parent_id is None:
        return of_agency(unit.agency_id, at, number=number, notation=notation)
    return papers.Letterhead(
        superior=organisation.name_of_agency(unit.agency_id, on=day),
        issuer=organisation.name_of_unit(unit_id, on=day),
        place=_place_of(unit.agency_id, at),
        issued_on=day,
        number=number,
        notation=notation,
    )


def of_agency(
    agency_id: int, at: datetime, *, number: int | None = None, notation: str = ""
) -> papers.Letterhead:
    """Return the head of a paper an agency issues; the agency above it stands above it."""
    day = local_day(at)
    parent_id = organisation.tree().agency(agency_id).parent_id
    return papers.Letterhead(
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


def lookup_url(dossier: Dossier) -> str:
    """Return where anybody may look up how far the dossier is."""
    return f"{settings.SITE_ADDRESS}/tra-cuu/{dossier.code}/"


def proof_url(dossier: Dossier) -> str:
    """Return where the slip's holder sees its promise proven; it carries the slip's secret word."""
    if not dossier.promise_salt:
        return ""
    return f"{settings.SITE_ADDRESS}/giay-hen/{dossier.code}/{dossier.promise_salt}/"


def applicant_of(dossier: Dossier) -> papers.Party:
    """Return the applicant as papers name them."""
    return papers.Party(
        name=dossier.applicant_name,
        address=dossier.submitter_address,
        phone=dossier.submitter_phone,
        email=dossier.submitter_email,
    )


def contact_of(unit_id: int, at: datetime) -> str:
    """Return where questions go."""
    day = local_day(at)
    agency_id = organisation.tree().unit(unit_id).agency_id
    unit = organisation.name_of_unit(unit_id, on=day)
    agency = organisation.name_of_agency(agency_id, on=day)
    return unit if unit == agency else f"{unit}, {agency}"
