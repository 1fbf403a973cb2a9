"""A mistaken reception: corrected by the head of the desk until the papers are handed over."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures import api as procedures
from motcua.casework.reasons.api import ReasonKind
from motcua.channels.counter.forms import CorrectionForm
from motcua.channels.counter.frame import page
from motcua.channels.counter.sheet import choices_for, find_chosen, ways_of_return
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.reasons import Given, hold, is_putting_in, joined, shelf_for, with_reasons
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import now
from motcua.lib.errors import BadInput


@require_http_methods(["GET", "HEAD", "POST"])
@shows_errors("counter:dossier")
def correct(request: ActorRequest, code: str) -> HttpResponse:
    """Correct what was typed wrongly; a new slip is issued, the old one stays as printed."""
    opened = dossiers.get_dossier_for(request.actor, code)
    request.actor.require(Power.CORRECT_RECEPTION, unit_id=opened.receiving_unit_id)
    at, whole = now(), dossiers.whole(opened)
    shelf = shelf_for(request, whole, ReasonKind.CORRECTION, at=at)
    typed = request.POST.copy() if request.method == "POST" else None
    if typed is not None:
        typed["reason"] = joined(shelf.chosen, typed.get("reason", ""), with_basis=True)
    form = CorrectionForm(typed, initial=as_received(opened), choices=choices_of(opened))
    if is_putting_in(request):
        hold(form)
    elif request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            with_reasons(
                request,
                whole,
                Given(shelf, reason),
                lambda: dossiers.correct_reception(
                    code, changes(form), reason, by=request.actor, at=at
                ),
                at=at,
            )
        except BadInput as error:
            form.blame(str(error), error.field)
        else:
            messages.success(
                request, f"Đã sửa thông tin tiếp nhận hồ sơ {code}; giấy hẹn đã lập lại."
            )
            return redirect("counter:dossier", code)
    context = {"dossier": opened, "definition": whole.definition, "form": form, "shelf": shelf}
    status = 422 if form.errors else 200
    return page(request, "correct", context, current="waiting", status=status)


def as_received(opened: dossiers.Dossier) -> dict[str, Any]:
    return {name: getattr(opened, name) for name in CorrectionForm.CHANGED}


def choices_of(opened: dossiers.Dossier) -> dict[str, list[tuple[str, str]]]:
    """Return the cases of the version received under, and the agencies that may decide."""
    definition = procedures.definition_of(opened.procedure_version_id)
    desk = organisation.tree().unit(opened.receiving_unit_id)
    current = choices_for(find_chosen(definition.code, now()), desk)
    kept = (str(opened.agency_id), organisation.tree().agency(opened.agency_id).name)
    agencies = current["agency"] if kept in current["agency"] else [kept, *current["agency"]]
    cases = [(case.code, case.name) for case in definition.cases]
    ways = ways_of_return(definition)
    return {"case_code": cases, "agency_id": agencies, "return_way": ways}


def changes(form: CorrectionForm) -> dict[str, Any]:
    """Return what differs, as the operation takes it."""
    typed = form.cleaned_data
    found = {name: typed[name] for name in form.changed_data if name in form.CHANGED}
    if "agency_id" in found:
        found["agency_id"] = int(found["agency_id"])
    return found
