"""Results to hand out: found by code, slip or name; the receiver checked; originals given back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import CopyKind, PaperState, WholeDossier
from motcua.casework.fees import api as fees
from motcua.casework.payments import api as payments
from motcua.casework.procedures import api as procedures
from motcua.channels.counter.codes import code_in
from motcua.channels.counter.fees import FeeRow, fee_rows, fees_taken, still_due
from motcua.channels.counter.forms import ReturnForm
from motcua.channels.counter.frame import page
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.signatures import badge_of
from motcua.lib.clock import now
from motcua.lib.errors import BadInput
from motcua.lib.text import whole_number

from .dossier import taken
from .listing import named, pages, queue_here


@require_GET
@shows_errors("counter:start")
def returns(request: ActorRequest) -> HttpResponse:
    """List the results that wait to be handed out; a typed or scanned code opens its own page."""
    typed = request.GET.get("q", "")
    if code := code_in(typed):
        dossiers.get_dossier_for(request.actor, code)
        return redirect("counter:hand_out", code)
    found = queue_here(request, dossiers.TO_HAND_OUT)
    context = {"typed": typed, "rows": named(found.rows), **pages(request, found)}
    return page(request, "returns", context, current="returns")


@require_http_methods(["GET", "HEAD", "POST"])
@shows_errors("counter:returns")
def hand_out(request: ActorRequest, code: str) -> HttpResponse:
    """Hand the result of one dossier out."""
    opened = dossiers.open_dossier(code, by=request.actor, at=now(), purpose="return")
    all_of_it = dossiers.whole(opened)
    rows = fees_at_return(request, all_of_it)
    signed = [one for one in all_of_it.outcomes if one.decided_at]
    part = dossiers.part_to_hand_out(opened)
    on_paper = [o.seq for o in signed if all_of_it.definition.is_on_paper_only(o.spec_code)]
    initial = {"handed_to": opened.submitter_name}
    form = ReturnForm(request.POST or None, initial=initial, is_on_paper=bool(on_paper))
    form.owner = opened.applicant_name
    if request.method == "POST" and form.is_valid():
        try:
            give(request, code, form, rows if not part else None)
        except BadInput as error:
            form.blame(str(error), error.field)
        except (dossiers.PapersMissing, dossiers.NotPresent) as error:
            form.blame(str(error))
        else:
            name = form.cleaned_data["handed_to"]
            messages.success(request, f"Đã trả kết quả hồ sơ {code} cho {name}.")
            return redirect("counter:returns")
    context = {
        "dossier": opened,
        "definition": all_of_it.definition,
        "form": form,
        "outcomes": signed,
        "badges": badges(opened),
        "on_paper": on_paper,
        "copies": copies_of(all_of_it),
        "originals": originals(all_of_it),
        "to_collect": []
        if part
        else [(spec.code, spec.name) for spec in dossiers.papers_at_return(all_of_it)],
        "collected": request.POST.getlist("collected"),
        "can_hand_out": bool(part) or opened.status == dossiers.Status.RESOLVED,
        "is_part": bool(part),
        "fees": [] if part else rows,
        "applicants": who_signs(all_of_it),
        "present": request.POST.getlist("present"),
        "taken": [{"key": fee.name, "value": taken(fee)} for fee in all_of_it.fees],
    }
    return page(request, "hand_out", context, current="returns", status=422 if form.errors else 200)


def badges(opened: dossiers.Dossier) -> dict[int, dict[str, Any] | None]:
    """Return who signed and sealed each outcome, and whether it still counts."""
    found = dossiers.signed_papers_of(opened, at=now())
    return {seq: badge_of(paper) for seq, paper in found.items()}


def fees_at_return(request: ActorRequest, all_of_it: WholeDossier) -> list[FeeRow]:
    """Return what is still to be paid when the result is handed out."""
    opened = all_of_it.dossier
    channel = procedures.FilingChannel(opened.channel)
    dues = fees.fees_due(all_of_it.definition, opened.case_code, channel, all_of_it.facts)
    suggested = "" if request.method == "POST" else "at_return"
    left = still_due(dossiers.still_charged(opened, dues), all_of_it.fees)
    is_cash = bool(left) and payments.takes_cash(request.actor)
    return fee_rows(left, request.POST.dict(), now=suggested, is_cash=is_cash)


def give(request: ActorRequest, code: str, form: ReturnForm, fees: list[FeeRow] | None) -> None:
    """Hand everything out, with its fees; or, without any, only what is signed so far."""
    if fees is None:
        dossiers.hand_out_decided(
            code,
            handed_to=form.cleaned_data["handed_to"],
            handed_how=form.how(),
            by=request.actor,
            at=now(),
            way=form.way(),
            present=present_in(request),
        )
        return
    withdrawn = [whole_number(seq) or 0 for seq in request.POST.getlist("withdrawn")]
    dossiers.return_outcome(
        code,
        handed_to=form.cleaned_data["handed_to"],
        handed_how=form.how(),
        by=request.actor,
        at=now(),
        way=form.way(),
        withdrawn_papers=tuple(withdrawn),
        collected=request.POST.getlist("collected"),
        fees=fees_taken(fees),
        present=present_in(request),
    )


def present_in(request: ActorRequest) -> list[int]:
    """Return the numbers of the applicants who are there and sign the book."""
    return [whole_number(seq) or 0 for seq in request.POST.getlist("present")]


def copies_of(all_of_it: WholeDossier) -> dict[int, int]:
    """Return, by outcome, how many originals are given out where it is more than one."""
    several = {s.code: s.originals for s in all_of_it.definition.outcomes if s.originals > 1}
    return {o.seq: several[o.spec_code] for o in all_of_it.outcomes if o.spec_code in several}


def who_signs(all_of_it: WholeDossier) -> list[tuple[int, str]]:
    """Return the applicants who must be there and sign a book; nobody where there is no book."""
    if not dossiers.outcomes_to_book(all_of_it.dossier):
        return []
    applicants = [p for p in all_of_it.parties if p.role == dossiers.PartyRole.APPLICANT]
    return [(one.seq, one.full_name) for one in applicants]


def originals(all_of_it: WholeDossier) -> list[tuple[int, str]]:
    """Return the originals the desk holds: given back with the result unless withdrawn."""
    return [
        (paper.seq, f"{paper.name} ({paper.quantity})")
        for paper in all_of_it.papers
        if paper.kind == CopyKind.ORIGINAL and paper.state == PaperState.HELD
    ]
