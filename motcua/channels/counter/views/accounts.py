"""Confirming whose account it is, the holder at the desk; undoing what was confirmed wrongly."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from motcua.casework.dossiers import api as dossiers
from motcua.channels.counter.forms import AccountForm, FirstLoginForm
from motcua.channels.counter.frame import desk_of, page
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.undoing import Asked, undoing
from motcua.channels.kit.words import short_day
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.foundation.people import api as people
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated

T = TypeVar("T")
_DIGITS = 12


@require_http_methods(["GET", "HEAD", "POST"])
@shows_errors("counter:start")
def confirm_account(request: ActorRequest) -> HttpResponse:
    """Show the card and the account side by side, or confirm that they are one person's."""
    desk = desk_of(request)
    request.actor.require(Power.RECEIVE_DOSSIERS, unit_id=desk.id)
    act, at = request.POST.get("act", ""), now()
    form, warnings = with_card(request.POST) if act == "card" else (read(request.POST), [])
    is_asked = act in ("look", "confirm") and form.is_valid()
    holder = done_with(identity.look_at_holder, request, form, at) if is_asked else None
    if act == "confirm" and holder is not None and carry_out(request, form, at):
        return redirect("counter:confirm_account")
    context = {
        "form": form,
        "holder": holder,
        "warnings": warnings,
        "sought": request.POST.get("card", ""),
        "may_undo": request.actor.can(Power.CORRECT_RECEPTION, unit_id=desk.id),
    }
    status = 422 if form.errors else 200
    return page(request, "confirm_account", context, current="confirm_account", status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@shows_errors("counter:start")
def give_login(request: ActorRequest) -> HttpResponse:
    """Let the person at the desk, who has no login, sign in by telephone from now on."""
    request.actor.require(Power.RECEIVE_DOSSIERS, unit_id=desk_of(request).id)
    act, at = request.POST.get("act", ""), now()
    if act == "card":
        form, warnings = with_card(request.POST, FirstLoginForm)
    else:
        form, warnings = FirstLoginForm(request.POST or None), []
    if act == "give" and form.is_valid() and _given(request, form, at):
        return redirect("counter:give_login")
    context = {
        "form": form,
        "warnings": warnings,
        "sought": request.POST.get("card", ""),
        "is_connected": identity.are_texts_sent(),
    }
    status = 422 if form.errors else 200
    return page(request, "give_login", context, current="confirm_account", status=status)


def _given(request: ActorRequest, form: AccountForm, at: datetime) -> bool:
    """Give the login if the holder is here; say whether it was."""
    if not form.cleaned_data["is_present"]:
        form.blame("Hãy xem thẻ bản chính của người có mặt rồi đánh dấu ô này.", "is_present")
        return False
    account = done_with(identity.give_login, request, form, at)
    if account is None:
        return False
    messages.success(
        request,
        f"{account.full_name} đăng nhập được bằng số {account.phone}. Hướng dẫn họ vào “Đăng nhập”,"
        " “Đăng nhập lần đầu” để nhận mã và tự đặt mật khẩu.",
    )
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@shows_errors("counter:start")
def undo_account(request: ActorRequest) -> HttpResponse:
    """Show a confirmed account, or undo that it was confirmed."""
    request.actor.require(Power.CORRECT_RECEPTION, unit_id=desk_of(request).id)
    asked = undoing(request)
    if asked.is_final and (name := undone(request, asked)):
        messages.success(request, f"Đã hủy xác nhận tài khoản của {name}.")
        return redirect("counter:confirm_account")
    context = {"form": asked.form, "holder": asked.holder}
    status = 422 if asked.form.errors else 200
    return page(request, "undo_account", context, current="confirm_account", status=status)


def undone(request: ActorRequest, asked: Asked) -> str:
    """Undo the confirmation; return whose account it is, nothing if that was refused."""
    login, by = asked.form.cleaned_data["login"], request.actor
    try:
        return dossiers.undo_confirmation(login, asked.reason, by=by, at=now())
    except Anticipated as error:
        asked.blame(error)
        return ""


def read(data: QueryDict) -> AccountForm:
    return AccountForm(data) if data else AccountForm()


def with_card(
    data: QueryDict, kind: type[AccountForm] = AccountForm
) -> tuple[AccountForm, list[str]]:
    """Return the form as the scanned card fills it, and what looks odd about the card."""
    typed, values = data.get("card", "").strip(), data.dict()
    if len(typed) == _DIGITS and typed.isdecimal():
        return kind(initial=values | {"personal_id": typed}), []
    try:
        card = people.parse_card_qr(typed)
    except Anticipated as error:
        form = kind(data)
        form.is_valid()
        form.errors.clear()
        form.blame(str(error))
        return form, []
    on_it = {
        "personal_id": card.personal_id,
        "full_name": card.full_name,
        "birth_date": short_day(card.birth_date) if card.birth_date else "",
        "sex": card.sex or "",
        "address": card.address,
    }
    return kind(initial=values | on_it), card.warnings


def done_with(
    act: Callable[..., T], request: ActorRequest, form: AccountForm, at: datetime
) -> T | None:
    """Look at the account or confirm it; a refusal stands beside its field."""
    login, desk_unit_id = form.cleaned_data["login"], desk_of(request).id
    try:
        return act(login, form.card(), desk_unit_id=desk_unit_id, by=request.actor, at=at)
    except Anticipated as error:
        form.blame(str(error), getattr(error, "field", "") or "login")
        return None


def carry_out(request: ActorRequest, form: AccountForm, at: datetime) -> bool:
    """Confirm the account if the holder is here; say whether it was."""
    if not form.cleaned_data["is_present"]:
        form.blame("Hãy xem thẻ bản chính của người có mặt rồi đánh dấu ô này.", "is_present")
        return False
    name = done_with(identity.confirm_holder, request, form, at)
    if name is None:
        return False
    messages.success(request, f"Đã xác nhận tài khoản là của {name}. {NEXT}")
    return True


NEXT = "Hồ sơ đã nộp tại quầy sẽ hiện trong “Hồ sơ của tôi” của người ấy sau ít phút."
