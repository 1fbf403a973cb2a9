"""A receipt for whoever holds its code: whether it counts, its display, the signed file."""

from datetime import timedelta
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from motcua.casework.receipts import api as receipts
from motcua.casework.receipts.api import Receipt, ReceiptState
from motcua.channels.kit.access import public, visitor_network
from motcua.channels.kit.downloads import file_response
from motcua.channels.kit.tongues import translate as _
from motcua.foundation.requests import api as requests
from motcua.lib.clock import now
from motcua.lib.text import tidy

MOST_LOOKS = 60
WINDOW = timedelta(minutes=10)
_TONES = {
    ReceiptState.ISSUED: "ok",
    ReceiptState.ADJUSTED: "soon",
    ReceiptState.REPLACED: "late",
    ReceiptState.CANCELLED: "late",
}


@public
@require_GET
def lookup(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a receipt; a code that is typed leads to its page."""
    typed = tidy(request.GET.get("ma", ""))[:40]
    code = "".join(one for one in typed.upper() if one.isalnum())
    if code:
        return redirect("portal:receipt", code)
    return _shown(request, None, typed=typed)


@public
@require_GET
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Show whether a receipt counts; guessing codes one after the other is stopped for a while."""
    if not _may_look(request):
        error = _("Ông/bà đã tra cứu nhiều lần. Hãy đợi 10 phút rồi thử lại.")
        return _shown(request, None, error=error, typed=code, status=HTTPStatus.TOO_MANY_REQUESTS)
    found = _found(code)
    if found is None:
        error = _("Không có biên lai mang mã này. Hãy xem lại mã tra cứu in trên biên lai.")
        return _shown(request, None, error=error, typed=code, status=HTTPStatus.NOT_FOUND)
    return _shown(request, found, typed=found.code)


@public
@require_GET
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the display of a receipt."""
    found = _found(code) if _may_look(request) else None
    if found is None or found.number is None:
        return receipt(request, code)
    answer = HttpResponse(receipts.receipt_pdf(found), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{receipts.file_name(found, "pdf")}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@public
@require_GET
def xml(request: HttpRequest, code: str) -> HttpResponseBase:
    """Answer with the signed file; before it is there, with the page that says so."""
    found = _found(code) if _may_look(request) else None
    if found is None or found.file is None:
        return receipt(request, code)
    return file_response(found.file, receipts.file_name(found, "xml"))


def _found(code: str) -> Receipt | None:
    found = receipts.find_receipt(code)
    return found if found is not None and found.state != ReceiptState.DUE else None


def _may_look(request: HttpRequest) -> bool:
    name = f"portal.receipts.{visitor_network(request)}"
    return requests.count_attempt(name, most=MOST_LOOKS, window=WINDOW, at=now())


def _shown(
    request: HttpRequest,
    found: Receipt | None,
    *,
    typed: str,
    error: str = "",
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "receipt": found,
        "content": found.said if found else None,
        "tone": _TONES.get(ReceiptState(found.state), "late") if found else "",
        "successor": receipts.successor_of(found) if found else None,
        "error": error,
        "typed": typed,
    }
    return render(request, "portal/receipt.html", context, status=status)
