"""Cash that leaves the desk, and its days: deposits, the safe counted, quarters, history."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.cashbook import api as cashbook
from motcua.casework.cashbook.api import Quarter
from motcua.channels.counter.cash import CloseForm, DepositForm, SlipForm
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.downloads import pdf_response
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput
from motcua.lib.money import in_dong
from motcua.lib.text import whole_number

from .cash import cash_desk, cash_page

QUARTERS_BACK = 4


@require_http_methods(["GET", "POST"])
@shows_errors("counter:cash")
def deposits(request: ActorRequest) -> HttpResponse:
    """Make a list of notes for the bank or treasury; show the latest ones."""
    desk = cash_desk(request)
    safe = cashbook.safe_of(desk.agency_id, desk.id)
    from_drawer = not safe and cashbook.drawer_of(request.actor) is not None
    usual = {**usual_place(desk.id), "source": "drawer" if from_drawer else "safe"}
    form = DepositForm(request.POST or None, initial=usual)
    if request.method == "POST" and form.is_valid():
        try:
            made = cashbook.deposit(asked(form, desk.id), by=request.actor, at=now())
        except BadInput as error:
            form.blame(str(error), error.field)
        else:
            messages.success(
                request, f"Đã lập bảng kê {made.code} ({in_dong(made.amount_vnd)}); in để mang đi."
            )
            return redirect("counter:deposit", made.code)
    context = {
        "form": form,
        "safe_vnd": safe,
        "deposits": cashbook.deposits_of_unit(desk.id),
    }
    return cash_page(request, "deposits", context, status=422 if form.errors else 200)


def usual_place(unit_id: int) -> dict[str, str]:
    """Return where the desk brought its cash the latest time."""
    latest = cashbook.latest_deposit(unit_id)
    if latest is None:
        return {}
    return {
        "bank": latest.bank,
        "account_number": latest.account_number,
        "account_name": latest.account_name,
        "words": latest.words,
    }


def asked(form: DepositForm, unit_id: int) -> cashbook.DepositIn:
    typed = form.cleaned_data
    return cashbook.DepositIn(
        unit_id,
        form.notes(),
        typed["bank"],
        typed["account_number"],
        typed["account_name"],
        typed["words"],
        from_drawer=typed["source"] == "drawer",
    )


@require_http_methods(["GET", "POST"])
@shows_errors("counter:deposits")
def deposit(request: ActorRequest, code: str) -> HttpResponse:
    """Show one deposit; enter the slip of the bank."""
    found = cashbook.get_deposit(code, cashbook.cash_units(request.actor))
    form = SlipForm(request.POST or None, initial={"slip_on": local_day(now())})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            cashbook.settle_deposit(
                code,
                slip_number=typed["slip_number"],
                slip_on=typed["slip_on"],
                by=request.actor,
                at=now(),
            )
        except BadInput as error:
            form.blame(str(error), error.field)
        else:
            messages.success(request, f"Đã ghi giấy nộp tiền {typed['slip_number']} cho {code}.")
            return redirect("counter:deposit", code)
    context = {"form": form, **of_deposit(found)}
    return cash_page(request, "deposit", context, status=422 if form.errors else 200)


def of_deposit(found: cashbook.Deposit) -> dict[str, Any]:
    """Return a deposit as it is shown."""
    return {
        "deposit": found,
        "notes": cashbook.read_notes(found.notes),
        "is_on_the_way": found.state == cashbook.DepositState.ON_THE_WAY,
        "is_done": found.state == cashbook.DepositState.DONE,
    }


@require_POST
@shows_errors("counter:deposit")
def bring_back(request: ActorRequest, code: str) -> HttpResponse:
    """Put the money back that the bank did not take."""
    cashbook.get_deposit(code, cashbook.cash_units(request.actor))
    reason = request.POST.get("reason", "")
    cashbook.take_deposit_back(code, reason=reason, by=request.actor, at=now())
    messages.success(request, f"Tiền của {code} đã về lại quầy.")
    return redirect("counter:deposits")


@require_GET
@shows_errors("counter:deposits")
def print_deposit(request: ActorRequest, code: str) -> HttpResponse:
    """Show the list of notes as PDF."""
    found = cashbook.get_deposit(code, cashbook.cash_units(request.actor))
    return pdf_response(cashbook.deposit_pdf(found), f"{code}.pdf")


@require_http_methods(["GET", "POST"])
@shows_errors("counter:cash")
def close_desk(request: ActorRequest) -> HttpResponse:
    """Count the safe and close the desk's cash day."""
    desk, today = cash_desk(request), local_day(now())
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cashbook.close_desk(desk.id, form.count(), by=request.actor, at=now())
        except BadInput as error:
            form.blame(str(error), error.field)
        else:
            messages.success(request, f"Đã chốt quỹ ngày {today:%d/%m/%Y}.")
            return redirect("counter:close_desk")
    place = cashbook.Place(desk.agency_id, desk.id)
    context = {
        "form": form,
        "today": today,
        "figures": lines_of(cashbook.figures_of(place, today, today)),
        "expected_vnd": cashbook.safe_of(desk.agency_id, desk.id),
        "still_open": cashbook.open_drawers(desk.agency_id, desk.id),
        "closing": cashbook.desk_closing_on(desk.id, today),
    }
    return cash_page(request, "close_desk", context, status=422 if form.errors else 200)


