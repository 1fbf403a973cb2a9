"""Contracts with those who collect: the list, one contract, partners, prices, pause and end."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.contracts import api as contracts
from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.doing import done, tried
from motcua.channels.backoffice.forms.contracts import (
    CollectorForm,
    ContractForm,
    EndContractForm,
    NewCollectorForm,
    NewContractForm,
    PauseForm,
    PriceForm,
)
from motcua.channels.backoffice.frame import form_page, page
from motcua.channels.backoffice.guard import holds, needs
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now
from motcua.lib.text import whole_number

TITLE, HERE = "Hợp đồng thu hộ", "contracts"
TONES = {
    contracts.Standing.COMING: "info",
    contracts.Standing.IN_FORCE: "ok",
    contracts.Standing.PAUSED: "late",
    contracts.Standing.ENDED: "neutral",
}
STAGE_TONES = {
    contracts.Stage.DRAFT: "info",
    contracts.Stage.WAITING: "soon",
    contracts.Stage.DISPUTED: "late",
    contracts.Stage.SETTLED: "ok",
}
FIELDS = (
    "number",
    "signed_on",
    "our_side",
    "our_signer",
    "partner_signer",
    "valid_from",
    "valid_to",
    "receipts_from",
    "notified_on",
    "notice_number",
    "note",
)


def home() -> str:
    return reverse("backoffice:contracts")


def way(code: str = "") -> Way:
    """Return where the forms about contracts stand."""
    if not code:
        return Way(home(), [(TITLE, home())], HERE)
    there = reverse("backoffice:contract", args=[code])
    return Way(there, [(TITLE, home()), (code, there)], HERE)


def standing(row: contracts.Contract, on: date) -> tuple[str, str]:
    """Return how a contract stands: a word and its tone."""
    found = row.standing(on)
    return str(found.label), TONES[found]


@require_GET
@needs(Power.MANAGE_CONTRACTS)
def contract_list(request: ActorRequest) -> HttpResponse:
    """List the contracts one manages or is bound by, and the partners. Costs: five statements."""
    on = local_day(now())
    context = {
        "title": TITLE,
        "rows": [(one, standing(one.row, on)) for one in contracts.contracts_for(request.actor)],
        "partners": contracts.partners(),
        "is_provincial": holds(request.actor, Power.MANAGE_CONTRACTS, everywhere=True),
    }
    return page(request, "contracts", context, current=HERE)


@require_GET
@needs(Power.MANAGE_CONTRACTS)
def contract(request: ActorRequest, code: str) -> HttpResponse:
    """Show one contract with its channels, prices and accounts. Costs: nine statements."""
    shown = contracts.get_contract(code, request.actor)
    on = local_day(now())
    context = {
        "title": f"Hợp đồng {shown.row.number}",
        "crumbs": [(TITLE, home())],
        "shown": shown,
        "row": shown.row,
        "standing": standing(shown.row, on),
        "settlements": contracts.settlements_of(code, request.actor),
        "stage_tones": STAGE_TONES,
        "without_price": [
            one.label for one in shown.channels if one not in {row.channel for row in shown.prices}
        ],
    }
    return page(request, "contract", context, current=HERE)


@asks(Power.MANAGE_CONTRACTS, everywhere=True)
def add_partner(request: ActorRequest) -> HttpResponse:
    """Enter a partner."""
    form = NewCollectorForm(request.POST or None)

    def act(at: datetime) -> str:
        given = form.given(form.cleaned_data["code"])
        contracts.save_partner(given, by=request.actor, at=at)
        return home()

    sheet = Sheet("Thêm đối tác thu hộ", "Lưu", "Đã khai báo đối tác.")
    return asked(request, form, act, sheet, way())


@asks(Power.MANAGE_CONTRACTS, everywhere=True)
def edit_partner(request: ActorRequest, code: str) -> HttpResponse:
    """Correct what is known of a partner."""
    row = contracts.get_partner(code)
    names = ("name", "kind", "tax_code", "address", "contact")
    form = CollectorForm(request.POST or None, initial={one: getattr(row, one) for one in names})

    def act(at: datetime) -> str:
        contracts.save_partner(form.given(code), by=request.actor, at=at)
        return home()

    sheet = Sheet(f"Sửa đối tác {row.name}", "Lưu", "Đã sửa đối tác.")
    return asked(request, form, act, sheet, way())


@asks(Power.MANAGE_CONTRACTS)
def add_contract(request: ActorRequest) -> HttpResponse:
    """Enter a contract that was signed."""
    form = NewContractForm(request.POST or None)

    def act(at: datetime) -> str:
        given = form.given(form.cleaned_data["partner"])
        made = contracts.sign_contract(given, by=request.actor, at=at)
        return reverse("backoffice:contract", args=[made.code])

    sheet = Sheet(
        "Ghi hợp đồng thu hộ",
        "Ghi hợp đồng",
        "Đã ghi hợp đồng; hãy ghi giá từng kênh.",
        intro="Các kênh chọn ở đây mở cho người dân trong thời gian hợp đồng có hiệu lực.",
    )
    return asked(request, form, act, sheet, way())


@asks(Power.MANAGE_CONTRACTS)
def edit_contract(request: ActorRequest, code: str) -> HttpResponse:
    """Correct a contract, or enter an annex."""
    shown = contracts.get_contract(code, request.actor)
    row = shown.row
    form = ContractForm(request.POST or None, initial=initial_of(shown))

    def act(at: datetime) -> str:
        seen = whole_number(request.POST.get("seen", ""))
        contracts.change_contract(
            code,
            form.given(row.partner.code),
            seen=row.version if seen is None else seen,
            by=request.actor,
            at=at,
        )
        return reverse("backoffice:contract", args=[code])

    return tried(request, form, act, "Đã sửa hợp đồng.") or form_page(
        request,
        form,
        {
            "title": f"Sửa hợp đồng {row.number}",
            "button": "Lưu",
            "back": way(code).back,
            "crumbs": way(code).crumbs,
            "seen": request.POST.get("seen", row.version),
        },
        current=HERE,
        template="contract_edit",
    )


def initial_of(shown: contracts.ContractShown) -> dict[str, Any]:
    """Return a contract as its form shows it."""
    tree = organisation.tree()
    codes = [tree.agency(one).code for one in shown.agency_ids if one != contracts.EVERY_AGENCY]
    lines = [
        "; ".join(filter(None, (one.bank_name, one.number, one.holder, one.bank_bin)))
        for one in shown.accounts
    ]
    return {
        **{name: getattr(shown.row, name) for name in FIELDS},
        "channels": [one.value for one in shown.channels],
        "agencies": "\n".join(codes),
        "accounts": "\n".join(lines),
    }


@asks(Power.MANAGE_CONTRACTS)
def add_price(request: ActorRequest, code: str) -> HttpResponse:
    """Say what one payment of a channel costs from a day on."""
    shown = contracts.get_contract(code, request.actor)
    initial = {"valid_from": max(shown.row.valid_from, local_day(now()))}
    form = PriceForm(shown, request.POST or None, initial=initial)

    def act(at: datetime) -> str:
        contracts.set_price(code, form.given(), by=request.actor, at=at)
        return reverse("backoffice:contract", args=[code])

    sheet = Sheet(
        "Ghi giá dịch vụ thu hộ",
        "Ghi giá",
        "Đã ghi giá.",
        intro="Giá một giao dịch là phần trăm của số tiền cộng phần cố định, không dưới mức tối"
        " thiểu, không quá mức tối đa.",
    )
    return asked(request, form, act, sheet, way(code))


@asks(Power.MANAGE_CONTRACTS)
def pause(request: ActorRequest, code: str) -> HttpResponse:
    """Close the channels of a contract at once."""
    shown = contracts.get_contract(code, request.actor)
    form = PauseForm(request.POST or None)

    def act(at: datetime) -> str:
        contracts.pause_contract(code, form.cleaned_data["why"], by=request.actor, at=at)
        return reverse("backoffice:contract", args=[code])

    sheet = Sheet(
        f"Tạm dừng hợp đồng {shown.row.number}",
        "Tạm dừng",
        "Đã tạm dừng; các kênh của hợp đồng đã đóng.",
        intro="Người dân không chọn được các kênh này nữa cho đến khi tiếp tục. Khoản đã chuyển vẫn"
        " được nhận.",
        warning=True,
    )
    return asked(request, form, act, sheet, way(code))


@require_POST
@needs(Power.MANAGE_CONTRACTS)
def resume(request: ActorRequest, code: str) -> HttpResponseBase:
    """Open the channels of a paused contract again."""

    def act(at: datetime) -> str:
        contracts.resume_contract(code, by=request.actor, at=at)
        return reverse("backoffice:contract", args=[code])

    return done(request, act, "Hợp đồng tiếp tục; các kênh đã mở lại.")


@asks(Power.MANAGE_CONTRACTS)
def end(request: ActorRequest, code: str) -> HttpResponse:
    """Let a contract end."""
    shown = contracts.get_contract(code, request.actor)
    form = EndContractForm(request.POST or None)

    def act(at: datetime) -> str:
        contracts.end_contract(code, on=form.cleaned_data["on"], by=request.actor, at=at)
        return reverse("backoffice:contract", args=[code])

    sheet = Sheet(
        f"Kết thúc hợp đồng {shown.row.number}",
        "Ghi ngày cuối",
        "Đã ghi ngày cuối của hợp đồng.",
        intro="Sau ngày này các kênh của hợp đồng đóng.",
        warning=True,
    )
    return asked(request, form, act, sheet, way(code))
