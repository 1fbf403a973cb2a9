"""Who issues a paper, where, and where its dossier can be looked up, as of that day."""

from datetime import datetime

from django.conf import settings

from motcua.casework.dossiers.models import Dossier
from motcua.foundation.organisation import api as organisation
from motcua.foundation.papers import api as papers
from motcua.lib.clock import local_day

of_unit = papers.letterhead_of_unit
of_agency = papers.letterhead_of_agency


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
