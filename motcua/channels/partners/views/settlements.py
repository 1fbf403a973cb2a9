"""Months: seen line by line, agreed to, disputed with a reason, taken away as files."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.contracts import api as contracts
from motcua.casework.contracts.api import Stage
from motcua.channels.kit.downloads import pdf_response
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.partners.files import Cell, file_of
from motcua.channels.partners.forms import DisputeForm
from motcua.channels.partners.frame import for_partners, page
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput
from motcua.lib.text import whole_number

HEAD = ("Kênh", "Cơ quan", "Số giao dịch", "Đã thu hộ (đồng)", "Phí dịch vụ (đồng)")


def _month(word: str) -> date:
    """Return the month of an address. Raises: Http404."""
    try:
        return date.fromisoformat(f"{word}-01")
    except ValueError as error:
        raise Http404 from error


def _found(request: ActorRequest, code: str, month: str) -> contracts.Settlement:
    on = local_day(now())
    return contracts.get_settlement_of_partner(code, _month(month), request.actor, on)


@require_GET
@for_partners()
def settlements(request: ActorRequest) -> HttpResponse:
    """List the months that our side sent."""
    rows = contracts.settlements_of_partner(request.actor, local_day(now()))
    context = {"title": "Quyết toán phí dịch vụ", "rows": rows}
    return page(request, "settlements", context, current="settlements")


@require_GET
@for_partners("partners:settlements")
def settlement(request: ActorRequest, code: str, month: str) -> HttpResponse:
    """Show a month with its lines and what was said about it."""
    return _page(request, _found(request, code, month), month, DisputeForm())


def _page(
    request: ActorRequest, found: contracts.Settlement, month: str, form: DisputeForm
) -> HttpResponse:
    context = {
        "title": f"Quyết toán tháng {found.month:%m/%Y}",
        "found": found,
        "month": month,
        "shares": list(_shares(found)),
        "moves": contracts.moves_of(found),
        "can_answer": found.stage in {Stage.WAITING, Stage.DISPUTED},
        "form": form,
    }
    status = 422 if form.errors else 200
    return page(request, "settlement", context, current="settlements", status=status)


def _shares(found: contracts.Settlement) -> list[tuple[str, str, int, int, int]]:
    return [
        (
            contracts.PaidBy(one["channel"]).label,
            organisation.name_of_agency(one["agency_id"]),
            one["count"],
            one["amount_vnd"],
            one["cost_vnd"],
        )
        for one in found.shares
    ]


@require_POST
@for_partners("partners:settlement")
def agree(request: ActorRequest, code: str, month: str) -> HttpResponseBase:
    """Agree to the sum shown: the month is settled."""
    cost = whole_number(request.POST.get("cost", ""))
    seen = -1 if cost is None else cost
    contracts.agree_as_partner(code, _month(month), seen, by=request.actor, at=now())
    messages.success(request, "Đã đồng ý; tháng này quyết toán xong.")
    return redirect("partners:settlement", code, month)


@require_http_methods(["GET", "POST"])
@for_partners("partners:settlement")
def dispute(request: ActorRequest, code: str, month: str) -> HttpResponseBase:
    """Say why the month is not right."""
    form = DisputeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            why = form.cleaned_data["why"]
            contracts.dispute_month(code, _month(month), why, by=request.actor, at=now())
        except BadInput as error:
            form.blame(str(error), error.field)
        else:
            messages.success(request, "Đã gửi ý kiến cho bên giao.")
            return redirect("partners:settlement", code, month)
    return _page(request, _found(request, code, month), month, form)


@require_GET
@for_partners("partners:settlement")
def settlement_file(request: ActorRequest, code: str, month: str, kind: str) -> HttpResponse:
    """Hand a month out as a file."""
    found = _found(request, code, month)
    count = sum(line[1] for line in found.rows)
    total: tuple[Cell, ...] = ("Cộng", "", count, found.amount_vnd, found.cost_vnd)
    rows: list[tuple[Cell, ...]] = [HEAD, *_shares(found), total]
    return file_of(kind, f"quyet-toan-{code}-{month}", rows)


@require_GET
@for_partners("partners:settlement")
def print_settlement(request: ActorRequest, code: str, month: str) -> HttpResponseBase:
    """Print the sheet for both sides to sign."""
    content = contracts.settlement_sheet(_found(request, code, month), at=now())
    return pdf_response(content, f"quyet-toan-{code}-{month}.pdf")
