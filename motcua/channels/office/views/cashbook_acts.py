"""What an accountant does: closes days, explains differences, agrees on quarters."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.cashbook import api as cashbook
from motcua.casework.cashbook.api import ExplanationIn, Quarter, WayOut
from motcua.channels.kit.addresses import address
from motcua.channels.kit.downloads import pdf_response
from motcua.channels.kit.fields import DayField, KitForm, LongTextField, RadioField, TextField
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.frame import for_officers, page
from motcua.channels.office.money import looked_at
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import now
from motcua.lib.errors import BadInput


class DayForm(KitForm):
    """Up to which day the book is closed."""

    on = DayField(label="Khóa sổ đến hết ngày", look={"single": True})


class ExplanationForm(KitForm):
    """What becomes of a difference, and why."""

    way_out = RadioField(label="Cách xử lý", choices=WayOut.choices)
    words = LongTextField(label="Nội dung giải trình", max_length=400, look={"rows": 3})
    document = TextField(
        label="Số, ngày văn bản (biên bản, quyết định xử lý)", required=False, max_length=90
    )

    def asked(self) -> ExplanationIn:
        """Return the explanation as the cashbook takes it."""
        typed = self.cleaned_data
        return ExplanationIn(WayOut(typed["way_out"]), typed["words"], typed["document"])


@require_POST
@for_officers("office:cashbook")
def close_day(request: ActorRequest) -> HttpResponseBase:
    """Close the book of an agency up to a day."""
    looked, form = looked_at(request), DayForm(request.POST)
    if not form.is_valid():
        raise BadInput("Hãy ghi ngày khóa sổ như 31/12/2026.")
    done = cashbook.close_day(looked.agency_id, form.cleaned_data["on"], by=request.actor, at=now())
    messages.success(
        request, f"Đã khóa sổ đến hết ngày {done.on:%d/%m/%Y}; phát sinh sau ghi vào ngày kế tiếp."
    )
    return redirect(address("office:cashbook") + f"?agency={looked.agency_id}")


@require_GET
@for_officers("office:cashbook")
def differences(request: ActorRequest) -> HttpResponseBase:
    """Show what was counted more or less than booked, explained or not."""
    looked = looked_at(request)
    rows = [
        (one, organisation.name_of_unit(one.unit_id), cashbook.signed(one.amount_vnd))
        for one in cashbook.differences_of(looked.agency_id)
    ]
    return page(request, "cashbook/differences", {"rows": rows}, current="cashbook")


@require_http_methods(["GET", "POST"])
@for_officers("office:differences")
def explain(request: ActorRequest, difference_id: int) -> HttpResponseBase:
    """Show one difference; say what becomes of it."""
    found = cashbook.get_difference(difference_id, cashbook.agencies_read(request.actor))
    form = ExplanationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cashbook.explain_difference(found.pk, form.asked(), by=request.actor, at=now())
        except BadInput as error:
            form.blame(str(error), error.field)
        else:
            messages.success(request, "Đã ghi giải trình; khoản lệch không còn treo.")
            return redirect("office:differences")
    context = {
        "form": form,
        "one": found,
        "off": cashbook.signed(found.amount_vnd),
        "desk": organisation.name_of_unit(found.unit_id),
        "can_explain": found.explained_at is None
        and cashbook.can_keep(found.agency_id, request.actor)
        and found.counted_by_id != request.actor.id,
    }
    status = 422 if form.errors else 200
    return page(request, "cashbook/explain", context, current="cashbook", status=status)


@require_GET
@for_officers("office:cashbook")
def quarters(request: ActorRequest) -> HttpResponseBase:
    """Show the minutes of quarters that desks made."""
    looked = looked_at(request)
    found = cashbook.quarters_of(looked.agency_id)
    rows = [
        (one, Quarter(one.year, one.number).words, organisation.name_of_unit(one.unit_id))
        for one in found
    ]
    return page(request, "cashbook/quarters", {"rows": rows}, current="cashbook")


@require_http_methods(["GET", "POST"])
@for_officers("office:quarters")
def decide(request: ActorRequest, closing_id: int) -> HttpResponseBase:
    """Show the minutes of a quarter; confirm or return them."""
    found = cashbook.get_quarter(closing_id, cashbook.agencies_read(request.actor))
    if request.method == "POST":
        is_right = request.POST.get("word") == "confirm"
        note = request.POST.get("note", "")
        cashbook.decide_quarter(found.pk, confirm=is_right, note=note, by=request.actor, at=now())
        messages.success(
            request, "Đã xác nhận biên bản." if is_right else "Đã trả lại để quầy lập lại."
        )
        return redirect("office:quarters")
    context = {
        "one": found,
        "quarter": Quarter(found.year, found.number),
        "desk": organisation.name_of_unit(found.unit_id),
        "lines": cashbook.quarter_lines(found.figures),
        "can_decide": found.state == cashbook.QuarterState.PROPOSED
        and cashbook.can_keep(found.agency_id, request.actor)
        and found.proposed_by_id != request.actor.id,
    }
    return page(request, "cashbook/quarter", context, current="cashbook")


@require_GET
@for_officers("office:quarters")
def print_quarter(request: ActorRequest, closing_id: int) -> HttpResponseBase:
    """Show the minutes of a quarter as PDF."""
    found = cashbook.get_quarter(closing_id, cashbook.agencies_read(request.actor))
    return pdf_response(cashbook.quarter_pdf(found), f"doi-soat-{found.year}-{found.number}.pdf")
