"""Give a task: to one, to many at once, on from another."""

from datetime import datetime

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from motcua.casework.tasks import api as tasks
from motcua.casework.tasks.api import Origin, PartIn, TaskIn
from motcua.channels.kit.kept import kept_files
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.registry.frame import for_colleagues, page
from motcua.channels.registry.tasks.forms import GiveForm, end_of
from motcua.channels.registry.tasks.people import (
    agencies_below,
    chosen,
    other_agencies,
    people_to_give,
    units_to_give,
)
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor
from motcua.lib.clock import now
from motcua.lib.errors import BadInput
from motcua.lib.text import whole_number

_FIELDS = {"due": "due_on", "leads": "lead", "account": "lead"}
_ALONE, _SEVERAL = "Tôi", "several"


@require_http_methods(["GET", "POST"])
@for_colleagues("registry:give_task")
def give(request: ActorRequest) -> HttpResponseBase:
    """Ask what is to be done by whom, and give it."""
    actor, at = request.actor, now()
    parent = _parent(request)
    form = _form(request, actor, at)
    if request.method == "POST" and form.is_valid():
        try:
            made = tasks.give_task(_facts(form, actor, parent, at=at), by=actor, at=at)
        except (BadInput, tasks.NobodyToGive, tasks.NotOursToGive) as error:
            field = getattr(error, "field", "") or "lead"
            form.blame(str(error), _FIELDS.get(field, field))
        else:
            messages.success(request, f"Đã giao nhiệm vụ “{made.title}”.")
            return redirect("registry:task", made.code)
    context = {
        "form": form,
        "parent": tasks.get_task_for(actor, parent[0]) if parent else None,
        "is_alone": not actor.can(Power.ASSIGN_TASKS),
    }
    status = 422 if request.method == "POST" else 200
    return page(request, "tasks/give", context, current="given_tasks", status=status)


def _parent(request: ActorRequest) -> tuple[str, int] | None:
    code, _, seq = request.GET.get("tu", "").partition(":")
    number = whole_number(seq)
    return (code, number) if code and number else None


def _form(request: ActorRequest, actor: Actor, at: datetime) -> GiveForm:
    is_post = request.method == "POST"
    form = GiveForm(request.POST if is_post else None, request.FILES if is_post else None)
    units = units_to_give(actor)
    below = agencies_below(actor)
    if actor.can(Power.ASSIGN_TASKS):
        people = people_to_give(actor, [int(value[2:]) for value, _ in units], at)
        several = [(_SEVERAL, "Nhiều cơ quan, chọn ở mục dưới")] if below else []
        first = ("", "Chọn nơi hoặc người chủ trì")
        form.offer("lead", [first, *several, *units, *people, *below])
        form.offer("together", [*units, *people])
        form.offer("together_others", other_agencies(actor))
    else:
        form.offer("lead", [(_own(actor), _ALONE)])
        form.offer("together", [])
        form.offer("together_others", [])
        form.initial["origin_kind"] = Origin.OWN
    form.offer("more", below)
    return form


def _own(actor: Actor) -> str:
    return f"p-{actor.unit_ids[0] if actor.unit_ids else 0}-{actor.id}"


def _facts(form: GiveForm, actor: Actor, parent: tuple[str, int] | None, *, at: datetime) -> TaskIn:
    data = form.cleaned_data
    if actor.agency_id is None:
        raise BadInput("Ông/bà chưa giữ vị trí nào để giao nhiệm vụ.", field="lead")
    lead = chosen(data["lead"]) if data["lead"] != _SEVERAL else None
    helpers = [
        chosen(word) for name in ("together", "together_others") for word in data.get(name) or []
    ]
    files = [
        tasks.FileIn(one.name, one.pk)
        for one in kept_files(data["attached"] or [], by=actor, at=at)
    ]
    return TaskIn(
        title=data["title"],
        words=data["words"],
        agency_id=actor.agency_id,
        lead_unit_id=lead.unit_id if lead else None,
        lead_account_id=lead.account_id if lead else None,
        more_leads=[PartIn(chosen(word).unit_id) for word in data.get("more") or []],
        together=helpers,
        origin_kind=_origin(data["origin_kind"], lead, actor),
        origin_words=data["origin_words"],
        due_at=end_of(data["due_on"]),
        secrecy=int(data["secrecy"] or 0),
        parent=parent,
        files=files,
    )


def _origin(kind: str, lead: PartIn | None, actor: Actor) -> str:
    """Who gives no tasks has only those of his own making."""
    is_own = lead is not None and lead.account_id == actor.id
    return Origin.OWN if is_own and not actor.can(Power.ASSIGN_TASKS) else kind
