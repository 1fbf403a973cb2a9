"""The accountant's pages of receipts: a day, one receipt, what corrects it."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.receipts import api as receipts
from motcua.casework.receipts.api import Receipt, ReceiptState
from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.doing import done
from motcua.channels.backoffice.forms.receipts import AdjustForm, CancelForm
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import needs
from motcua.channels.kit.days import read_day
from motcua.channels.kit.downloads import file_response, pdf_response
from motcua.channels.kit.receipts import TONES, ReplaceForm, as_written
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now

if TYPE_CHECKING:
    from motcua.channels.kit.fields import KitForm

KEEP = Power.KEEP_RECEIPTS
_COUNTS = (ReceiptState.ISSUED, ReceiptState.ADJUSTED)


def agency_of(request: ActorRequest) -> tuple[int, str, list[tuple[int, str]]]:
    """Return the agency whose receipts are shown, its name, and all to choose from.

    Raises: Http404 where somebody keeps the receipts of none.
    """
    mine = list(receipts.agencies_kept_by(request.actor))
    if not mine:
        raise Http404
    wanted = request.GET.get("co_quan") or request.POST.get("co_quan") or ""
    found = next((one for one in mine if str(one[0]) == wanted), mine[0])
    return found[0], found[1], mine


def day_of(request: ActorRequest) -> date:
    """Return the day that is asked for, today if it is none."""
    try:
        return read_day(request.GET.get("ngay") or request.POST.get("ngay") or "")
    except ValidationError:
        return local_day(now())


@require_GET
@needs(KEEP)
def day(request: ActorRequest) -> HttpResponse:
    """Show the receipts of a day, what waits, which tables are not sent. Costs: six statements."""
    agency_id, name, mine = agency_of(request)
    on, at = day_of(request), now()
    rows = receipts.receipts_of_day(agency_id, on)
    context = {
        "title": "Biên lai trong ngày",
        "agency_id": agency_id,
        "agency": name,
        "agencies": mine,
        "on": on,
        "rows": rows,
        "tones": TONES,
        "kept_vnd": sum(one.amount_vnd for one in rows if one.state in receipts.LIVING),
        "troubles": receipts.troubles_of(agency_id, at),
        "low": receipts.low_series([agency_id], at),
        "to_send": receipts.days_to_send(agency_id, local_day(at)),
    }
    return page(request, "receipts_day", context, current="receipts")


@require_POST
@needs(KEEP)
def sign_again(request: ActorRequest) -> HttpResponse:
    """Have the seal asked at once for what waits."""
    agency_id, _, _ = agency_of(request)
    back = reverse("backoffice:receipts")

    def act(at: datetime) -> str:
        receipts.sign_again(agency_id=agency_id, at=at)
        return f"{back}?co_quan={agency_id}"

    return done(request, act, "Đã yêu cầu con dấu ký lại; xin xem lại sau ít phút.")


@require_GET
@needs(KEEP)
def receipt(request: ActorRequest, code: str) -> HttpResponse:
    """Show one receipt with what belongs to it. Costs: four statements."""
    found = mine(code, request.actor)
    chain = receipts.chain_of(found)
    counts = found.state in _COUNTS and found.number is not None
    context = {
        "title": f"Biên lai {found.number_words}",
        "receipt": found,
        "content": found.said,
        "chain": chain,
        "tones": TONES,
        "can_adjust": counts and found.nature != receipts.Nature.ADJUSTMENT,
        "can_replace": receipts.is_replaceable(found),
        "can_cancel": found.state in _COUNTS,
        "crumbs": [("Biên lai", reverse("backoffice:receipts"))],
    }
    return page(request, "receipt", context, current="receipts")


def mine(code: str, actor: Actor) -> Receipt:
    """Return a receipt of an agency whose receipts the actor keeps. Raises: NoSuchReceipt."""
    found = receipts.receipt_for(code, actor)
    if not receipts.may_keep(found, actor):
        raise receipts.NoSuchReceipt("Không có biên lai này.", hidden=f"receipt:{found.code}")
    return found


@require_GET
@needs(KEEP)
def pdf(request: ActorRequest, code: str) -> HttpResponse:
    """Answer with the display of a receipt."""
    found = mine(code, request.actor)
    return pdf_response(receipts.receipt_pdf(found), receipts.file_name(found, "pdf"))


@require_GET
@needs(KEEP)
def xml(request: ActorRequest, code: str) -> HttpResponseBase:
    """Answer with the signed file."""
    found = mine(code, request.actor)
    if found.file is None:
        receipts.signed_xml(found)
        raise Http404
    return file_response(found.file, receipts.file_name(found, "xml"))


def _way(found: Receipt) -> Way:
    back = reverse("backoffice:receipt", args=[found.code])
    crumbs = [("Biên lai", reverse("backoffice:receipts")), (found.number_words, back)]
    return Way(back, crumbs, "receipts")


def _to(made: Receipt) -> str:
    return reverse("backoffice:receipt", args=[made.code])


@asks(KEEP)
def replace(request: ActorRequest, code: str) -> HttpResponse:
    """Put a new receipt in the place of a wrong one."""
    found = mine(code, request.actor)
    form = ReplaceForm(request.POST or None, initial=as_written(found))

    def act(at: datetime) -> str:
        return _to(receipts.replace_receipt(code, form.given(), by=request.actor, at=at))

    sheet = Sheet(
        f"Thay thế biên lai {found.number_words}",
        "Lập biên lai thay thế",
        "Đã lập biên lai thay thế; biên lai cũ không còn hiệu lực.",
        intro="Biên lai mới có số tiếp theo, ghi rõ thay thế biên lai nào và lý do; số tiền giữ"
        " nguyên. Sai số tiền thì lập biên lai điều chỉnh.",
    )
    return asked(request, form, act, sheet, _way(found))


@asks(KEEP)
def adjust(request: ActorRequest, code: str) -> HttpResponse:
    """Issue a receipt that adjusts another."""
    found = mine(code, request.actor)
    form = AdjustForm(request.POST or None)

    def act(at: datetime) -> str:
        return _to(receipts.adjust_receipt(code, form.given(), by=request.actor, at=at))

    sheet = Sheet(
        f"Điều chỉnh biên lai {found.number_words}",
        "Lập biên lai điều chỉnh",
        "Đã lập biên lai điều chỉnh.",
        intro="Biên lai đã lập vẫn có hiệu lực, cộng với biên lai điều chỉnh. Hoàn tiền cho người"
        " nộp làm ở mục hoàn tiền: biên lai tự được điều chỉnh hoặc hủy theo.",
    )
    return asked(request, form, act, sheet, _way(found))


@asks(KEEP)
def cancel(request: ActorRequest, code: str) -> HttpResponse:
    """Cancel a receipt."""
    found = mine(code, request.actor)
    form: KitForm = CancelForm(request.POST or None)

    def act(at: datetime) -> str:
        reason = form.cleaned_data["reason"]
        return _to(receipts.cancel_receipt(code, reason, by=request.actor, at=at))

    sheet = Sheet(
        f"Hủy biên lai {found.number_words}",
        "Hủy biên lai",
        "Đã hủy biên lai.",
        intro="Chỉ hủy được khi không còn giữ tiền của khoản này.",
        warning=True,
    )
    return asked(request, form, act, sheet, _way(found))
