"""Accounts of citizens: a wrong confirmation is undone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from motcua.casework.dossiers import api as dossiers
from motcua.channels.backoffice.asking import asks
from motcua.channels.backoffice.frame import page
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.undoing import undoing
from motcua.foundation.access.api import Power
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated

from .accounts import crumbs


@asks(Power.ADMINISTER_IDENTITY)
def undo_account(request: ActorRequest) -> HttpResponse:
    """Show a confirmed account, or undo that it was confirmed."""
    asked = undoing(request)
    if asked.is_final:
        login, by = asked.form.cleaned_data["login"], request.actor
        try:
            name = dossiers.undo_confirmation(login, asked.reason, by=by, at=now())
            messages.success(request, f"Đã hủy xác nhận tài khoản của {name}.")
            return redirect("backoffice:accounts")
        except Anticipated as error:
            asked.blame(error)
    context = {
        "title": "Hủy xác nhận tài khoản công dân",
        "crumbs": crumbs(),
        "form": asked.form,
        "holder": asked.holder,
    }
    status = 422 if asked.form.errors else 200
    return page(request, "undo_account", context, current="accounts", status=status)
