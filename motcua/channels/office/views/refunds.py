"""Money that is to go back: who asked, why, and the decision of a second person."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.payments import api as payments
from motcua.casework.payments.api import Channel, Refund, RefundState
from motcua.channels.kit.refunds import refund_choices, typed_refund
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.frame import for_officers, page
from motcua.foundation.access.api import Power
from motcua.lib.clock import now
from motcua.lib.errors import BadInput
from motcua.lib.money import in_dong

_SEE_ORDERS = (Power.READ_PAYMENTS, Power.TAKE_CASH, Power.APPROVE_REFUNDS)
_TONES = {
    RefundState.ASKED: "soon",
    RefundState.APPROVED: "info",
    RefundState.FAILED: "late",
    RefundState.DONE: "ok",
    RefundState.REFUSED: "neutral",
}


@require_GET
@for_officers()
def refunds(request: ActorRequest) -> HttpResponse:
    """List what is to go back where the actor decides or pays out. Costs: one statement."""
    rows = payments.refunds_for(request.actor)
    context = {
        "rows": [(one, _TONES[RefundState(one.state)]) for one in rows],
        "can_ask": request.actor.can(Power.ASK_REFUNDS)
        and any(request.actor.can(one) for one in _SEE_ORDERS),
    }
    return page(request, "refunds", context, current="refunds")


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers("office:refund")
def refund(request: ActorRequest, code: str) -> HttpResponse:
    """Show one proposal with the story of its order; decide, or note that it was paid out."""
    found = payments.get_refund_for(request.actor, code)
    if request.method == "POST":
        messages.success(request, act(request, found))
        return redirect("office:refunds")
    actor, order = request.actor, found.order
    decides = actor.can(Power.APPROVE_REFUNDS, unit_id=found.unit_id)
    is_owed = found.state in {RefundState.APPROVED, RefundState.FAILED}
    by_partner = Channel(found.channel).is_gateway and found.state == RefundState.APPROVED
    context = {
        "refund": found,
        "order": order,
        "lines": payments.lines_of(order),
        "tone": _TONES[RefundState(found.state)],
        "says": payments.explain(order.code),
        "can_decide": decides
        and found.state == RefundState.ASKED
        and actor.id != found.asked_by_id,
        "is_own": actor.id == found.asked_by_id and found.state == RefundState.ASKED,
        "can_transfer": decides and is_owed and not by_partner,
        "can_pay_cash": is_owed and not by_partner and payments.takes_cash(actor),
        "by_partner": by_partner,
        "is_silent": decides and payments.is_silent(found),
    }
    return page(request, "refund", context, current="refunds")


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers("office:refunds")
def ask_refund(request: ActorRequest) -> HttpResponse:
    """Find an order by its code, and ask that money of it goes back; another person decides."""
    code = request.GET.get("don", "").strip()
    order, problem = None, ""
    try:
        order = payments.get_order_for(request.actor, code.upper()) if code else None
        if order is not None and request.method == "POST":
            what = typed_refund(request.POST, order)
            made = payments.ask_refund(order.code, what, by=request.actor, at=now())
            told = (
                f"Đã đề nghị hoàn {in_dong(made.amount_vnd)} ({made.code}); chờ người khác duyệt."
            )
            messages.success(request, told)
            return redirect("office:refund", made.code)
    except (BadInput, payments.NoSuchOrder, payments.RefundNotAllowed) as error:
        problem = str(error)
    lines = payments.lines_of(order) if order else []
    context = {
        "code": code,
        "order": order,
        "lines": lines,
        "says": payments.explain(order.code) if order else "",
        "typed": request.POST,
        "problem": problem,
        **refund_choices(lines),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return page(request, "refund_ask", context, current="refunds", status=status)


def act(request: ActorRequest, found: Refund) -> str:
    """Do what was decided, and say it."""
    how, by, at = request.POST.get("how", ""), request.actor, now()
    words, amount = request.POST.get("words", ""), in_dong(found.amount_vnd)
    if how == "approve":
        payments.approve_refund(found.code, words, by=by, at=at)
        return f"Đã duyệt hoàn {amount} ({found.code})."
    if how == "refuse":
        payments.refuse_refund(found.code, words, by=by, at=at)
        return f"Không duyệt hoàn tiền {found.code}; người đề nghị thấy lý do."
    if how == "give_up":
        payments.give_up_refund(found.code, words, by=by, at=at)
        return f"Đã ghi: cổng chưa hoàn {amount} ({found.code}); nay chi lại bằng cách khác."
    channel = Channel.CASH if how == "cash" else Channel.TRANSFER
    document = request.POST.get("document", "")
    payments.pay_out_refund(found.code, channel, document, by=by, at=at)
    return f"Đã ghi nhận chi trả {amount} ({found.code})."
