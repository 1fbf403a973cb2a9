"""What came after what: merge, split, part, reorganisation, end without heir."""

from datetime import datetime

from motcua.foundation.audit import api as audit
from motcua.foundation.organisation.choices import Change
from motcua.foundation.organisation.errors import BadOrganisation
from motcua.foundation.organisation.models import (
    AgencySuccession,
    AgencyVersion,
    Unit,
    UnitSuccession,
    UnitVersion,
)
from motcua.foundation.organisation.permissions import EDIT, check_may_edit_agency
from motcua.foundation.organisation.rules.facts import Link, day_before
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from motcua.lib.dated import holding_on

from .agencies import close_agency, lock_agency
from .standing import follow_versions
from .units import close_unit, lock_unit


@work.story
def record_agency_succession(link: Link, *, by: Actor, at: datetime) -> AgencySuccession:
    """Link an agency to the one that came after it; unless it gave only a part, it ends.

    For a merger or a split, one link for each pair.

    Raises: NotAllowed, NoSuchUnit, BadOrganisation, LaterVersion.
    Locks: the agency that ends.
    """
    _check_ends(link)
    agency = lock_agency(link.from_id)
    check_may_edit_agency(agency.pk, by=by)
    last_day = day_before(link.on)
    versions = AgencyVersion.objects.filter(agency=agency)
    if link.kind != Change.PART and versions.exclude(valid_to__lte=last_day).exists():
        close_agency(agency, last_day)
    heirs = AgencyVersion.objects.filter(holding_on(link.on), agency=link.to_id)
    if link.to_id is not None and not heirs.exists():
        raise BadOrganisation("Cơ quan kế tục phải hoạt động vào ngày chuyển giao.", field="to")
    row = AgencySuccession.objects.create(
        from_agency=agency, to_agency_id=link.to_id, kind=link.kind, on=link.on, basis=link.basis
    )
    follow_versions(local_day(at), [agency.pk])
    _record(f"agency:{agency.code}", link, by=by, at=at)
    return row


@work.story
def record_unit_succession(link: Link, *, by: Actor, at: datetime) -> UnitSuccession:
    """Link a unit to the one that came after it, in this or another agency.

    Unless it gave only a part, it ends.

    Raises: NotAllowed, NoSuchUnit, BadOrganisation, LaterVersion.
    Locks: the unit that ends.
    """
    _check_ends(link)
    unit = lock_unit(link.from_id)
    by.require(EDIT, unit_id=unit.pk)
    last_day = day_before(link.on)
    versions = UnitVersion.objects.filter(unit=unit)
    if link.kind != Change.PART and versions.exclude(valid_to__lte=last_day).exists():
        close_unit(unit, last_day)
    heirs = UnitVersion.objects.filter(holding_on(link.on), unit=link.to_id)
    if link.to_id is not None and not heirs.exists():
        raise BadOrganisation("Đơn vị kế tục phải hoạt động vào ngày chuyển giao.", field="to")
    row = UnitSuccession.objects.create(
        from_unit=unit, to_unit_id=link.to_id, kind=link.kind, on=link.on, basis=link.basis
    )
    follow_versions(local_day(at), Unit.objects.filter(pk=unit.pk).values_list("agency", flat=True))
    _record(f"unit:{unit.code}", link, by=by, at=at)
    return row


def _check_ends(link: Link) -> None:
    """Raises: BadOrganisation unless the link has an heir exactly where its kind needs one."""
    if (link.kind == Change.ABOLISH) != (link.to_id is None):
        message = "Chỉ khi giải thể mới không có nơi kế tục."
        raise BadOrganisation(message, field="to")
    if link.from_id == link.to_id:
        raise BadOrganisation("Nơi kế tục phải khác nơi cũ.", field="to")


def _record(subject: str, link: Link, *, by: Actor, at: datetime) -> None:
    detail = {"kind": f"{link.kind}", "to": link.to_id, "on": f"{link.on}", "basis": link.basis}
    audit.record("organisation.succeeded", subject, by=by, at=at, detail=detail)
