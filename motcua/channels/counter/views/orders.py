"""An order at the desk: shown to the payer with its code for banks, paid in cash."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from motcua.casework.dossiers import api as dossiers
from motcua.casework.payments import api as payments
from motcua.casework.payments.api import Channel
from motcua.casework.receipts import api as receipts
from motcua.channels.counter.frame import page
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.orders import is_payable, tone_of, transfer_of
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.clock import local_day, now
from motcua.lib.money import in_dong


@require_http_methods(["GET", "HEAD", "POST"])
@shows_errors("counter:pending")
def order(request: ActorRequest, code: str) -> HttpResponse:
    """Show an order to the payer; take it in cash, or show the code for a transfer."""
    found = payments.get_order_for(request.actor, code)
    if request.method == "POST":
        act(request, found)
        return redirect("counter:order", code)
    lines = payments.lines_of(found)
    offers = payments.offers_for(found, on=local_day(now())) if is_payable(found) else []
    context = {
        "order": found,
        "lines": lines,
        "codes": codes_of(lines),
        "tone": tone_of(found),
        "is_payable": is_payable(found),
        "says": payments.explain(code),
        "receipts": [one for one in receipts.receipts_of(code) if one.number],
        "transfer": transfer_of(found) if is_payable(found) else None,
        "can_transfer": any(one.channel == Channel.TRANSFER for one in offers),
        "takes_cash": is_payable(found) and payments.takes_cash(request.actor),
    }
    return page(request, "order", context, current="pending")


def codes_of(lines: list[payments.OrderLine]) -> list[str]:
    """Return the dossiers that an order pays for."""
    return list(dict.fromkeys(code for line in lines if (code := dossiers.code_of(line.subject))))


def act(request: ActorRequest, found: payments.Order) -> None:
    """Take cash, or begin a transfer whose code stands on the page."""
    if request.POST.get("how") == "cash":
        by, at, codes = request.actor, now(), codes_of(payments.lines_of(found))
        taken = (
            dossiers.take_cash(codes[0], by=by, at=at)
            if codes
            else payments.pay_cash(found.code, amount_vnd=found.left_vnd, by=by, at=at)
        )
        told = f"Đã thu tiền mặt {in_dong(taken.amount_vnd)} theo đơn {taken.order.code}."
        messages.success(request, told)
        return
    payments.begin_attempt(found.code, Channel.TRANSFER, by=request.actor, at=now())
