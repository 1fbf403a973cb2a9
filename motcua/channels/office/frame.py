"""What stands around every page of the office, and who may come in."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor, ActorKind

P = ParamSpec("P")
View = Callable[Concatenate[ActorRequest, P], HttpResponseBase]
Item = tuple[str, str, str]
_DESK = (Power.RECEIVE_DOSSIERS, Power.HAND_OVER_DOSSIERS, Power.RETURN_OUTCOMES)
_BACK = (Power.EDIT_ORGANISATION, Power.EDIT_PROCEDURES)


def for_officers(redirect_to: str | None = None) -> Callable[[View[P]], View[P]]:
    """Let officers in only, and show what is refused where the person can go on."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(
            request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            if request.actor.kind != ActorKind.OFFICER:
                raise PermissionDenied("Trang này dành cho người xử lý hồ sơ của cơ quan.")
            return view(request, *args, **kwargs)

        return shows_errors(redirect_to)(guarded)

    return decorate


def page(
    request: ActorRequest,
    template: str,
    context: Mapping[str, object],
    *,
    current: str,
    status: int = 200,
) -> HttpResponse:
    """Return the page inside the office's frame."""
    around = {
        "actor": request.actor,
        "place": place_of(request.actor),
        "areas": areas(request.actor),
        "side": side(request.actor),
        "current": current,
    }
    return render(request, f"office/{template}.html", {**around, **context}, status=status)


def place_of(actor: Actor) -> str:
    """Return where the officer works, with whom he stands in for."""
    if actor.on_behalf_of:
        return f"thay {actor.on_behalf_of}"
    if not actor.unit_ids:
        return actor.title
    return organisation.tree().unit(actor.unit_ids[0]).name


def areas(actor: Actor) -> list[Item]:
    """Return the working areas open to the actor; their addresses are agreed, not imported."""
    found = [("Xử lý", reverse("office:start"), "office")]
    if any(actor.can(power) for power in _DESK):
        found.insert(0, ("Một cửa", "/mot-cua/", "counter"))
    if any(actor.can(power) for power in _BACK):
        found.append(("Quản trị", "/quan-tri/", "backoffice"))
    return found


def side(actor: Actor) -> list[Item]:
    """Return the pages of the office that this actor has work on."""
    work = reverse("office:work")
    found = [
        ("Hôm nay", reverse("office:start"), "start"),
        ("Việc của tôi", f"{work}?ai=toi", "mine"),
        ("Việc của đơn vị", work, "work"),
        ("Được hỏi ý kiến", reverse("office:asked"), "asked"),
    ]
    if actor.can(Power.APPROVE_DOSSIERS):
        found.append(("Chờ tôi duyệt, ký", reverse("office:sign"), "sign"))
    if actor.can(Power.ASSIGN_DOSSIERS):
        found.append(("Đơn vị", reverse("office:unit"), "unit"))
    found += [
        ("Tra cứu", "", ""),
        ("Hồ sơ", reverse("office:dossiers"), "dossiers"),
        ("Tìm hồ sơ", reverse("office:find"), "find"),
    ]
    return found
