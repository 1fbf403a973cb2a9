"""One act on one dossier: asked on a page of its own, done by one operation."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from motcua.casework.dossiers import api as dossiers
from motcua.channels.kit.fields import KitForm
from motcua.channels.kit.reasons import Given, Shelf, with_reasons
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.acts import Act, Onward, Situation, find_act, situate
from motcua.channels.office.frame import for_officers, page
from motcua.channels.office.hands import hand_options
from motcua.channels.office.library import put_in, shelf_of, written_in
from motcua.channels.office.parts import outcomes_shown
from motcua.channels.office.showing import dossier_badge, status_badge, step_name
from motcua.foundation.signing import api as signing
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated, BadInput, NotAllowed, NotFound

ABOUT_THE_DRAFT = frozenset({"duyet", "ky", "tra-lai"})


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers("office:dossier")
def act(request: ActorRequest, code: str, slug: str) -> HttpResponseBase:
    """Ask what the act needs; do it; go back to the dossier."""
    chosen = find_act(slug)
    if chosen is None:
        raise Http404("Không có việc này.")
    opened = dossiers.get_dossier_for(request.actor, code)
    query = request.GET
    situation = situate(
        request.actor,
        opened,
        now(),
        step_seq=query.get("buoc", ""),
        item=query.get("muc", ""),
    )
    check_open(chosen, situation)
    is_sent = request.method == "POST"
    form = chosen.ask(situation, request.POST if is_sent else None, request.FILES)
    shelf = shelf_of(request, chosen, situation, form)
    if (filled := put_in(request, chosen, situation, form, shelf)) is not None:
        return shown(request, chosen, situation, filled, shelf)
    if is_sent and form.is_valid() and (done := tried(chosen, situation, form, request, shelf)):
        if isinstance(done, Onward):
            messages.success(request, done.words)
            return redirect(done.href)
        messages.success(request, done)
        if chosen.slug == "ky" and signing.underway_of(request.actor):
            return redirect("office:hands")
        return redirect("office:dossier", code)
    return shown(request, chosen, situation, form, shelf)


def check_open(act: Act, situation: Situation) -> None:
    """Raises: StepNotOpen if it is too late, NotAllowed if it is somebody else's."""
    if not act.fits(situation):
        code, step = situation.dossier.code, situation.step
        if step is not None and step.assignee_id not in (None, situation.actor.id):
            raise dossiers.StepNotOpen(f"Việc này {step.assignee_name} đã nhận.")
        raise dossiers.StepNotOpen(
            f"“{act.label}” không còn làm được với hồ sơ {code}:"
            " việc đã làm rồi, hoặc hồ sơ đã sang bước khác."
        )
    if not act.may(situation):
        raise NotAllowed("Việc này không thuộc quyền của ông/bà, hoặc người khác đang làm.")


def tried(
    act: Act, situation: Situation, form: KitForm, request: ActorRequest, shelf: Shelf | None
) -> str | Onward:
    """Do it and return what happened; a refusal goes into the form, with all that was typed."""
    data = form.cleaned_data
    written = written_in(act, data) if shelf is not None else None
    noted = shelf if written is not None else None
    try:
        return with_reasons(
            request,
            situation.whole,
            Given(noted, written or ""),
            lambda: act.run(situation, data, request),
            at=situation.at,
        )
    except (NotAllowed, NotFound):
        raise
    except BadInput as error:
        form.blame(str(error), error.field)
    except Anticipated as error:
        form.blame(str(error))
    return ""


def shown(
    request: ActorRequest, act: Act, situation: Situation, form: KitForm, shelf: Shelf | None
) -> HttpResponse:
    """Return the page that asks."""
    opened, step = situation.dossier, situation.step
    is_digital = act.slug == "ky" and dossiers.is_for_digital_signing(
        opened, situation.actor, situation.at
    )
    hands = hand_options(situation.actor, situation.at) if is_digital else []
    context = {
        "dossier": opened,
        "name": situation.whole.definition.name,
        "status": status_badge(opened),
        "badge": dossier_badge(opened, situation.at),
        "step": step_name(situation.whole.definition, step.code) if step else "",
        "act": act,
        "facts": act.facts(situation),
        "links": act.links(situation),
        "outcomes": outcomes_shown(situation) if act.slug in ABOUT_THE_DRAFT else [],
        "form": form,
        "shelf": shelf,
        "rows": getattr(form, "rows", list)(),
        "pages": getattr(form, "pages", list)(),
        "fields": [bound.name for bound in form],
        "hands": hands,
        "hand": request.POST.get("hand", hands[0][0] if hands else ""),
    }
    return page(request, "act", context, current="", status=422 if form.errors else 200)
