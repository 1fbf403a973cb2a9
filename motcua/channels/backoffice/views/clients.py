"""Applications of others: registered, changed, given another key, ended."""

from datetime import date, datetime, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.forms.clients import (
    ClientForm,
    EndForm,
    KeyForm,
    kept_in,
    year_from,
)
from motcua.channels.backoffice.frame import form_page, page
from motcua.channels.backoffice.guard import needs
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.clients import api as clients
from motcua.foundation.clients.api import Client, Scope
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now
from motcua.lib.errors import Anticipated, NotAllowed, NotFound

TITLE, HERE = "Ứng dụng kết nối", "clients"
_INTRO = "Khóa của ứng dụng hiện ra một lần, ngay sau khi đăng ký; ở đây chỉ lưu dấu của nó."


def home() -> str:
    return reverse("backoffice:clients")


def crumbs(client: Client | None = None) -> list[tuple[str, str]]:
    """Return the way down to the pages of one application."""
    found = [(TITLE, home())]
    if client is not None:
        found.append((client.name, reverse("backoffice:client", args=[client.pk])))
    return found


def standing(client: Client, today: date) -> tuple[str, str]:
    """Return in a word whether an application may call, and the tone of it."""
    if client.ended_at is not None:
        return "Đã ngừng", "neutral"
    return ("Hết hạn", "late") if client.valid_to < today else ("Đang dùng", "ok")


@require_GET
@needs(Power.ADMINISTER_IDENTITY, everywhere=True)
def listed(request: ActorRequest) -> HttpResponse:
    """Show every application. Costs: two statements."""
    today = local_day(now())
    rows = [(one, standing(one, today), _seen(one)) for one in clients.clients_on_record()]
    return page(request, "clients", {"title": TITLE, "clients": rows}, current=HERE)


@require_GET
@needs(Power.ADMINISTER_IDENTITY, everywhere=True)
def shown(request: ActorRequest, client_id: int) -> HttpResponse:
    """Show one application with its keys."""
    client, at = clients.get_client(client_id), now()
    tree = organisation.tree()
    context = {
        "title": client.name,
        "crumbs": crumbs(),
        "client": client,
        "standing": standing(client, local_day(at)),
        "scopes": [(one, Scope(one).label) for one in client.scopes],
        "agencies": [one.name for one in tree.agencies() if one.id in set(client.agency_ids)],
        "keys": client.keys.order_by("-made_at"),
        "at": at,
    }
    return page(request, "client", context, current=HERE)


@asks(Power.ADMINISTER_IDENTITY, everywhere=True)
def add(request: ActorRequest) -> HttpResponse:
    """Register an application, and show its key this once."""
    first = {"valid_to": year_from(local_day(now())), "scopes": [Scope.CATALOGUE, Scope.READ]}
    form = ClientForm(request.POST or None, initial=first)
    if form.is_valid():
        try:
            client, key = clients.register_client(form.given(), by=request.actor, at=now())
            return _key_page(request, client, key, "Đã đăng ký ứng dụng")
        except (NotAllowed, NotFound):
            raise
        except Anticipated as error:
            form.blame(str(error), getattr(error, "field", ""))
    context = {
        "title": "Đăng ký ứng dụng",
        "intro": _INTRO,
        "button": "Đăng ký",
        "back": home(),
        "crumbs": crumbs(),
    }
    return form_page(request, form, context, current=HERE)


@asks(Power.ADMINISTER_IDENTITY, everywhere=True)
def edit(request: ActorRequest, client_id: int) -> HttpResponse:
    """Change what an application is let do, from its next request on."""
    client = clients.get_client(client_id)
    form = ClientForm(request.POST or None, initial=kept_in(client))

    def act(at: datetime) -> str:
        clients.change_client(client_id, form.given(), by=request.actor, at=at)
        return reverse("backoffice:client", args=[client_id])

    sheet = Sheet(f"Sửa {client.name}", "Lưu", "Đã sửa; có hiệu lực từ yêu cầu kế tiếp.")
    return asked(request, form, act, sheet, _way(client))


@asks(Power.ADMINISTER_IDENTITY, everywhere=True)
def change_key(request: ActorRequest, client_id: int) -> HttpResponse:
    """Give another key, and show it this once."""
    client = clients.get_client(client_id)
    form = KeyForm(request.POST or None)
    if form.is_valid():
        try:
            overlap = timedelta(days=form.cleaned_data["days"])
            key = clients.change_key(client_id, overlap=overlap, by=request.actor, at=now())
            return _key_page(request, client, key, "Khóa mới")
        except (NotAllowed, NotFound):
            raise
        except Anticipated as error:
            form.blame(str(error), "days")
    context = {
        "title": "Đổi khóa",
        "intro": _INTRO,
        "button": "Cấp khóa mới",
        "back": reverse("backoffice:client", args=[client_id]),
        "crumbs": crumbs(client),
    }
    return form_page(request, form, context, current=HERE)


@asks(Power.ADMINISTER_IDENTITY, everywhere=True)
def end(request: ActorRequest, client_id: int) -> HttpResponse:
    """End an application at once."""
    client = clients.get_client(client_id)
    form = EndForm(request.POST or None)

    def act(at: datetime) -> str:
        clients.end_client(client_id, form.cleaned_data["reason"], by=request.actor, at=at)
        return reverse("backoffice:client", args=[client_id])

    intro = "Mọi khóa hết hiệu lực ngay từ yêu cầu kế tiếp, không lấy lại được."
    sheet = Sheet(f"Ngừng {client.name}", "Ngừng ngay", "Đã ngừng.", intro=intro, warning=True)
    return asked(request, form, act, sheet, _way(client))


def _way(client: Client) -> Way:
    return Way(reverse("backoffice:client", args=[client.pk]), crumbs(client), HERE)


def _seen(client: Client) -> datetime | None:
    return max((key.seen_at for key in client.keys.all() if key.seen_at), default=None)


def _key_page(request: ActorRequest, client: Client, key: str, title: str) -> HttpResponse:
    """Show a key: it is stored nowhere and never shown again."""
    context = {"title": title, "crumbs": crumbs(client), "client": client, "key": key}
    return page(request, "client_key", context, current=HERE)
