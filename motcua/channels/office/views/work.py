"""The work list: filtered, by keyset, with acts on many at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import WorkFilter, WorkRow
from motcua.casework.procedures import api as procedures
from motcua.casework.processes.api import StepKind
from motcua.channels.kit.places import places_of
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.turning import place
from motcua.channels.kit.words import Badge
from motcua.channels.office.frame import for_officers, page, whose_work
from motcua.channels.office.showing import kind_options, work_shown
from motcua.foundation.access.api import Power
from motcua.foundation.calendar import api as calendar
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now
from motcua.lib.paging import decode
from motcua.lib.text import whole_number

MINE, FREE, ALL = "toi", "chua", "tat-ca"
LATE, SOON = "qua", "gap"
NAMES = ("ai", "thu-tuc", "han", "loai", "don-vi")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to, as it stands in the address."""

    who: str = ""
    procedure: str = ""
    when: str = ""
    kind: str = ""
    unit: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        """Read the address."""
        return cls(*(query.get(name, "").strip() for name in NAMES))

    def as_filter(self, at: datetime, actor: Actor) -> WorkFilter:
        """Return what the query understands; who has several posts sees the chosen one's work."""
        before = {LATE: at, SOON: end_of_next_working_day(at)}.get(self.when)
        return WorkFilter(
            mine=self.who == MINE,
            unassigned=self.who == FREE,
            assignee_id=whole_number(self.who),
            procedure_id=whole_number(self.procedure),
            late_before=before,
            running=before is not None,
            kinds=(self.kind,) if self.kind in list(StepKind) else (),
            unit_ids=self.units(actor),
        )

    def units(self, actor: Actor) -> tuple[int, ...]:
        """Return the units meant; none stands for all of the actor's."""
        if self.unit and self.unit != ALL:
            return (whole_number(self.unit) or 0,)
        return () if self.unit == ALL else units_here(actor)


def units_here(actor: Actor) -> tuple[int, ...]:
    """Return the units below the post under which an officer with several posts works now."""
    if not places_of(actor):
        return ()
    here = organisation.tree().descendants(actor.unit_ids[0])
    return tuple(unit_id for unit_id in dossiers.work_units(actor) if unit_id in here)


def end_of_next_working_day(at: datetime) -> datetime:
    """Return when the offices close on the working day after today."""
    tomorrow = local_day(at) + timedelta(days=1)
    return calendar.closing_of(tomorrow, calendar.national_facts()) + timedelta(seconds=1)


@require_GET
@for_officers("office:work")
def work(request: ActorRequest) -> HttpResponse:
    """Show the open steps of the actor's units, the most urgent first. Costs: two statements."""
    at = now()
    asked = Asked.of(request.GET)
    after = decode(request.GET.get("sau", ""))
    found = dossiers.worklist_for(
        request.actor, only=asked.as_filter(at, request.actor), after=after
    )
    context = {
        "title": "Việc của tôi" if asked.who == MINE else whose_work(request.actor),
        "asked": asked,
        "rows": work_shown(found.rows, at),
        "next": place(request, found.next),
        "previous": place(request, found.previous),
        "who_options": who_options(asked, found.rows),
        "procedure_options": procedure_options(asked, found.rows),
        "when_options": [
            ("", "Mọi hạn"),
            (LATE, "Quá hạn"),
            (SOON, "Quá hạn, hoặc trong 1 ngày làm việc"),
        ],
        "kind_options": kind_options(),
        "unit_options": unit_options(request.actor),
        "can_assign": request.actor.can(Power.ASSIGN_DOSSIERS),
        "can_approve": request.actor.can(Power.APPROVE_DOSSIERS),
        "legend": LEGEND,
        "views": dossiers.views_for(request.actor),
        "query": own_query(request),
    }
    return page(request, "work", context, current="mine" if asked.who == MINE else "work")


LEGEND = (
    Badge("Còn thời gian", "ok"),
    Badge("Còn 1 ngày hoặc 20 %", "soon"),
    Badge("Quá hạn", "late"),
    Badge("Tạm dừng", "paused"),
)


def own_query(request: ActorRequest) -> str:
    """Return what the list is narrowed to, without the place in it."""
    query = QueryDict(mutable=True)
    for name in NAMES:
        if value := request.GET.get(name, "").strip():
            query[name] = value
    return query.urlencode()


@require_POST
@for_officers("office:work")
def save_view(request: ActorRequest) -> HttpResponseBase:
    """Keep the list as it is narrowed now under a name."""
    name, query = request.POST.get("name", ""), QueryDict(request.POST.get("query", ""))
    view = dossiers.save_view(name, query.urlencode(), by=request.actor, at=now())
    messages.success(request, f"Đã giữ danh sách “{view.name}”.")
    return redirect(address_of(view.query))


@require_POST
@for_officers("office:work")
def drop_view(request: ActorRequest, view_id: int) -> HttpResponseBase:
    """Drop a kept list."""
    dossiers.drop_view(view_id, by=request.actor, at=now())
    messages.success(request, "Đã bỏ danh sách.")
    return redirect("office:work")


def address_of(query: str) -> str:
    return f"{reverse('office:work')}?{query}" if query else reverse("office:work")


def who_options(asked: Asked, rows: Iterable[WorkRow]) -> list[tuple[str, str]]:
    """Return by whom a list can be narrowed: the officers that are in it, and the one chosen."""
    seen = {str(row.assignee_id): row.assignee_name for row in rows if row.assignee_id}
    if whole_number(asked.who) is not None:
        seen.setdefault(asked.who, "Người đã chọn")
    return [("", "Cả đơn vị"), (MINE, "Của tôi"), (FREE, "Chưa ai nhận"), *seen.items()]


def procedure_options(asked: Asked, rows: Iterable[WorkRow]) -> list[tuple[str, str]]:
    """Return the procedures that are in the list, and the one chosen."""
    seen = {
        str(row.procedure_id): procedures.definition_of(row.procedure_version_id).name
        for row in rows
    }
    if asked.procedure:
        seen.setdefault(asked.procedure, "Thủ tục đã chọn")
    return [("", "Mọi thủ tục"), *seen.items()]


def unit_options(actor: Actor) -> Sequence[tuple[str, str]]:
    """Return the units below the actor's, if there is more than one."""
    units = dossiers.work_units(actor)
    if len(units) < 2:  # noqa: PLR2004 -- with one there is nothing to choose
        return ()
    tree = organisation.tree()
    places = places_of(actor)
    first = (
        [("", places[0].name), (ALL, "Mọi nơi tôi làm việc")] if places else [("", "Mọi đơn vị")]
    )
    return [*first, *((str(one), tree.unit(one).name) for one in units)]
