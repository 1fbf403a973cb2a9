"""Lists of tasks, the page of one, and what is done there."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.documents import api as documents
from motcua.casework.tasks import api as tasks
from motcua.casework.tasks.api import PartPage, TaskPage, WorkFilter
from motcua.channels.kit.addresses import address
from motcua.channels.kit.downloads import file_response
from motcua.channels.kit.fields import KitForm
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.turning import place
from motcua.channels.kit.words import stamp
from motcua.channels.registry.frame import for_colleagues, page
from motcua.channels.registry.tasks.acts import ACTS, Situation, TaskAct, acts_for
from motcua.channels.registry.tasks.showing import (
    all_shown,
    due_badge,
    due_words,
    followed_shown,
    state_badge,
    work_shown,
)
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import now
from motcua.lib.errors import BadInput, NotFound
from motcua.lib.paging import decode
from motcua.lib.text import whole_number

_FEW = 6
_DOCUMENT = "document"
_OWN = ("nhan", "ket-thuc")
_WAITING = (tasks.TaskState.REPORTED, tasks.TaskState.REFUSED)
_WHEN = [("", "Mọi hạn"), ("qua-han", "Quá hạn")]
_PART = [("", "Mọi vai trò"), ("chu-tri", "Chủ trì"), ("phoi-hop", "Phối hợp")]
_WHO = [("", "Mọi người"), ("chua-giao", "Chưa phân công")]


@require_GET
@for_colleagues("registry:tasks")
def mine(request: ActorRequest) -> HttpResponse:
    """Show the officer's own open tasks. Costs: one statement."""
    return _work_list(request, "tasks", "Nhiệm vụ của tôi", mine=True)


@require_GET
@for_colleagues("registry:unit_tasks")
def of_units(request: ActorRequest) -> HttpResponse:
    """Show the open tasks of the officer's units. Costs: one statement."""
    return _work_list(request, "unit_tasks", "Nhiệm vụ của đơn vị", mine=False)


def _work_list(request: ActorRequest, current: str, title: str, *, mine: bool) -> HttpResponse:
    at, asked = now(), request.GET
    unit = whole_number(asked.get("don-vi", "")) or 0
    only = WorkFilter(
        mine=mine,
        unit_ids=(unit,) if unit and not mine else (),
        late_before=at if asked.get("han") == "qua-han" else None,
        unassigned=asked.get("ai") == "chua-giao" and not mine,
        together={"chu-tri": False, "phoi-hop": True}.get(asked.get("vai", "")),
    )
    found = tasks.open_tasks_for(request.actor, only=only, after=decode(asked.get("sau", "")))
    context = {
        "title": title,
        "rows": work_shown(found.rows, at),
        "next": place(request, found.next),
        "previous": place(request, found.previous),
        "is_mine": mine,
        "query": any(asked.get(name) for name in ("han", "vai", "ai", "don-vi")),
        "asked": {name: asked.get(name, "") for name in ("han", "vai", "ai", "don-vi")},
        "when_options": _WHEN,
        "part_options": _PART,
        "who_options": _WHO,
        "unit_options": [] if mine else _units(request),
        "can_give": True,
    }
    return page(request, "tasks/list", context, current=current)


def _units(request: ActorRequest) -> list[tuple[str, str]]:
    tree = organisation.tree()
    units = tasks.work_units(request.actor)
    if len(units) == 1 or request.actor.sees_all:
        return []
    return [("", "Mọi đơn vị"), *((str(unit), tree.unit(unit).name) for unit in units)]


@require_GET
@for_colleagues("registry:given_tasks")
def given(request: ActorRequest) -> HttpResponse:
    """Show what the officer, or the unit, gave and follows up. Costs: one statement."""
    at = now()
    is_unit = request.GET.get("ai") == "don-vi"
    after = decode(request.GET.get("sau", ""))
    found = tasks.given_tasks_for(request.actor, at=at, mine=not is_unit, after=after)
    context = {
        "rows": followed_shown(found.rows, at),
        "next": place(request, found.next),
        "previous": place(request, found.previous),
        "is_unit": is_unit,
        "can_see_unit": request.actor.can(Power.ASSIGN_TASKS),
    }
    return page(request, "tasks/given", context, current="given_tasks")


