"""The days on which one is not at work, noted by oneself, and who signs meanwhile."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from motcua.casework.dossiers import api as dossiers
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.office.away import AbsenceForm
from motcua.channels.office.frame import for_officers, page
from motcua.foundation.access import api as access
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.foundation.signing import api as signing
from motcua.foundation.staffing import api as staffing
from motcua.foundation.staffing.api import AbsenceKind
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput, NotAllowed

MOST = 50


class AwayShown(NamedTuple):
    """One absence as its owner sees it."""

    valid_from: date
    valid_to: date | None
    deputy: str
    reason: str
    end_href: str


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers()
def absences(request: ActorRequest) -> HttpResponseBase:
    """Show when the actor is away, and note another absence. Costs: six statements."""
    officer_id = own_officer(request.actor)
    today = local_day(now())
    form = AbsenceForm(
        request.POST if request.method == "POST" else None,
        initial={
            "valid_from": today,
            "valid_to": today,
            "kind": AbsenceKind.LEAVE,
            "shares_work": True,
        },
        deputies=deputies_of(request.actor, officer_id),
    )
    if request.method == "POST" and form.is_valid():
        try:
            dossiers.sharing.note_absence(
                form.given(officer_id),
                by=request.actor,
                at=now(),
                signs=form.signs(officer_id),
            )
        except BadInput as error:
            field = "reason" if error.field == "note" else error.field
            form.blame(str(error), field)
        else:
            messages.success(request, noted_words(form))
            return redirect("office:absences")
    context = {
        "form": form,
        "rows": shown(officer_id, today),
        "today": today,
        "fields": list(form.fields),
    }
    status = 422 if form.errors else 200
    return page(request, "absences", context, current="absences", status=status)


def noted_words(form: AbsenceForm) -> str:
    """Return what becomes of the work."""
    words = "Đã ghi vắng mặt; việc mới không giao cho ông/bà trong những ngày đó."
    if form.cleaned_data["shares_work"]:
        words += " Việc đang mở được chia khi bắt đầu vắng."
    if form.cleaned_data.get("deputy"):
        words += " Lượt ký được chuyển cho người ký thay."
    return words


def shown(officer_id: int, today: date) -> list[AwayShown]:
    """Return the absences of an officer; those that only concern signing stand apart."""
    signed = {
        (one.valid_from, one.valid_to): one
        for one in signing.absences_since(today, officer_id=officer_id, limit=MOST)
    }
    found = []
    for one in staffing.absences_of(officer_id, since=today, limit=MOST):
        deputy = signed.pop((one.valid_from, one.valid_to), None)
        found.append(
            AwayShown(
                one.valid_from,
                one.valid_to,
                deputy.deputy.full_name if deputy else "",
                ": ".join(word for word in (AbsenceKind(one.kind).label, one.note) if word),
                reverse("office:end_absence", args=[one.pk]),
            )
        )
    return [*found, *_only_signing(list(signed.values()))]


def _only_signing(rows: Sequence[signing.SigningAbsence]) -> list[AwayShown]:
    return [
        AwayShown(
            one.valid_from,
            one.valid_to,
            one.deputy.full_name,
            one.reason,
            reverse("office:end_signing_absence", args=[one.pk]),
        )
        for one in rows
    ]


@require_POST
@for_officers("office:absences")
def end(request: ActorRequest, absence_id: int) -> HttpResponseBase:
    """End one's absence at once."""
    own_officer(request.actor)
    dossiers.sharing.end_absence(absence_id, by=request.actor, at=now())
    messages.success(request, "Đã kết thúc vắng mặt; từ nay việc và lượt ký lại đến ông/bà.")
    return redirect("office:absences")


@require_POST
@for_officers("office:absences")
def end_signing(request: ActorRequest, absence_id: int) -> HttpResponseBase:
    """End an absence that was noted for signing alone."""
    own_officer(request.actor)
    signing.end_absence(absence_id, by=request.actor, at=now())
    messages.success(request, "Đã kết thúc vắng mặt; từ nay lượt ký lại đến ông/bà.")
    return redirect("office:absences")


def own_officer(actor: Actor) -> int:
    """Return the officer who is at work in the own name.

    Raises: NotAllowed.
    """
    officer_id = identity.get_account(actor.id).officer_id
    if actor.on_behalf_of or officer_id is None:
        raise NotAllowed("Đang làm thay người khác: hãy về việc của mình rồi ghi vắng mặt.")
    return officer_id


def deputies_of(actor: Actor, officer_id: int) -> list[tuple[str, str]]:
    """Return who else leads in the agency of an actor who signs, with the title."""
    if not actor.can(Power.APPROVE_DOSSIERS):
        return []
    tree = organisation.tree()
    units = [unit.id for unit in tree.units_of(actor.agency_id)] if actor.agency_id else []
    held = access.holders_of(Power.APPROVE_DOSSIERS, on=local_day(now()), unit_ids=units)
    found: dict[int, str] = {}
    for one in held:
        if one.officer_id != officer_id:
            found.setdefault(one.officer_id, f"{one.officer.full_name} – {one.post.title}")
    return [(str(key), words) for key, words in found.items()]
