"""Other systems that are told: how each stands, what went to it, and having it sent again.

Administrators of the province look after all, everybody else after the own.
"""

from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.webhooks import api as webhooks
from motcua.casework.webhooks.api import Subscription, SubscriptionState, TellingState
from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.doing import done
from motcua.channels.backoffice.forms.webhooks import HookForm, NewHookForm, ReplayForm, kept_in
from motcua.channels.backoffice.frame import form_page, page
from motcua.channels.backoffice.guard import owned
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.clients import api as clients
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now
from motcua.lib.errors import Anticipated, NotAllowed, NotFound
from motcua.lib.text import whole_number

HERE = "webhooks"
TITLE = "Báo tin cho hệ thống khác"
TONES = {
    SubscriptionState.ON: "ok",
    SubscriptionState.PAUSED: "paused",
    SubscriptionState.FAILING: "late",
    SubscriptionState.ENDED: "neutral",
}
TOLD_TONES = {
    TellingState.WAITING: "info",
    TellingState.DONE: "ok",
    TellingState.DEAD: "late",
    TellingState.HIDDEN: "neutral",
    TellingState.DROPPED: "neutral",
}
_DONE = {
    "tam-dung": (webhooks.pause, "Đã tạm dừng; tin được giữ 30 ngày."),
    "bat-lai": (webhooks.resume, "Đã bật lại; các tin đang chờ được gửi tiếp."),
    "gui-thu": (webhooks.send_test, "Đang gửi thử; tải lại trang sau vài giây để xem trả lời."),
}


def address(code: str) -> str:
    """Return the page of one subscription."""
    return reverse("backoffice:webhook", args=[code])


def _crumbs() -> list[tuple[str, str]]:
    return [(TITLE, reverse("backoffice:webhooks"))]


@require_GET
@owned
def subscriptions(request: ActorRequest) -> HttpResponse:
    """List who is told, those in trouble first."""
    rows = [
        (one, TONES[SubscriptionState(one.row.state)])
        for one in webhooks.standings_for(request.actor)
    ]
    context = {
        "title": TITLE,
        "rows": rows,
        "most": webhooks.MOST_COUNTED,
        "may_add": webhooks.administers(request.actor),
    }
    return page(request, "webhooks", context, current=HERE)


@asks(Power.ADMINISTER_IDENTITY, everywhere=True)
def add(request: ActorRequest) -> HttpResponse:
    """Register an address for an application or oneself, and show its secret this once."""
    today = local_day(now())
    living = [
        one for one in clients.clients_on_record() if one.ended_at is None and one.valid_to >= today
    ]
    first = {"who": request.GET.get("ung-dung", "")}
    form = NewHookForm(request.POST or None, initial=first, found=living)
    if form.is_valid():
        try:
            return _subscribed(request, form)
        except (NotAllowed, NotFound):
            raise
        except Anticipated as error:
            form.blame(str(error), getattr(error, "field", ""))
    context = {
        "title": "Đăng ký nơi nhận tin",
        "intro": "Khóa ký hiện ra một lần, ngay sau khi đăng ký. Không chọn loại tin hay cơ quan "
        "nào là mọi loại, mọi cơ quan được xem.",
        "button": "Đăng ký",
        "back": reverse("backoffice:webhooks"),
        "crumbs": _crumbs(),
    }
    return form_page(request, form, context, current=HERE)


def _subscribed(request: ActorRequest, form: NewHookForm) -> HttpResponse:
    """Register what was entered. Raises: BadInput, WebhookError."""
    act = webhooks.subscribe if form.application_id() is None else webhooks.subscribe_application
    row, secret = act(form.given(), by=request.actor, at=now())
    return _secret_page(request, row, secret, "Đã đăng ký; đây là khóa ký")


def _secret_page(request: ActorRequest, row: Subscription, secret: str, title: str) -> HttpResponse:
    """Show a secret: it is stored sealed and never shown again."""
    crumbs = [*_crumbs(), (row.name, address(row.code))]
    context = {"title": title, "crumbs": crumbs, "row": row, "secret": secret}
    return page(request, "webhook_secret", context, current=HERE)


