"""The pages for what went wrong: a sentence, a reason, a way on, and a number for the operator."""

import logging
import sys
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from .middleware import SLOW, current_reference
from .tongues import translate as _

logger = logging.getLogger(__name__)

FOR_MACHINES = "/api/v1/"
DATABASE_AWAY = (InterfaceError, OperationalError)
RETRY_AFTER_S = "30"
TOO_LONG = frozenset({"57014", "55P03"})  # a statement was cancelled, a lock not got in its time


@dataclass(frozen=True, slots=True)
class Problem:
    """What an error page says."""

    title: str
    reason: str
    way_on: str
    reference: str
    back: str = ""
    keeps_typed: bool = False


def page(request: HttpRequest, status: HTTPStatus, words: tuple[str, str, str]) -> HttpResponse:
    """Return the error page with the given title, reason and way on."""
    title, reason, way_on = words
    if request.path_info.startswith(FOR_MACHINES):
        return for_machines(request, status, title, f"{reason} {way_on}")
    problem = Problem(
        title,
        reason,
        way_on,
        reference=getattr(request, "reference", "") or current_reference() or "–",
        back=back(request),
        keeps_typed=status == HTTPStatus.SERVICE_UNAVAILABLE,
    )
    body = render_to_string("kit/error.html", {"problem": problem}, request, using="jinja2")
    return HttpResponse(body, status=status)


def for_machines(request: HttpRequest, status: HTTPStatus, title: str, said: str) -> HttpResponse:
    """Return the same as problem+json (RFC 9457), where no person reads it."""
    number = getattr(request, "reference", "") or current_reference()
    body: dict[str, object] = {
        "type": "about:blank",
        "title": title,
        "status": status.value,
        "detail": said,
        "reference": number,
        "errors": {},
    }
    return JsonResponse(body, status=status, content_type="application/problem+json")


def back(request: HttpRequest) -> str:
    """Return the page before, if it was ours and another one, or a form that was sent from it."""
    referer = request.headers.get("Referer", "")
    where = urlsplit(referer)
    ours = where.netloc != "" and where.netloc == request.headers.get("Host", "")
    is_other = where.path != request.path or request.method == "POST"
    return referer if ours and is_other else ""


def reason_of(exception: Exception | None, default: str) -> str:
    """Return the exception's own words if they were written for people: a full sentence."""
    said = str(exception or "")
    return said if said.endswith((".", "!", "?")) else default


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request,
        HTTPStatus.BAD_REQUEST,
        (
            _("Yêu cầu chưa đọc được"),
            reason_of(
                exception, _("Thông tin gửi lên bị thiếu hoặc sai dạng nên chưa được xử lý.")
            ),
            _("Ông/bà quay lại trang trước, kiểm tra rồi gửi lại. Chưa có gì bị thay đổi."),
        ),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    default = _("Tài khoản đang dùng không được giao quyền làm việc này.")
    return page(
        request,
        HTTPStatus.FORBIDDEN,
        (
            _("Ông/bà chưa có quyền làm việc này"),
            reason_of(exception, default),
            _("Nếu đây là việc của ông/bà, hãy nhờ người quản trị của cơ quan cấp quyền."),
        ),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    default = _("Địa chỉ có thể gõ nhầm, hoặc nội dung không dành cho tài khoản đang dùng.")
    return page(
        request,
        HTTPStatus.NOT_FOUND,
        (
            _("Không tìm thấy trang này"),
            reason_of(exception, default),
            _("Ông/bà kiểm tra lại địa chỉ hoặc mã hồ sơ, hoặc tìm từ trang chủ."),
        ),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault; where the database is away for a moment, say that instead."""
    error = sys.exception()
    if took_too_long(error):
        return too_slow(request)
    if isinstance(error, DATABASE_AWAY):
        return database_away(request)
    return page(
        request,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        (
            _("Hệ thống đang trục trặc"),
            _("Việc vừa làm chưa hoàn tất vì lỗi ở phía chúng tôi, không phải do ông/bà."),
            _("Ông/bà đợi ít phút rồi thử lại. Những gì đã nộp và có mã hồ sơ vẫn được giữ."),
        ),
    )


def took_too_long(error: BaseException | None) -> bool:
    """Say whether the database is there, but was not done in the time it is given."""
    return isinstance(error, DATABASE_AWAY) and (
        getattr(error.__cause__, "sqlstate", None) in TOO_LONG
    )


def too_slow(request: HttpRequest) -> HttpResponse:
    """Say that it took too long: nothing was changed, what was typed is still there."""
    logger.warning("took_too_long", extra={"path": request.path_info})
    narrower = _("Ông/bà đợi một lát rồi thử lại, hoặc thu hẹp khoảng ngày, từ khóa đang tìm.")
    again = _(
        "Chưa có gì bị thay đổi. Ông/bà quay lại trang trước: những gì đã nhập vẫn còn; đợi một"
        " lát rồi gửi lại."
    )
    answer = page(
        request,
        HTTPStatus.SERVICE_UNAVAILABLE,
        (
            _("Việc này mất quá nhiều thời gian"),
            _("Hệ thống đang bận nên chưa làm xong trong thời gian cho phép."),
            again if request.method == "POST" else narrower,
        ),
    )
    answer.headers[SLOW] = "1"
    answer.headers["Retry-After"] = RETRY_AFTER_S
    return answer


def database_away(request: HttpRequest) -> HttpResponse:
    """Ask to try again soon: the connection to the database was lost."""
    answer = page(
        request,
        HTTPStatus.SERVICE_UNAVAILABLE,
        (
            _("Hệ thống đang khởi động lại"),
            _("Kho dữ liệu vừa ngắt trong giây lát. Những gì đã có mã hồ sơ vẫn được giữ nguyên."),
            _(
                "Ông/bà đợi nửa phút rồi tải lại trang. Nếu vừa bấm gửi, cứ gửi lại: "
                "gửi hai lần vẫn chỉ thành một hồ sơ."
            ),
        ),
    )
    answer.headers["Retry-After"] = RETRY_AFTER_S
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's signature
    return page(
        request,
        HTTPStatus.FORBIDDEN,
        (
            _("Trang này đã mở quá lâu"),
            _("Vì an toàn, biểu mẫu chỉ nhận trong phiên đang mở."),
            _("Ông/bà quay lại trang trước, tải lại rồi gửi lần nữa; chưa có gì bị gửi đi."),
        ),
    )
