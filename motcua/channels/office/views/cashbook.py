"""The book of an agency: balances, the lines of an account, one entry, exports."""

from collections.abc import Iterator
from typing import NamedTuple

from django.http import HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from motcua.casework.cashbook import api as cashbook
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.spreadsheets import csv_lines
from motcua.channels.office.book_files import lines, spreadsheet
from motcua.channels.office.forgotten import forgotten_at
from motcua.channels.office.frame import for_officers, page
from motcua.channels.office.money import Looked, account_name, looked_at
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Shown(NamedTuple):
    """An account as it is shown."""

    account_id: int
    name: str
    before_vnd: int
    debit_vnd: int
    credit_vnd: int
    after_vnd: int


@require_GET
@for_officers("office:start")
def book(request: ActorRequest) -> HttpResponseBase:
    """Show every account of an agency with what moved, what waits and which day is closed."""
    looked = looked_at(request)
    found = cashbook.balances(looked.agency_id, looked.latest, since=looked.first)
    context = {
        "looked": looked,
        "agency": organisation.tree().agency(looked.agency_id),
        "agencies": agency_choices(looked),
        "accounts": [
            Shown(
                one.account_id,
                account_name(one.kind, one.detail),
                one.before_vnd,
                one.debit_vnd,
                one.credit_vnd,
                one.after_vnd,
            )
            for one in found
        ],
        "debit_vnd": sum(one.debit_vnd for one in found),
        "credit_vnd": sum(one.credit_vnd for one in found),
        "off_vnd": sum(one.after_vnd for one in found),
        "closed_until": cashbook.closed_until(looked.agency_id),
        "differences": cashbook.differences_of(looked.agency_id, open_only=True),
        "on_the_way": cashbook.deposits_on_the_way(looked.agency_id),
        "open_drawers": cashbook.open_drawers(looked.agency_id),
        "forgotten": forgotten_at([looked.agency_id]),
        "heir": heir_words(looked.agency_id),
        "left": [
            (one, organisation.name_of_agency(one))
            for one in cashbook.books_left(looked.agency_id, local_day(now()))
        ],
        "can_keep": cashbook.can_keep(looked.agency_id, request.actor),
    }
    return page(request, "cashbook/book", context, current="cashbook")


def heir_words(agency_id: int) -> str:
    """Return to whom a book has passed and by which decision; empty if it is the agency's own."""
    heir = cashbook.heir_of(agency_id)
    if heir is None:
        return ""
    name = organisation.name_of_agency(heir.heir_id)
    return f"Sổ đã chuyển sang {name} ngày {heir.on:%d/%m/%Y} theo {heir.decision}; chỉ còn để xem."


def agency_choices(looked: Looked) -> list[tuple[str, str]]:
    """Return the agencies whose book may be read, for a choice."""
    return [(f"{one}", organisation.name_of_agency(one)) for one in looked.agencies]


@require_GET
@for_officers("office:cashbook")
def account(request: ActorRequest, account_id: int) -> HttpResponseBase:
    """Show the lines of one account, page by page, with the balance after each."""
    looked = looked_at(request)
    found = cashbook.get_account(account_id, looked.agencies)
    rows, more = cashbook.account_page(
        account_id, looked.first, looked.latest, after=request.GET.get("after", "")
    )
    kind = cashbook.AccountKind(found.kind)
    context = {
        "looked": looked,
        "account": found,
        "name": account_name(kind, found.detail),
        "agency": organisation.name_of_agency(found.agency_id),
        "rows": rows,
        "next": rows[-1].place if more else "",
        "is_begun": "after" in request.GET,
        "after_vnd": cashbook.balance(kind, found.agency_id, detail=found.detail, on=looked.latest),
    }
    return page(request, "cashbook/account", context, current="cashbook")


@require_GET
@for_officers("office:cashbook")
def entry(request: ActorRequest, entry_id: int) -> HttpResponseBase:
    """Show one entry with its sides, where it came from, and what reversed it."""
    looked = looked_at(request)
    found = cashbook.get_entry(entry_id, looked.agencies)
    context = {
        "shown": found,
        "legs": [
            (
                leg,
                account_name(leg.kind, leg.detail),
                organisation.name_of_agency(leg.agency_id),
                leg.agency_id in looked.agencies,
            )
            for leg in found.legs
        ],
        "is_moved": found.entry.on != found.entry.asked_on,
    }
    return page(request, "cashbook/entry", context, current="cashbook")


@require_GET
@for_officers("office:cashbook")
def export(request: ActorRequest, account_id: int) -> HttpResponseBase:
    """Hand out the lines of an account: as CSV of any length, or a spreadsheet."""
    looked = looked_at(request)
    found = cashbook.get_account(account_id, looked.agencies)
    name = f"so-quy-{found.kind}-{looked.first:%Y%m%d}-{looked.latest:%Y%m%d}"
    if request.GET.get("dang") == "csv":
        return attached(
            csv_lines(lines(found.pk, looked)), "text/csv; charset=utf-8", f"{name}.csv"
        )
    return attached(spreadsheet(found.pk, looked), XLSX, f"{name}.xlsx")


def attached(content: bytes | Iterator[str], media_type: str, name: str) -> HttpResponseBase:
    """Hand a file out, sent while it is written if it comes in pieces."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""
    }
    if isinstance(content, bytes):
        return HttpResponse(content, content_type=media_type, headers=headers)
    return StreamingHttpResponse(content, content_type=media_type, headers=headers)
