"""Hand-over lists: papers go to the unit that decides, results come back, both sides sign."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures import api as procedures
from motcua.channels.counter.clocks import Clock
from motcua.channels.counter.frame import DESK_POWERS, desk_of, page
from motcua.channels.counter.sheet import place_name
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.downloads import pdf_response
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.words import stamp
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import now
from motcua.lib.text import whole_number

from .listing import named


class Waiting(NamedTuple):
    """One dossier whose papers are still at the desk."""

    dossier: dossiers.Dossier
    procedure: str
    due: Clock


class Heap(NamedTuple):
    """What goes to one unit."""

    unit_id: int
    unit: str
    rows: Sequence[Waiting]


class Listed(NamedTuple):
    """One list as it is shown among others."""

    number: str
    made_at: datetime
    giving: str
    taking: str
    state: Clock
    is_ours: bool


@require_GET
@shows_errors("counter:start")
def hand_overs(request: ActorRequest) -> HttpResponse:
    """Show what is still to be handed over, unit by unit, and the latest lists."""
    at, desk = now(), desk_of(request)
    context = {
        "heaps": heaps(dossiers.to_hand_over(desk.id, at=at), at),
        "lists": [listed(one, desk.id) for one in dossiers.hand_overs_for(request.actor)],
    }
    return page(request, "hand_overs", context, current="hand_overs")


def heaps(found: Iterable[dossiers.Dossier], at: datetime) -> list[Heap]:
    by_unit: dict[int, list[Waiting]] = defaultdict(list)
    for one, name in named(found):
        by_unit[one.competent_unit_id].append(Waiting(one, name, due_word(one, at)))
    tree = organisation.tree()
    return [Heap(unit, place_name(tree.unit(unit)), rows) for unit, rows in by_unit.items()]


def due_word(one: dossiers.Dossier, at: datetime) -> Clock:
    """Return by when the papers are to be with the unit that decides."""
    due = dossiers.hand_over_due(one)
    if due is None:
        return Clock("–", "neutral")
    return Clock(f"trước {stamp(due)}", "late" if due < at else "ok")


def listed(one: dossiers.HandOver, desk_id: int) -> Listed:
    tree = organisation.tree()
    state = Clock("Đã nhận", "ok") if one.taken_at else Clock("Chờ bên nhận", "soon")
    giving, taking = tree.unit(one.from_unit_id), tree.unit(one.to_unit_id)
    is_ours = one.to_unit_id == desk_id and one.taken_at is None
    return Listed(one.number, one.made_at, place_name(giving), place_name(taking), state, is_ours)


@require_POST
@shows_errors("counter:hand_overs")
def make_list(request: ActorRequest) -> HttpResponse:
    """Put the chosen dossiers on a list to one unit."""
    codes = request.POST.getlist("code")
    for code in codes:
        dossiers.get_dossier_for(request.actor, code)
    unit_id = whole_number(request.POST.get("unit", "")) or 0
    made = dossiers.hand_over(codes, unit_id, by=request.actor, at=now())
    messages.success(request, f"Đã lập danh sách {made.number} gồm {len(codes)} hồ sơ; in để ký.")
    return redirect("counter:hand_over", made.number)


@require_GET
@shows_errors("counter:hand_overs")
def hand_over(request: ActorRequest, number: str) -> HttpResponse:
    """Show one list with what is on it."""
    one = dossiers.hand_over_for(request.actor, number)
    items = dossiers.hand_over_items(one)
    context = {
        "one": one,
        "listed": listed(one, desk_of(request).id),
        "rows": [
            (item, procedures.definition_of(item.dossier.procedure_version_id).name)
            for item in items
        ],
        "can_take": one.taken_at is None
        and any(request.actor.can(power, unit_id=one.to_unit_id) for power in DESK_POWERS),
    }
    return page(request, "hand_over", context, current="hand_overs")


@require_POST
@shows_errors("counter:hand_over")
def take_over(request: ActorRequest, number: str) -> HttpResponse:
    """Confirm that everything on the list has arrived."""
    dossiers.hand_over_for(request.actor, number)
    dossiers.take_over(number, by=request.actor, at=now())
    messages.success(request, f"Đã nhận đủ hồ sơ của danh sách {number}.")
    return redirect("counter:hand_over", number)


@require_GET
@shows_errors("counter:hand_overs")
def print_list(request: ActorRequest, number: str) -> HttpResponse:
    """Show the list as PDF, for both sides to sign."""
    content = dossiers.hand_over_pdf(request.actor, number)
    return pdf_response(content, f"ban-giao-{number.replace('/', '-')}.pdf")
