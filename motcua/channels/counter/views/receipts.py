"""A receipt at the desk where the money was taken: printed again, replaced on the same day."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.receipts import api as receipts
from motcua.casework.receipts.api import Receipt
from motcua.channels.counter.frame import page
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.downloads import file_response, pdf_response
from motcua.channels.kit.receipts import TONES, ReplaceForm, as_written
from motcua.channels.kit.requests import ActorRequest
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput, Conflict


@require_http_methods(["GET", "HEAD", "POST"])
@shows_errors("counter:start")
def receipt(request: ActorRequest, code: str) -> HttpResponse:
    """Show a receipt of the desk; replace one that is wrong, on the day it was made."""
    found = receipts.receipt_for(code, request.actor)
    form = ReplaceForm(request.POST or None, initial=as_written(found))
    if request.method == "POST" and form.is_valid():
        try:
            made = receipts.replace_receipt(code, form.given(), by=request.actor, at=now())
        except (BadInput, Conflict) as error:
            form.blame(str(error), getattr(error, "field", ""))
        else:
            said = f"Đã lập biên lai {made.number_words} thay thế {found.number_words}."
            messages.success(request, said)
            return redirect("counter:receipt", made.code)
    context = {
        "receipt": found,
        "content": found.said,
        "tone": TONES[found.state],
        "successor": receipts.successor_of(found),
        "form": form,
        "can_replace": can_replace(found, request),
    }
    status = 422 if form.errors else 200
    return page(request, "receipt", context, current="", status=status)


def can_replace(found: Receipt, request: ActorRequest) -> bool:
    """Say whether the receipt may be replaced at the desk: today's, or by whoever keeps them."""
    is_today = found.issued_on == local_day(now())
    return receipts.is_replaceable(found) and (is_today or receipts.may_keep(found, request.actor))


@require_GET
@shows_errors("counter:start")
def receipt_pdf(request: ActorRequest, code: str) -> HttpResponse:
    """Answer with the display of a receipt, to print it (again)."""
    found = receipts.receipt_for(code, request.actor)
    return pdf_response(receipts.receipt_pdf(found), receipts.file_name(found, "pdf"))


@require_GET
@shows_errors("counter:start")
def receipt_xml(request: ActorRequest, code: str) -> HttpResponseBase:
    """Answer with the signed file. Raises: NoSuchReceipt while the seal has not signed."""
    found = receipts.receipt_for(code, request.actor)
    if found.file is None:
        message = "Biên lai đang chờ con dấu của cơ quan thu; xin mở lại sau ít phút."
        raise receipts.NoSuchReceipt(message)
    return file_response(found.file, receipts.file_name(found, "xml"))
