"""The days on which one does not sign, noted by oneself, and who signs meanwhile."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.away import AbsenceForm
from motcua.channels.office.frame import for_officers, page
from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.foundation.signing import api as signing
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput, NotAllowed

MOST = 50


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers()
def absences(request: ActorRequest) -> HttpResponseBase:
    """Show when the actor is away, and note another absence. Costs: five statements."""
    officer_id = own_officer(request.actor)
    today = local_day(now())
    form = AbsenceForm(
        request.POST if request.method == "POST" else None,
        initial={"valid_from": today, "valid_to": today},
        deputies=deputies_of(request.actor, officer_id),
    )
    if request.method == "POST" and form.is_valid():
        try:
            signing.note_absence(form.given(officer_id), by=request.actor, at=now())
        except BadInput as error:
            form.blame(str(error), error.field)
        else:
            messages.success(request, "Đã ghi vắng mặt; lượt ký trong những ngày đó được chuyển.")
            return redirect("office:absences")
    context = {
        "form": form,
        "rows": signing.absences_since(today, officer_id=officer_id, limit=MOST),
        "today": today,
        "has_deputies": form.has_deputies,
    }
    status = 422 if form.errors else 200
    return page(request, "absences", context, current="absences", status=status)


@require_POST
@for_officers("office:absences")
def end(request: ActorRequest, absence_id: int) -> HttpResponseBase:
    """End one's absence at once."""
    own_officer(request.actor)
    signing.end_absence(absence_id, by=request.actor, at=now())
    messages.success(request, "Đã kết thúc vắng mặt; từ nay lượt ký lại đến ông/bà.")
    return redirect("office:absences")


def own_officer(actor: Actor) -> int:
    """Return the officer who is at work in the own name and approves.

    Raises: NotAllowed.
    """
    actor.require(Power.APPROVE_DOSSIERS)
    officer_id = identity.get_account(actor.id).officer_id
    if actor.on_behalf_of or officer_id is None:
        raise NotAllowed("Đang làm thay người khác: hãy về việc của mình rồi ghi vắng mặt.")
    return officer_id


def deputies_of(actor: Actor, officer_id: int) -> list[tuple[str, str]]:
    """Return who else leads in the actor's agency, with the title."""
    tree = organisation.tree()
    units = [unit.id for unit in tree.units_of(actor.agency_id)] if actor.agency_id else []
    held = access.holders_of(Power.APPROVE_DOSSIERS, on=local_day(now()), unit_ids=units)
    found: dict[int, str] = {}
    for one in held:
        if one.officer_id != officer_id:
            found.setdefault(one.officer_id, f"{one.officer.full_name} – {one.post.title}")
    return [(str(key), words) for key, words in found.items()]
