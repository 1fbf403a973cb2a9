"""The day's start, the lists, one document and its files."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import Direction, StepFilter
from motcua.casework.exchange import api as exchange
from motcua.casework.tasks import api as tasks
from motcua.channels.kit.downloads import file_response
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.turning import place
from motcua.channels.registry.frame import for_officers, page
from motcua.channels.registry.offers import incoming_offers
from motcua.channels.registry.offers_filing import filing_offers
from motcua.channels.registry.offers_outgoing import outgoing_offers
from motcua.channels.registry.tasks.showing import work_shown
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.clock import now
from motcua.lib.paging import decode

from .showing import reached, rows_shown, state_badge, steps_shown, urgency_badge

_FIRST, _FIRST_TASKS = 20, 10


@require_GET
@for_officers()
def start(request: ActorRequest) -> HttpResponse:
    """Show what waits for the officer today. Costs: at most six statements."""
    actor, at = request.actor, now()
    mine = documents.steps_for(actor, only=StepFilter(mine=True), limit=_FIRST)
    ours = documents.steps_for(actor, limit=_FIRST)
    clerk_of = registry_units(actor)
    given = tasks.open_tasks_for(actor, only=tasks.WorkFilter(mine=True), limit=_FIRST_TASKS)
    context = {
        "waiting": documents.waiting_for(actor, at=at).words(),
        "tasks": work_shown(given.rows, at),
        "has_more_tasks": given.next is not None,
        "mine": steps_shown(mine.rows, at),
        "ours": steps_shown((one for one in ours.rows if one.assignee_id is None), at),
        "arrivals": rows_shown(documents.arrivals_at(clerk_of, limit=_FIRST).rows)
        if clerk_of
        else [],
        "is_clerk": bool(clerk_of),
    }
    return page(request, "start", context, current="start")


def registry_units(actor: Actor) -> list[int]:
    """Return the units in which the actor keeps the register."""
    tree = organisation.tree()
    own = {below for unit_id in actor.unit_ids for below in tree.descendants(unit_id)}
    return sorted(unit for unit in own if actor.can(Power.REGISTER_DOCUMENTS, unit_id=unit))


@require_GET
@for_officers("registry:incoming")
def incoming(request: ActorRequest) -> HttpResponse:
    """Show the newest documents that came in. Costs: three statements."""
    return _listed(request, Direction.INCOMING, "incoming")


@require_GET
@for_officers("registry:outgoing")
def outgoing(request: ActorRequest) -> HttpResponse:
    """Show the newest documents of one's own. Costs: three statements."""
    return _listed(request, Direction.OUTGOING, "outgoing")


def _listed(request: ActorRequest, direction: Direction, current: str) -> HttpResponse:
    after = decode(request.GET.get("sau", ""))
    found = documents.documents_for(request.actor, direction=direction, after=after)
    context = {
        "title": direction.label,
        "is_incoming": direction == Direction.INCOMING,
        "rows": rows_shown(
            found.rows,
            documents.unread_among(request.actor, [one.pk for one in found.rows]),
        ),
        "next": place(request, found.next),
        "previous": place(request, found.previous),
    }
    return page(request, "documents", context, current=current)


@require_GET
@for_officers("registry:start")
def document(request: ActorRequest, code: str) -> HttpResponse:
    """Show one document: its entry, files and history. Costs: one statement per kind of part."""
    found = documents.get_document_for(request.actor, code)
    whole = documents.whole(found)
    if documents.unopened_steps(request.actor, whole.steps):
        documents.note_opened(found.pk, by=request.actor, at=now())
    given = tasks.tasks_of(f"document:{found.code}")
    findings = exchange.findings_of(found.envelope) if found.envelope else ()
    keeps = request.actor.can(Power.REGISTER_DOCUMENTS, unit_id=found.unit_id)
    moves = [
        {
            "title": documents.Act(move.act).label,
            "state": "done",
            "by": f"{move.by_name}{f' – {move.by_title}' if move.by_title else ''}",
            "at": move.at,
            "text": move.note,
        }
        for move in reversed(whole.moves)
    ]
    context = {
        "document": found,
        "agency_name": organisation.name_of_agency(found.agency_id),
        "named": documents.in_words(found.number, found.notation),
        "state": state_badge(found),
        "urgency": urgency_badge(found.urgency),
        "files": whole.files,
        "findings": findings,
        "has_originals": keeps and any(one.rule == "attachment-refused" for one in findings),
        "steps": whole.open_steps(),
        "offers": [
            offer
            for part in (incoming_offers, outgoing_offers, filing_offers)
            for offer in part(request.actor, whole)
        ],
        "directives": documents.directives_for(request.actor, whole),
        "versions": list(reversed(whole.versions)),
        "opinions": list(reversed(whole.opinions)),
        "recipients": (goes_to := [one for one in whole.recipients if one.removed_at is None]),
        "reached": reached(goes_to),
        "tasks": given,
        "seen_tasks": tasks.seen_among(request.actor, [one.code for one in given]),
        "parts": {str(role): role.label for role in documents.ScopeRole},
        "task_states": {str(state): state.label for state in tasks.TaskState},
        "moves": moves,
        "changes": documents.changes_of(found, whole.moves),
        "copy_uses": list(reversed(whole.copy_uses)),
        "keeps_copies": documents.holds_there(
            request.actor, Power.REGISTER_DOCUMENTS, found.agency_id
        ),
        "kin": documents.kin_of(request.actor, found),
        "broken": documents.verify_moves(whole.moves),
        "step_words": {kind.value: kind.label for kind in documents.StepKind},
    }
    current = "incoming" if found.direction == Direction.INCOMING else "outgoing"
    return page(request, "document", context, current=current)


@require_GET
@for_officers("registry:start")
def document_file(request: ActorRequest, code: str, seq: int) -> HttpResponseBase:
    """Hand out one file of a document."""
    found = documents.get_document_for(request.actor, code)
    file = next((one for one in documents.whole(found).files if one.seq == seq), None)
    if file is None:
        raise Http404("Văn bản này không có tệp đó.")
    return file_response(file.file, file.name, inline=True)
