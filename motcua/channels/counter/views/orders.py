"""An order at the desk: shown to the payer with its code for banks, paid in cash."""

from datetime import date, datetime, time

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from motcua.casework.dossiers import api as dossiers
from motcua.casework.payments import api as payments
from motcua.casework.payments.api import Channel, OrderState, ParcelState
from motcua.casework.receipts import api as receipts
from motcua.channels.counter.frame import page
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.orders import is_payable, tone_of, transfer_of
from motcua.channels.kit.refunds import refund_choices, typed_refund
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.lib.clock import HANOI, local_day, now
from motcua.lib.errors import BadInput
from motcua.lib.money import in_dong
from motcua.lib.text import whole_number

from .dossier import waits_for_money
from .pending import typed_day

_HAVE_MONEY = frozenset(
    {OrderState.PAID, OrderState.OVERPAID, OrderState.REFUNDING, OrderState.REFUNDED}
)


@require_http_methods(["GET", "HEAD", "POST"])
@shows_errors("counter:pending")
def order(request: ActorRequest, code: str) -> HttpResponse:
    """Show an order to the payer; take it in cash, or show the code for a transfer."""
    found = payments.get_order_for(request.actor, code)
    problem = ""
    if request.method == "POST":
        try:
            messages.success(request, act(request, found))
        except (BadInput, payments.OrderClosed, payments.RefundNotAllowed) as error:
            problem = str(error)
        else:
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
        "can_mail": found.payer_account_id is None and not found.is_typed,
        "can_transfer": any(one.channel == Channel.TRANSFER for one in offers),
        "takes_cash": takes_late(found) and payments.takes_cash(request.actor),
        "refunds": payments.whole_order(found).refunds,
        **acts_on(request, found),
        **refund_choices(lines),
        **by_post(request, found),
        "problem": problem,
        "typed": request.POST,
    }
    return page(request, "order", context, current="pending", status=422 if problem else 200)


def takes_late(found: payments.Order) -> bool:
    """Say whether cash can be taken: at the desk an order that expired is paid as well."""
    return found.state in {*payments.PAYABLE, OrderState.EXPIRED}


def acts_on(request: ActorRequest, found: payments.Order) -> dict[str, bool]:
    """Return what the desk may ask for an order: more time, or that money goes back."""
    is_ours = payments.deals_with(request.actor, Power.ASK_REFUNDS, found.unit_id)
    return {
        "can_prolong": is_ours and found.state in {*payments.PAYABLE, OrderState.EXPIRED},
        "can_refund": is_ours and not found.is_typed and found.state in _HAVE_MONEY,
    }


@require_POST
@shows_errors("counter:pending")
def mail(request: ActorRequest, code: str) -> HttpResponse:
    """Keep where the payer wants the receipts mailed; mail those that are there, again if asked."""
    found = payments.get_order_for(request.actor, code)
    try:
        address = request.POST.get("email", "")
        count = receipts.mail_order(found.code, address, by=request.actor, at=now())
    except BadInput as error:
        messages.error(request, str(error))
    else:
        told = "Đã gửi biên lai qua thư điện tử." if count else "Biên lai sẽ gửi khi con dấu ký."
        messages.success(request, told)
    return redirect("counter:order", code)


def codes_of(lines: list[payments.OrderLine]) -> list[str]:
    """Return the dossiers that an order pays for."""
    return list(dict.fromkeys(code for line in lines if (code := dossiers.code_of(line.subject))))


def act(request: ActorRequest, found: payments.Order) -> str:
    """Do what was pressed, and say it. Raises: BadInput."""
    how = request.POST.get("how", "")
    if how == "prolong":
        return prolong(request, found)
    if how == "refund":
        return ask_refund(request, found)
    if how == "cash":
        return take_cash(request, found)
    if how == "cod":
        return send_by_post(request, found)
    payments.begin_attempt(found.code, Channel.TRANSFER, by=request.actor, at=now())
    return "Đã có mã VietQR; người nộp quét bằng ứng dụng ngân hàng."


