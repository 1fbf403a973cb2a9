"""What stands around every page of the office, and who may come in."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from motcua.channels.kit.addresses import address
from motcua.channels.kit.areas import working_areas
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.places import place_of
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor, ActorKind

P = ParamSpec("P")
View = Callable[Concatenate[ActorRequest, P], HttpResponseBase]
Item = tuple[str, str, str]


def for_officers(redirect_to: str | None = None) -> Callable[[View[P]], View[P]]:
    """Let officers at work in only, and show what is refused where the person can go on."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(
            request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            if request.actor.kind != ActorKind.OFFICER or not has_work(request.actor):
                raise PermissionDenied("Trang này dành cho người xử lý hồ sơ của cơ quan.")
            return view(request, *args, **kwargs)

        return shows_errors(redirect_to)(guarded)

    return decorate


def has_work(actor: Actor) -> bool:
    """Say whether a post of the actor's lets him do more than file for people of the village.

    What a helper filed is his to follow as its applicant would: not what the office says of it.
    """
    return bool({*actor.powers, *actor.province_powers} - {Power.FILE_FOR_OTHERS})


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
        "areas": working_areas(request.actor, here="office"),
        "side": side(request.actor),
        "current": current,
    }
    return render(request, f"office/{template}.html", {**around, **context}, status=status)


def is_watching(actor: Actor) -> bool:
    """Say whether the actor watches over the province and handles nothing."""
    return actor.sees_all and not actor.can(Power.HANDLE_DOSSIERS)


def whose_work(actor: Actor) -> str:
    """Return what the list of open work is called for the actor."""
    return "Việc toàn tỉnh" if actor.sees_all else "Việc của đơn vị"


def side(actor: Actor) -> list[Item]:
    """Return the pages of the office that this actor has work on."""
    work = address("office:work")
    found = [
        ("Hôm nay", address("office:start"), "start"),
        *([] if is_watching(actor) else [("Việc của tôi", f"{work}?ai=toi", "mine")]),
        (whose_work(actor), work, "work"),
        *([] if is_watching(actor) else [("Được hỏi ý kiến", address("office:asked"), "asked")]),
    ]
    found += out_and_together(actor)
    if actor.can(Power.APPROVE_DOSSIERS):
        found.append(("Chờ tôi duyệt, ký", address("office:sign"), "sign"))
    if actor.can(Power.SIGN_DOCUMENTS):
        found.append(("Ký nháy, ký văn bản", address("office:to_sign"), "to_sign"))
    if actor.can(Power.SIGN_DOCUMENTS) or actor.can(Power.SEAL_DOCUMENTS):
        found.append(("Trình ký văn bản", address("office:documents"), "documents"))
    if not actor.on_behalf_of:
        found.append(("Tôi vắng mặt", address("office:absences"), "absences"))
    if actor.can(Power.SEAL_DOCUMENTS):
        found.append(("Cấp số, đóng dấu", address("office:to_seal"), "seal"))
        found.append(("Bản sao điện tử", address("office:copies"), "copies"))
    if actor.can(Power.ASSIGN_DOSSIERS):
        found.append(("Đơn vị", address("office:unit"), "unit"))
    return [*found, *looking_up(actor)]


def out_and_together(actor: Actor) -> list[Item]:
    """Return the pages of work outside the office, and of what is decided for many at once."""
    found = []
    if actor.can(Power.HANDLE_DOSSIERS):
        found.append(("Đi thực địa", address("office:visits"), "visits"))
    if actor.can(Power.HANDLE_DOSSIERS) or actor.can(Power.APPROVE_DOSSIERS):
        found.append(("Quyết định theo danh sách", address("office:collected"), "collected"))
    return found


def looking_up(actor: Actor) -> list[Item]:
    """Return the pages on which the actor looks for something."""
    found = [
        ("Tra cứu", "", ""),
        ("Hồ sơ", address("office:dossiers"), "dossiers"),
        ("Tìm hồ sơ", address("office:find"), "find"),
    ]
    if actor.can(Power.EXPORT_DOSSIERS):
        found.append(("Báo cáo", address("office:report"), "report"))
        found.append(("Lý do hay gặp", address("office:reasons_report"), "reasons"))
    return [*found, *money(actor)]


def money(actor: Actor) -> list[Item]:
    """Return the pages on money: the book, what goes back, statements to reconcile."""
    found: list[Item] = []
    if actor.can(Power.READ_CASHBOOK):
        found.append(("Sổ quỹ", address("office:cashbook"), "cashbook"))
    if actor.can(Power.APPROVE_REFUNDS):
        found.append(("Hoàn tiền", address("office:refunds"), "refunds"))
    if actor.can(Power.RECONCILE) or actor.can(Power.APPROVE_WRITE_OFFS):
        found.append(("Đối soát", address("office:reconciliation"), "reconciliation"))
    return [("Tiền", "", ""), *found] if found else []
