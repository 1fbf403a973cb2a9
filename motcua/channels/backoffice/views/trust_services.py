"""Partners that are asked over the network, and how old what authorities said is."""

from datetime import datetime, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.doing import done
from motcua.channels.backoffice.forms.policies import (
    SERVICE_FIELDS,
    AddressForm,
    ListForm,
    ServiceForm,
)
from motcua.channels.backoffice.forms.signing import bytes_of
from motcua.channels.backoffice.frame import SIGNING, page
from motcua.channels.backoffice.guard import needs
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.trust import api as trust
from motcua.lib.clock import now

TITLE, HERE = "Dịch vụ, thu hồi", "services"
_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
Standing = tuple[str, str]


def home() -> str:
    return reverse("backoffice:trust_services")


def way() -> Way:
    """Return where the forms about partners stand."""
    return Way(home(), [(TITLE, home())], HERE)


@require_GET
@needs(*SIGNING, everywhere=True)
def services(request: ActorRequest) -> HttpResponse:
    """Show the partners with how it went the latest time, and the lists with their age.

    Costs: four statements.
    """
    at, kept = now(), trust.answers_kept()
    context = {
        "title": TITLE,
        "services": [(one, standing(one)) for one in trust.services_on_record()],
        "lists": [(one, age(at - one.this_update), freshness(one, at)) for one in kept.lists],
        "kept": kept,
        "stampers": trust.time_stamp_services(),
    }
    return page(request, "trust_services", context, current=HERE)


def standing(one: trust.TrustService) -> Standing:
    """Return in a word how it went with a partner, and the tone of it."""
    if one.stopped_at is not None:
        return "Thôi dùng", "neutral"
    if one.latest_error_at is None and one.latest_ok_at is None:
        return "Chưa hỏi lần nào", "info"
    return ("Đang lỗi", "late") if one.is_failing else ("Trả lời tốt", "ok")


def freshness(one: trust.RevocationAnswer, at: datetime) -> Standing:
    """Return whether a list still counts."""
    if one.next_update is None:
        return "Không ghi hạn", "info"
    return ("Còn hạn", "ok") if one.next_update >= at else ("Quá hạn", "late")


def age(span: timedelta) -> str:
    """Return how old something is, in the one unit that suits."""
    if span >= _DAY:
        return f"{span // _DAY} ngày"
    if span >= _HOUR:
        return f"{span // _HOUR} giờ"
    return f"{max(span // timedelta(minutes=1), 0)} phút"


@asks(*SIGNING, everywhere=True)
def add(request: ActorRequest) -> HttpResponse:
    """Enter a partner."""
    form = ServiceForm(request.POST or None)

    def act(at: datetime) -> str:
        values = form.cleaned_data
        given = form.given(values["code"], trust.ServiceKind(values["kind"]))
        trust.set_service(given, by=request.actor, at=at)
        return home()

    sheet = Sheet(
        "Thêm dịch vụ",
        "Thêm dịch vụ",
        "Đã thêm dịch vụ.",
        intro="Hệ thống chỉ hỏi những máy ghi ở đây và máy ghi trong chứng thư của tổ chức chứng "
        "thực đã được tin.",
    )
    return asked(request, form, act, sheet, way())


@asks(*SIGNING, everywhere=True)
def edit(request: ActorRequest, code: str) -> HttpResponse:
    """Change how a partner is asked; its code and kind stay."""
    found = trust.get_service(code)
    kept = {name: getattr(found, name) for name in SERVICE_FIELDS}
    form = AddressForm(request.POST or None, initial=kept)

    def act(at: datetime) -> str:
        given = form.given(code, trust.ServiceKind(found.kind))
        trust.set_service(given, by=request.actor, at=at)
        return home()

    sheet = Sheet(f"Sửa {found.name}", "Lưu", "Đã sửa dịch vụ.", intro=found.get_kind_display())
    return asked(request, form, act, sheet, way())


@require_POST
@needs(*SIGNING, everywhere=True)
def stop(request: ActorRequest, code: str) -> HttpResponse:
    """Ask a partner no more, or again."""
    is_again = trust.get_service(code).stopped_at is not None

    def act(at: datetime) -> str:
        trust.stop_service(code, by=request.actor, at=at, again=is_again)
        return home()

    return done(request, act, "Đã dùng lại dịch vụ." if is_again else "Đã thôi dùng dịch vụ.")


@require_POST
@needs(*SIGNING, everywhere=True)
def refresh(request: ActorRequest) -> HttpResponse:
    """Have the lists fetched in a moment."""

    def act(at: datetime) -> str:
        trust.refresh_soon(by=request.actor, at=at)
        return home()

    return done(request, act, "Đang tải lại; mở lại trang này sau nửa phút để xem kết quả.")


@asks(*SIGNING, everywhere=True)
def bring_list(request: ActorRequest) -> HttpResponse:
    """Take a list of revoked certificates from a file, where the network does not reach."""
    form = ListForm(request.POST or None, request.FILES or None)

    def act(at: datetime) -> str:
        trust.bring_crl(bytes_of(form), by=request.actor, at=at)
        return home()

    sheet = Sheet(
        "Đưa danh sách thu hồi từ tệp", "Đưa vào", "Đã nhận danh sách thu hồi.", files=True
    )
    return asked(request, form, act, sheet, way())
