"""Answers to machines: banks that tell of money, the national portal that looks a bill up."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from motcua.casework.payments import api as payments
from motcua.casework.reconciliation import api as reconciliation
from motcua.lib.clock import now
from motcua.lib.text import whole_number
from motcua.lib.visitors import visitor_address

from .banks import ERROR, KNOWN, NOT_OURS, OK, Forged, read_bank_notice
from .bills import looked_up
from .wording import MOST_BODY

_TOO_LARGE = 413


@csrf_exempt
@require_POST
def bank_notice(request: HttpRequest) -> HttpResponse:
    """Take what a bank tells of money in an account; told again it is known."""
    at = now()
    raw = _raw(request)
    if raw is None:
        return _told(ERROR, "Báo có dài quá mức.", status=_TOO_LARGE)
    try:
        found = reconciliation.take_bank_notice(read_bank_notice(raw, at=at), at=at)
    except Forged as error:
        return _told(error.code, "Báo có không đúng chữ ký hoặc nơi gửi.")
    except reconciliation.BadNotice as error:
        return _told(NOT_OURS, str(error))
    except (payments.NoticeUnreadable, payments.GatewayAway) as error:
        return _told(ERROR, str(error))
    return _told(OK if found.is_new else KNOWN, "Đã nhận.")


@csrf_exempt
@require_POST
def look_up_bill(request: HttpRequest) -> HttpResponse:
    """Tell the national portal what is to be paid for a dossier."""
    raw = _raw(request)
    if raw is None:
        return JsonResponse({"error_code": -1, "message": "Yêu cầu dài quá mức."})
    return JsonResponse(looked_up(raw, at=now()))


def _raw(request: HttpRequest) -> payments.RawNotice | None:
    if (whole_number(request.headers.get("Content-Length") or "0") or 0) > MOST_BODY:
        return None
    return payments.RawNotice(
        method=str(request.method),
        path=request.path,
        query={},
        body=request.body,
        headers={},
        ip=visitor_address(request),
    )


def _told(code: str, words: str, *, status: int = 200) -> JsonResponse:
    return JsonResponse({"code": code, "message": words}, status=status)