@require_GET
@for_colleagues("registry:all_tasks")
def every(request: ActorRequest) -> HttpResponse:
    """Show every task the officer may see, ended ones too. Costs: two statements."""
    found = tasks.tasks_for(request.actor, after=decode(request.GET.get("sau", "")))
    context = {
        "rows": all_shown(found.rows),
        "next": place(request, found.next),
        "previous": place(request, found.previous),
    }
    return page(request, "tasks/all", context, current="all_tasks")


@require_GET
@for_colleagues("registry:tasks")
def task(request: ActorRequest, code: str) -> HttpResponse:
    """Show one task: its parts, reports, requests and history. Costs: some ten statements."""
    at = now()
    whole = tasks.task_page(request.actor, code)
    parts = [_part(request, whole, one) for one in whole.parts]
    opened = whole_number(request.GET.get("phan", ""))
    is_long = len(parts) > _FEW
    context = {
        "whole": whole,
        "task": whole.task,
        "state": state_badge(whole.task.state),
        "badge": due_badge(whole.task.due_at, whole.task.state, at)
        if whole.task.closed_at is None
        else None,
        "due": due_words(whole.task.due_at),
        "first_due": due_words(whole.task.due_originally_at),
        "origin": tasks.Origin(whole.task.origin_kind).label,
        "origin_href": _origin_href(request, whole.task.origin_ref),
        "parts": parts,
        "is_long": is_long,
        "open_parts": [p for p in parts if not is_long or _is_news(p, opened)],
        "main_act": next(
            ((p["part"].seq, a.slug) for p in parts for a in p["acts"] if a.kind == "primary"), None
        ),
        "acts": acts_for(Situation(whole, None, request.actor, at)),
        "moves": _moves(whole),
        "broken": tasks.verify_moves(whole.moves),
        "children": [(one, state_badge(one.state)) for one in whole.children],
    }
    current = "given_tasks" if whole.can_follow else "tasks"
    return page(request, "tasks/task", context, current=current)


def _origin_href(request: ActorRequest, origin_ref: str) -> str:
    """Return where the document stands from which the task came, if the reader may know of it."""
    kind, _, code = origin_ref.partition(":")
    if kind != _DOCUMENT:
        return ""
    with suppress(NotFound):
        documents.get_document_for(request.actor, code)
        return address("registry:document", code)
    return ""


def _part(request: ActorRequest, whole: TaskPage, one: PartPage) -> Mapping[str, Any]:
    at, part = now(), one.part
    is_whole = (
        one.unit_name == one.agency_name or organisation.tree().unit(part.unit_id).parent_id is None
    )
    return {
        "page": one,
        "part": part,
        "name": one.agency_name if is_whole else one.unit_name,
        "under": "" if is_whole else one.agency_name,
        "desk": one.desk_name if part.desk_unit_id != part.unit_id else "",
        "role": tasks.PartRole(part.role).label,
        "state": state_badge(part.state),
        "badge": due_badge(part.due_at, part.state, at) if part.closed_at is None else None,
        "due": due_words(part.due_at),
        "first_due": due_words(part.due_originally_at)
        if part.due_at != part.due_originally_at
        else "",
        "is_late": part.finished_at is not None and part.finished_at > part.due_at,
        "refusal": _refusal(whole, one) if part.state == tasks.TaskState.REFUSED else "",
        "reports": [(r, whole.files_of_report.get(r.seq, [])) for r in one.reports],
        "extensions": [_extension(e) for e in one.extensions],
        "acts": acts_for(Situation(whole, one, request.actor, at)),
        "can_give_on": one.can_head and request.actor.can(Power.ASSIGN_TASKS),
    }


