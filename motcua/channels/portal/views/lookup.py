"""How far a dossier is, for anybody who holds its code; nothing else is told."""

from datetime import timedelta
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures import api as procedures
from motcua.channels.kit.access import public, visitor_network
from motcua.channels.kit.tongues import translate as _
from motcua.foundation.numbering import api as numbering
from motcua.foundation.requests import api as requests
from motcua.lib.clock import local_day, now
from motcua.lib.text import tidy

MOST_LOOKS = 30
WINDOW = timedelta(minutes=10)


@public
def lookup(request: HttpRequest) -> HttpResponse:
    """Ask for a code; a code that can be one leads to its page."""
    typed = tidy(request.GET.get("ma", ""))[:80]
    code = typed.replace(" ", "").upper()
    if numbering.parse_dossier_code(code):
        return redirect("portal:progress", code)
    error = _("Mã hồ sơ có dạng H18.101-261008-0007, in trên giấy hẹn.") if typed else ""
    return _form(request, typed, error)


@public
def progress(request: HttpRequest, code: str) -> HttpResponse:
    """Say how far the dossier is. Guessing codes one after the other is stopped for a while."""
    if not may_look(request):
        error = _("Ông/bà đã tra cứu nhiều lần. Hãy đợi 10 phút rồi thử lại, hoặc đăng nhập.")
        return _form(request, code, error, HTTPStatus.TOO_MANY_REQUESTS)
    found = dossiers.progress_of(code)
    if found is None:
        elsewhere = _elsewhere(code)
        if elsewhere is not None:
            return elsewhere_page(request, code, elsewhere)
        error = _("Không có hồ sơ mang mã này. Hãy xem lại mã trên giấy hẹn.")
        return _form(request, code, error, HTTPStatus.NOT_FOUND)
    return render(request, "portal/progress.html", {"progress": found})


def _elsewhere(code: str) -> procedures.Definition | None:
    """Return the procedure of another system to which a code belongs, if it can be one."""
    parsed = numbering.parse_dossier_code(code)
    return procedures.outside_system_for(parsed.unit_code, local_day(now())) if parsed else None


def elsewhere_page(
    request: HttpRequest, code: str, definition: procedures.Definition
) -> HttpResponse:
    """Say where a dossier of another system is followed; nothing of it is known here."""
    context = {"typed": code, "error": "", "elsewhere": definition}
    return render(request, "portal/lookup.html", context, status=HTTPStatus.NOT_FOUND)


def _form(
    request: HttpRequest, typed: str, error: str, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    context = {"typed": typed, "error": error, "elsewhere": None}
    return render(request, "portal/lookup.html", context, status=status)


def may_look(request: HttpRequest) -> bool:
    """Count this look and say whether the network it comes from has any left."""
    name = f"portal.looks.{visitor_network(request)}"
    return requests.count_attempt(name, most=MOST_LOOKS, window=WINDOW, at=now())
