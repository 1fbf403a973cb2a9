"""Decisions for a list of people: what may be collected, one list, its one signature."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures import api as procedures
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.words import Badge, stamp
from motcua.channels.office.frame import for_officers, page
from motcua.channels.office.hands import Option, hand_options
from motcua.foundation.access.api import Power
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated, NotAllowed, NotFound
from motcua.lib.paging import decode
from motcua.lib.text import whole_number

from .papers import pdf

ROWS = 50


@require_GET
@for_officers()
def lists(request: ActorRequest) -> HttpResponse:
    """Show what waits for a decision with a list, and the lists. Costs: three statements."""
    return shown(request)


def shown(request: ActorRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    """Return the page, with what was chosen and typed if it was refused."""
    groups: dict[str, list[dossiers.field.Collectable]] = {}
    place = request.POST.get("sau", "") or request.GET.get("sau", "")
    waiting = dossiers.field.collectable_for(request.actor, after=decode(place))
    for row in waiting.rows:
        name = procedures.definition_of(row.procedure_version_id).name
        groups.setdefault(name, []).append(row)
    before = whole_number(request.GET.get("truoc", "")) or 0
    found = dossiers.field.collected_for(request.actor, before=before, limit=ROWS + 1)
    decisions = [
        {"one": one, "badge": badge_of(one), "made": stamp(one.made_at)} for one in found[:ROWS]
    ]
    context = {
        "groups": [group_shown(name, rows, request) for name, rows in groups.items()],
        "decisions": decisions,
        "place": place,
        "next": waiting.next.encode() if waiting.next else "",
        "older": f"?truoc={found[ROWS - 1].pk}" if len(found) > ROWS else "",
        "title": request.POST.get("title", ""),
        "error": error,
    }
    return page(request, "collected_lists", context, current="collected", status=status)


def group_shown(
    name: str, rows: list[dossiers.field.Collectable], request: ActorRequest
) -> dict[str, object]:
    """Return what of one procedure waits; all is chosen until somebody chooses."""
    codes = [row.code for row in rows]
    return {
        "name": name,
        "options": [(row.code, f"{row.applicant_name} – {row.code}") for row in rows],
        "chosen": request.POST.getlist("codes") or codes,
    }


def badge_of(one: dossiers.field.CollectedDecision) -> Badge:
    """Return whether a list is signed."""
    return Badge(f"Đã ký, số {one.number}", "ok") if one.decided_at else Badge("Dự thảo", "soon")


@require_POST
@for_officers("office:collected")
def collect(request: ActorRequest) -> HttpResponseBase:
    """Put the chosen dossiers into one decision."""
    codes, title = request.POST.getlist("codes"), request.POST.get("title", "")
    try:
        made = dossiers.field.collect(codes, title, by=request.actor, at=now())
    except (NotAllowed, NotFound):
        raise
    except Anticipated as error:
        return shown(request, error=str(error), status=422)
    messages.success(request, f"Đã lập danh sách {len(set(codes))} hồ sơ, chờ ký một lần.")
    return redirect("office:collected_one", made.pk)


@require_GET
@for_officers("office:collected")
def one(request: ActorRequest, decision_id: int) -> HttpResponse:
    """Show one list, to be checked before it is signed."""
    return one_shown(request, decision_id)


def one_shown(
    request: ActorRequest, decision_id: int, *, error: str = "", status: int = 200
) -> HttpResponse:
    """Return the page of one list."""
    found = dossiers.field.get_collected_for(request.actor, decision_id)
    is_undecided = found.decision.decided_at is None
    is_signing = is_undecided and dossiers.field.is_list_being_signed(decision_id)
    is_draft = is_undecided and not is_signing
    may_sign = is_draft and request.actor.can(
        Power.APPROVE_DOSSIERS, unit_id=found.decision.unit_id
    )
    context = {
        "decision": found.decision,
        "lines": found.lines,
        "badge": Badge("Đang ký số, đóng dấu", "soon") if is_signing else badge_of(found.decision),
        "is_draft": is_draft,
        "is_signing": is_signing,
        "hands": hands_for_list(request, decision_id) if may_sign else [],
        "may_sign": may_sign,
        "error": error,
    }
    return page(request, "collected_one", context, current="collected", status=status)


def hands_for_list(request: ActorRequest, decision_id: int) -> list[Option]:
    """Return by which ways the actor may sign the list digitally; none if it is signed on paper."""
    at = now()
    if not dossiers.field.list_takes_signatures(decision_id, request.actor, at):
        return []
    return hand_options(request.actor, at)


@require_http_methods(["POST"])
@for_officers("office:collected")
def decide(request: ActorRequest, decision_id: int) -> HttpResponseBase:
    """Sign the list once."""
    dossiers.field.get_collected_for(request.actor, decision_id)
    comment = request.POST.get("comment", "").strip()[:2000]
    try:
        done = dossiers.field.sign_collected(
            decision_id,
            comment,
            by=request.actor,
            at=now(),
            hand=request.POST.get("hand", ""),
        )
    except (NotAllowed, NotFound):
        raise
    except Anticipated as error:
        return one_shown(request, decision_id, error=str(error), status=422)
    told = f"Đã ký quyết định số {done.number}; mọi hồ sơ đã có kết quả."
    if done.decided_at is None:
        told = "Quyết định đang được ký số; văn thư cấp số, đóng dấu rồi mọi hồ sơ có kết quả."
    messages.success(request, told)
    return redirect("office:collected_one", decision_id)


@require_POST
@for_officers("office:collected")
def leave_out(request: ActorRequest, decision_id: int) -> HttpResponseBase:
    """Take one dossier out of a list that is not signed."""
    dossiers.field.get_collected_for(request.actor, decision_id)
    code = request.POST.get("code", "")
    dossiers.field.leave_out(decision_id, code, by=request.actor, at=now())
    messages.success(request, f"Đã bỏ hồ sơ {code} khỏi danh sách.")
    return redirect("office:collected_one", decision_id)


@require_GET
@for_officers("office:collected")
def decision_pdf(request: ActorRequest, decision_id: int) -> HttpResponseBase:
    """Print the decision with its list."""
    content = dossiers.field.collected_pdf(request.actor, decision_id)
    return pdf(content, f"quyet-dinh-{decision_id}.pdf")
