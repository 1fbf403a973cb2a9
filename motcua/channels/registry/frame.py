"""What stands around every page of documents, and who may come in."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from motcua.channels.kit.addresses import address
from motcua.channels.kit.areas import working_areas
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.places import place_of
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor, ActorKind

P = ParamSpec("P")
View = Callable[Concatenate[ActorRequest, P], HttpResponseBase]
Item = tuple[str, str, str]
WORK = (
    Power.REGISTER_DOCUMENTS,
    Power.DRAFT_DOCUMENTS,
    Power.APPROVE_DOCUMENTS,
    Power.DIRECT_DOCUMENTS,
    Power.ASSIGN_TASKS,
)


def for_officers(redirect_to: str | None = None) -> Callable[[View[P]], View[P]]:
    """Let officers who work with documents in only, and show refusals where they can go on."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(
            request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            actor = request.actor
            if actor.kind != ActorKind.OFFICER or not any(actor.can(power) for power in WORK):
                raise PermissionDenied("Trang này dành cho người làm việc với văn bản.")
            return view(request, *args, **kwargs)

        return shows_errors(redirect_to)(guarded)

    return decorate


def for_colleagues(redirect_to: str | None = None) -> Callable[[View[P]], View[P]]:
    """Let every officer in who holds a post: tasks and calendars concern all of an agency."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(
            request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            actor = request.actor
            if actor.kind != ActorKind.OFFICER or not actor.unit_ids:
                raise PermissionDenied("Trang này dành cho cán bộ, công chức đang giữ vị trí.")
            return view(request, *args, **kwargs)

        return shows_errors(redirect_to)(guarded)

    return decorate


def page(
    request: ActorRequest,
    template: str,
    context: Mapping[str, object],
    *,
    current: str,
    status: int = 200,
) -> HttpResponse:
    """Return the page inside the frame of documents."""
    around = {
        "actor": request.actor,
        "place": place_of(request.actor),
        "areas": working_areas(request.actor, here="registry"),
        "side": side(request.actor),
        "current": current,
    }
    return render(request, f"registry/{template}.html", {**around, **context}, status=status)


def side(actor: Actor) -> list[Item]:
    """Return the pages that this actor has work on; each part of the channel adds its own."""
    return [item for part in SIDES for item in part(actor)]


def _reading(actor: Actor) -> list[Item]:
    writes = actor.can(Power.DRAFT_DOCUMENTS)
    keeps = actor.can(Power.REGISTER_DOCUMENTS)
    return [
        ("Hôm nay", address("registry:start"), "start"),
        ("Văn bản đến", address("registry:incoming"), "incoming"),
        ("Văn bản đi", address("registry:outgoing"), "outgoing"),
        ("Tìm văn bản", address("registry:find_documents"), "find_documents"),
        *([("Soạn văn bản", address("registry:new_draft"), "draft")] if writes else []),
        *([("Nhận văn bản giấy", address("registry:arrival"), "arrival")] if keeps else []),
        *([("Thư điện tử", address("registry:mails"), "mails")] if keeps else []),
    ]


def _tasks(actor: Actor) -> list[Item]:
    items = [
        ("Nhiệm vụ", "", ""),
        ("Nhiệm vụ của tôi", address("registry:tasks"), "tasks"),
        ("Nhiệm vụ của đơn vị", address("registry:unit_tasks"), "unit_tasks"),
        ("Đã giao, theo dõi", address("registry:given_tasks"), "given_tasks"),
        ("Tất cả nhiệm vụ", address("registry:all_tasks"), "all_tasks"),
        ("Báo cáo nhiệm vụ", address("registry:task_report"), "task_report"),
    ]
    can_assign = actor.can(Power.ASSIGN_TASKS)
    return [item for item in items if can_assign or item[2] != "unit_tasks"]


def _agenda(_actor: Actor) -> list[Item]:
    return [("Lịch công tác", "", ""), ("Lịch tuần", address("registry:agenda"), "agenda")]


def _books(actor: Actor) -> list[Item]:
    keeps = actor.can(Power.REGISTER_DOCUMENTS) or actor.can(Power.MANAGE_BOOKS)
    if not keeps and actor.can(Power.APPROVE_DOCUMENTS):
        return [("Cơ quan, đơn vị cũ", address("registry:estates"), "estates")]
    if not keeps:
        return []
    return [
        ("Sổ văn bản", address("registry:books"), "books"),
        ("Dãy số của cơ quan", address("registry:series"), "series"),
        ("Cơ quan, đơn vị cũ", address("registry:estates"), "estates"),
    ]


SIDES: list[Callable[[Actor], list[Item]]] = [_reading, _books, _tasks, _agenda]
