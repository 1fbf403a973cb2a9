"""Finding a procedure, and everything the law lists about it."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.casework.procedures import api as procedures
from motcua.channels.kit.access import public
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.old_names import OldName, old_names
from motcua.channels.kit.tongues import translate as _
from motcua.channels.portal.desks import chosen_place, nearest_desk, places
from motcua.channels.portal.guide import CASE, guide_to
from motcua.channels.portal.life_events import LIFE_EVENTS, find_life_event
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now
from motcua.lib.text import tidy

LONGEST_SEARCH = 200
STEP, MOST = 30, 300
LEVELS = (procedures.CompetentLevel.COMMUNE, procedures.CompetentLevel.PROVINCE)


@public
def search(request: HttpRequest) -> HttpResponse:
    """List the procedures that fit the words, the sector, the agency and the life event."""
    wanted = _wanted(request)
    how_many = _how_many(request)
    names = old_names(request, wanted["q"], now())
    heir = _heir(names)
    is_there = heir and not wanted["co-quan"]
    asked = {**wanted, "q": names[0].rest, "co-quan": heir} if is_there else wanted
    found = _found(asked, how_many + 1)
    event = find_life_event(wanted["su-kien"])
    context = {
        "old_names": names,
        "used": names[0] if is_there else None,
        "wanted": wanted,
        "found": found[:how_many],
        "more": min(how_many + STEP, MOST) if len(found) > how_many else 0,
        "title": _(event.words) if event else _("Tìm thủ tục"),
        "sectors": [(field.code, field.name) for field, _count in procedures.shown_fields()],
        "levels": [(level.value, level.label) for level in LEVELS],
        "agencies": _agencies(),
        "life_events": [(event.code, _(event.words)) for event in LIFE_EVENTS],
        "is_narrowed": any(value for name, value in wanted.items() if name != "q"),
    }
    return render(request, "portal/procedures.html", context)


@public
def browse(request: HttpRequest) -> HttpResponse:
    """Show every door to the catalogue: life events, sectors, agencies."""
    context = {
        "life_events": LIFE_EVENTS,
        "sectors": procedures.shown_fields(),
        "agencies": _agencies(),
    }
    return render(request, "portal/browse.html", context)


def _wanted(request: HttpRequest) -> dict[str, str]:
    names = ("q", "linh-vuc", "cap", "su-kien", "co-quan")
    return {name: tidy(request.GET.get(name, ""))[:LONGEST_SEARCH] for name in names}


def _heir(names: Sequence[OldName]) -> str:
    """Return the code of the commune that alone came after the one place that was named."""
    kind = organisation.AgencyKind.COMMUNE_COMMITTEE
    agencies = [
        agency.code
        for agency in organisation.tree().agencies()
        if agency.kind == kind and names and agency.place_code == names[0].code
    ]
    return agencies[0] if len(names) == 1 and len(agencies) == 1 else ""


def _how_many(request: HttpRequest) -> int:
    asked = request.GET.get("xem", "")
    return min(int(asked), MOST) if asked.isdecimal() and len(asked) < len(str(MOST)) + 1 else STEP


def _found(wanted: dict[str, str], limit: int) -> list[procedures.Procedure]:
    agency = organisation.tree().agency_by_code(wanted["co-quan"])
    if agency is not None:
        found = procedures.find_procedures_at(
            agency,
            wanted["q"],
            sector=wanted["linh-vuc"],
            life_event=wanted["su-kien"],
            limit=limit,
        )
    else:
        found = procedures.find_procedures(
            wanted["q"],
            sector=wanted["linh-vuc"],
            level=wanted["cap"],
            life_event=wanted["su-kien"],
            limit=limit,
        )
    return list(found)


def _agencies() -> list[tuple[str, str]]:
    tree = organisation.tree()
    kinds = {organisation.AgencyKind.DEPARTMENT, organisation.AgencyKind.COMMUNE_COMMITTEE}
    found = [agency for agency in tree.agencies() if agency.kind in kinds]
    found.sort(key=lambda agency: agency.kind != organisation.AgencyKind.DEPARTMENT)
    return [(agency.code, agency.name) for agency in found]


@public
@shows_errors("portal:procedures")
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """Show one procedure whole, and for the visitor's own case what to bring and pay."""
    at = now()
    found, definition, doubts = procedures.read_procedure(code, local_day(at))
    guide = guide_to(found.pk, definition, request.GET, doubts)
    context = {
        "procedure": found,
        "guide": guide,
        "definition": definition,
        "questions": _questions(request, definition),
        "case_options": [(case.code, case.name) for case in definition.cases],
        "case_name": CASE,
        "desk": nearest_desk(request, at),
        "places": places(),
        "place": chosen_place(request),
    }
    return render(request, "portal/procedure.html", context)


def _questions(request: HttpRequest, definition: procedures.Definition) -> list[dict[str, object]]:
    return [
        {
            "name": question.name,
            "text": question.text,
            "options": [(choice.value, choice.label) for choice in question.choices],
            "value": request.GET.get(question.name, ""),
        }
        for question in definition.questions
    ]
