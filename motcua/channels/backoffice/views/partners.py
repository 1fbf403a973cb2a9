"""Partners of exchange: who they are, how it goes, and what came from them and cannot be taken."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.exchange import api as exchange
from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.doing import done
from motcua.channels.backoffice.forms.partners import (
    NewPartnerForm,
    PartnerCertificateForm,
    PartnerForm,
    PartnerReasonForm,
)
from motcua.channels.backoffice.forms.signing import bytes_of
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import needs
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.requests import api as requests
from motcua.lib.clock import local_day, now

TITLE, HERE = "Đối tác liên thông", "partners"
Standing = tuple[str, str]
_FIELDS = ("name", "address", "client_ref", "delivery", "is_fetched", "valid_from", "valid_to")


def home() -> str:
    return reverse("backoffice:partners")


def way() -> Way:
    """Return where the forms about partners stand."""
    return Way(home(), [(TITLE, home())], HERE)


def way_of(code: str, name: str) -> Way:
    """Return where the forms about one partner stand."""
    there = reverse("backoffice:partner", args=[code])
    return Way(there, [(TITLE, home()), (name, there)], HERE)


@require_GET
@needs(Power.EDIT_ORGANISATION, everywhere=True)
def partners(request: ActorRequest) -> HttpResponse:
    """Show the partners with how it goes, and what cannot be taken. Costs: six statements."""
    context = {
        "title": TITLE,
        "partners": [(one, standing(one.row)) for one in exchange.counterparts_on_record()],
        "troubled": exchange.arrivals_in_trouble(),
    }
    return page(request, "partners", context, current=HERE)


def standing(row: exchange.Counterpart) -> Standing:
    """Return in a word how it goes with a partner, and the tone of it."""
    today = local_day(now())
    if row.ended_at is not None or (row.valid_to is not None and row.valid_to < today):
        return "Thôi dùng", "neutral"
    if row.valid_from > today:
        return "Chưa đến ngày", "info"
    if row.latest_ok_at is None and row.latest_error_at is None:
        return "Chưa liên lạc", "info"
    return ("Không liên lạc được", "late") if row.is_failing else ("Thông", "ok")


@require_GET
@needs(Power.EDIT_ORGANISATION, everywhere=True)
def partner(request: ActorRequest, code: str) -> HttpResponse:
    """Show one partner with its certificates and agencies."""
    row = exchange.get_counterpart(code)
    [shown] = [one for one in exchange.counterparts_on_record() if one.row.pk == row.pk]
    context = {
        "title": row.name,
        "crumbs": [(TITLE, home())],
        "shown": shown,
        "row": row,
        "standing": standing(row),
        "agencies": exchange.agencies_of(row.code),
        "at": now(),
    }
    return page(request, "partner", context, current=HERE)


@require_POST
@needs(Power.EDIT_ORGANISATION, everywhere=True)
def try_partner(request: ActorRequest, code: str) -> HttpResponse:
    """Ask a partner who is there, now, and say what came of it. Costs: network."""
    found = exchange.counterpart_named(code, local_day(now()))
    carrier = exchange.carriers.get(str(found.way)) if found is not None else None
    if found is None or carrier is None:
        messages.error(request, "Đối tác này hiện không dùng nên không thử được.")
        return redirect("backoffice:partner", code)
    try:
        with requests.slow_place():
            words = exchange.greet(found, carrier, at=now())
    except (exchange.CarrierAway, exchange.CarrierRefuses) as error:
        messages.error(request, f"Chưa kết nối được. {error}")
    else:
        messages.success(request, f"Kết nối được. {words}")
    return redirect("backoffice:partner", code)


@asks(Power.EDIT_ORGANISATION, everywhere=True)
def add(request: ActorRequest) -> HttpResponse:
    """Enter a partner."""
    form = NewPartnerForm(request.POST or None, today=local_day(now()))

    def act(at: datetime) -> str:
        values = form.cleaned_data
        given = form.given(values["code"], exchange.Way(values["way"]))
        exchange.set_counterpart(given, by=request.actor, at=at)
        return reverse("backoffice:partner", args=[given.code])

    intro = "Sau khi khai báo, nhập chứng thư của đối tác và gửi họ chứng thư của hệ thống này."
    sheet = Sheet("Thêm đối tác liên thông", "Thêm đối tác", "Đã thêm đối tác.", intro=intro)
    return asked(request, form, act, sheet, way())


@asks(Power.EDIT_ORGANISATION, everywhere=True)
def edit(request: ActorRequest, code: str) -> HttpResponse:
    """Change how a partner is reached; its code and way stay."""
    row = exchange.get_counterpart(code)
    kept = {name: getattr(row, name) for name in _FIELDS}
    initial = {**kept, "codes": "\n".join(row.codes), "basis": row.basis}
    form = PartnerForm(request.POST or None, initial=initial)

    def act(at: datetime) -> str:
        given = form.given(code, exchange.Way(row.way))
        exchange.set_counterpart(given, by=request.actor, at=at)
        return reverse("backoffice:partner", args=[code])

    sheet = Sheet(f"Sửa {row.name}", "Lưu", "Đã sửa đối tác.", intro=row.get_way_display())
    return asked(request, form, act, sheet, way_of(code, row.name))


@asks(Power.EDIT_ORGANISATION, everywhere=True)
def end(request: ActorRequest, code: str) -> HttpResponse:
    """Exchange nothing more with a partner."""
    row = exchange.get_counterpart(code)
    form = PartnerReasonForm(request.POST or None)

    def act(at: datetime) -> str:
        reason = form.cleaned_data["reason"]
        exchange.end_counterpart(code, reason, by=request.actor, at=at)
        return home()

    intro = "Văn bản đang chờ gửi cho đối tác này sẽ dừng lại cho tới khi có đường khác."
    sheet = Sheet(f"Thôi dùng {row.name}", "Thôi dùng", "Đã thôi dùng.", intro=intro, warning=True)
    return asked(request, form, act, sheet, way_of(code, row.name))


@asks(Power.EDIT_ORGANISATION, everywhere=True)
def add_certificate(request: ActorRequest, code: str) -> HttpResponse:
    """Enter a certificate of a partner."""
    row = exchange.get_counterpart(code)
    form = PartnerCertificateForm(request.POST or None, request.FILES or None)

    def act(at: datetime) -> str:
        content = bytes_of(form)
        exchange.add_certificate(code, content, by=request.actor, at=at)
        return reverse("backoffice:partner", args=[code])

    sheet = Sheet("Nhập chứng thư", "Nhập", "Đã nhập chứng thư.", files=True)
    return asked(request, form, act, sheet, way_of(code, row.name))


@require_POST
@needs(Power.EDIT_ORGANISATION, everywhere=True)
def end_certificate(request: ActorRequest, code: str, sha256: str) -> HttpResponse:
    """Know a partner by this certificate no more."""

    def act(at: datetime) -> str:
        exchange.end_certificate(code, sha256, by=request.actor, at=at)
        return reverse("backoffice:partner", args=[code])

    return done(request, act, "Đã thôi dùng chứng thư.")


@require_GET
@needs(Power.EDIT_ORGANISATION, everywhere=True)
def arrival(request: ActorRequest, arrival_id: int) -> HttpResponse:
    """Show something that came and cannot be taken as it is."""
    context = {
        "title": "Gói tin vướng mắc",
        "crumbs": [(TITLE, home())],
        "one": exchange.get_arrival(arrival_id),
    }
    return page(request, "arrival", context, current=HERE)


@asks(Power.EDIT_ORGANISATION, everywhere=True)
def close_arrival(request: ActorRequest, arrival_id: int) -> HttpResponse:
    """End what cannot be taken, and say how it was seen to."""
    form = PartnerReasonForm(request.POST or None)

    def act(at: datetime) -> str:
        reason = form.cleaned_data["reason"]
        exchange.close_arrival(arrival_id, reason, by=request.actor, at=at)
        return home()

    intro = "Ghi đã làm gì, ví dụ đã gọi nơi gửi để gửi lại. Bản gốc gói tin vẫn được giữ."
    sheet = Sheet("Đóng gói tin vướng mắc", "Đóng", "Đã đóng.", intro=intro)
    return asked(request, form, act, sheet, way())


@require_POST
@needs(Power.EDIT_ORGANISATION, everywhere=True)
def read_again(request: ActorRequest, arrival_id: int) -> HttpResponse:
    """Have something read once more."""

    def act(at: datetime) -> str:
        exchange.read_again(arrival_id, by=request.actor, at=at)
        return home()

    return done(request, act, "Đang đọc lại; mở lại trang này sau ít giây.")
