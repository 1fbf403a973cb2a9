"""Units of an agency: what is on record of one, and how it is set up, changed, ended, succeeded."""

from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.forms.organisation import (
    CalendarUseForm,
    EndForm,
    PostForm,
    SuccessionForm,
    UnitForm,
)
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import needs
from motcua.channels.backoffice.views import agencies
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.calendar import api as calendar
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now


def address(unit: organisation.Unit) -> str:
    return reverse("backoffice:unit", args=[unit.code])


def crumbs(unit: organisation.Unit, *, inside: bool = False) -> list[tuple[str, str]]:
    """Return the way from the tree to the unit's agency, or to the unit itself."""
    words = agencies.crumbs(unit.agency)
    return [*words, (unit.name, address(unit))] if inside else words


def way(unit: organisation.Unit) -> Way:
    """Return where forms about the unit stand."""
    return Way(address(unit), crumbs(unit, inside=True), "tree")


def siblings(agency_id: int, *, besides: int | None = None) -> list[tuple[str, str]]:
    """Return the living units of an agency to choose from."""
    units = organisation.tree().units_of(agency_id)
    return [(str(one.id), f"{one.name} ({one.code})") for one in units if one.id != besides]


@require_GET
@needs(Power.EDIT_ORGANISATION)
def unit(request: ActorRequest, code: str) -> HttpResponse:
    """Show one unit: its posts and who holds them, calendars, versions, links.

    Costs: seven statements.
    """
    found = organisation.get_unit(code)
    today = local_day(now())
    seats = {one.post_id: one for one in organisation.seats_of_units([found.pk], today)}
    posts = organisation.posts_on_record(found.pk)
    context = {
        "title": found.name,
        "crumbs": crumbs(found),
        "unit": found,
        "posts": [(post, seats.get(post.pk)) for post in posts],
        "uses": organisation.calendar_uses(found.pk),
        "calendar_name": calendar_name(found),
        "versions": organisation.versions_of_unit(found.pk),
        "links": organisation.successions_of_unit(found.pk),
        "may_edit": request.actor.can(Power.EDIT_ORGANISATION, unit_id=found.pk),
    }
    return page(request, "unit", context, current="tree")


def calendar_name(found: organisation.Unit) -> str:
    """Return the calendar the unit works by today, its own or that of what stands above it."""
    if found.standing != organisation.Standing.LIVING:
        return "–"
    return calendar.facts_of(organisation.tree().unit(found.pk).calendar_id).name


@asks(Power.EDIT_ORGANISATION)
def add_unit(request: ActorRequest, code: str) -> HttpResponse:
    """Set up a unit in an agency."""
    agency = organisation.get_agency(code)
    form = UnitForm(
        request.POST or None, parents=siblings(agency.pk), initial={"code": f"{agency.code}."}
    )

    def act(at: datetime) -> str:
        facts, term = form.facts(), form.term()
        return address(organisation.add_unit(agency.pk, facts, term, by=request.actor, at=at))

    sheet = Sheet("Thêm đơn vị", "Thêm đơn vị", "Đã thêm đơn vị.")
    return asked(request, form, act, sheet, agencies.way(agency))


@asks(Power.EDIT_ORGANISATION)
def change_unit(request: ActorRequest, code: str) -> HttpResponse:
    """Give a unit a new version from a day on."""
    found = organisation.get_unit(code)
    initial = {word: getattr(found, word) for word in ("name", "short_name", "code", "kind")}
    form = UnitForm(
        request.POST or None,
        parents=siblings(found.agency_id, besides=found.pk),
        initial=initial | {"parent": found.parent_id},
    )

    def act(at: datetime) -> str:
        facts, term = form.facts(), form.term()
        return address(organisation.change_unit(found.pk, facts, term, by=request.actor, at=at))

    return asked(request, form, act, agencies.changing("đơn vị"), way(found))


@asks(Power.EDIT_ORGANISATION)
def end_unit(request: ActorRequest, code: str) -> HttpResponse:
    """End a unit with its posts."""
    found = organisation.get_unit(code)
    form = EndForm(request.POST or None)

    def act(at: datetime) -> str:
        organisation.end_unit(found.pk, **form.cleaned_data, by=request.actor, at=at)
        return address(found)

    sheet = agencies.ending(found.name, "đơn vị", "Mọi vị trí của đơn vị và người giữ vị trí")
    return asked(request, form, act, sheet, way(found))


@asks(Power.EDIT_ORGANISATION)
def succeed_unit(request: ActorRequest, code: str) -> HttpResponse:
    """Link a unit to the one that came after it."""
    found = organisation.get_unit(code)
    form = SuccessionForm(request.POST or None)

    def act(at: datetime) -> str:
        link = form.link(found.pk, agencies.heir_id(form.cleaned_data["to"], organisation.get_unit))
        organisation.record_unit_succession(link, by=request.actor, at=at)
        return address(found)

    return asked(request, form, act, agencies.succeeding(found.name), way(found))


@asks(Power.EDIT_ORGANISATION)
def follow_calendar(request: ActorRequest, code: str) -> HttpResponse:
    """Choose the calendar of a unit and all below it from a day on."""
    found = organisation.get_unit(code)
    form = CalendarUseForm(request.POST or None)

    def act(at: datetime) -> str:
        calendar_id = int(form.cleaned_data["calendar"])
        organisation.follow_calendar(found.pk, calendar_id, form.term(), by=request.actor, at=at)
        return address(found)

    sheet = Sheet(
        f"Lịch làm việc của {found.name}",
        "Chọn lịch",
        "Đã chọn lịch làm việc.",
        intro="Áp dụng cho đơn vị này và mọi đơn vị bên dưới không có lịch riêng.",
    )
    return asked(request, form, act, sheet, way(found))


@asks(Power.EDIT_ORGANISATION)
def add_post(request: ActorRequest, code: str) -> HttpResponse:
    """Set up a seat in a unit."""
    found = organisation.get_unit(code)
    form = PostForm(request.POST or None)

    def act(at: datetime) -> str:
        facts, term = form.facts(found.pk), form.term()
        post = organisation.add_post(facts, term, by=request.actor, at=at)
        return reverse("backoffice:post", args=[post.code])

    sheet = Sheet(f"Thêm vị trí ở {found.name}", "Thêm vị trí", "Đã thêm vị trí.")
    return asked(request, form, act, sheet, way(found))
