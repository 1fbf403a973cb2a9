"""The trail: who did what, and who looked at whose data. Nothing here can be changed."""

from collections.abc import Sequence
from datetime import timedelta

from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_GET, require_http_methods

from motcua.channels.backoffice import trail_words
from motcua.channels.backoffice.forms.trail import AccessesForm, TrailForm
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import needs
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.lib.clock import local_day, now
from motcua.lib.paging import Cursor, decode

ROWS = 100
A_WEEK = timedelta(days=6)


@require_GET
@needs(Power.READ_AUDIT, everywhere=True)
def trail(request: ActorRequest) -> HttpResponse:
    """Search what was done.

    Costs: one statement.
    """
    form = TrailForm(with_days(request.GET))
    found: Sequence[audit.AuditEntry] = ()
    if form.is_valid():
        after = decode(request.GET.get("after", ""))
        found = audit.search_trail(form.wanted(), after=after, limit=ROWS + 1)
    context = {
        "title": "Nhật ký",
        "form": form,
        "words": trail_words,
        "entries": found[:ROWS],
        "after": place_after(found),
        "is_later": "after" in request.GET,
    }
    return page(request, "trail", context, current="trail", status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Power.READ_AUDIT, everywhere=True)
def accesses(request: ActorRequest) -> HttpResponse:
    """Search who looked at whose data; a personal number is posted, never in an address.

    Costs: one statement, one more for a number, and one that notes this very search.
    """
    form = AccessesForm(with_days(request.POST or request.GET))
    found: Sequence[audit.AccessEntry] = ()
    if form.is_valid():
        wanted = form.wanted()
        after = decode(request.GET.get("after", "")) if request.method == "GET" else None
        if wanted.person_id:
            purpose, subject = "audit.accesses", f"person:{wanted.person_id}"
            person_id = wanted.person_id
            audit.record_access(purpose, subject, by=request.actor, at=now(), person_id=person_id)
        found = audit.search_accesses(wanted, after=after, limit=ROWS + 1)
    context = {
        "title": "Ai đã xem dữ liệu",
        "form": form,
        "words": trail_words,
        "entries": found[:ROWS],
        "after": place_after(found) if request.method == "GET" else "",
        "is_later": "after" in request.GET,
    }
    return page(request, "accesses", context, current="trail", status=422 if form.errors else 200)


def with_days(typed: QueryDict) -> dict[str, str]:
    """Return what was typed; without days, the last week."""
    today = local_day(now())
    values = {name: str(value) for name, value in typed.items()}
    if "earliest" not in typed:
        values |= {"earliest": f"{today - A_WEEK:%d/%m/%Y}", "latest": f"{today:%d/%m/%Y}"}
    return values


def place_after(found: Sequence[audit.AuditEntry] | Sequence[audit.AccessEntry]) -> str:
    """Return the cursor for the next page, or nothing."""
    if len(found) <= ROWS:
        return ""
    row = found[ROWS - 1]
    return Cursor(row.at, row.pk).encode()
