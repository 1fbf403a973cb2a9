"""Who of a unit is away: noted by its head, the work shared as seen, and brought back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.dossiers.api import sharing
from motcua.casework.procedures import api as procedures
from motcua.casework.processes.api import NO_LIMIT
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.words import stamp
from motcua.channels.office.away import AbsenceForm
from motcua.channels.office.frame import for_officers, page
from motcua.channels.office.showing import step_name
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.staffing import api as staffing
from motcua.foundation.staffing.api import Absence, AbsenceKind
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput, Conflict
from motcua.lib.text import whole_number

SINCE, SHOWN = timedelta(days=30), 200


class AwayRow(NamedTuple):
    """One absence of an officer of the unit."""

    absence: Absence
    why: str
    is_running: bool
    is_over: bool
    shared_by: str


class PieceRow(NamedTuple):
    """One step and to whom it goes."""

    code: str
    href: str
    procedure: str
    step: str
    due: str
    is_late: bool
    to: str
    why: str


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers("office:unit")
def away(request: ActorRequest, unit_id: int) -> HttpResponseBase:
    """Show who of the unit is or was away of late, and note another. Costs: eight statements."""
    request.actor.require(Power.ARRANGE_DESKS, unit_id=unit_id)
    at = now()
    day = local_day(at)
    officers = organisation.officers_of_units([unit_id], day)
    form = AbsenceForm(
        request.POST if request.method == "POST" else None,
        initial={"valid_from": day, "valid_to": day, "kind": AbsenceKind.SICK},
        officers=[(str(one.pk), one.full_name) for one in officers],
    )
    if request.method == "POST" and form.is_valid():
        try:
            officer_id = int(form.cleaned_data["officer"])
            made = sharing.note_absence(form.given(officer_id), by=request.actor, at=at)
        except BadInput as error:
            form.blame(str(error), error.field)
        else:
            messages.success(request, f"Đã ghi {made.name} vắng; xem việc đang mở rồi chia.")
            return redirect("office:share_absence", made.pk)
    context = {
        "form": form,
        "unit": organisation.tree().unit(unit_id),
        "rows": away_rows([one.pk for one in officers], day),
        "fields": list(form.fields),
    }
    status = 422 if form.errors else 200
    return page(request, "away", context, current="unit", status=status)


def away_rows(officer_ids: Sequence[int], day: date) -> list[AwayRow]:
    """Return the absences of these officers, with who shared the work."""
    since = day - SINCE
    found = staffing.absences_among(officer_ids, since=since)
    shares = sharing.shares_of([one.pk for one in found])
    return [
        AwayRow(
            one,
            why_of(one),
            is_running=one.ended_at is None and one.holds_on(day),
            is_over=one.ended_at is not None or (one.valid_to or day) < day,
            shared_by=shares[one.pk].by_name if one.pk in shares else "",
        )
        for one in found
    ]


def why_of(absence: Absence) -> str:
    """Return why somebody is away, in words."""
    return ": ".join(word for word in (AbsenceKind(absence.kind).label, absence.note) if word)


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers("office:unit")
def share(request: ActorRequest, absence_id: int) -> HttpResponseBase:
    """Show who would get what of an absent officer's work; share it as it was seen.

    Costs: some twelve statements; to share, twenty more for each hundred steps.
    """
    actor, at = request.actor, now()
    actor.require(Power.ASSIGN_DOSSIERS)
    choice = chosen(request)
    problem = ""
    if request.method == "POST" and "chia" in request.POST:
        try:
            done = sharing.share_work(
                absence_id, choice, by=actor, at=at, seen=request.POST.get("seen", "")
            )
        except Conflict as error:
            problem = str(error)
        else:
            messages.success(request, result_words(done))
            return redirect("office:share_absence", absence_id)
    plan = sharing.plan_of(absence_id, choice, by=actor, at=at)
    context = {
        "plan": plan,
        "why": why_of(plan.absence),
        "rows": piece_rows(plan.shared[:SHOWN], at),
        "is_more": len(plan.shared) > SHOWN,
        "people": [(str(one.id), one.name) for one in plan.members],
        "only": [str(one) for one in choice.only or [person.id for person in plan.members]],
        "deputies": [("", "Không chọn"), *((str(one.id), one.name) for one in plan.members)],
        "deputy": str(choice.deputy_id or ""),
        "heaps": [(heap, due_words(heap.soonest_at)) for heap in plan.heaps],
        "back": back_href(actor, plan.absence),
        "problem": problem,
    }
    return page(request, "share", context, current="unit", status=409 if problem else 200)


def chosen(request: ActorRequest) -> sharing.ShareChoice:
    """Return whom the head ticked and who does the rest; nobody ticked means everybody."""
    typed = request.POST if request.method == "POST" else request.GET
    ids = [whole_number(one) for one in typed.getlist("to")]
    return sharing.ShareChoice(
        only=frozenset(one for one in ids if one),
        deputy_id=whole_number(typed.get("deputy", "")) or None,
    )


def result_words(done: sharing.ShareResult) -> str:
    """Return what went and what stays."""
    words = f"Đã chia {done.moved} việc; mỗi người nhận được một thông báo."
    if done.stayed:
        words += f" {done.stayed} việc còn lại chờ ông/bà giao tay."
    if done.tasks_moved or done.tasks_stayed:
        words += f" Nhiệm vụ: đã giao {done.tasks_moved}, còn lại {done.tasks_stayed}."
    return words


def piece_rows(shared: Sequence[sharing.Shared], at: datetime) -> list[PieceRow]:
    """Return the steps as they are shown, what is due first at the top."""
    rows = []
    for one in shared:
        piece = one.piece
        definition = procedures.definition_of(piece.version_id)
        rows.append(
            PieceRow(
                piece.code,
                reverse("office:dossier", args=[piece.code]),
                definition.name,
                step_name(definition, piece.step_code),
                due_words(piece.due_at),
                piece.due_at < at,
                one.to.name if one.to else "",
                one.why,
            )
        )
    return rows


def due_words(due: datetime) -> str:
    """Return a limit in words."""
    return "" if due >= NO_LIMIT else stamp(due)


def back_href(actor: Actor, absence: Absence) -> str:
    """Return the page of the unit in which the head notes absences."""
    held = organisation.posts_held_by(absence.officer_id, local_day(now()))
    mine = [one.unit_id for one in held if actor.can(Power.ARRANGE_DESKS, unit_id=one.unit_id)]
    return reverse("office:away", args=mine[:1]) if mine else reverse("office:unit")


@require_GET
@for_officers("office:unit")
def returned(request: ActorRequest, absence_id: int) -> HttpResponse:
    """Show what nobody began, to be brought back. Costs: six statements."""
    at = now()
    rows = sharing.may_come_back(absence_id, by=request.actor, at=at)
    absence = staffing.get_absence_for(request.actor, absence_id, on=local_day(at))
    shown = [
        (
            one,
            procedures.definition_of(one.version_id).name,
            step_name(procedures.definition_of(one.version_id), one.step_code),
            due_words(one.due_at),
        )
        for one in rows
    ]
    context = {"absence": absence, "rows": shown, "back": back_href(request.actor, absence)}
    return page(request, "returned", context, current="unit")


@require_POST
@for_officers("office:unit")
def bring_back(request: ActorRequest, absence_id: int) -> HttpResponseBase:
    """Bring back what the head chose."""
    ids = [whole_number(one) for one in request.POST.getlist("row")]
    count = sharing.bring_back(absence_id, [one for one in ids if one], by=request.actor, at=now())
    messages.success(request, f"Đã chuyển {count} việc về.")
    return redirect("office:returned", absence_id)


@require_POST
@for_officers("office:unit")
def end(request: ActorRequest, absence_id: int) -> HttpResponseBase:
    """Note that the officer is back, and go on to what may come back to him."""
    absence = sharing.end_absence(absence_id, by=request.actor, at=now())
    messages.success(request, f"Đã ghi {absence.name} trở lại; chọn việc chuyển về.")
    return redirect("office:returned", absence_id)
