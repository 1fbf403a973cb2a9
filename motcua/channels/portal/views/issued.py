"""What anybody who holds a signed paper learns by its QR mark: whether it is real and in force."""

from datetime import timedelta
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from motcua.channels.kit.access import public, visitor_network
from motcua.channels.kit.tongues import translate as _
from motcua.foundation.requests import api as requests
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.api import PaperState, PublicPaper
from motcua.lib.clock import local_day, now

MOST_LOOKS = 60
WINDOW = timedelta(minutes=10)
_TONES = {PaperState.IN_FORCE: "ok", PaperState.CORRECTED: "soon", PaperState.EXPIRED: "soon"}


@public
@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, token: str) -> HttpResponse:
    """Show the state of a paper; compare a copy of it, of which nothing is kept."""
    at = now()
    name = f"portal.papers.{visitor_network(request)}"
    if not requests.count_attempt(name, most=MOST_LOOKS, window=WINDOW, at=at):
        error = _("Ông/bà đã tra cứu nhiều lần. Hãy đợi 10 phút rồi thử lại.")
        return shown(request, None, error=error, status=HTTPStatus.TOO_MANY_REQUESTS)
    found = signing.paper_by_token(token, on=local_day(at))
    if found is None:
        error = _("Không có giấy nào đã ban hành mang mã này. Hãy cẩn thận với giấy đang cầm.")
        return shown(request, None, error=error, status=HTTPStatus.NOT_FOUND)
    copy = request.FILES.get("copy")
    return shown(request, found, compared=found.is_same(copy.chunks()) if copy else None)


def shown(
    request: HttpRequest,
    found: PublicPaper | None,
    *,
    error: str = "",
    compared: bool | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    """Return the page."""
    context = {
        "paper": found,
        "tone": _TONES.get(found.state, "late") if found else "",
        "error": error,
        "compared": compared,
    }
    return render(request, "portal/issued_paper.html", context, status=status)
