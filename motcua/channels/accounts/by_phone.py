"""Set the password by a code to the own telephone, forgotten or never set.

Never set it is in accounts that a desk, or a helper's code, opened for somebody.
"""

from http import HTTPStatus

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from motcua.channels.kit.access import public, visitor_network
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.fields import KitForm
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.tongues import said_by
from motcua.channels.kit.tongues import translate as _
from motcua.foundation.identity import api as identity
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated

from .forms import NewPasswordForm, PhoneCodeForm, ProveForm

_KEPT = "sign_in_code"  # in the session of this browser alone


@public
@never_cache
@shows_errors("account_login")
def ask(request: ActorRequest) -> HttpResponse:
    """Send a code to the telephone of an account; answers alike where there is none."""
    form = PhoneCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        network, phone = visitor_network(request), form.cleaned_data["phone"]
        try:
            request.session[_KEPT] = identity.send_sign_in_code(phone, network=network, at=now())
            return redirect("accounts:phone_code")
        except Anticipated as error:
            form.blame(said_by(error), "phone")
    context = {"form": form, "is_connected": identity.are_texts_sent()}
    return _shown(request, "phone_ask", form, context)


@public
@never_cache
@shows_errors("accounts:phone_ask")
def prove(request: ActorRequest) -> HttpResponse:
    """Take the code and the name."""
    form = ProveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            identity.prove_code(_token(request), typed["code"], typed["full_name"], at=now())
            return redirect("accounts:phone_password")
        except identity.WrongSignInCode as error:
            form.blame(said_by(error), "code")
    return _shown(request, "phone_code", form, {"form": form})


@public
@never_cache
@shows_errors("accounts:phone_ask")
def set_password(request: ActorRequest) -> HttpResponse:
    """Take the new password, and lead to the sign-in."""
    token = _token(request)
    account = identity.account_proven(token, at=now())
    form = NewPasswordForm(request.POST if request.method == "POST" else None, account=account)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password1"]
        account = identity.set_password_by_phone(token, password, at=now())
        request.session.pop(_KEPT, None)
        get_adapter(request).send_notification_mail("account/email/password_changed", account)
        messages.success(request, _("Đã đặt mật khẩu. Mời ông/bà đăng nhập bằng số điện thoại."))
        return redirect("account_login")
    return _shown(request, "phone_password", form, {"form": form})


def _token(request: ActorRequest) -> str:
    return str(request.session.get(_KEPT, ""))


def _shown(
    request: ActorRequest, name: str, form: KitForm, context: dict[str, object]
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, f"accounts/{name}.html", context, status=status)
