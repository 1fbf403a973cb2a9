"""Agencies: found, change from a day on, end."""

from dataclasses import asdict
from datetime import date, datetime

from motcua.foundation.audit import api as audit
from motcua.foundation.organisation.choices import UnitKind
from motcua.foundation.organisation.errors import BadOrganisation, NoSuchUnit
from motcua.foundation.organisation.models import Agency, AgencyVersion, Unit, UnitVersion
from motcua.foundation.organisation.permissions import (
    check_may_change_agency,
    check_may_edit_agency,
)
from motcua.foundation.organisation.rules.facts import (
    AgencyFacts,
    Term,
    UnitFacts,
    check_term,
    checked_agency,
)
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .seats import end_seats
from .standing import follow_versions
from .versions import check_lives, end_latest, give_way, overlapping

ROOT_CODE = "LD"


@work.story
def add_agency(
    facts: AgencyFacts,
    term: Term,
    *,
    by: Actor,
    at: datetime,
    root: UnitFacts | None = None,
) -> Agency:
    """Found an agency with its root unit, also ahead of time or one that has ended since.

    Raises: NotAllowed, BadOrganisation.
    """
    check_may_edit_agency(facts.parent_id, by=by)
    check_term(term)
    facts = checked_agency(facts, _parent_code(facts, term))
    _check_code_is_free(facts.code, term)
    agency = Agency.objects.create(**asdict(facts))
    AgencyVersion.objects.create(agency=agency, **asdict(facts), **asdict(term))
    _add_root(agency, root, term)
    follow_versions(local_day(at), [agency.pk])
    audit.record("agency.added", f"agency:{agency.code}", by=by, at=at, detail=_told(term))
    agency.refresh_from_db()
    return agency


@work.story
def change_agency(
    agency_id: int, facts: AgencyFacts, term: Term, *, by: Actor, at: datetime
) -> Agency:
    """Give an agency a new version from a day on: name, kind, place, codes, agency above it.

    Raises: NotAllowed, NoSuchUnit, BadOrganisation, LaterVersion.
    Locks: the agency.
    """
    agency = lock_agency(agency_id)
    check_may_change_agency(agency, facts, by=by)
    facts = checked_agency(facts, _parent_code(facts, term))
    _check_no_circle(agency.pk, facts.parent_id)
    _check_code_is_free(facts.code, term, agency.pk)
    last_day = give_way(AgencyVersion.objects.filter(agency=agency), term)
    version = AgencyVersion(agency=agency, **asdict(facts), **asdict(term))
    version.valid_to = last_day
    version.save()
    follow_versions(local_day(at), [agency.pk])
    audit.record("agency.changed", f"agency:{agency.code}", by=by, at=at, detail=_told(term))
    agency.refresh_from_db()
    return agency


@work.story
def end_agency(agency_id: int, *, on: date, basis: str, by: Actor, at: datetime) -> None:
    """Make `on` the last day of an agency, its units, posts and their holders.

    Raises: NotAllowed, NoSuchUnit, BadOrganisation if agencies below it go on.
    Locks: the agency.
    """
    agency = lock_agency(agency_id)
    check_may_edit_agency(agency.pk, by=by)
    close_agency(agency, on)
    follow_versions(local_day(at), [agency.pk])
    detail = {"on": f"{on}", "basis": basis}
    audit.record("agency.ended", f"agency:{agency.code}", by=by, at=at, detail=detail)


def close_agency(agency: Agency, on: date) -> None:
    """End the versions of an agency and all in it; the caller locks and leaves the trace.

    Raises: BadOrganisation, LaterVersion.
    """
    below = AgencyVersion.objects.filter(parent=agency).exclude(valid_to__lte=on).first()
    if below is not None:
        message = f"“{below.name}” vẫn trực thuộc sau ngày {on:%d/%m/%Y}; hãy chuyển trước."
        raise BadOrganisation(message, field="on")
    end_latest(AgencyVersion.objects.filter(agency=agency), on)
    units = Unit.objects.filter(agency=agency)
    for unit in units:
        versions = UnitVersion.objects.filter(unit=unit)
        if versions.exclude(valid_to__lt=on).exists():
            end_latest(versions, on)
    end_seats([unit.pk for unit in units], on)


def lock_agency(agency_id: int) -> Agency:
    """Raises: NoSuchUnit."""
    agency = Agency.objects.select_for_update(of=("self",)).filter(pk=agency_id).first()
    if agency is None:
        raise NoSuchUnit("Không tìm thấy cơ quan này.")
    return agency


def _add_root(agency: Agency, root: UnitFacts | None, term: Term) -> None:
    facts = root or UnitFacts(f"{agency.code}.{ROOT_CODE}", "Lãnh đạo cơ quan", UnitKind.LEADERSHIP)
    unit = Unit.objects.create(agency=agency, **asdict(facts))
    UnitVersion.objects.create(unit=unit, **asdict(facts), **asdict(term))


def _parent_code(facts: AgencyFacts, term: Term) -> str | None:
    """Return the code of the agency above.

    Raises: NoSuchUnit, BadOrganisation if it is not there on the first day.
    """
    if facts.parent_id is None:
        return None
    parent = Agency.objects.filter(pk=facts.parent_id).first()
    if parent is None:
        raise NoSuchUnit("Không tìm thấy cơ quan cấp trên.")
    check_lives(AgencyVersion.objects.filter(agency=parent), term.valid_from)
    return parent.code


def _check_code_is_free(code: str, term: Term, own_id: int | None = None) -> None:
    others = AgencyVersion.objects.filter(overlapping(term), code=code)
    if others.exclude(agency=own_id).exists():
        raise BadOrganisation(f"Mã “{code}” đang là mã của cơ quan khác.", field="code")


def _check_no_circle(agency_id: int, parent_id: int | None) -> None:
    """Raises: BadOrganisation if the agency would come to stand above itself."""
    above = parent_id
    while above is not None:
        if above == agency_id:
            message = "Cơ quan không thể trực thuộc chính mình hoặc cơ quan cấp dưới của mình."
            raise BadOrganisation(message, field="parent")
        above = Agency.objects.values_list("parent_id", flat=True).get(pk=above)


def _told(term: Term) -> dict[str, object]:
    return {"from": f"{term.valid_from}", "to": f"{term.valid_to or ''}", "basis": term.basis}