def take_cash(request: ActorRequest, found: payments.Order) -> str:
    """Take what is still to be paid into the officer's drawer; say what is given back of it.

    Raises: BadInput where less was given: nothing is taken then.
    """
    told = change_words(request.POST.get("given", ""), found.left_vnd)
    by, at, codes = request.actor, now(), codes_of(payments.lines_of(found))
    waits = codes and waits_for_money(dossiers.get_dossier_for(by, codes[0]))
    taken = (
        dossiers.take_cash(codes[0], by=by, at=at)
        if waits
        else payments.pay_cash(found.code, amount_vnd=found.left_vnd, by=by, at=at)
    )
    return f"Đã thu tiền mặt {in_dong(taken.amount_vnd)} theo đơn {taken.order.code}.{told}"


def change_words(typed: str, due_vnd: int) -> str:
    """Return what of the money given goes back over the counter. Raises: BadInput."""
    if not typed.strip():
        return ""
    given = whole_number(typed.replace(".", "").replace(" ", ""))
    if given is None:
        raise BadInput("Hãy ghi số tiền người nộp đưa bằng chữ số, ví dụ 50.000.")
    if given < due_vnd:
        message = (
            f"Người nộp đưa {in_dong(given)}, còn thiếu {in_dong(due_vnd - given)}; chưa thu đồng"
            " nào. Hãy thu đủ, hoặc hiện mã VietQR để chuyển khoản."
        )
        raise BadInput(message)
    back = given - due_vnd
    return f" Nhận {in_dong(given)}, trả lại {in_dong(back)}." if back else ""


def by_post(request: ActorRequest, found: payments.Order) -> dict[str, object]:
    """Return the items that went by post, whether another may, and to whom it most likely goes."""
    codes = codes_of(payments.lines_of(found))
    told = next((to for one in codes if (to := dossiers.posted_to(one, request.actor))), None)
    goes_to = (told.name, told.address, told.phone) if told else None
    parcels = payments.parcels_of_order(found.pk)
    is_free = is_payable(found) and all(one.state != ParcelState.SENT for one in parcels)
    return {
        "parcels": parcels,
        "takes_cod": is_free and payments.takes_cod(found, on=local_day(now())),
        "goes_to": goes_to or (found.payer_name, found.payer_address, ""),
    }


def send_by_post(request: ActorRequest, found: payments.Order) -> str:
    """Hand an item over to the post, which collects what is still to be paid. Raises: BadInput."""
    typed = request.POST
    given = payments.ParcelIn(
        typed.get("item_number", ""),
        typed.get("name", ""),
        typed.get("address", ""),
        typed.get("phone", ""),
    )
    made = payments.send_parcel(found.code, given, by=request.actor, at=now())
    return f"Đã ghi bưu gửi {made.item_number}: bưu chính thu hộ {in_dong(made.amount_vnd)}."


def prolong(request: ActorRequest, found: payments.Order) -> str:
    """Let an order be paid until the end of another day. Raises: BadInput."""
    payments.check_deals_with(request.actor, Power.ASK_REFUNDS, found.unit_id)
    on = typed_day(request.POST.get("until", ""))
    payments.prolong_order(found.code, end_of(on), by=request.actor, at=now())
    return f"Đơn {found.code} nộp được đến hết ngày {on:%d/%m/%Y}."


def end_of(on: date) -> datetime:
    """Return the last minute of a day."""
    return datetime.combine(on, time(23, 59), HANOI)


def ask_refund(request: ActorRequest, found: payments.Order) -> str:
    """Propose that money goes back; somebody else decides. Raises: BadInput."""
    what = typed_refund(request.POST, found)
    made = payments.ask_refund(found.code, what, by=request.actor, at=now())
    return f"Đã đề nghị hoàn {in_dong(made.amount_vnd)} ({made.code}); chờ người thứ hai duyệt."
