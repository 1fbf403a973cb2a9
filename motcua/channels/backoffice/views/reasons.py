"""The library of standard reasons: found, added, said otherwise, retired."""

from datetime import datetime, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.reasons import api as reasons
from motcua.casework.reasons.api import LibraryFilter, ReasonKind, StandardReason
from motcua.channels.backoffice.asking import Sheet, Way, asked, asks
from motcua.channels.backoffice.doing import done
from motcua.channels.backoffice.forms.reasons import KINDS, ReasonForm, WordsForm, said_in
from motcua.channels.backoffice.frame import page
from motcua.channels.backoffice.guard import needs
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now
from motcua.lib.text import whole_number

TITLE, HERE = "Lý do mẫu", "standard_reasons"
PAGE, USES = 50, 20
_ONE_DAY = timedelta(days=1)


def home() -> str:
    return reverse("backoffice:standard_reasons")


def address(reason_id: int) -> str:
    return reverse("backoffice:standard_reason", args=[reason_id])


@require_GET
@needs(Power.KEEP_REASONS)
def listed(request: ActorRequest) -> HttpResponse:
    """Show the reasons the actor keeps, the newest first. Costs: three statements."""
    kind = request.GET.get("dung-khi", "")
    only = LibraryFilter(
        kind=kind if kind in ReasonKind.values else "", retired="thoi-dung" in request.GET
    )
    after = whole_number(request.GET.get("after", ""))
    found = reasons.library_for(
        request.actor, local_day(now()), only=only, after=after, limit=PAGE + 1
    )
    context = {
        "title": TITLE,
        "rows": [(one, place_words(one.reason)) for one in found[:PAGE]],
        "after": found[PAGE - 1].reason.pk if len(found) > PAGE else None,
        "is_later": after is not None,
        "only": only,
        "kinds": [("", "Mọi việc"), *KINDS],
    }
    return page(request, "standard_reasons", context, current=HERE)


def place_words(reason: StandardReason) -> str:
    """Return where a reason is offered, in words."""
    whose = "Toàn tỉnh"
    if reason.agency_id is not None:
        whose = organisation.tree().agency(reason.agency_id).name
    where = reason.procedure.name if reason.procedure else "mọi thủ tục"
    return f"{whose}; {where}"


@require_GET
@needs(Power.KEEP_REASONS)
def shown(request: ActorRequest, reason_id: int) -> HttpResponse:
    """Show one reason, its words over time and where it was used last."""
    found = reasons.get_reason_for(request.actor, reason_id)
    context = {
        "title": TITLE,
        "crumbs": [(TITLE, home())],
        "reason": found,
        "kind": ReasonKind(found.kind).label,
        "place": place_words(found),
        "versions": reasons.versions_of(reason_id),
        "uses": reasons.uses_of(reason_id, limit=USES),
        "today": local_day(now()),
    }
    return page(request, "standard_reason", context, current=HERE)


@asks(Power.KEEP_REASONS)
def add(request: ActorRequest) -> HttpResponse:
    """Put a reason into a library."""
    form = ReasonForm(
        request.POST or None,
        places=places_of(request.actor),
        initial={"valid_from": local_day(now())},
    )

    def act(at: datetime) -> str:
        made = reasons.add_reason(form.place(), form.words(), by=request.actor, at=at)
        return address(made.pk)

    sheet = Sheet("Thêm lý do mẫu", "Thêm", "Đã thêm; cán bộ chọn được từ ngày bắt đầu.")
    return asked(request, form, act, sheet, Way(home(), [(TITLE, home())], HERE))


def places_of(actor: Actor) -> list[tuple[str, str]]:
    """Return whose libraries the actor keeps."""
    is_province, agencies = reasons.keeps_for(actor)
    tree = organisation.tree()
    own = [(str(one), tree.agency(one).name) for one in agencies]
    return [("", "Toàn tỉnh"), *own] if is_province else own


@asks(Power.KEEP_REASONS)
def edit(request: ActorRequest, reason_id: int) -> HttpResponse:
    """Give a reason other words from a day on."""
    found = reasons.get_reason_for(request.actor, reason_id)
    latest = reasons.versions_of(reason_id)[0]
    first = max(local_day(now()), latest.valid_from + _ONE_DAY)
    form = WordsForm(request.POST or None, initial=said_in(latest) | {"valid_from": first})

    def act(at: datetime) -> str:
        reasons.say_otherwise(reason_id, form.words(), by=request.actor, at=at)
        return address(reason_id)

    sheet = Sheet("Sửa lời mẫu", "Lưu lời mới", "Đã ghi lời mới; lời cũ vẫn được giữ.")
    way = Way(address(reason_id), [(TITLE, home()), (latest.title, address(found.pk))], HERE)
    return asked(request, form, act, sheet, way)


@require_POST
@needs(Power.KEEP_REASONS)
def retire(request: ActorRequest, reason_id: int) -> HttpResponse:
    """Offer a reason no more."""

    def act(at: datetime) -> str:
        reasons.retire_reason(reason_id, by=request.actor, at=at)
        return address(reason_id)

    return done(request, act, "Đã cho thôi dùng; các hồ sơ đã dùng vẫn giữ nguyên.")


@require_POST
@needs(Power.KEEP_REASONS)
def take_up(request: ActorRequest, reason_id: int) -> HttpResponse:
    """Offer a retired reason again."""

    def act(at: datetime) -> str:
        reasons.take_up_reason(reason_id, by=request.actor, at=at)
        return address(reason_id)

    return done(request, act, "Đã dùng lại lý do này.")