def _refusal(whole: TaskPage, one: PartPage) -> str:
    """Return why the part was not taken, in the words of who gave it back."""
    notes = (
        move.note
        for move in reversed(whole.moves)
        if (move.act, move.part_seq) == (tasks.Act.REFUSE, one.part.seq)
    )
    return next(notes, "")


def _is_news(one: Mapping[str, Any], opened: int | None) -> bool:
    """Say whether a part among many is shown whole: it waits for the reader, or was asked for."""
    part, is_own = one["part"], any(act.slug in _OWN for act in one["acts"])
    waits = part.asks_extension or part.state in _WAITING
    return part.seq == opened or is_own or bool(waits and one["acts"])


def _extension(one: tasks.ExtensionRequest) -> Mapping[str, str]:
    return {
        "state": tasks.ExtensionState(one.state).label,
        "words": f"từ {due_words(one.due_was)} đến {due_words(one.due_now or one.due_asked)}",
        "who": f"{one.by_name}, {stamp(one.asked_at)}",
        "reason": one.reason,
        "decision": f"{one.decided_by_name}: {one.decision}" if one.decision else "",
    }


def _moves(whole: TaskPage) -> list[Mapping[str, object]]:
    names = {
        one.part.seq: one.part.account_name or one.unit_name
        if organisation.tree().unit(one.part.unit_id).parent_id is not None
        else one.agency_name
        for one in whole.parts
    }
    several = len(names) > 1
    return [
        {
            "title": tasks.Act(move.act).label
            + (f" – {names[move.part_seq]}" if several and move.part_seq in names else ""),
            "state": "done",
            "by": f"{move.by_name}{f' – {move.by_title}' if move.by_title else ''}",
            "at": move.at,
            "text": _words(move),
        }
        for move in reversed(whole.moves)
    ]


def _words(move: tasks.TaskMove) -> str:
    detail = move.detail
    to = f"{detail['from']} → {detail['to']}" if detail.get("to") and "from" in detail else ""
    percent = f"{detail['percent']} %" if "percent" in detail else ""
    return ". ".join(part for part in (to, percent, move.note) if part)


@require_GET
@for_colleagues("registry:tasks")
def task_file(request: ActorRequest, code: str, seq: int) -> HttpResponseBase:
    """Hand out one file of a task."""
    found = tasks.get_task_file(request.actor, code, seq)
    return file_response(found.file, found.name, inline=True)


@require_http_methods(["GET", "POST"])
@for_colleagues("registry:task")
def act(request: ActorRequest, code: str, seq: int, slug: str) -> HttpResponseBase:
    """Ask what an act needs, and do it."""
    one = _situation(request, code, seq)
    wanted = next((a for a in ACTS if a.slug == slug), None)
    if wanted is None:
        raise Http404("Không có việc này.")
    if not wanted.offered(one):
        messages.error(request, f"Không còn làm được “{wanted.label}”: tình trạng đã thay đổi.")
        return redirect("registry:task", code)
    form = _form(wanted, one, request)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, wanted.run(one, form.cleaned_data))
        except BadInput as error:
            form.blame(str(error), {"due": "due_on", "account": "who"}.get(error.field, "words"))
        else:
            return redirect("registry:task", code)
    context = {"act": wanted, "form": form, "task": one.page.task, "part": one.part}
    status = 422 if request.method == "POST" else 200
    return page(request, "tasks/act", context, current="tasks", status=status)


def _form(wanted: TaskAct, one: Situation, request: ActorRequest) -> KitForm:
    is_post = request.method == "POST"
    form = wanted.form(request.POST if is_post else None, request.FILES if is_post else None)
    if wanted.prepare is not None:
        wanted.prepare(one, form)
    return form


def _situation(request: ActorRequest, code: str, seq: int) -> Situation:
    whole = tasks.task_page(request.actor, code)
    part = next((one for one in whole.parts if one.part.seq == seq), None)
    if seq and part is None:
        raise Http404("Nhiệm vụ không có phần việc này.")
    return Situation(whole, part, request.actor, now())
