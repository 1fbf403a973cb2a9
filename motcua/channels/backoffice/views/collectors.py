"""People of a partner who collects: opened, helped, ended."""

from datetime import datetime

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.contracts import api as contracts
from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.doing import done
from motcua.channels.backoffice.forms.accounts import ReasonForm
from motcua.channels.backoffice.forms.contracts import PartnerPersonForm
from motcua.channels.backoffice.frame import form_page, page
from motcua.channels.backoffice.guard import needs
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated, NotAllowed, NotFound

from .contracts import HERE, TITLE, home


def address(code: str) -> str:
    """Return the page of a partner's people."""
    return reverse("backoffice:collector_people", args=[code])


def _way(partner: contracts.CollectionPartner) -> Way:
    there = address(partner.code)
    return Way(there, [(TITLE, home()), (partner.name, there)], HERE)


def _seat(code: str, seat_id: int) -> contracts.PartnerSeat:
    """Return somebody of a partner. Raises: NoSuchContract."""
    found = next((one for one in contracts.seats_of(code) if one.pk == seat_id), None)
    if found is None or found.ended_at is not None:
        raise contracts.NoSuchContract("Không có tài khoản đối tác này, hoặc đã đóng.")
    return found


@require_GET
@needs(Power.MANAGE_CONTRACTS, everywhere=True)
def people(request: ActorRequest, code: str) -> HttpResponse:
    """List who signs in for a partner. Costs: three statements, and one for each person."""
    partner = contracts.get_partner(code)
    context = {
        "title": f"Người của {partner.name}",
        "crumbs": [(TITLE, home())],
        "partner": partner,
        "rows": [
            (one, identity.has_second_factor(one.account_id)) for one in contracts.seats_of(code)
        ],
    }
    return page(request, "collector_people", context, current=HERE)


@asks(Power.MANAGE_CONTRACTS, everywhere=True)
def add(request: ActorRequest, code: str) -> HttpResponse:
    """Open an account and show its first password, which is kept nowhere."""
    partner = contracts.get_partner(code)
    form = PartnerPersonForm(request.POST or None)
    if form.is_valid():
        try:
            seat, password = contracts.open_partner_account(
                code, form.given(), by=request.actor, at=now()
            )
        except (NotAllowed, NotFound):
            raise
        except Anticipated as error:
            form.blame(str(error), getattr(error, "field", ""))
        else:
            return _password(request, seat, password)
    way = _way(partner)
    context = {
        "title": f"Mở tài khoản cho người của {partner.name}",
        "button": "Mở tài khoản",
        "back": way.back,
        "crumbs": way.crumbs,
        "intro": "Người này chỉ thấy hợp đồng, giao dịch, quyết toán của đối tác mình; phải đặt lại"
        " mật khẩu và bật xác thực hai lớp ở lần đăng nhập đầu.",
    }
    return form_page(request, form, context, current=HERE)


def _password(request: ActorRequest, seat: contracts.PartnerSeat, password: str) -> HttpResponse:
    way = _way(seat.partner)
    context = {
        "title": "Mật khẩu đầu tiên",
        "crumbs": way.crumbs,
        "account": seat.account,
        "back": way.back,
        "password": password,
    }
    answer = page(request, "collector_password", context, current=HERE)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
@needs(Power.MANAGE_CONTRACTS, everywhere=True)
def renew(request: ActorRequest, code: str, seat_id: int) -> HttpResponse:
    """Give a new first password."""
    seat = _seat(code, seat_id)
    password = contracts.renew_partner_password(seat_id, by=request.actor, at=now())
    return _password(request, seat, password)


@asks(Power.MANAGE_CONTRACTS, everywhere=True)
def reset_factor(request: ActorRequest, code: str, seat_id: int) -> HttpResponse:
    """Take a lost second factor away."""
    seat = _seat(code, seat_id)
    form = ReasonForm(request.POST or None)

    def act(at: datetime) -> str:
        reason = form.cleaned_data["reason"]
        contracts.reset_partner_factor(seat_id, reason, by=request.actor, at=at)
        return address(code)

    sheet = Sheet(
        f"Gỡ xác thực hai lớp của {seat.account.full_name}",
        "Gỡ",
        "Đã gỡ; lần đăng nhập sau phải bật lại.",
        warning=True,
    )
    return asked(request, form, act, sheet, _way(seat.partner))


@require_POST
@needs(Power.MANAGE_CONTRACTS, everywhere=True)
def end(request: ActorRequest, code: str, seat_id: int) -> HttpResponseBase:
    """End an account."""
    _seat(code, seat_id)

    def act(at: datetime) -> str:
        contracts.end_partner_account(seat_id, by=request.actor, at=at)
        return address(code)

    return done(request, act, "Đã đóng tài khoản; người này bị đăng xuất ở mọi nơi.")
