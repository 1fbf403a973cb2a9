"""Where an officer with several posts works just now: chosen in the header, kept in the browser."""

from typing import NamedTuple

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor

from .decorators import go, same_site_referer
from .requests import ActorRequest

PLACE_COOKIE = "noi_lam_viec"
_YEAR = 365 * 24 * 3600


class Place(NamedTuple):
    """A unit in which the officer holds a post."""

    unit_id: int
    name: str
    is_current: bool


def place_of(actor: Actor) -> str:
    """Return where the officer works, with whom he stands in for."""
    if actor.on_behalf_of:
        return f"thay {actor.on_behalf_of}"
    if not actor.unit_ids:
        return actor.title
    return organisation.tree().unit(actor.unit_ids[0]).name


def places_of(actor: Actor) -> list[Place]:
    """Return where an officer with several posts may work, the one of now first; else nothing."""
    if len(actor.unit_ids) < 2 or actor.on_behalf_of:  # noqa: PLR2004 -- one place is no choice
        return []
    tree = organisation.tree()
    return [
        Place(unit_id, name_of(tree, unit_id), is_current=index == 0)
        for index, unit_id in enumerate(actor.unit_ids)
    ]


def name_of(tree: organisation.Tree, unit_id: int) -> str:
    """Return the unit's name, with its agency's where that is another one."""
    unit, agency = tree.unit(unit_id), tree.agency_of(unit_id)
    if unit.name == agency.name:
        return agency.short_name or agency.name
    return f"{unit.short_name or unit.name}, {agency.short_name or agency.name}"


@require_POST
def choose_place(request: ActorRequest) -> HttpResponse:
    """Remember where the officer works now, and stay on the page."""
    answer = go(request, same_site_referer(request))
    unit_id = request.POST.get("unit", "")
    if unit_id in map(str, request.actor.unit_ids):
        answer.set_cookie(
            PLACE_COOKIE,
            unit_id,
            max_age=_YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return answer
