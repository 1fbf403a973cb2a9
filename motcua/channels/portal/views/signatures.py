"""Anybody may have the signatures of a file examined; the file is judged and forgotten."""

from datetime import datetime, timedelta
from http import HTTPStatus

from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature, dumps, loads
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.channels.kit.access import public, visitor_network
from motcua.channels.kit.tongues import translate as _
from motcua.foundation.files import api as files
from motcua.foundation.requests import api as requests
from motcua.foundation.signing import api as signing
from motcua.lib.clock import now

MOST_FILES = 10
WINDOW = timedelta(minutes=10)
# A file takes a fraction of a second: who comes at the same moment waits for his turn.
PATIENCE_S = 5
# What was shown goes out with the page and comes back sealed by us: nothing of it is kept here.
SALT, AS_LONG = "portal.signature_report", timedelta(hours=2)
ACCEPT = ".pdf,.xml"


@public
@require_http_methods(["GET", "POST"])
def examine(request: HttpRequest) -> HttpResponse:
    """Ask for a file; show what its signatures are worth."""
    sent, beside = request.FILES.get("tep"), request.FILES.get("tep-goc")
    if request.method == "GET":
        return shown(request)
    if not isinstance(sent, UploadedFile):
        return shown(request, error=_("Hãy chọn tệp PDF hoặc XML cần kiểm tra."))
    if wrong := unfit(sent.size, beside):
        return shown(request, error=wrong)
    name = f"portal.examinations.{visitor_network(request)}"
    if not requests.count_attempt(name, most=MOST_FILES, window=WINDOW, at=now()):
        error = _("Ông/bà đã kiểm tra nhiều tệp. Hãy đợi 10 phút rồi thử lại.")
        return shown(request, error=error, status=HTTPStatus.TOO_MANY_REQUESTS)
    try:
        content = beside.read() if isinstance(beside, UploadedFile) else None
        with requests.slow_place(patience_s=PATIENCE_S):
            report = signing.examine(sent.read(), at=now(), beside=content)
    except (signing.ExaminersBusy, requests.SiteBusy) as busy:
        return shown(request, error=str(busy), status=HTTPStatus.SERVICE_UNAVAILABLE)
    return shown(request, report=report, name=sent.name or "")


@public
@require_POST
def report(request: HttpRequest) -> HttpResponseBase:
    """Give out the result that the page has just shown, as a paper to keep with the file.

    Where the province's seal signs such papers the visitor waits for it on a page of its own.
    """
    try:
        kept = loads(request.POST.get("ket-qua", ""), salt=SALT, max_age=AS_LONG)
        found = signing.report_from(kept["report"])
    except (BadSignature, ValueError):
        return shown(request, error=_("Kết quả này đã cũ. Hãy kiểm tra lại tệp rồi lưu biên bản."))
    counted = f"portal.examination_reports.{visitor_network(request)}"
    if not requests.count_attempt(counted, most=MOST_FILES, window=WINDOW, at=now()):
        error = _("Ông/bà đã lưu nhiều biên bản. Hãy đợi 10 phút rồi thử lại.")
        return shown(request, error=error, status=HTTPStatus.TOO_MANY_REQUESTS)
    name, at = kept["name"], datetime.fromisoformat(kept["at"])
    if why := signing.why_unsealed(now()):
        return paper(signing.render_report(found, name=name, as_of=at, at=at, unsealed_why=why))
    try:
        token = signing.ask_report(found, name=name, as_of=at, at=now())
    except signing.ReportsBusy as busy:
        status = HTTPStatus.SERVICE_UNAVAILABLE
        return shown(
            request, report=found, name=name, error=str(busy), status=status, examined_at=at
        )
    return redirect("portal:kept_report", token)


@public
@require_GET
def kept(request: HttpRequest, token: str) -> HttpResponse:
    """Show how far the sealing of a report has come; the page goes on by itself."""
    try:
        found = signing.kept_report(token, at=now())
    except signing.NoSuchReport as gone:
        return shown(request, error=str(gone), status=HTTPStatus.NOT_FOUND)
    return quiet(render(request, "portal/signature_report.html", {"kept": found}))


@public
@require_GET
def kept_file(request: HttpRequest, token: str) -> HttpResponse:
    """Give out the paper once it is there."""
    try:
        return quiet(paper(signing.report_file(token, at=now())))
    except signing.NoSuchReport as gone:
        return shown(request, error=str(gone), status=HTTPStatus.NOT_FOUND)


def paper(content: bytes) -> HttpResponse:
    """Return a report to be saved."""
    headers = {"Content-Disposition": 'attachment; filename="bien-ban-kiem-tra-chu-ky.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def quiet(answer: HttpResponse) -> HttpResponse:
    """Keep a report from caches and search engines: its address is all that protects it."""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def unfit(size: int | None, beside: object) -> str:
    """Return why a file of that size is not looked at, nothing if it is."""
    if not size:
        return _("Tệp này trống (0 byte); hãy tải lại tệp rồi kiểm tra.")
    if size > files.most_bytes() or is_large(beside):
        return _("Tệp này lớn quá mức nhận; hãy chọn tệp nhỏ hơn.")
    return ""


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
    examined_at: datetime | None = None,
) -> HttpResponse:
    """Return the page."""
    examined_at = examined_at or now()
    kept = {"report": report.plain(), "name": name, "at": examined_at.isoformat()} if report else {}
    context = {
        "report": report,
        "kept": dumps(kept, salt=SALT, compress=True) if kept else "",
        "name": name,
        "error": error,
        "accept": ACCEPT,
        "most_bytes": files.most_bytes(),
        "examined_at": examined_at,
        "unsealed_why": signing.why_unsealed(examined_at) if report else "",
    }
    return render(
        request, "portal/signature_check.html", context, status=status if error else HTTPStatus.OK
    )
