"""What every page of an application needs: the draft, what its procedure says, its owner."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Draft
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.api import Definition
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.tongues import translate as _
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import local_day, now

from .applying import before, place_of, steps_of


@dataclass(frozen=True, slots=True)
class Desk:
    """One draft on the desk of its owner."""

    draft: Draft
    definition: Definition


View = Callable[..., HttpResponseBase]


def is_village_helper(actor: Actor) -> bool:
    """Say whether the account is that of an officer who files for people of the village."""
    return actor.kind == ActorKind.OFFICER and actor.can(Power.FILE_FOR_OTHERS)


def require_citizen(actor: Actor) -> None:
    """Raises: PermissionDenied for an officer's account, but that of a village helper."""
    if actor.kind != ActorKind.CITIZEN and not is_village_helper(actor):
        raise PermissionDenied(
            _("Hồ sơ trực tuyến nộp bằng tài khoản công dân; tài khoản công vụ không dùng ở đây.")
        )


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, be it nothing at all; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def with_draft(view: View) -> View:
    """Hand the owner's draft to the view; one that is filed already leads to its receipt."""

    @shows_errors("portal:drafts")
    @wraps(view)
    def guarded(request: ActorRequest, /, token: str, **more: int) -> HttpResponseBase:
        draft = dossiers.draft_for(request.actor, token)
        if draft.filed_code:
            return redirect("portal:filed", draft.filed_code)
        if request.method == "GET" and told_of_changes(request, draft):
            draft = dossiers.draft_for(request.actor, token)
        definition = procedures.definition_of(draft.procedure_version_id)
        return view(request, Desk(draft, definition), **more)

    return guarded


def told_of_changes(request: ActorRequest, draft: Draft) -> bool:
    """Tell of a new version and go over to it, or that nothing can be filed any more.

    What was written stays in either case. Costs: nothing while the version is in force.
    """
    at = now()
    code = procedures.definition_of(draft.procedure_version_id).code
    found = procedures.find_in_force(code, local_day(at))
    if found is None:
        messages.warning(
            request,
            _(
                "Thủ tục này đã ngừng tiếp nhận nên chưa nộp được. Bản nháp của ông/bà vẫn được"
                " giữ 90 ngày kể từ lần lưu cuối."
            ),
        )
        return False
    if found.version_id == draft.procedure_version_id:
        return False
    anew = dossiers.renew_draft(draft.token, by=request.actor, at=at)
    told = _(
        "Thủ tục có phiên bản mới. Những gì ông/bà đã khai, đã tải lên còn nguyên; hãy xem lại"
        " từng trang trước khi nộp."
    )
    names = "; ".join(f"“{label}”" for label in anew or ())
    messages.warning(request, told + (f" {_('Câu hỏi mới hoặc đổi:')} {names}." if names else ""))
    return True


def show(
    request: ActorRequest, desk: Desk, key: str, more: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Return a page of the application with its place among the others."""
    steps = steps_of(desk.draft, desk.definition)
    place = place_of(steps, key)
    context = {
        "draft": desk.draft,
        "definition": desk.definition,
        "step": place,
        "steps": len(steps),
        "title": steps[place - 1].title,
        "back": before(steps, key),
        **more,
    }
    template = "page" if key.startswith("page-") else key
    return render(request, f"portal/draft_{template}.html", context, status=status)
