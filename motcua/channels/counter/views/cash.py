"""The cashier's shift: opened, handed over, closed; today's takings."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.cashbook import api as cashbook
from motcua.channels.counter.cash import CloseForm, CountForm, HandForm, OpenForm
from motcua.channels.counter.frame import page
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.downloads import pdf_response
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access import api as access
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput, NotAllowed
from motcua.lib.money import in_dong
from motcua.lib.text import whole_number

CASHIERS = (PostRole.DESK_OFFICER, PostRole.DESK_HEAD)
SHIFT = "counter:shift"


def cash_desk(request: ActorRequest) -> organisation.UnitInfo:
    """Return the desk at which the actor takes cash now. Raises: NotAllowed if there is none."""
    units = cashbook.cash_units(request.actor)
    if not units:
        raise NotAllowed("Trang này dành cho người được giao thu tiền tại quầy.")
    shift = cashbook.shift_of(request.actor)
    wanted = request.GET.get("desk", "") or request.POST.get("desk", "")
    here = organisation.tree().descendants(request.actor.unit_ids[0])
    usual = next((unit for unit in units if unit in here), units[0])
    asked = whole_number(wanted)
    chosen = asked if asked in units and asked is not None else usual
    return organisation.tree().unit(shift.unit_id if shift else chosen)


def cash_page(
    request: ActorRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Return a page of the cashier inside the counter's frame."""
    desk = cash_desk(request)
    tabs = {"cash_desk": desk, "shift": cashbook.shift_of(request.actor), **context}
    return page(request, f"cash/{template}", tabs, current="cash", status=status)


@require_GET
@shows_errors("counter:start")
def cash(request: ActorRequest) -> HttpResponse:
    """Show the cashier's shift with what came in, or how to begin one."""
    desk, shift = cash_desk(request), cashbook.shift_of(request.actor)
    if shift is not None:
        return cash_page(request, "shift", of_shift(shift, request.actor))
    closing = cashbook.desk_closing_on(desk.id, local_day(now()))
    return cash_page(request, "open", {**beginning(request, desk), "closing": closing})


def beginning(request: ActorRequest, desk: organisation.UnitInfo) -> dict[str, Any]:
    """Return what stands on the page that begins a shift."""
    tree, units = organisation.tree(), cashbook.cash_units(request.actor)
    return {
        "form": OpenForm(),
        "safe_vnd": cashbook.safe_of(desk.agency_id, desk.id),
        "offered": cashbook.shifts_offered_to(request.actor),
        "others": cashbook.open_drawers(desk.agency_id, desk.id),
        "desks": [tree.unit(unit) for unit in units if unit != desk.id],
    }


def of_shift(shift: cashbook.Drawer, actor: Actor) -> dict[str, Any]:
    """Return a shift as it is shown, with what moved in it."""
    takings = cashbook.takings_of(shift)
    return {
        "drawer": shift,
        "held_vnd": cashbook.held(shift),
        "takings": [one for one in takings if not one.source.startswith("cashbook.")],
        "moves": [one for one in takings if one.source.startswith("cashbook.")],
        "taken_vnd": sum(
            one.amount_vnd for one in takings if not one.source.startswith("cashbook.")
        ),
        "off": cashbook.signed(off) if (off := shift.difference_vnd) else "",
        "is_mine": shift.cashier_id == actor.id,
        "is_open": shift.state == cashbook.DrawerState.OPEN,
        "is_offered": shift.state == cashbook.DrawerState.OFFERED,
    }


@require_POST
@shows_errors("counter:cash")
def open_shift(request: ActorRequest) -> HttpResponse:
    """Begin a shift with the counted notes."""
    desk, form = cash_desk(request), OpenForm(request.POST)
    if form.is_valid():
        notes = form.notes()
        asked = cashbook.DrawerIn(
            desk.id, cashbook.sum_of(notes), notes, form.cleaned_data["words"]
        )
        try:
            made = cashbook.open_drawer(asked, by=request.actor, at=now())
        except BadInput as error:
            form.blame(str(error), error.field)
        else:
            messages.success(
                request, f"Đã mở ca thu {made.code} với {in_dong(made.opening_vnd)} đầu ca."
            )
            return redirect("counter:cash")
    context = {**beginning(request, desk), "form": form, "closing": None}
    return cash_page(request, "open", context, status=422)


