"""Posts: who holds one and held it, and how it is filled, left and ended."""

from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.forms.organisation import EndForm, FillForm
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import needs
from motcua.channels.backoffice.views import units
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation


def address(post: organisation.Post) -> str:
    return reverse("backoffice:post", args=[post.code])


def crumbs(post: organisation.Post, *, inside: bool = False) -> list[tuple[str, str]]:
    """Return the way from the tree to the post's unit, or to the post itself."""
    words = units.crumbs(post.unit, inside=True)
    return [*words, (post.title, address(post))] if inside else words


def way(post: organisation.Post) -> Way:
    """Return where forms about the post stand."""
    return Way(address(post), crumbs(post, inside=True), "tree")


@require_GET
@needs(Power.EDIT_ORGANISATION)
def post(request: ActorRequest, code: str) -> HttpResponse:
    """Show one post: its holders, what its role grants, who stands in.

    Costs: three statements.
    """
    found = organisation.get_post(code)
    context = {
        "title": found.title,
        "crumbs": crumbs(found),
        "post": found,
        "holdings": organisation.holdings_of_post(found.pk),
        "delegations": access.delegations_of_post(found.pk),
        "powers": sorted(
            power.label for power in access.ROLE_POWERS[organisation.PostRole(found.role)]
        ),
        "may_edit": request.actor.can(Power.EDIT_ORGANISATION, unit_id=found.unit_id),
    }
    return page(request, "post", context, current="tree")


@asks(Power.EDIT_ORGANISATION)
def fill_post(request: ActorRequest, code: str) -> HttpResponse:
    """Put an officer into a post."""
    found = organisation.get_post(code)
    form = FillForm(request.POST or None)

    def act(at: datetime) -> str:
        officer, term = form.cleaned_data["officer"], form.term()
        organisation.fill_post(found.pk, officer.pk, term, by=request.actor, at=at)
        return address(found)

    sheet = Sheet(f"Giao vị trí {found.title}", "Giao vị trí", "Đã giao vị trí.")
    return asked(request, form, act, sheet, way(found))


@asks(Power.EDIT_ORGANISATION)
def leave_post(request: ActorRequest, code: str) -> HttpResponse:
    """Let the holder of a post leave it."""
    found = organisation.get_post(code)
    form = EndForm(request.POST or None)

    def act(at: datetime) -> str:
        organisation.leave_post(found.pk, **form.cleaned_data, by=request.actor, at=at)
        return address(found)

    sheet = Sheet(
        f"Thôi giữ vị trí {found.title}", "Ghi ngày thôi giữ", "Đã ghi ngày thôi giữ vị trí."
    )
    return asked(request, form, act, sheet, way(found))


@asks(Power.EDIT_ORGANISATION)
def end_post(request: ActorRequest, code: str) -> HttpResponse:
    """End a post and whoever holds it."""
    found = organisation.get_post(code)
    form = EndForm(request.POST or None)

    def act(at: datetime) -> str:
        organisation.end_post(found.pk, **form.cleaned_data, by=request.actor, at=at)
        return address(found)

    sheet = Sheet(
        f"Chấm dứt vị trí {found.title}",
        "Ghi ngày chấm dứt",
        "Đã ghi ngày chấm dứt vị trí.",
        intro="Người đang giữ vị trí thôi giữ cùng ngày.",
        warning=True,
    )
    return asked(request, form, act, sheet, way(found))
