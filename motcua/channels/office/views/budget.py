"""Fees and charges handed on to the budget: what is due, the treasury's list, its slip."""

from collections.abc import Iterable
from typing import Any, cast

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.cashbook import api as cashbook
from motcua.casework.cashbook.api import HandingIn, HandingState
from motcua.channels.kit.addresses import address
from motcua.channels.kit.downloads import pdf_response
from motcua.channels.kit.fields import DayField, KitForm, SelectField, TextField
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.frame import for_officers, page
from motcua.channels.office.money import Looked, account_name, looked_at, procedure_name
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput
from motcua.lib.money import in_words


class ListForm(KitForm):
    """Out of which account the money goes, into which."""

    account_number = SelectField(label="Trích từ tài khoản", choices=())
    treasury = TextField(label="Kho bạc nơi nộp", max_length=200)
    budget_account = TextField(label="Tài khoản thu ngân sách", max_length=40)
    chapter = TextField(label="Mã chương", required=False, max_length=10, look={"width": "5"})

    def __init__(self, *args: Any, accounts: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("SelectField", self.fields["account_number"])
        field.choices = [(one, one) for one in accounts]


class SlipForm(KitForm):
    """The treasury's slip."""

    slip_number = TextField(label="Số giấy nộp tiền vào ngân sách", max_length=60)
    slip_on = DayField(label="Ngày trên giấy nộp tiền", look={"single": True})


@require_http_methods(["GET", "POST"])
@for_officers("office:cashbook")
def budget(request: ActorRequest) -> HttpResponseBase:
    """Show what is due to the budget as of a day, and what was handed on; make a new list."""
    looked, today = looked_at(request), local_day(now())
    due = cashbook.due_to_budget(looked.agency_id, looked.latest, today)
    made = cashbook.handings_of(looked.agency_id)
    form = ListForm(
        request.POST or None,
        accounts=[one.detail.removeprefix("account:") for one in due.banks],
        initial=_usual(made),
    )
    if request.method == "POST" and form.is_valid():
        try:
            listed = cashbook.list_handing(_asked(looked, form, due), by=request.actor, at=now())
        except BadInput as error:
            form.blame(str(error), error.field if error.field in form.fields else "")
        else:
            messages.success(request, f"Đã lập bảng kê {listed.code}; in ra và nộp kho bạc.")
            return redirect("office:handing", listed.code)
    context = {
        **_shown(due),
        "looked": looked,
        "agency": organisation.name_of_agency(looked.agency_id),
        "form": form,
        "made": made,
        "can_list": cashbook.can_keep(looked.agency_id, request.actor) and due.handed_vnd > 0,
    }
    status = 422 if form.errors else 200
    return page(request, "cashbook/budget", context, current="cashbook", status=status)


def _usual(made: list[cashbook.Handing]) -> dict[str, str]:
    """Return where money went the latest time."""
    if not made:
        return {}
    names = ("account_number", "treasury", "budget_account", "chapter")
    return {name: getattr(made[0], name) for name in names}


def _asked(looked: Looked, form: ListForm, due: cashbook.Due) -> HandingIn:
    codes = {one.procedure_code for one in due.lines if one.procedure_code}
    names = tuple((code, procedure_name(code, looked.latest)) for code in sorted(codes))
    return HandingIn(looked.agency_id, looked.latest, names=names, **form.cleaned_data)


def _shown(due: cashbook.Due) -> dict[str, object]:
    return {
        "due": due,
        "lines": [(account_name(one.kind, one.procedure_code), one) for one in due.lines],
        "banks": [(account_name(one.kind, one.detail), one.after_vnd) for one in due.banks],
        "elsewhere": [(account_name(one.kind, one.detail), one.after_vnd) for one in due.elsewhere],
    }


@require_http_methods(["GET", "POST"])
@for_officers("office:budget")
def handing(request: ActorRequest, code: str) -> HttpResponseBase:
    """Show one list for the treasury; enter its slip."""
    found = cashbook.get_handing(code, cashbook.agencies_read(request.actor))
    form = SlipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cashbook.settle_handing(code, **form.cleaned_data, by=request.actor, at=now())
        except BadInput as error:
            form.blame(str(error), error.field)
        else:
            messages.success(request, "Đã ghi giấy nộp tiền; sổ quỹ đã ghi nộp ngân sách.")
            return redirect("office:handing", code)
    entry = cashbook.find_entry("cashbook.handed_on", code)
    context = {
        "one": found,
        "form": form,
        "words": in_words(found.handed_vnd),
        "lines": [
            (cashbook.line_words(row["kind"], row["procedure"], row["name"]), row)
            for row in found.lines
        ],
        "entry": entry,
        "is_listed": found.state == HandingState.LISTED,
        "can_keep": cashbook.can_keep(found.agency_id, request.actor),
    }
    status = 422 if form.errors else 200
    return page(request, "cashbook/handing", context, current="cashbook", status=status)


@require_POST
@for_officers("office:budget")
def take_back(request: ActorRequest, code: str) -> HttpResponseBase:
    """Take a list back, with what was booked by it."""
    found = cashbook.get_handing(code, cashbook.agencies_read(request.actor))
    reason = request.POST.get("reason", "")
    cashbook.take_handing_back(found.code, reason=reason, by=request.actor, at=now())
    messages.success(request, f"Đã rút lại bảng kê {code}; các khoản trở lại phải nộp.")
    return redirect(address("office:budget") + f"?agency={found.agency_id}")


@require_GET
@for_officers("office:budget")
def print_handing(request: ActorRequest, code: str) -> HttpResponseBase:
    """Show the list for the treasury as PDF."""
    found = cashbook.get_handing(code, cashbook.agencies_read(request.actor))
    return pdf_response(cashbook.handing_pdf(found), f"nop-ngan-sach-{found.code}.pdf")
