"""Officers sent to a one-stop desk: for how long, by which decision, renewed, ended early."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.forms.staffing import (
    EndEarlyForm,
    RenewalForm,
    SecondmentForm,
    words_of,
)
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import needs
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.staffing import api as staffing
from motcua.foundation.staffing.api import Secondment
from motcua.lib.clock import local_day, now
from motcua.lib.text import whole_number

TITLE, HERE = "Biệt phái về một cửa", "secondments"
PAST, SOON, PAGE = timedelta(days=365), timedelta(days=30), 50


def home() -> str:
    return reverse("backoffice:secondments")


def way() -> Way:
    """Return where forms about secondments stand."""
    return Way(home(), [(TITLE, home())], HERE)


@require_GET
@needs(Power.EDIT_ORGANISATION)
def listed(request: ActorRequest) -> HttpResponse:
    """Show who is sent where until when, the next to end first. Costs: two statements."""
    day, is_past = local_day(now()), "cu" in request.GET
    found = staffing.secondments_for(
        request.actor,
        since=day - PAST if is_past else day,
        after=read_place(request.GET.get("sau", "")),
        limit=PAGE + 1,
    )
    shown = found[:PAGE]
    renewed = staffing.renewed_among([one.pk for one in shown])
    context = {
        "title": TITLE,
        "rows": [(one, standing(one, day), is_open(one, day, renewed)) for one in shown],
        "next": place_of(shown[-1]) if len(found) > PAGE else None,
        "is_later": "sau" in request.GET,
        "is_past": is_past,
    }
    return page(request, "secondments", context, current=HERE)


def place_of(one: Secondment) -> str:
    """Return where a page ends, as its address says it."""
    return f"{one.valid_to:%Y%m%d}-{one.pk}"


def read_place(typed: str) -> tuple[date, int] | None:
    """Return the place an address names; an odd one is none."""
    day, _, number = typed.partition("-")
    key = whole_number(number)
    try:
        return None if key is None else (datetime.strptime(day, "%Y%m%d").date(), key)  # noqa: DTZ007 -- a day alone
    except ValueError:
        return None


def standing(one: Secondment, day: date) -> tuple[str, str]:
    """Return in a word how a secondment stands, and its tone."""
    last = one.valid_to or day
    if one.ended_on is not None:
        return f"Thôi sớm, hết {one.ended_on:%d/%m/%Y}", "neutral"
    if last < day:
        return "Đã hết hạn", "neutral"
    if one.valid_from > day:
        return "Sắp đến", "info"
    return ("Sắp hết hạn", "soon") if last <= day + SOON else ("Đang ở một cửa", "ok")


def is_open(one: Secondment, day: date, renewed: Collection[int]) -> bool:
    """Say whether a secondment can be renewed or ended early."""
    return one.ended_on is None and (one.valid_to or day) >= day and one.pk not in renewed


@asks(Power.EDIT_ORGANISATION)
def add(request: ActorRequest) -> HttpResponse:
    """Send an officer to a desk."""
    halls = [(str(key), words) for key, words in staffing.halls_of(request.actor)]
    form = SecondmentForm(request.POST or None, halls=halls)

    def act(at: datetime) -> str:
        staffing.second_officer(form.given(), by=request.actor, at=at)
        return home()

    intro = (
        "Người được cử có ngay một vị trí tại quầy với quyền của vị trí ấy trong thời hạn, và vẫn"
        " giữ vị trí ở cơ quan cử đi. Hết hạn thì tự thôi; trước 30 ngày các bên được nhắc."
    )
    sheet = Sheet("Cử cán bộ đến một cửa", "Ghi", "Đã ghi quyết định cử.", intro=intro)
    return asked(request, form, act, sheet, way())


@asks(Power.EDIT_ORGANISATION)
def renew(request: ActorRequest, secondment_id: int) -> HttpResponse:
    """Let a secondment go on by a new decision."""
    found = staffing.get_secondment_for(request.actor, secondment_id)
    first = (found.valid_to or found.valid_from) + timedelta(days=1)
    form = RenewalForm(request.POST or None, initial={"valid_from": first})

    def act(at: datetime) -> str:
        staffing.renew_secondment(secondment_id, form.given(), by=request.actor, at=at)
        return home()

    sheet = Sheet(f"Gia hạn: {words_of(found)}", "Gia hạn", "Đã ghi quyết định gia hạn.")
    return asked(request, form, act, sheet, way())


@asks(Power.EDIT_ORGANISATION)
def end(request: ActorRequest, secondment_id: int) -> HttpResponse:
    """End a secondment before its last day."""
    found = staffing.get_secondment_for(request.actor, secondment_id)
    form = EndEarlyForm(request.POST or None, initial={"on": local_day(now())})

    def act(at: datetime) -> str:
        values = form.cleaned_data
        staffing.end_secondment(
            secondment_id, on=values["on"], reason=values["reason"], by=request.actor, at=at
        )
        return home()

    sheet = Sheet(f"Thôi sớm: {words_of(found)}", "Cho thôi", "Đã ghi thôi sớm.", warning=True)
    return asked(request, form, act, sheet, way())
