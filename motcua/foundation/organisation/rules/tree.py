"""Today's agencies and units in memory: plain look-ups, built once for each version of the tree."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from motcua.foundation.organisation.choices import AgencyKind, UnitKind
from motcua.foundation.organisation.errors import NoSuchUnit

_HIGHEST = 30  # no tree is that high: a circle of agencies ends the search for a calendar


@dataclass(frozen=True, slots=True)
class AgencyInfo:
    """An agency as it is today; one that has ended is as it was on its latest day."""

    root_unit_id: int
    id: int
    code: str
    legacy_code: str
    name: str
    short_name: str
    kind: str
    level: str
    parent_id: int | None
    place_code: str
    is_living: bool = True

    @property
    def is_counted(self) -> bool:
        """Say whether what happens there counts in figures: not where one only tries."""
        return self.kind != AgencyKind.SANDBOX


@dataclass(frozen=True, slots=True)
class UnitInfo:
    """A unit as it is today; `calendar_id` is its own, or that of the nearest above it."""

    id: int
    agency_id: int
    name: str
    short_name: str
    kind: str
    code: str
    parent_id: int | None
    calendar_id: int | None
    place_code: str
    is_living: bool = True


class Tree:
    """All agencies and units of today; every answer is one look-up in a dictionary."""

    __slots__ = (
        "_agencies",
        "_agencies_by_code",
        "_ancestors",
        "_descendants",
        "_desks",
        "_units",
        "_units_by_code",
        "_units_of",
        "version",
    )

    def __init__(
        self, version: int, agencies: Iterable[AgencyInfo], units: Iterable[UnitInfo]
    ) -> None:
        self.version = version
        self._agencies = {one.id: one for one in agencies}
        self._units = with_calendars(self._agencies.values(), units)
        self._ancestors = {unit_id: _path(self._units, unit_id) for unit_id in self._units}
        self._descendants = _turned_round(self._ancestors)
        self._agencies_by_code = _agencies_by_code(self._agencies)
        self._units_by_code = {one.code: one for one in _ended_first(self._units)}
        self._units_of = _grouped(self._units)
        self._desks = tuple(
            one
            for one in self._units.values()
            if one.kind == UnitKind.ONE_STOP_DESK and one.is_living
        )

    def unit(self, unit_id: int) -> UnitInfo:
        """Raises: NoSuchUnit."""
        try:
            return self._units[unit_id]
        except KeyError as error:
            raise NoSuchUnit("Không tìm thấy đơn vị này.") from error

    def agency(self, agency_id: int) -> AgencyInfo:
        """Raises: NoSuchUnit."""
        try:
            return self._agencies[agency_id]
        except KeyError as error:
            raise NoSuchUnit("Không tìm thấy cơ quan này.") from error

    def agency_of(self, unit_id: int) -> AgencyInfo:
        """Return the agency the unit belongs to. Raises: NoSuchUnit."""
        return self._agencies[self.unit(unit_id).agency_id]

    def ancestors(self, unit_id: int) -> tuple[int, ...]:
        """Return the unit and all above it inside its agency, itself first."""
        return self._ancestors.get(unit_id, ())

    def descendants(self, unit_id: int) -> frozenset[int]:
        """Return the unit and all below it inside its agency."""
        return self._descendants.get(unit_id, frozenset())

    def units_of(self, agency_id: int) -> tuple[UnitInfo, ...]:
        """Return the living units of an agency, the root first, then by code."""
        return self._units_of.get(agency_id, ())

    def desks(self) -> tuple[UnitInfo, ...]:
        """Return every living one-stop desk, by code."""
        return self._desks

    def desk_of(self, agency_id: int) -> UnitInfo | None:
        """Return the first living one-stop desk of the agency, if it has one."""
        desks = (u for u in self.units_of(agency_id) if u.kind == UnitKind.ONE_STOP_DESK)
        return next(desks, None)

    def agencies(self) -> tuple[AgencyInfo, ...]:
        """Return every living agency, by code."""
        return tuple(one for one in self._agencies.values() if one.is_living)

    def agency_by_code(self, code: str) -> AgencyInfo | None:
        """Find an agency by its new or legacy code, a living one before one that has ended."""
        return self._agencies_by_code.get(code)

    def unit_by_code(self, code: str) -> UnitInfo | None:
        """Find a unit by its code, a living one before one that has ended."""
        return self._units_by_code.get(code)


def _path(units: Mapping[int, UnitInfo], unit_id: int) -> tuple[int, ...]:
    path: list[int] = []
    above: int | None = unit_id
    while above is not None and above not in path:
        path.append(above)
        above = units[above].parent_id
    return tuple(path)


def _turned_round(ancestors: Mapping[int, tuple[int, ...]]) -> dict[int, frozenset[int]]:
    below: dict[int, set[int]] = {unit_id: set() for unit_id in ancestors}
    for unit_id, path in ancestors.items():
        for above in path:
            below[above].add(unit_id)
    return {unit_id: frozenset(ids) for unit_id, ids in below.items()}


def _ended_first(units: Mapping[int, UnitInfo]) -> list[UnitInfo]:
    return sorted(units.values(), key=lambda unit: unit.is_living)


def _agencies_by_code(agencies: Mapping[int, AgencyInfo]) -> dict[str, AgencyInfo]:
    found: dict[str, AgencyInfo] = {}
    for agency in sorted(agencies.values(), key=lambda one: one.is_living):
        if agency.legacy_code:
            found[agency.legacy_code] = agency
        found[agency.code] = agency
    return found


def _grouped(units: Mapping[int, UnitInfo]) -> dict[int, tuple[UnitInfo, ...]]:
    grouped: dict[int, list[UnitInfo]] = {}
    for unit in sorted(units.values(), key=lambda one: one.parent_id is not None):
        if unit.is_living:
            grouped.setdefault(unit.agency_id, []).append(unit)
    return {agency_id: tuple(found) for agency_id, found in grouped.items()}


def with_calendars(
    agencies: Iterable[AgencyInfo], units: Iterable[UnitInfo]
) -> dict[int, UnitInfo]:
    """Return the units by id, each without its own calendar given that of the nearest above."""
    parents = {one.id: one.parent_id for one in agencies}
    roots = {one.id: one.root_unit_id for one in agencies}
    found = {one.id: one for one in units}

    def calendar_of(unit: UnitInfo, steps: int = 0) -> int | None:
        if unit.calendar_id is not None or steps > _HIGHEST:
            return unit.calendar_id
        above = unit.parent_id or roots.get(parents.get(unit.agency_id) or 0)
        return calendar_of(found[above], steps + 1) if above in found else None

    return {
        one.id: replace(one, calendar_id=calendar_of(one)) if one.calendar_id is None else one
        for one in found.values()
    }
