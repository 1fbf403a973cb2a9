"""Where number, day, signature and seal stand on a file that is drafted as an outcome."""

from typing import Any
from zlib import crc32

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import DossierOutcome, Move
from motcua.casework.processes.api import StepKind
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.acts import Situation, situate
from motcua.channels.office.forms import LATER
from motcua.channels.office.frame import for_officers, page
from motcua.channels.office.placing import name_of, pointed, rows_of, sheet_of
from motcua.foundation.requests import api as requests
from motcua.foundation.signing import api as signing
from motcua.lib.clock import now
from motcua.lib.errors import BadInput
from motcua.lib.text import whole_number

_NEXT = {
    StepKind.DECISION: ("ky", "Đi tiếp: ký kết quả"),
    StepKind.APPROVAL: ("duyet", "Đi tiếp: duyệt"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers("office:outcome_places")
def places(request: ActorRequest, code: str, seq: int) -> HttpResponseBase:
    """Show a draft with its fields; take a click on the page as the place of the chosen one."""
    situation, outcome = drawn(request, code, seq)
    if request.method == "POST":
        return move(request, code, outcome)
    kept, dossier = outcome.placing, situation.dossier
    placing, names = signing.placing_of(kept), signing.fields_of_file(kept)
    rows = rows_of(placing, names, {"SIG_LEADER_1": kept["signer"]})

    def picture(number: int, chosen: str) -> str:
        drawn_at = reverse("office:outcome_picture", args=[code, seq, number])
        return f"{drawn_at}?o={chosen}&v={dossier.version}.{stamp_of(kept)}"

    is_signing = dossier.sub_state == dossiers.SubState.SIGNING
    can_move = situation.has_hand and not is_signing
    context = {
        "dossier": dossier,
        "outcome": outcome,
        "can_move": can_move,
        "place_url": request.path,
        "notation": kept["notation"],
        "placed": signing.placed_file_of(kept),
        "may_use_paper": dossiers.is_paper_choice(
            dossier, situation.whole.definition, situation.at
        ),
        "onward": onward(situation),
        **sheet_of(request, placing, rows, picture),
    }
    if not can_move:
        context["chosen"] = None
    return page(request, "outcome_places", context, current="")


def drawn(request: ActorRequest, code: str, seq: int) -> tuple[Situation, DossierOutcome]:
    """Return the actor before the dossier, and the draft. Raises: NoSuchDossier, OutcomeMissing."""
    opened = dossiers.get_dossier_for(request.actor, code)
    return situate(request.actor, opened, now()), dossiers.placed_draft(opened, seq)


def stamp_of(kept: dict[str, Any]) -> str:
    """Return what changes with every place, so that no old picture is shown."""
    return f"{crc32(str(kept['places']).encode()):x}"


def onward(situation: Situation) -> dict[str, Any] | None:
    """Return how the step goes on from here; nothing for who only looks."""
    step = situation.step
    if step is None or not situation.has_hand:
        return None
    slug, words = _NEXT.get(StepKind(step.kind), ("hoan-thanh", "Hoàn thành bước"))
    href = f"{reverse('office:act', args=[situation.dossier.code, slug])}?buoc={step.seq}"
    is_task = slug == "hoan-thanh"
    sent = {"kind": LATER, "comment": step.comment} if is_task else {}
    return {"href": href, "words": words, "sent": sent, "again": href if is_task else ""}


def move(request: ActorRequest, code: str, outcome: DossierOutcome) -> HttpResponseBase:
    """Put the chosen field where somebody clicked, or typed millimetres."""
    name, number = request.POST.get("o", ""), whole_number(request.POST.get("trang", "")) or 1
    try:
        x, y = pointed(request.POST, signing.placing_of(outcome.placing), number - 1)
        with requests.slow_place():
            to = Move(name, number - 1, x, y)
            dossiers.move_place(code, outcome.seq, to, by=request.actor, at=now())
    except BadInput as error:
        messages.error(request, str(error))
        return redirect(f"{request.path}?o={name}&trang={number}")
    messages.success(request, f"Đã đặt {name_of(name).lower()} ở trang {number}.")
    return redirect(f"{request.path}?trang={number}")


@require_GET
@for_officers()
def page_picture(request: ActorRequest, code: str, seq: int, number: int) -> HttpResponse:
    """Hand out a page of a draft as a picture."""
    outcome = drawn(request, code, seq)[1]
    with requests.slow_place():
        content = dossiers.picture_of_draft(outcome, number - 1, request.GET.get("o", ""))
    answer = HttpResponse(content, content_type="image/webp")
    answer.headers["Cache-Control"] = "private, max-age=600"
    return answer


@require_POST
@for_officers("office:outcome_places")
def on_paper(request: ActorRequest, code: str, seq: int) -> HttpResponseBase:
    """Let the draft be signed on paper."""
    drawn(request, code, seq)
    dossiers.sign_on_paper(code, seq, by=request.actor, at=now())
    messages.success(request, "Kết quả này sẽ ký trên bản giấy. Dự thảo vẫn giữ; hãy đi tiếp.")
    return redirect("office:dossier", code)
