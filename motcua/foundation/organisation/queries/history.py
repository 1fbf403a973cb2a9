"""The organisation on any day: names, codes, the whole tree, heirs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F

from motcua.foundation.calendar import api as calendar
from motcua.foundation.organisation.errors import NoSuchUnit
from motcua.foundation.organisation.models import (
    AgencySuccession,
    AgencyVersion,
    Unit,
    UnitSuccession,
    UnitVersion,
)
from motcua.foundation.organisation.rules.tree import AgencyInfo, Tree, UnitInfo
from motcua.lib.dated import holding_on

from .trees import tree

Names = dict[int, list[tuple[date, str]]]
AGENCY = ("agency_id", "code", "legacy_code", "name", "short_name", "kind", "level")
UNIT: tuple[Any, ...] = (
    "unit_id",
    F("unit__agency"),
    "name",
    "short_name",
    "kind",
    "code",
    "parent_id",
)


@dataclass(slots=True)
class _Held:
    """All names there ever were, for one version of the tree."""

    version: int = -1
    units: Names = field(default_factory=dict)
    agencies: Names = field(default_factory=dict)


_held = _Held()


def name_of_unit(unit_id: int, *, on: date | None = None) -> str:
    """Return what the unit is called today, or was called on a day.

    Raises: NoSuchUnit.
    Costs: nothing, but two queries after each change of the tree if a day is given.
    """
    today = tree().unit(unit_id).name
    return today if on is None else _name_on(_names().units[unit_id], on)


def name_of_agency(agency_id: int, *, on: date | None = None) -> str:
    """Return what the agency is called today, or was called on a day.

    Raises: NoSuchUnit.
    Costs: nothing, but two queries after each change of the tree if a day is given.
    """
    today = tree().agency(agency_id).name
    return today if on is None else _name_on(_names().agencies[agency_id], on)


def agency_on(code: str, day: date) -> AgencyVersion | None:
    """Find the agency that had this code, new or legacy, on that day."""
    versions = AgencyVersion.objects.filter(holding_on(day))
    return versions.filter(code=code).first() or versions.filter(legacy_code=code).first()


def tree_on(day: date) -> Tree:
    """Return the tree of a past or coming day; the calendars in it are none.

    Costs: two queries.
    """
    versions = AgencyVersion.objects.filter(holding_on(day)).order_by("code", "id")
    agencies = versions.values_list(*AGENCY, "parent_id", "place_code")
    places = {row[0]: (None, row[-1]) for row in agencies}
    rows = UnitVersion.objects.filter(holding_on(day)).order_by("code", "id").values_list(*UNIT)
    units = [UnitInfo(*(*row, *places.get(row[1], (None, "")))) for row in rows]
    roots = {one.agency_id: one.id for one in units if one.parent_id is None}
    known = [AgencyInfo(roots[row[0]], *row) for row in agencies if row[0] in roots]
    return Tree(tree().version, known, units)


def versions_of_unit(unit_id: int) -> list[UnitVersion]:
    """Return every version of a unit, the latest first."""
    return list(UnitVersion.objects.filter(unit=unit_id).order_by("-valid_from"))


def versions_of_agency(agency_id: int) -> list[AgencyVersion]:
    """Return every version of an agency, the latest first."""
    return list(AgencyVersion.objects.filter(agency=agency_id).order_by("-valid_from"))


def heirs_of_unit(unit_id: int, day: date) -> list[int]:
    """Return the units that stand in its place on that day, itself if it lives, by id.

    Costs: one query, and two for each step of succession.
    """
    return _heirs(
        {unit_id},
        lambda ids: UnitVersion.objects.filter(holding_on(day), unit__in=ids).values_list(
            "unit_id", flat=True
        ),
        lambda ids: UnitSuccession.objects.filter(
            from_unit__in=ids, to_unit__isnull=False, on__lte=day
        ).values_list("to_unit_id", flat=True),
    )


def heirs_of_agency(agency_id: int, day: date) -> list[int]:
    """Return the agencies that stand in its place on that day, itself if it lives, by id.

    Costs: one query, and two for each step of succession.
    """
    return _heirs(
        {agency_id},
        lambda ids: AgencyVersion.objects.filter(holding_on(day), agency__in=ids).values_list(
            "agency_id", flat=True
        ),
        lambda ids: AgencySuccession.objects.filter(
            from_agency__in=ids, to_agency__isnull=False, on__lte=day
        ).values_list("to_agency_id", flat=True),
    )


def living_heirs_of_agency(agency_id: int) -> list[int]:
    """Return the agencies of today that stand in its place, itself if it lives, by id.

    Costs: nothing for who lives, else one query for each step of succession.
    """
    today = tree()
    return _heirs(
        {agency_id},
        lambda ids: [one for one in ids if today.agency(one).is_living],
        lambda ids: AgencySuccession.objects.filter(
            from_agency__in=ids, to_agency__isnull=False
        ).values_list("to_agency_id", flat=True),
    )


def predecessors_of_agency(agency_id: int, day: date) -> list[int]:
    """Return the agencies that ended and in whose place this one stands, at any remove, by id.

    Costs: two queries for each step of succession; one where nothing came before.
    """
    found: set[int] = set()
    ids = {agency_id}
    while ids:
        links = AgencySuccession.objects.filter(to_agency__in=ids, on__lte=day)
        earlier = set(links.values_list("from_agency_id", flat=True)) - found - {agency_id}
        living = AgencyVersion.objects.filter(holding_on(day), agency__in=earlier)
        ids = earlier - set(living.values_list("agency_id", flat=True)) if earlier else set()
        found |= ids
    return sorted(found)


def units_ever_of(agency_id: int) -> list[int]:
    """Return every unit an agency has or had, by id. Costs: one query."""
    return sorted(Unit.objects.filter(agency=agency_id).values_list("pk", flat=True))


def facts_of_unit(unit_id: int) -> calendar.CalendarFacts:
    """Return the calendar the unit works by today.

    Raises: NoSuchUnit.
    """
    return calendar.facts_of(tree().unit(unit_id).calendar_id)


def facts_of_agency(code: str) -> calendar.CalendarFacts:
    """Return the calendar the agency with this code, new or legacy, works by today.

    Raises: NoSuchUnit.
    """
    agency = tree().agency_by_code(code)
    if agency is None:
        raise NoSuchUnit(f"Không có cơ quan nào mang mã “{code}”.")
    return facts_of_unit(agency.root_unit_id)


def _heirs(
    ids: set[int],
    living: Callable[[set[int]], Iterable[int]],
    after: Callable[[set[int]], Iterable[int]],
) -> list[int]:
    """Follow the links until everything found lives."""
    found: set[int] = set()
    seen: set[int] = set()
    while ids:
        seen |= ids
        alive = set(living(ids))
        found |= alive
        ended = ids - alive
        ids = set(after(ended)) - seen if ended else set()
    return sorted(found)


def _names() -> _Held:
    version = tree().version
    if _held.version != version:
        _held.units = _grouped(UnitVersion.objects.values_list("unit_id", "valid_from", "name"))
        _held.agencies = _grouped(
            AgencyVersion.objects.values_list("agency_id", "valid_from", "name")
        )
        _held.version = version
    return _held


def _grouped(rows: Iterable[tuple[int, date, str]]) -> Names:
    """Return for each identity its names with their first days, the latest first."""
    names: Names = {}
    for owner_id, valid_from, name in sorted(rows, key=lambda row: row[1], reverse=True):
        names.setdefault(owner_id, []).append((valid_from, name))
    return names


def _name_on(names: list[tuple[date, str]], day: date) -> str:
    """Return the latest name begun by that day; before all of them, the earliest."""
    return next((name for valid_from, name in names if valid_from <= day), names[-1][1])
