"""Agencies: what is on record of one, and how it is founded, changed, ended, succeeded."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.forms.organisation import AgencyForm, EndForm, SuccessionForm
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import needs
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.errors import BadInput

ORGANISATION = ("Cơ quan, đơn vị", "backoffice:tree")


def crumbs(agency: organisation.Agency | None = None) -> list[tuple[str, str]]:
    """Return the way from the tree down to the agency."""
    words = [(ORGANISATION[0], reverse(ORGANISATION[1]))]
    if agency is not None:
        words.append((agency.name, address(agency)))
    return words


def address(agency: organisation.Agency) -> str:
    return reverse("backoffice:agency", args=[agency.code])


def way(agency: organisation.Agency | None = None) -> Way:
    """Return where forms about the agency stand, or those about a new one."""
    back = address(agency) if agency is not None else reverse(ORGANISATION[1])
    return Way(back, crumbs(agency), "tree")


def parents() -> list[tuple[str, str]]:
    """Return the living agencies to choose from."""
    return [(str(one.id), f"{one.name} ({one.code})") for one in organisation.tree().agencies()]


def changing(what: str) -> Sheet:
    """Return the words with which an agency or unit is changed."""
    return Sheet(
        f"Thay đổi {what}",
        "Ghi thay đổi",
        f"Đã ghi thay đổi của {what}.",
        intro="Nội dung mới áp dụng từ ngày ghi dưới đây; nội dung cũ vẫn được giữ.",
    )


def ending(name: str, what: str, inside: str) -> Sheet:
    """Return the words with which an agency or unit is ended, with all that is inside."""
    return Sheet(
        f"Chấm dứt {name}",
        "Ghi ngày chấm dứt",
        f"Đã ghi ngày chấm dứt của {what}.",
        intro=f"{inside} chấm dứt cùng ngày.",
        warning=True,
    )


def succeeding(name: str) -> Sheet:
    """Return the words with which the one is named that came after."""
    return Sheet(
        f"Kế tục {name}",
        "Ghi nơi kế tục",
        "Đã ghi nơi kế tục.",
        intro="Khi sáp nhập hay chia tách, ghi từng cặp nơi cũ và nơi mới.",
    )


@require_GET
@needs(Power.EDIT_ORGANISATION)
def agency(request: ActorRequest, code: str) -> HttpResponse:
    """Show one agency: as it is, its units, its versions, what it came from and became.

    Costs: four statements.
    """
    found = organisation.get_agency(code)
    units = organisation.units_on_record(found.pk)
    root = next((unit for unit in units if unit.parent_id is None), None)
    context = {
        "title": found.name,
        "crumbs": crumbs(),
        "agency": found,
        "units": units,
        "root": root,
        "versions": organisation.versions_of_agency(found.pk),
        "links": organisation.successions_of_agency(found.pk),
        "may_edit": root is not None
        and request.actor.can(Power.EDIT_ORGANISATION, unit_id=root.pk),
    }
    return page(request, "agency", context, current="tree")


@asks(Power.EDIT_ORGANISATION)
def add_agency(request: ActorRequest) -> HttpResponse:
    """Found an agency."""
    form = AgencyForm(request.POST or None, parents=parents())

    def act(at: datetime) -> str:
        return address(organisation.add_agency(form.facts(), form.term(), by=request.actor, at=at))

    sheet = Sheet("Thêm cơ quan", "Thêm cơ quan", "Đã thêm cơ quan.")
    return asked(request, form, act, sheet, way())


@asks(Power.EDIT_ORGANISATION)
def change_agency(request: ActorRequest, code: str) -> HttpResponse:
    """Give an agency a new version from a day on."""
    found = organisation.get_agency(code)
    words = ("name", "short_name", "code", "legacy_code", "kind", "level", "place_code")
    initial = {word: getattr(found, word) for word in words} | {"parent": found.parent_id}
    form = AgencyForm(request.POST or None, parents=parents(), initial=initial)

    def act(at: datetime) -> str:
        facts, term = form.facts(), form.term()
        return address(organisation.change_agency(found.pk, facts, term, by=request.actor, at=at))

    return asked(request, form, act, changing("cơ quan"), way(found))


@asks(Power.EDIT_ORGANISATION)
def end_agency(request: ActorRequest, code: str) -> HttpResponse:
    """End an agency with all in it."""
    found = organisation.get_agency(code)
    form = EndForm(request.POST or None)

    def act(at: datetime) -> str:
        organisation.end_agency(found.pk, **form.cleaned_data, by=request.actor, at=at)
        return address(found)

    sheet = ending(found.name, "cơ quan", "Mọi đơn vị, vị trí và người giữ vị trí của cơ quan")
    return asked(request, form, act, sheet, way(found))


@asks(Power.EDIT_ORGANISATION)
def succeed_agency(request: ActorRequest, code: str) -> HttpResponse:
    """Link an agency to the one that came after it."""
    found = organisation.get_agency(code)
    form = SuccessionForm(request.POST or None)

    def act(at: datetime) -> str:
        link = form.link(found.pk, heir_id(form.cleaned_data["to"], organisation.get_agency))
        organisation.record_agency_succession(link, by=request.actor, at=at)
        return address(found)

    return asked(request, form, act, succeeding(found.name), way(found))


def heir_id(
    code: str, get: Callable[[str], organisation.Agency] | Callable[[str], organisation.Unit]
) -> int | None:
    """Return what comes after, found by its code; None if nothing does. Raises: BadInput."""
    if not code:
        return None
    try:
        return get(code).pk
    except organisation.NoSuchUnit as error:
        raise BadInput(str(error), field="to") from error
