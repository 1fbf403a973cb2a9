"""Money that is to go back: who asked, why, and the decision of a second person."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.payments import api as payments
from motcua.casework.payments.api import Channel, Refund, RefundState
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.frame import for_officers, page
from motcua.foundation.access.api import Power
from motcua.lib.clock import now
from motcua.lib.money import in_dong

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
    context = {"rows": [(one, _TONES[RefundState(one.state)]) for one in rows]}
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
