"""The desk nearest to the visitor and its hours today, from memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest

from motcua.channels.kit import words
from motcua.channels.kit.tongues import translate as _
from motcua.foundation.calendar import api as calendar
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local, local_day

PLACE_COOKIE = "motcua_noi_o"
_DAYS_AHEAD = 15


@dataclass(frozen=True, slots=True)
class Desk:
    """A one-stop desk as a visitor needs it now."""

    name: str
    agency_name: str
    agency_code: str
    is_open: bool
    today: str
    opens_next: str


def places() -> list[tuple[str, str]]:
    """Return the communes to choose from: code and name, in the order of their codes."""
    tree = organisation.tree()
    kind = organisation.AgencyKind.COMMUNE_COMMITTEE
    return [(a.code, a.name) for a in tree.agencies() if a.kind == kind and tree.desk_of(a.id)]


def chosen_place(request: HttpRequest) -> str:
    """Return the code of the commune the visitor has chosen, if it still is one."""
    code = request.COOKIES.get(PLACE_COOKIE, "")
    agency = organisation.tree().agency_by_code(code) if code else None
    return agency.code if agency is not None and agency.is_living else ""


def nearest_desk(request: HttpRequest, at: datetime) -> Desk | None:
    """Return the desk of the chosen commune, else the province's own, else the first of all."""
    tree = organisation.tree()
    place = tree.agency_by_code(chosen_place(request))
    desk = tree.desk_of(place.id) if place else None
    return desk_now(desk or _province_desk(), at)


def desk_of_agency(agency_id: int, at: datetime) -> Desk | None:
    """Return the agency's desk, if it has one."""
    return desk_now(organisation.tree().desk_of(agency_id), at)


def _province_desk() -> organisation.UnitInfo | None:
    tree = organisation.tree()
    desks = tree.desks()
    level = organisation.Level.PROVINCE
    own = (desk for desk in desks if tree.agency(desk.agency_id).level == level)
    return next(own, desks[0] if desks else None)


def desk_now(unit: organisation.UnitInfo | None, at: datetime) -> Desk | None:
    """Return whether the desk is open now, its hours today, and when it opens next."""
    if unit is None:
        return None
    agency = organisation.tree().agency(unit.agency_id)
    facts = calendar.facts_of(unit.calendar_id)
    today = local_day(at)
    is_open = calendar.is_desk_open(at, facts)
    return Desk(
        name=unit.name,
        agency_name=agency.name,
        agency_code=agency.code,
        is_open=is_open,
        today=hours_in_words(facts.desk_hours_on(today)),
        opens_next="" if is_open else _opens_next(at, facts),
    )


def hours_in_words(hours: Sequence[tuple[int, int]]) -> str:
    """Return “7 giờ 30 – 11 giờ 30 và 13 giờ – 17 giờ”; nothing on a day off."""
    spans = [f"{_hour(opens)} – {_hour(closes)}" for opens, closes in hours]
    return _(" và ").join(spans)


def _hour(minutes: int) -> str:
    return words.hour(time(*divmod(minutes, 60)))


def _opens_next(at: datetime, facts: calendar.CalendarFacts) -> str:
    today = local_day(at)
    passed = _minutes(at)
    for ahead in range(_DAYS_AHEAD):
        day = today + timedelta(days=ahead)
        hours = facts.desk_hours_on(day)
        opens = next((start for start, _end in hours if ahead or start > passed), None)
        if opens is not None:
            return _opening(day, today, opens)
    return ""


def _opening(day: date, today: date, opens: int) -> str:
    when = _("hôm nay") if day == today else words.long_day(day)
    return f"{_hour(opens)}, {when}"


def _minutes(at: datetime) -> int:
    here = local(at)
    return here.hour * 60 + here.minute
