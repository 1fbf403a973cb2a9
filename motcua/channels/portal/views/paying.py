"""Pay: the order with its lines and reasons, ways to pay, what partners tell us, the way back."""

from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.payments import api as payments
from motcua.casework.payments.api import Channel, Offer, Order, RawNotice
from motcua.casework.receipts import api as receipts
from motcua.channels.kit.access import visitor_address, visitor_network
from motcua.channels.kit.decorators import public, shows_errors
from motcua.channels.kit.middleware import POLICY
from motcua.channels.kit.orders import is_payable, tone_of, transfer_of
from motcua.channels.kit.tongues import said_by
from motcua.channels.kit.tongues import translate as _
from motcua.foundation.requests import api as requests
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import local_day, now
from motcua.lib.errors import Anticipated, BadInput, NotFound
from motcua.lib.text import whole_number

MOST_BEGUN, MOST_MAILED, WINDOW = 20, 5, timedelta(minutes=10)
MOST_BODY = 65_536
_HEADERS = ("Content-Type", "User-Agent", "Authorization", "X-Signature")
_DOSSIER = "dossier:"


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@shows_errors("portal:home")
def pay(request: HttpRequest, token: str) -> HttpResponse:
    """Show an order to whoever holds its address; begin to pay it."""
    order = payments.get_order_by_token(token)
    error = ""
    if request.method == "POST":
        try:
            return begin(request, order)
        except NotFound:
            raise
        except Anticipated as refused:
            error = str(refused)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK
    ways = ways_of(order)
    answer = render(request, "portal/pay.html", shown(order, ways, error), status=status)
    # Browsers hold the way on after a button to the policy too: it leads to the partner's page.
    pages = sorted({page for way in ways for page in way.pages})
    policy = POLICY.replace("form-action 'self'", " ".join(["form-action 'self'", *pages]))
    answer.headers["Content-Security-Policy"] = policy
    return answer


@public
@never_cache
@require_http_methods(["POST"])
@shows_errors("portal:home")
def mail(request: HttpRequest, token: str) -> HttpResponse:
    """Keep where the payer wants the receipts mailed; mail those that are there."""
    order = payments.get_order_by_token(token)
    name = f"portal.mail.{visitor_network(request)}"
    try:
        if not requests.count_attempt(name, most=MOST_MAILED, window=WINDOW, at=now()):
            raise receipts.NotMailed(_("Đã yêu cầu gửi nhiều lần. Hãy đợi 10 phút rồi thử lại."))
        address = request.POST.get("email", "")
        count = receipts.mail_order(order.code, address, by=payer_of(order), at=now())
    except BadInput as error:
        messages.error(request, said_by(error))
    else:
        messages.success(
            request,
            _("Đã gửi biên lai tới thư điện tử của ông/bà.")
            if count
            else _("Khi biên lai được ký số, thư sẽ gửi tới địa chỉ này."),
        )
    return redirect(f"{reverse('portal:pay', args=[order.token])}#thu")


def ways_of(order: Order) -> list[Offer]:
    """Return the ways by which an order is paid from home."""
    offers = payments.offers_for(order, on=local_day(now())) if is_payable(order) else []
    return [one for one in offers if not one.is_at_desk]


def shown(order: Order, ways: Sequence[Offer] = (), error: str = "") -> dict[str, object]:
    """Return what stands on the page of an order."""
    can_pay = is_payable(order)
    lines = payments.lines_of(order)
    subjects = dict.fromkeys(line.subject for line in lines)
    return {
        "order": order,
        "lines": lines,
        "codes": [one.removeprefix(_DOSSIER) for one in subjects if one.startswith(_DOSSIER)],
        "tone": tone_of(order),
        "error": error,
        "can_pay": can_pay,
        "can_mail": order.payer_account_id is None and not order.is_typed,
        "receipts": [one for one in receipts.receipts_of(order.code) if one.number],
        "transfer": transfer_of(order) if can_pay else None,
        "ways": ways,
    }


def begin(request: HttpRequest, order: Order) -> HttpResponse:
    """Begin to pay; the payer goes on to the partner, or sees the code for a transfer here."""
    channel = _channel(request.POST.get("cach", ""))
    name = f"portal.pay.{visitor_network(request)}"
    if not requests.count_attempt(name, most=MOST_BEGUN, window=WINDOW, at=now()):
        message = _("Đã bấm nộp nhiều lần. Hãy đợi 10 phút rồi thử lại, hoặc nộp tại quầy.")
        raise payments.PaymentError(message)
    back = reverse("portal:pay_return", args=[channel.value.replace("_", "-")])
    begun = payments.begin_attempt(
        order.code,
        channel,
        by=payer_of(order),
        at=now(),
        return_url=request.build_absolute_uri(f"{back}?don={order.token}"),
        ip=visitor_address(request),
    )
    return redirect(begun.url) if begun.url else redirect("portal:pay", order.token)


def payer_of(order: Order) -> Actor:
    """Return the payer as the one who acts; whoever holds the address pays for them."""
    return Actor(id=order.payer_account_id or 0, name=order.payer_name, kind=ActorKind.CITIZEN)


def _channel(word: str) -> Channel:
    """Return the channel of an address or a button. Raises: NotFound."""
    code = word.replace("-", "_")
    if code not in Channel.values:
        raise NotFound(_("Không có cách nộp này."))
    return Channel(code)


@public
@never_cache
@require_GET
@shows_errors("portal:home")
def pay_return(request: HttpRequest, channel: str) -> HttpResponse:
    """Receive the payer back from a partner: shows how the order stands, and changes nothing."""
    _channel(channel)
    token = request.GET.get("don", "")
    if not token:
        return render(request, "portal/pay_return.html", {"order": None})
    return render(request, "portal/pay_return.html", shown(payments.get_order_by_token(token)))


@public
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, channel: str) -> HttpResponse:
    """Take what a partner tells us; it is kept before it is judged."""
    if (whole_number(request.headers.get("Content-Length") or "0") or 0) > MOST_BODY:
        return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        raw = RawNotice(
            method=str(request.method),
            path=request.path,
            query={key: str(value) for key, value in request.GET.items()},
            body=request.body,
            headers={name: request.headers.get(name, "") for name in _HEADERS},
            ip=visitor_address(request),
        )
        reply = payments.take_notice(_channel(channel), raw, at=now())
    except (NotFound, payments.ChannelClosed):
        return HttpResponse(status=HTTPStatus.NOT_FOUND)
    except payments.TooManyNotices:
        return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS)
    return HttpResponse(reply.body, status=reply.status, content_type=reply.media_type)
