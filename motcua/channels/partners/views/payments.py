"""Money of the partner's channels within its contracts: code, amount, day, nothing else."""

from datetime import date

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from motcua.casework.payments import api as payments
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.words import short_day, stamp
from motcua.channels.partners.files import file_of
from motcua.channels.partners.forms import DaysForm
from motcua.channels.partners.frame import for_partners, page
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now

HEAD = ("Mã giao dịch", "Đơn nộp tiền", "Kênh", "Cơ quan thu", "Số tiền (đồng)", "Thời điểm")
MOST_IN_A_FILE = 100_000


def _days(request: ActorRequest) -> tuple[DaysForm, date, date]:
    form = DaysForm(request.GET or None)
    first, last = form.days(local_day(now()))
    if not form.is_bound:
        form = DaysForm(initial={"tu": first, "den": last})
    return form, first, last


@require_GET
@for_partners()
def payment_list(request: ActorRequest) -> HttpResponse:
    """List what came on some days, and what waits to be paid now."""
    at = now()
    form, first, last = _days(request)
    rows = payments.payments_of_partner(request.actor, first, last, on=local_day(at))
    context = {
        "title": "Giao dịch",
        "form": form,
        "first": first,
        "last": last,
        "query": f"tu={short_day(first)}&den={short_day(last)}",
        "rows": [(one, organisation.name_of_agency(one.agency_id)) for one in rows],
        "is_cut": len(rows) >= payments.MOST_ROWS,
        "total_vnd": sum(one.amount_vnd for one in rows),
        "waiting": [
            (one, organisation.name_of_agency(one.agency_id))
            for one in payments.waiting_of_partner(request.actor, at)
        ],
    }
    return page(request, "payments", context, current="payments")


@require_GET
@for_partners("partners:payments")
def payment_file(request: ActorRequest, kind: str) -> HttpResponse:
    """Hand the payments of some days out as a file."""
    _, first, last = _days(request)
    found = payments.payments_of_partner(
        request.actor, first, last, most=MOST_IN_A_FILE, on=local_day(now())
    )
    rows = [
        (
            one.ref,
            one.order_code,
            one.channel_words,
            organisation.name_of_agency(one.agency_id),
            one.amount_vnd,
            stamp(one.at),
        )
        for one in found
    ]
    return file_of(kind, f"giao-dich-{first:%Y%m%d}-{last:%Y%m%d}", [HEAD, *rows])
