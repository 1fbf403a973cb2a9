"""What an accountant sets up: which part of fees is kept, books of agencies that ended."""

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from motcua.casework.cashbook import api as cashbook
from motcua.casework.cashbook.api import HeirIn, ShareIn
from motcua.channels.kit.addresses import address
from motcua.channels.kit.fields import DayField, KitForm, SelectField, TextField
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.frame import for_officers, page
from motcua.channels.office.money import Looked, looked_at, procedure_name
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput, NotFound


class ShareForm(KitForm):
    """Which part of which fee is kept from which day, by which document."""

    procedure_code = TextField(
        label="Mã thủ tục (để trống: mọi khoản phí chưa có tỷ lệ riêng)",
        required=False,
        max_length=60,
        look={"width": "10"},
    )
    percent = TextField(
        label="Tỷ lệ để lại",
        max_length=6,
        look={"width": "5", "suffix": "%", "hint": "Ví dụ 75 hoặc 72,5; ghi 0 nếu thôi để lại"},
    )
    decision_number = TextField(label="Số văn bản quy định", max_length=100)
    decision_on = DayField(label="Ngày văn bản", look={"single": True})
    valid_from = DayField(label="Áp dụng từ ngày", look={"single": True})

    def asked(self, agency_id: int) -> ShareIn:
        """Return what was typed as the cashbook takes it. Raises: BadInput."""
        typed = self.cleaned_data
        code = typed["procedure_code"]
        if code and not procedure_name(code, typed["valid_from"]):
            message = f"Không có thủ tục {code} có hiệu lực từ ngày ấy."
            raise BadInput(message, field="procedure_code")
        return ShareIn(
            agency_id,
            _hundredths(typed["percent"]),
            typed["decision_number"],
            typed["decision_on"],
            typed["valid_from"],
            code,
        )


def _hundredths(typed: str) -> int:
    whole, _, rest = typed.replace(",", ".").strip(" %").partition(".")
    digits = f"{whole or '0'}{rest:0<2}"
    if not digits.isdecimal() or len(rest) > 2:  # noqa: PLR2004 -- hundredths of a per cent
        message = "Tỷ lệ để lại là số phần trăm như 75 hoặc 72,5."
        raise BadInput(message, field="percent")
    return int(digits)


@require_http_methods(["GET", "POST"])
@for_officers("office:budget")
def shares(request: ActorRequest) -> HttpResponseBase:
    """Show which part of its fees an agency keeps; set another from a day on."""
    looked = looked_at(request)
    form = ShareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cashbook.set_share(form.asked(looked.agency_id), by=request.actor, at=now())
        except BadInput as error:
            blamed = "percent" if error.field == "share" else error.field
            form.blame(str(error), blamed)
        else:
            messages.success(request, "Đã ghi tỷ lệ để lại.")
            return redirect(address("office:shares") + f"?agency={looked.agency_id}")
    rows = [
        (one, procedure_name(one.procedure_code, one.valid_from) or "", _percent(one.share))
        for one in cashbook.shares_of(looked.agency_id)
    ]
    context = {
        "looked": looked,
        "agency": organisation.name_of_agency(looked.agency_id),
        "rows": rows,
        "form": form,
        "can_keep": cashbook.can_keep(looked.agency_id, request.actor),
    }
    status = 422 if form.errors else 200
    return page(request, "cashbook/shares", context, current="cashbook", status=status)


def _percent(share: int) -> str:
    whole, rest = divmod(share, 100)
    return f"{whole},{rest:02d}".rstrip("0").rstrip(",") + " %"


class HeirForm(KitForm):
    """By which decision a book passes, and to which desk its cash goes."""

    decision = TextField(label="Số, ngày quyết định", max_length=200)
    cash_unit = SelectField(label="Quầy nhận tiền mặt", choices=(), required=False)

    def __init__(self, *args: Any, desks: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("SelectField", self.fields["cash_unit"]).choices = [("", "–"), *desks]


@require_http_methods(["GET", "POST"])
@for_officers("office:cashbook")
def inherit(request: ActorRequest, agency_id: int) -> HttpResponseBase:
    """Show the book of an agency that ended and waits for its heir; take it over."""
    looked = looked_at(request)
    today = local_day(now())
    if agency_id not in cashbook.books_left(looked.agency_id, today):
        raise NotFound("Sổ này không chờ cơ quan của ông/bà tiếp nhận.")
    desks = [
        (f"{one.id}", one.name)
        for one in organisation.tree().desks()
        if one.agency_id == looked.agency_id
    ]
    form = HeirForm(request.POST or None, desks=desks, initial={"decision": _basis(agency_id)})
    if request.method == "POST" and form.is_valid():
        try:
            cashbook.pass_on_book(_asked(agency_id, looked, form), by=request.actor, at=now())
        except BadInput as error:
            form.blame(str(error), error.field)
        else:
            name = organisation.name_of_agency(agency_id)
            messages.success(request, f"Đã tiếp nhận sổ của {name}; sổ cũ chỉ còn để xem.")
            return redirect(address("office:cashbook") + f"?agency={looked.agency_id}")
    accounts = [one for one in cashbook.balances(agency_id, today) if one.after_vnd]
    context = {
        "looked": looked,
        "old": organisation.name_of_agency(agency_id),
        "agency": organisation.name_of_agency(looked.agency_id),
        "accounts": accounts,
        "shifts": cashbook.open_drawers(agency_id),
        "has_cash": any(one.kind == cashbook.AccountKind.DRAWER for one in accounts),
        "form": form,
        "can_keep": cashbook.can_keep(looked.agency_id, request.actor),
    }
    status = 422 if form.errors else 200
    return page(request, "cashbook/inherit", context, current="cashbook", status=status)


def _asked(agency_id: int, looked: Looked, form: HeirForm) -> HeirIn:
    typed = form.cleaned_data
    desk = int(typed["cash_unit"]) if typed["cash_unit"] else None
    return HeirIn(agency_id, looked.agency_id, typed["decision"], desk)


def _basis(agency_id: int) -> str:
    """Return by which decision the agency ended, as it was recorded."""
    links = organisation.successions_of_agency(agency_id)
    return next((one.basis for one in links if one.from_agency_id == agency_id), "")