@require_GET
@owned
def subscription(request: ActorRequest, code: str) -> HttpResponse:
    """Show one subscription with what was told to it."""
    row = webhooks.get_subscription_for(request.actor, code)
    state = request.GET.get("trang-thai", "")
    state = state if state in TellingState.values else ""
    before = whole_number(request.GET.get("truoc", ""))
    found = webhooks.tellings_of(row, state=state, before=before)
    shown, more = found[: webhooks.PAGE], found[webhooks.PAGE :]
    query = {"trang-thai": state} if state else {}
    there = address(code)
    following = f"{there}?{urlencode({**query, 'truoc': shown[-1].pk})}" if more else ""
    labels = dict(webhooks.Kind.choices) | {webhooks.PING: "Gửi thử"}
    tree = organisation.tree()
    context = {
        "title": row.name,
        "crumbs": _crumbs(),
        "row": row,
        "standing": webhooks.standing_of(row),
        "most": webhooks.MOST_COUNTED,
        "tone": TONES[SubscriptionState(row.state)],
        "kinds": [labels[kind] for kind in row.kinds],
        "agencies": [tree.agency(one).name for one in row.agency_ids],
        "rows": [(one, labels[one.kind], TOLD_TONES[TellingState(one.state)]) for one in shown],
        "state": state,
        "states": [("", "Mọi tình trạng"), *TellingState.choices],
        "next": following,
    }
    return page(request, "webhook", context, current=HERE)


@require_POST
@owned
def change(request: ActorRequest, code: str, act: str) -> HttpResponse:
    """Pause, go on or try a subscription."""
    if act not in _DONE:
        raise Http404("Không có việc này.")
    operation, said = _DONE[act]

    def do(at: datetime) -> str:
        operation(code, by=request.actor, at=at)
        return address(code)

    return done(request, do, said)


@require_POST
@owned
def resend(request: ActorRequest, code: str, message_id: str) -> HttpResponse:
    """Send one message once more."""

    def do(at: datetime) -> str:
        webhooks.resend(code, message_id, by=request.actor, at=at)
        return address(code)

    return done(request, do, "Tin được gửi lại trong vài giây, vẫn mang mã cũ.")


@require_http_methods(["GET", "POST"])
@owned
def edit(request: ActorRequest, code: str) -> HttpResponse:
    """Say anew what is told, and where."""
    row = webhooks.get_subscription_for(request.actor, code)
    form = HookForm(request.POST or None, initial=kept_in(row))

    def act(at: datetime) -> str:
        webhooks.change_subscription(code, form.given(), by=request.actor, at=at)
        return address(code)

    sheet = Sheet(
        f"Sửa {row.name}",
        "Lưu",
        "Đã sửa; tin đang chờ được gửi tới nơi nhận mới.",
        intro="Khóa ký giữ nguyên. Không chọn loại tin hay cơ quan nào là mọi loại, mọi cơ quan "
        "tài khoản được xem.",
    )
    return asked(request, form, act, sheet, _way(row))


@require_POST
@owned
def renew_secret(request: ActorRequest, code: str) -> HttpResponse:
    """Give another secret, and show it this once."""
    secret = webhooks.renew_secret(code, by=request.actor, at=now())
    row = webhooks.get_subscription_for(request.actor, code)
    return _secret_page(request, row, secret, "Khóa ký mới")


@require_http_methods(["GET", "POST"])
@owned
def replay(request: ActorRequest, code: str) -> HttpResponse:
    """Send everything of some days once more."""
    row = webhooks.get_subscription_for(request.actor, code)
    form = ReplayForm(request.POST or None)

    def act(at: datetime) -> str:
        since, until = form.span()
        webhooks.replay(code, since, until=until, by=request.actor, at=at)
        return address(code)

    sheet = Sheet(
        f"Gửi lại: {row.name}",
        "Gửi lại",
        "Các tin được gửi lại theo thứ tự, vẫn mang mã cũ.",
        intro="Mọi tin của các việc xảy ra trong những ngày này (nhiều nhất 30 ngày trước) được "
        "gửi lại; nơi nhận bỏ qua tin đã có nhờ mã tin.",
    )
    return asked(request, form, act, sheet, _way(row))


def _way(row: Subscription) -> Way:
    there = address(row.code)
    return Way(there, [*_crumbs(), (row.name, there)], HERE)


@require_POST
@owned
def end(request: ActorRequest, code: str) -> HttpResponse:
    """End a subscription."""

    def do(at: datetime) -> str:
        webhooks.unsubscribe(code, by=request.actor, at=at)
        return reverse("backoffice:webhooks")

    return done(request, do, "Đã bỏ đăng ký nhận tin.")
