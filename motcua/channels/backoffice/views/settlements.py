"""Settling what a partner is owed for a month: reckoned, agreed by both, printed."""

from datetime import date, datetime

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.contracts import api as contracts
from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.doing import done
from motcua.channels.backoffice.forms.contracts import (
    AnswerForm,
    MonthForm,
    PartnerAgreedForm,
    ReopenForm,
)
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import needs
from motcua.channels.kit.downloads import pdf_response
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now
from motcua.lib.text import whole_number

from .contracts import HERE, STAGE_TONES, way


def address(code: str, month: date) -> str:
    """Return the page of one month."""
    return reverse("backoffice:settlement", args=[code, f"{month:%Y-%m}"])


def month_of(word: str) -> date:
    """Return the month of an address. Raises: Http404."""
    try:
        return date.fromisoformat(f"{word}-01")
    except ValueError as error:
        raise Http404 from error


@asks(Power.MANAGE_CONTRACTS)
def settle(request: ActorRequest, code: str) -> HttpResponse:
    """Reckon a month."""
    contracts.get_contract(code, request.actor)
    form = MonthForm(request.POST or None)

    def act(at: datetime) -> str:
        month = form.month()
        contracts.settle_month(code, month, by=request.actor, at=at)
        return address(code, month)

    sheet = Sheet(
        "Quyết toán phí dịch vụ thu hộ",
        "Lập bảng quyết toán",
        "Đã tính bảng quyết toán.",
        intro="Tính từ các khoản đã nhận trong tháng theo giá của hợp đồng.",
    )
    return asked(request, form, act, sheet, way(code))


@require_GET
@needs(Power.MANAGE_CONTRACTS)
def settlement(request: ActorRequest, code: str, month: str) -> HttpResponse:
    """Show one month: channel by channel, and who agreed. Costs: six statements."""
    on = month_of(month)
    shown = contracts.get_contract(code, request.actor)
    found = contracts.get_settlement(code, on, request.actor)
    context = {
        "title": f"Quyết toán tháng {on:%m/%Y}",
        "crumbs": way(code).crumbs,
        "row": shown.row,
        "month": month,
        "found": found,
        "tone": STAGE_TONES[found.stage],
        "moves": contracts.moves_of(found),
        "shares": [
            (organisation.name_of_agency(agency_id), cost) for agency_id, cost in found.costs
        ],
    }
    return page(request, "settlement", context, current=HERE)


@require_POST
@needs(Power.MANAGE_CONTRACTS)
def agree(request: ActorRequest, code: str, month: str) -> HttpResponseBase:
    """Agree for our side to the sum shown."""
    on = month_of(month)
    contracts.get_contract(code, request.actor)
    seen = whole_number(request.POST.get("cost", ""))

    def act(at: datetime) -> str:
        cost = -1 if seen is None else seen
        contracts.agree_to_month(code, on, cost, by=request.actor, at=at)
        return address(code, on)

    return done(request, act, "Bên giao đã đồng ý số liệu.")


@asks(Power.MANAGE_CONTRACTS)
def partner_agreed(request: ActorRequest, code: str, month: str) -> HttpResponse:
    """Note by which document the partner agreed."""
    on = month_of(month)
    contracts.get_contract(code, request.actor)
    form = PartnerAgreedForm(request.POST or None, initial={"on": local_day(now())})

    def act(at: datetime) -> str:
        contracts.note_partner_agreed(code, on, form.given(), by=request.actor, at=at)
        return address(code, on)

    sheet = Sheet("Bên nhận đồng ý", "Ghi", "Đã ghi; tháng này đã quyết toán xong.")
    there = Way(address(code, on), way(code).crumbs, HERE)
    return asked(request, form, act, sheet, there)


@asks(Power.MANAGE_CONTRACTS)
def answer(request: ActorRequest, code: str, month: str) -> HttpResponse:
    """Answer the partner that the sums stay."""
    on = month_of(month)
    found = contracts.get_settlement(code, on, request.actor)
    form = AnswerForm(request.POST or None)

    def act(at: datetime) -> str:
        words = form.cleaned_data["words"]
        contracts.answer_dispute(code, on, words, by=request.actor, at=at)
        return address(code, on)

    sheet = Sheet(
        "Trả lời bên nhận",
        "Gửi trả lời",
        "Đã trả lời; bên nhận có thể đồng ý hoặc nêu ý kiến tiếp.",
        intro=f"Bên nhận nêu: {found.disputed_why}" if found.disputed_why else "",
    )
    there = Way(address(code, on), way(code).crumbs, HERE)
    return asked(request, form, act, sheet, there)


@asks(Power.MANAGE_CONTRACTS)
def reopen(request: ActorRequest, code: str, month: str) -> HttpResponse:
    """Open a month again that our side, or both, agreed to."""
    on = month_of(month)
    contracts.get_contract(code, request.actor)
    form = ReopenForm(request.POST or None)

    def act(at: datetime) -> str:
        contracts.reopen_month(code, on, form.cleaned_data["why"], by=request.actor, at=at)
        return address(code, on)

    sheet = Sheet(
        f"Mở lại quyết toán tháng {on:%m/%Y}",
        "Mở lại",
        "Đã mở lại; hãy tính lại rồi đồng ý.",
        intro="Sự đồng ý của hai bên không còn; phí dịch vụ đã ghi sổ được ghi đảo.",
        warning=True,
    )
    there = Way(address(code, on), way(code).crumbs, HERE)
    return asked(request, form, act, sheet, there)


@require_GET
@needs(Power.MANAGE_CONTRACTS)
def print_settlement(request: ActorRequest, code: str, month: str) -> HttpResponse:
    """Print the sheet for both sides to sign."""
    found = contracts.get_settlement(code, month_of(month), request.actor)
    content = contracts.settlement_sheet(found, at=now())
    return pdf_response(content, f"quyet-toan-{code}-{month}.pdf")
