"""The pages for what went wrong: a sentence, a reason, a way on, and a number for the operator."""

import sys
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from .middleware import current_reference

DATABASE_AWAY = (InterfaceError, OperationalError)
RETRY_AFTER_S = "30"


@dataclass(frozen=True, slots=True)
class Problem:
    """What an error page says."""

    title: str
    reason: str
    way_on: str
    reference: str
    back: str = ""


def page(request: HttpRequest, status: HTTPStatus, words: tuple[str, str, str]) -> HttpResponse:
    """Return the error page with the given title, reason and way on."""
    title, reason, way_on = words
    problem = Problem(
        title,
        reason,
        way_on,
        reference=getattr(request, "reference", "") or current_reference() or "–",
        back=back(request),
    )
    body = render_to_string("kit/error.html", {"problem": problem}, request, using="jinja2")
    return HttpResponse(body, status=status)


def back(request: HttpRequest) -> str:
    """Return the page before, if it was ours and another one."""
    referer = request.headers.get("Referer", "")
    where = urlsplit(referer)
    ours = where.netloc != "" and where.netloc == request.headers.get("Host", "")
    return referer if ours and where.path != request.path else ""


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
    if isinstance(sys.exception(), DATABASE_AWAY):
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