def lines_of(figures: dict[str, Any]) -> list[tuple[str, int]]:
    """Return what a desk's cash moved for, in words, between what was there and what is."""
    return [
        ("Tiền đầu kỳ", figures["before_vnd"]),
        *((cashbook.moved_words(kind, source), vnd) for kind, source, vnd in figures["moved"]),
        ("Tiền cuối kỳ (cả trong ca thu)", figures["after_vnd"]),
    ]


@require_GET
@shows_errors("counter:cash")
def print_desk(request: ActorRequest, on: str) -> HttpResponse:
    """Show the minutes of a cash day as PDF."""
    desk = cash_desk(request)
    try:
        closing = cashbook.desk_closing_on(desk.id, date.fromisoformat(on))
    except ValueError:
        closing = None
    if closing is None:
        raise Http404("Quầy chưa chốt quỹ ngày này.")
    return pdf_response(cashbook.desk_pdf(closing), f"chot-quy-{on}.pdf")


@require_GET
@shows_errors("counter:cash")
def history(request: ActorRequest) -> HttpResponse:
    """Show the desk's shifts and closed days, newest first."""
    desk = cash_desk(request)
    before = whole_number(request.GET.get("before", ""))
    drawers = cashbook.drawers_of_unit(desk.id, before=before, most=31)
    shown = [(one, cashbook.signed(off) if (off := one.difference_vnd) else "") for one in drawers]
    context = {
        "drawers": shown[:30],
        "older": drawers[29].pk if len(drawers) > 30 else None,  # noqa: PLR2004 -- one page
        "closings": cashbook.desk_closings(desk.id, most=15),
    }
    return cash_page(request, "history", context)


@require_http_methods(["GET", "POST"])
@shows_errors("counter:quarters")
def quarters(request: ActorRequest) -> HttpResponse:
    """Show the minutes of quarters; make those of a quarter that has ended."""
    desk = cash_desk(request)
    if request.method == "POST":
        quarter = chosen_quarter(request)
        cashbook.close_quarter(desk.id, quarter, by=request.actor, at=now())
        messages.success(request, f"Đã lập biên bản {quarter.words}; chờ kế toán xác nhận.")
        return redirect("counter:quarters")
    found = quarters_at(desk)
    context = {
        "closings": [(one, Quarter(one.year, one.number).words) for one in found],
        "choices": [(f"{one.year}-{one.number}", one.words.capitalize()) for one in ended()],
    }
    return cash_page(request, "quarters", context)


def quarters_at(desk: organisation.UnitInfo) -> list[cashbook.QuarterClosing]:
    """Return the minutes of the desk's quarters, the newest first."""
    return [one for one in cashbook.quarters_of(desk.agency_id) if one.unit_id == desk.id]


def ended() -> list[Quarter]:
    """Return the latest quarters that have ended, newest first."""
    found = [cashbook.quarter_of(local_day(now()))]
    while len(found) <= QUARTERS_BACK:
        found.append(cashbook.quarter_before(found[-1]))
    return found[1:]


def chosen_quarter(request: ActorRequest) -> Quarter:
    """Return the quarter chosen. Raises: BadInput."""
    typed = request.POST.get("quarter", "")
    for one in ended():
        if typed == f"{one.year}-{one.number}":
            return one
    raise BadInput("Hãy chọn quý cần đối soát.")


@require_GET
@shows_errors("counter:quarters")
def print_quarter(request: ActorRequest, closing_id: int) -> HttpResponse:
    """Show the minutes of a quarter as PDF."""
    found = next((one for one in quarters_at(cash_desk(request)) if one.pk == closing_id), None)
    if found is None:
        raise Http404("Quầy không có biên bản này.")
    return pdf_response(cashbook.quarter_pdf(found), f"doi-soat-{found.year}-{found.number}.pdf")
