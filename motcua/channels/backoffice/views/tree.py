"""The organisation as a tree, today or on any day, and the search in it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import holds, needs
from motcua.channels.kit.days import read_day
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now
from motcua.lib.text import exact, fold, has_tones

MOST_FOUND = 100


@dataclass(frozen=True, slots=True)
class Branch:
    """One agency with the agencies below it."""

    agency: organisation.AgencyInfo
    kind: str
    below: Sequence["Branch"]


@require_GET
@needs(Power.EDIT_ORGANISATION)
def tree(request: ActorRequest) -> HttpResponse:
    """Show all agencies of a day, or the agencies and units with the words looked for.

    Costs: none or one statement for today, two for another day.
    """
    today = local_day(now())
    typed = request.GET.get("ngay", "")
    day, complaint = read_or_complain(typed, today)
    whole = organisation.tree() if day == today else organisation.tree_on(day)
    text = request.GET.get("q", "")
    agencies, units = found_in(whole, text) if text.strip() else ((), ())
    context = {
        "title": "Cơ quan, đơn vị",
        "text": text,
        "typed": typed,
        "complaint": complaint,
        "day": day,
        "is_today": day == today,
        "branches": () if text.strip() else branches_of(whole),
        "agencies": agencies,
        "units": [(unit, whole.agency(unit.agency_id)) for unit in units],
        "may_found": holds(request.actor, Power.EDIT_ORGANISATION, everywhere=True),
    }
    return page(request, "tree", context, current="tree", status=422 if complaint else 200)


def read_or_complain(typed: str, today: date) -> tuple[date, str]:
    """Return the day that was typed, or today and what is wrong with it."""
    try:
        return (read_day(typed) if typed.strip() else today), ""
    except ValidationError as error:
        return today, " ".join(error.messages)


def place_in_line(agency: organisation.AgencyInfo) -> list[tuple[int, str]]:
    """Return what sorts codes as people count: H18.9 before H18.10, and that before H18.101."""
    parts = agency.code.split(".")
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]


def branches_of(whole: organisation.Tree) -> list[Branch]:
    """Return the agencies as a tree; one whose parent is not there stands at the top."""
    agencies = sorted(whole.agencies(), key=place_in_line)
    known = {agency.id for agency in agencies}
    below: defaultdict[int | None, list[organisation.AgencyInfo]] = defaultdict(list)
    for agency in agencies:
        below[agency.parent_id if agency.parent_id in known else None].append(agency)

    def grow(parent_id: int | None) -> list[Branch]:
        return [
            Branch(one, organisation.AgencyKind(one.kind).label, grow(one.id))
            for one in below.get(parent_id, ())
        ]

    return grow(None)


def found_in(
    whole: organisation.Tree, text: str
) -> tuple[list[organisation.AgencyInfo], list[organisation.UnitInfo]]:
    """Return the agencies and units whose name or code has the words."""
    spell = exact if has_tones(text) else fold
    asked = spell(text.strip())
    agencies = [
        one
        for one in whole.agencies()
        if any(asked in spell(word) for word in (one.name, one.code, one.legacy_code))
    ]
    units = [
        unit
        for agency in whole.agencies()
        for unit in whole.units_of(agency.id)
        if asked in spell(unit.name) or asked in spell(unit.code)
    ]
    return agencies[:MOST_FOUND], units[:MOST_FOUND]
