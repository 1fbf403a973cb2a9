"""Units of an agency: set up, change from a day on, end, follow a calendar."""

from dataclasses import asdict, replace
from datetime import date, datetime

from motcua.foundation.audit import api as audit
from motcua.foundation.organisation.errors import BadOrganisation, LaterVersion, NoSuchUnit
from motcua.foundation.organisation.models import (
    CalendarUse,
    Unit,
    UnitVersion,
)
from motcua.foundation.organisation.permissions import EDIT
from motcua.foundation.organisation.rules.facts import (
    Term,
    UnitFacts,
    check_term,
    checked_unit,
    day_before,
)
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .seats import end_seats
from .standing import follow_versions
from .versions import check_lives, end_latest, give_way, overlapping


@work.story
def add_unit(agency_id: int, facts: UnitFacts, term: Term, *, by: Actor, at: datetime) -> Unit:
    """Set up a unit in an agency, below its root unless said, also ahead of time.

    A temporary body (council, steering group) is a unit of the kind `council` with a last day.

    Raises: NotAllowed, NoSuchUnit, BadOrganisation.
    """
    parent = _parent_in(agency_id, facts.parent_id)
    by.require(EDIT, unit_id=parent.pk)
    check_term(term)
    check_lives(UnitVersion.objects.filter(unit=parent), term.valid_from)
    facts = replace(checked_unit(facts), parent_id=parent.pk)
    _check_code_is_free(facts.code, term)
    unit = Unit.objects.create(agency_id=agency_id, **asdict(facts))
    UnitVersion.objects.create(unit=unit, **asdict(facts), **asdict(term))
    follow_versions(local_day(at), [agency_id])
    _record("unit.added", unit, term, by=by, at=at)
    unit.refresh_from_db()
    return unit


@work.story
def change_unit(unit_id: int, facts: UnitFacts, term: Term, *, by: Actor, at: datetime) -> Unit:
    """Give a unit a new version from a day on: name, kind, code, unit above it in its agency.

    Raises: NotAllowed, NoSuchUnit, BadOrganisation, LaterVersion.
    Locks: the unit.
    """
    unit = lock_unit(unit_id)
    by.require(EDIT, unit_id=unit.pk)
    facts = checked_unit(facts)
    if unit.parent_id is None:
        facts = replace(facts, parent_id=None)
    else:
        parent = _parent_in(unit.agency_id, facts.parent_id)
        check_lives(UnitVersion.objects.filter(unit=parent), term.valid_from)
        _check_no_circle(unit.pk, parent)
        facts = replace(facts, parent_id=parent.pk)
    _check_code_is_free(facts.code, term, unit.pk)
    last_day = give_way(UnitVersion.objects.filter(unit=unit), term)
    version = UnitVersion(unit=unit, **asdict(facts), **asdict(term))
    version.valid_to = last_day
    version.save()
    follow_versions(local_day(at), [unit.agency_id])
    _record("unit.changed", unit, term, by=by, at=at)
    unit.refresh_from_db()
    return unit


@work.story
def end_unit(unit_id: int, *, on: date, basis: str, by: Actor, at: datetime) -> None:
    """Make `on` the last day of a unit, its posts and their holders.

    Raises: NotAllowed, NoSuchUnit, BadOrganisation if it is a root or units below it go on.
    Locks: the unit.
    """
    unit = lock_unit(unit_id)
    by.require(EDIT, unit_id=unit.pk)
    close_unit(unit, on)
    follow_versions(local_day(at), [unit.agency_id])
    _record("unit.ended", unit, Term(on, on, basis), by=by, at=at)


@work.story
def follow_calendar(
    unit_id: int, calendar_id: int, term: Term, *, by: Actor, at: datetime
) -> CalendarUse:
    """Let a unit and all below it use a calendar from a day on; for an agency, its root unit.

    Raises: NotAllowed, NoSuchUnit, BadOrganisation, LaterVersion.
    Locks: the unit.
    """
    unit = lock_unit(unit_id)
    by.require(EDIT, unit_id=unit.pk)
    check_term(term)
    uses = CalendarUse.objects.filter(unit=unit)
    if uses.filter(valid_from__gte=term.valid_from).exists():
        raise LaterVersion("Đã có lịch từ ngày này hoặc muộn hơn; hãy chọn ngày sau đó.")
    uses.filter(overlapping(term)).update(valid_to=day_before(term.valid_from))
    use = CalendarUse.objects.create(unit=unit, calendar_id=calendar_id, **asdict(term))
    follow_versions(local_day(at), [unit.agency_id])
    _record("unit.calendar_changed", unit, term, by=by, at=at)
    return use


def close_unit(unit: Unit, on: date) -> None:
    """End a unit's versions and seats; the caller locks and leaves the trace.

    Raises: BadOrganisation, LaterVersion.
    """
    if unit.parent_id is None:
        message = "Đơn vị lãnh đạo chỉ chấm dứt cùng với cơ quan."
        raise BadOrganisation(message, field="unit")
    below = UnitVersion.objects.filter(parent=unit).exclude(valid_to__lte=on).first()
    if below is not None:
        message = f"“{below.name}” vẫn trực thuộc sau ngày {on:%d/%m/%Y}; hãy chuyển trước."
        raise BadOrganisation(message, field="on")
    end_latest(UnitVersion.objects.filter(unit=unit), on)
    end_seats([unit.pk], on)


def lock_unit(unit_id: int) -> Unit:
    """Raises: NoSuchUnit."""
    unit = Unit.objects.select_for_update(of=("self",)).filter(pk=unit_id).first()
    if unit is None:
        raise NoSuchUnit("Không tìm thấy đơn vị này.")
    return unit


def _parent_in(agency_id: int, parent_id: int | None) -> Unit:
    """Return the named unit of the agency, or its root.

    Raises: NoSuchUnit, BadOrganisation.
    """
    asked = {"parent": None} if parent_id is None else {"pk": parent_id}
    parent = Unit.objects.filter(agency=agency_id, **asked).first()
    if parent is None and parent_id is not None:
        raise BadOrganisation("Đơn vị cấp trên phải thuộc cùng cơ quan.", field="parent")
    if parent is None:
        raise NoSuchUnit("Không tìm thấy cơ quan này.")
    return parent


def _check_no_circle(unit_id: int, parent: Unit) -> None:
    """Raises: BadOrganisation if the unit would come to stand above itself."""
    above: Unit | None = parent
    while above is not None:
        if above.pk == unit_id:
            message = "Đơn vị không thể trực thuộc chính mình hoặc đơn vị cấp dưới của mình."
            raise BadOrganisation(message, field="parent")
        above = above.parent


def _check_code_is_free(code: str, term: Term, own_id: int | None = None) -> None:
    others = UnitVersion.objects.filter(overlapping(term), code=code)
    if others.exclude(unit=own_id).exists():
        raise BadOrganisation(f"Mã “{code}” đang là mã của đơn vị khác.", field="code")


def _record(action: str, unit: Unit, term: Term, *, by: Actor, at: datetime) -> None:
    detail = {"from": f"{term.valid_from}", "to": f"{term.valid_to or ''}", "basis": term.basis}
    audit.record(action, f"unit:{unit.code}", by=by, at=at, detail=detail)
