"""Settling what a partner is owed for a month: reckoned, agreed by both, printed."""

from datetime import date, datetime

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.contracts import api as contracts
from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.doing import done
from motcua.channels.backoffice.forms.contracts import MonthForm, PartnerAgreedForm
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import needs
from motcua.channels.kit.downloads import pdf_response
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.words import number, short_day, stamp
from motcua.foundation.access.api import Power
from motcua.foundation.papers import api as papers
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput
from motcua.lib.text import whole_number

from .contracts import HERE, way


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
    context = {
        "title": f"Quyết toán tháng {on:%m/%Y}",
        "crumbs": way(code).crumbs,
        "row": shown.row,
        "month": month,
        "found": contracts.get_settlement(code, on, request.actor),
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


@require_GET
@needs(Power.MANAGE_CONTRACTS)
def print_settlement(request: ActorRequest, code: str, month: str) -> HttpResponse:
    """Print the sheet for both sides to sign."""
    shown = contracts.get_contract(code, request.actor)
    found = contracts.get_settlement(code, month_of(month), request.actor)
    content = printed(shown.row, found, by=request.actor, at=now())
    return pdf_response(content, f"quyet-toan-{code}-{month}.pdf")


def printed(
    row: contracts.Contract, found: contracts.Settlement, *, by: Actor, at: datetime
) -> bytes:
    """Return the sheet as PDF. Raises: BadInput without a post."""
    if by.agency_id is None:
        raise BadInput("Ông/bà chưa giữ vị trí nào để in bảng quyết toán.")
    rows = [
        (f"{place}", words, number(count), number(amount), number(cost))
        for place, (words, count, amount, cost) in enumerate(found.rows, 1)
    ]
    total = sum(count for _, count, _, _ in found.rows)
    rows.append(("", "Cộng", number(total), number(found.amount_vnd), number(found.cost_vnd)))
    paper = papers.SettlementPaper(
        letterhead=papers.letterhead_of_agency(by.agency_id, at),
        note=f"Tháng {found.month:%m/%Y}, hợp đồng số {row.number} ngày {short_day(row.signed_on)}",
        lines=(
            papers.Line(label="Bên giao thu hộ", value=row.our_side),
            papers.Line(label="Bên nhận thu hộ", value=row.partner.name),
        ),
        columns=(
            papers.Column(head="TT", width="12"),
            papers.Column(head="Kênh"),
            papers.Column(head="Số giao dịch", width="25"),
            papers.Column(head="Số tiền đã thu hộ (đồng)", width="40"),
            papers.Column(head="Phí dịch vụ (đồng)", width="35"),
        ),
        entries=tuple(rows),
        closing=tuple(closing(found)),
        signers=(
            papers.Signer(title="Bên nhận thu hộ", name=""),
            papers.Signer(title="Bên giao thu hộ", name=""),
        ),
    )
    return papers.render_paper(paper)


def closing(found: contracts.Settlement) -> list[str]:
    """Return who agreed, and when."""
    said = [f"Lập lúc {stamp(found.made_at)}, {found.made_by_name}."]
    if found.agreed_at:
        said.append(f"Bên giao đồng ý lúc {stamp(found.agreed_at)}, {found.agreed_by_name}.")
    if found.partner_agreed_on:
        day = short_day(found.partner_agreed_on)
        said.append(f"Bên nhận đồng ý ngày {day}: {found.partner_name}, {found.partner_document}.")
    return said
