"""Officers: find one, take one on, give a post, let one leave."""

from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.forms.organisation import EndForm, OfficerForm, SeatForm
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import holds, needs, units_of
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now

ROWS = 50
BETWEEN = "~"


def address(officer: organisation.Officer) -> str:
    return reverse("backoffice:officer", args=[officer.code])


def crumbs(officer: organisation.Officer | None = None) -> list[tuple[str, str]]:
    """Return the way from the list to the officer."""
    words = [("Cán bộ", reverse("backoffice:officers"))]
    return [*words, (officer.full_name, address(officer))] if officer else words


@require_GET
@needs(Power.EDIT_ORGANISATION)
def officers(request: ActorRequest) -> HttpResponse:
    """List the officers in reach, by given name.

    Costs: two statements, one more if there is a text.
    """
    text, place = request.GET.get("q", ""), request.GET.get("after", "")
    key, _, code = place.rpartition(BETWEEN)
    found = organisation.find_officers(
        text,
        on=local_day(now()),
        unit_ids=units_of(request.actor, Power.EDIT_ORGANISATION),
        after=(key, code) if key else None,
        limit=ROWS + 1,
    )
    rows = list(found[:ROWS])
    context = {
        "title": "Cán bộ",
        "text": text,
        "officers": rows,
        "after": f"{rows[-1].sort_key}{BETWEEN}{rows[-1].code}" if len(found) > ROWS else "",
        "is_later": bool(key),
    }
    return page(request, "officers", context, current="officers")


def way(officer: organisation.Officer | None = None) -> Way:
    """Return where forms about the officer stand, or those about a new one."""
    back = address(officer) if officer is not None else reverse("backoffice:officers")
    return Way(back, crumbs(officer), "officers")


@require_GET
@needs(Power.EDIT_ORGANISATION)
def officer(request: ActorRequest, code: str) -> HttpResponse:
    """Show one officer: posts, and the account.

    Costs: three statements.
    """
    found = organisation.get_officer(code)
    context = {
        "title": found.full_name,
        "crumbs": crumbs(),
        "officer": found,
        "holdings": organisation.holdings_of_officer(found.pk),
        "account": identity.find_account_of_officer(found.pk),
        "may_account": holds(request.actor, Power.ADMINISTER_IDENTITY),
    }
    return page(request, "officer", context, current="officers")


@asks(Power.EDIT_ORGANISATION)
def add_officer(request: ActorRequest) -> HttpResponse:
    """Take on an officer."""
    form = OfficerForm(request.POST or None)

    def act(at: datetime) -> str:
        return address(organisation.add_officer(form.facts(), by=request.actor, at=at))

    sheet = Sheet(
        "Thêm cán bộ",
        "Thêm cán bộ",
        "Đã thêm cán bộ.",
        intro="Sau đó giao vị trí và tạo tài khoản ở trang của cán bộ.",
    )
    return asked(request, form, act, sheet, way())


@asks(Power.EDIT_ORGANISATION)
def seat_officer(request: ActorRequest, code: str) -> HttpResponse:
    """Give an officer a post."""
    found = organisation.get_officer(code)
    form = SeatForm(request.POST or None)

    def act(at: datetime) -> str:
        post, term = form.cleaned_data["post"], form.term()
        organisation.fill_post(post.pk, found.pk, term, by=request.actor, at=at)
        return address(found)

    sheet = Sheet(f"Giao vị trí cho {found.full_name}", "Giao vị trí", "Đã giao vị trí.")
    return asked(request, form, act, sheet, way(found))


@asks(Power.EDIT_ORGANISATION)
def let_go(request: ActorRequest, code: str) -> HttpResponse:
    """Let an officer leave: posts end on the day, and the account once the day is over."""
    found = organisation.get_officer(code)
    form = EndForm(request.POST or None)

    def act(at: datetime) -> str:
        values = form.cleaned_data
        organisation.officer_left(found.pk, **values, by=request.actor, at=at)
        if values["on"] < local_day(at):
            identity.close_account_of_leaver(found.pk, by=request.actor, at=at)
        return address(found)

    sheet = Sheet(
        f"{found.full_name} thôi việc hoặc chuyển công tác",
        "Ghi ngày thôi việc",
        "Đã ghi ngày thôi việc.",
        intro=(
            "Mọi vị trí chấm dứt vào ngày này. Tài khoản đóng khi hết ngày. "
            "Việc đang làm dở: xem và giao người khác ở trang tài khoản."
        ),
        warning=True,
    )
    return asked(request, form, act, sheet, way(found))
