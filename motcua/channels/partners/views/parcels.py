"""The post: items it delivers against money, what it collected, what it handed in."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.payments import api as payments
from motcua.casework.payments.api import ParcelState
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.partners.forms import COLLECTED, HandInForm, ParcelForm
from motcua.channels.partners.frame import for_partners, page
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now
from motcua.lib.errors import Anticipated, NotAllowed, NotFound
from motcua.lib.text import whole_number

TONES = {ParcelState.SENT: "soon", ParcelState.COLLECTED: "ok", ParcelState.RETURNED: "neutral"}
CHOICES = [("", "Tất cả"), *ParcelState.choices]


@require_GET
@for_partners()
def parcels(request: ActorRequest) -> HttpResponse:
    """List the items, those on their way unless another state is asked for."""
    asked = request.GET.get("tinh-trang", ParcelState.SENT.value)
    state = ParcelState(asked) if asked in ParcelState.values else None
    rows = payments.parcels_of_partner(request.actor, local_day(now()), state=state)
    context = {
        "title": "Bưu gửi thu hộ",
        "states": CHOICES,
        "state": asked if state else "",
        "rows": [(one, TONES[ParcelState(one.state)]) for one in rows],
    }
    return page(request, "parcels", context, current="parcels")


@require_http_methods(["GET", "POST"])
@for_partners("partners:parcels")
def parcel(request: ActorRequest, item: str) -> HttpResponseBase:
    """Show an item with the address; say what became of it."""
    at = now()
    found = payments.get_parcel_of_partner(item, request.actor, local_day(at))
    form = ParcelForm(request.POST or None, initial={"on": local_day(at), "what": COLLECTED})
    if request.method == "POST" and form.is_valid():
        try:
            said = _told(request, form, item, at)
        except (NotAllowed, NotFound):
            raise
        except Anticipated as error:
            form.blame(str(error), getattr(error, "field", ""))
        else:
            messages.success(request, said)
            return redirect("partners:parcels")
    context = {
        "title": f"Bưu gửi {found.item_number}",
        "row": found,
        "agency": organisation.name_of_agency(found.agency_id),
        "tone": TONES[ParcelState(found.state)],
        "is_out": found.state == ParcelState.SENT,
        "form": form,
    }
    status = 422 if form.errors else 200
    return page(request, "parcel", context, current="parcels", status=status)


def _told(request: ActorRequest, form: ParcelForm, item: str, at: datetime) -> str:
    values = form.cleaned_data
    if values["what"] == COLLECTED:
        came = payments.CollectedIn(values["receipt_number"], values["on"])
        payments.collect_parcel(item, came, by=request.actor, at=at)
        return f"Đã ghi nhận tiền thu hộ của bưu gửi {item}."
    payments.return_parcel(item, values["why"], values["on"], by=request.actor, at=at)
    return f"Đã ghi bưu gửi {item} hoàn về."


@require_http_methods(["GET", "POST"])
@for_partners()
def hand_in(request: ActorRequest) -> HttpResponseBase:
    """Say by which transfer collected money was handed in, agency by agency."""
    at = now()
    form = HandInForm(request.POST or None, initial={"on": local_day(at)})
    chosen = request.POST.getlist("items")
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        agency_id = whole_number(request.POST.get("agency", "")) or 0
        given = payments.HandInIn(agency_id, chosen, values["transfer_ref"], values["on"])
        try:
            made = payments.hand_in(given, by=request.actor, at=at)
        except (NotAllowed, NotFound):
            raise
        except Anticipated as error:
            form.blame(str(error), getattr(error, "field", ""))
        else:
            messages.success(request, f"Đã khai {made.code}; tiền về sẽ được đối chiếu với sao kê.")
            return redirect("partners:hand_in")
    return _hand_in_page(request, form, chosen)


def _hand_in_page(request: ActorRequest, form: HandInForm, chosen: list[str]) -> HttpResponse:
    on = local_day(now())
    held: dict[int, list[payments.CodParcel]] = {}
    for one in payments.parcels_of_partner(request.actor, on, waits_for_hand_in=True):
        held.setdefault(one.agency_id, []).append(one)
    context = {
        "title": "Nộp tiền thu hộ",
        "form": form,
        "groups": [
            (
                agency_id,
                organisation.name_of_agency(agency_id),
                rows,
                sum(one.amount_vnd for one in rows),
            )
            for agency_id, rows in held.items()
        ],
        "chosen": chosen,
        "posted_agency": whole_number(request.POST.get("agency", "")),
        "typed_on": request.POST.get("on", ""),
        "today": on,
        "told": [
            (one, organisation.name_of_agency(one.agency_id))
            for one in payments.hand_ins_of_partner(request.actor, on)
        ],
    }
    return page(request, "hand_in", context, current="hand_in", status=422 if form.errors else 200)
