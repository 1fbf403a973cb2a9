"""Anybody may have the signatures of a file examined; the file is judged and forgotten."""

from datetime import timedelta
from http import HTTPStatus

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.channels.kit.access import public, visitor_network
from motcua.foundation.files import api as files
from motcua.foundation.requests import api as requests
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import Indication
from motcua.lib.clock import now

MOST_FILES = 10
WINDOW = timedelta(minutes=10)
ACCEPT = ".pdf,.xml"
TONES = {
    Indication.PASSED: "ok",
    Indication.INDETERMINATE: "soon",
    Indication.FAILED: "late",
    Indication.UNSIGNED: "neutral",
}


@public
@require_http_methods(["GET", "POST"])
def examine(request: HttpRequest) -> HttpResponse:
    """Ask for a file; show what its signatures are worth."""
    sent, beside = request.FILES.get("tep"), request.FILES.get("tep-goc")
    if request.method == "GET":
        return shown(request)
    if not isinstance(sent, UploadedFile):
        return shown(request, error=_("Hãy chọn tệp PDF hoặc XML cần kiểm tra."))
    if is_large(sent) or is_large(beside):
        return shown(request, error=_("Tệp này lớn quá mức nhận; hãy chọn tệp nhỏ hơn."))
    name = f"portal.examinations.{visitor_network(request)}"
    if not requests.count_attempt(name, most=MOST_FILES, window=WINDOW, at=now()):
        error = _("Ông/bà đã kiểm tra nhiều tệp. Hãy đợi 10 phút rồi thử lại.")
        return shown(request, error=error, status=HTTPStatus.TOO_MANY_REQUESTS)
    try:
        content = beside.read() if isinstance(beside, UploadedFile) else None
        report = signing.examine(sent.read(), at=now(), beside=content)
    except signing.ExaminersBusy as busy:
        return shown(request, error=str(busy), status=HTTPStatus.SERVICE_UNAVAILABLE)
    return shown(request, report=report, name=sent.name or "")


def is_large(sent: object) -> bool:
    """Say whether a file is larger than what is taken."""
    return isinstance(sent, UploadedFile) and (sent.size or 0) > files.most_bytes()


def shown(
    request: HttpRequest,
    *,
    report: signing.Report | None = None,
    name: str = "",
    error: str = "",
    status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> HttpResponse:
    """Return the page."""
    context = {
        "report": report,
        "verdicts": words_of(),
        "tones": TONES,
        "name": name,
        "error": error,
        "accept": ACCEPT,
        "most_bytes": files.most_bytes(),
        "examined_at": now(),
    }
    return render(
        request, "portal/signature_check.html", context, status=status if error else HTTPStatus.OK
    )


def words_of() -> dict[Indication, str]:
    """Return the answer in two or three words."""
    return {
        Indication.PASSED: _("Hợp lệ"),
        Indication.INDETERMINATE: _("Chưa kết luận được"),
        Indication.FAILED: _("Không hợp lệ"),
        Indication.UNSIGNED: _("Không có chữ ký số"),
    }
