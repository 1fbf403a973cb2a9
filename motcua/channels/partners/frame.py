"""What stands around every page of partners, and who may come in."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from motcua.casework.contracts import api as contracts
from motcua.channels.kit import access
from motcua.channels.kit.addresses import address
from motcua.channels.kit.areas import Area
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now

P = ParamSpec("P")
View = Callable[Concatenate[ActorRequest, P], HttpResponseBase]
Item = tuple[str, str, str]
TONES = {
    contracts.Standing.COMING: "info",
    contracts.Standing.IN_FORCE: "ok",
    contracts.Standing.PAUSED: "late",
    contracts.Standing.ENDED: "neutral",
}
STAGE_TONES = {
    contracts.Stage.DRAFT: "info",
    contracts.Stage.WAITING: "soon",
    contracts.Stage.DISPUTED: "late",
    contracts.Stage.SETTLED: "ok",
}


def for_partners(redirect_to: str = "partners:start") -> Callable[[View[P]], View[P]]:
    """Open a view to people of partners whose contracts hold, and to nobody else."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(
            request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            contracts.seat_of(request.actor, local_day(now()))
            return view(request, *args, **kwargs)

        return access.for_partners(never_cache(shows_errors(redirect_to)(guarded)))

    return decorate


def page(
    request: ActorRequest,
    template: str,
    context: Mapping[str, object],
    *,
    current: str,
    status: int = 200,
) -> HttpResponse:
    """Return the page inside the frame of partners."""
    around = {
        "actor": request.actor,
        "partner": contracts.seat_of(request.actor, local_day(now())).partner,
        "areas": [Area("Thu hộ", address("partners:start"), "partners")],
        "side": side(request.actor),
        "current": current,
        "stage_tones": STAGE_TONES,
    }
    return render(request, f"partners/{template}.html", {**around, **context}, status=status)


def channels_of(actor: Actor) -> set[str]:
    """Return the channels that the partner's contracts open."""
    return {one.channel for one in contracts.reach_of(actor, local_day(now()))}


def side(actor: Actor) -> list[Item]:
    """Return the pages of this partner."""
    mine = channels_of(actor)
    items = [
        ("Hợp đồng", address("partners:start"), "start"),
        ("Giao dịch", address("partners:payments"), "payments"),
    ]
    if contracts.PaidBy.COD in mine:
        items.append(("Bưu gửi thu hộ", address("partners:parcels"), "parcels"))
        items.append(("Nộp tiền thu hộ", address("partners:hand_in"), "hand_in"))
    items.append(("Quyết toán", address("partners:settlements"), "settlements"))
    if mine - {contracts.PaidBy.TRANSFER}:
        items.append(("Báo cáo trong ngày", address("partners:reports"), "reports"))
    return items
