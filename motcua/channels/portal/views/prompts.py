"""What was prepared before anybody asked: papers that end, ages reached; one word ends it."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import PromptKind
from motcua.casework.procedures import api as procedures
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.tongues import translate as _
from motcua.channels.portal import one_dossier
from motcua.channels.portal.drafting import require_citizen
from motcua.lib.clock import local_day, now
from motcua.lib.errors import NotFound


@require_GET
@shows_errors("portal:dossiers")
def prepared(request: ActorRequest) -> HttpResponse:
    """List what was prepared for the citizen, and let it be filed or refused."""
    require_citizen(request.actor)
    refused = dossiers.refused_by(request.actor)
    open_drafts = {one.token: one for one in dossiers.drafts_for(request.actor)}
    rows = [
        row
        for one in dossiers.prompts_for(request.actor)
        if one.procedure_code not in refused
        if (row := shown(one, open_drafts)) is not None
    ]
    return render(request, "portal/prepared.html", {"rows": rows})


def shown(
    one: dossiers.Prompt, open_drafts: Mapping[str, dossiers.Draft]
) -> dict[str, object] | None:
    """Return a reminder as the page shows it; None where there is nothing more to do."""
    found = procedures.find_in_force(one.procedure_code, local_day(now()))
    if found is None:
        return None
    definition = found.definition
    row: dict[str, object] = {
        "procedure": one.procedure_code,
        "name": definition.short_name,
        "due_on": one.due_on,
        "is_age": one.kind == PromptKind.AGE,
        "draft_href": where(open_drafts.get(one.draft_token)),
    }
    if one.kind == PromptKind.AGE:
        reminder = definition.reminder
        if reminder is None or not row["draft_href"]:
            return None
        return row | {"title": reminder.title, "words": reminder.words}
    return _ending(one, row)


def where(draft: dossiers.Draft | None) -> str:
    """Return where a prepared draft is gone on with; empty for one that is there no more."""
    if draft is None:
        return ""
    first = "portal:draft_people" if draft.agency_id else "portal:draft_case"
    return reverse(first, args=[draft.token])


def _ending(one: dossiers.Prompt, row: dict[str, object]) -> dict[str, object] | None:
    outcome = dossiers.outcome_of(one)
    if outcome is None or (one.draft_token and not row["draft_href"]):
        return None  # filed, or thrown away
    code = outcome.dossier.code
    return row | {
        "title": outcome.name,
        "words": "",
        "code": code,
        "begin": reverse("portal:renew", args=[code, outcome.seq]),
    }


@require_POST
@shows_errors("portal:prepared")
def refuse(request: ActorRequest, code: str) -> HttpResponse:
    """Keep that the citizen wants no more reminders of a procedure."""
    require_citizen(request.actor)
    if procedures.find_in_force(code, local_day(now())) is None:
        raise NotFound(_("Không tìm thấy thủ tục này."))
    dossiers.refuse_prompts(code, by=request.actor, at=now())
    messages.success(request, _("Cổng sẽ không nhắc ông/bà về thủ tục này nữa."))
    return redirect("portal:prepared")


@require_POST
@shows_errors("portal:dossier")
def renew(request: ActorRequest, code: str, seq: int) -> HttpResponse:
    """Prepare the application that renews an outcome, and go to it."""
    one_dossier.own(request.actor, dossiers.get_dossier_for(request.actor, code))
    draft = dossiers.begin_renewal(code, seq, by=request.actor, at=now())
    messages.success(
        request,
        _("Đã điền sẵn từ hồ sơ %(code)s; hãy xem lại từng trang rồi nộp.", code=code),
    )
    return redirect(where(draft))