@require_http_methods(["GET", "POST"])
@shows_errors("counter:cash")
def close_shift(request: ActorRequest, code: str) -> HttpResponse:
    """Count the notes and end the shift."""
    drawer = own(request, code)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = cashbook.close_drawer(code, form.count(), by=request.actor, at=now())
        except BadInput as error:
            form.blame(str(error), error.field)
        else:
            messages.success(
                request, f"Đã đóng ca {code}: {in_dong(done.counted_vnd or 0)} vào két của quầy."
            )
            return redirect(SHIFT, code)
    context = {"form": form, "drawer": drawer, "expected_vnd": cashbook.held(drawer)}
    return cash_page(request, "close", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@shows_errors("counter:cash")
def hand_shift(request: ActorRequest, code: str) -> HttpResponse:
    """Count the notes and offer the shift to the next cashier."""
    drawer = own(request, code)
    takers = takers_at(drawer.unit_id, request.actor)
    form = HandForm(request.POST or None, takers=[(f"{one.id}", one.name) for one in takers])
    if request.method == "POST" and form.is_valid():
        to = next(one for one in takers if f"{one.id}" == form.cleaned_data["to"])
        try:
            cashbook.hand_over(code, form.count(), to=to, by=request.actor, at=now())
        except BadInput as error:
            form.blame(str(error), error.field)
        else:
            messages.success(request, f"Đã giao ca {code}; chờ {to.name} đếm và nhận.")
            return redirect("counter:cash")
    context = {
        "form": form,
        "drawer": drawer,
        "expected_vnd": cashbook.held(drawer),
        "has_takers": bool(takers),
    }
    return cash_page(request, "hand", context, status=422 if form.errors else 200)


def own(request: ActorRequest, code: str) -> cashbook.Drawer:
    """Return the actor's own open shift. Raises: DrawerMoved, NoSuchEntry."""
    drawer = cashbook.get_drawer(code, cashbook.cash_units(request.actor))
    if drawer.cashier_id != request.actor.id or drawer.state != cashbook.DrawerState.OPEN:
        raise cashbook.DrawerMoved("Ca thu này không còn mở, hoặc không phải của ông/bà.")
    return drawer


def takers_at(unit_id: int, actor: Actor) -> list[Actor]:
    """Return the others who take cash at this desk today."""
    at = now()
    seats = organisation.seats_of_units([unit_id], local_day(at), roles=CASHIERS)
    officers = [seat.officer_id for seat in seats if seat.officer_id]
    accounts = identity.accounts_of_officers(officers).values()
    others = [access.actor_now(one, at=at).actor for one in sorted(accounts) if one != actor.id]
    return [one for one in others if unit_id in cashbook.cash_units(one)]


@require_http_methods(["GET", "POST"])
@shows_errors("counter:cash")
def take_shift(request: ActorRequest, code: str) -> HttpResponse:
    """Count what another cashier hands over, and take it."""
    drawer = cashbook.get_drawer(code, cashbook.cash_units(request.actor))
    form = CountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = cashbook.take_over(code, form.notes(), by=request.actor, at=now())
        except BadInput as error:
            form.blame(str(error), error.field)
        else:
            messages.success(request, f"Đã nhận ca của {drawer.cashier_name}: ca {made.code}.")
            return redirect("counter:cash")
    context = {"form": form, "drawer": drawer}
    return cash_page(request, "take", context, status=422 if form.errors else 200)


@require_POST
@shows_errors("counter:cash")
def keep_shift(request: ActorRequest, code: str) -> HttpResponse:
    """Undo the offer of a shift."""
    cashbook.get_drawer(code, cashbook.cash_units(request.actor))
    done = cashbook.take_back(code, by=request.actor, at=now())
    messages.success(request, f"Ca {code} vẫn do {done.cashier_name} giữ.")
    return redirect("counter:cash")


@require_GET
@shows_errors("counter:cash")
def shift(request: ActorRequest, code: str) -> HttpResponse:
    """Show one shift with what moved in it."""
    drawer = cashbook.get_drawer(code, cashbook.cash_units(request.actor))
    return cash_page(request, "shift", of_shift(drawer, request.actor))


@require_GET
@shows_errors("counter:cash")
def print_shift(request: ActorRequest, code: str) -> HttpResponse:
    """Show the minutes of a shift as PDF."""
    drawer = cashbook.get_drawer(code, cashbook.cash_units(request.actor))
    return pdf_response(cashbook.drawer_pdf(drawer), f"{code}.pdf")
