"""Consents and authorisations on paper: seen at the desk, scanned, taken back here as well."""

from http import HTTPStatus
from typing import BinaryIO, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from motcua.channels.counter.consent_forms import CardForm, FirmConsentForm, HelpConsentForm
from motcua.channels.counter.frame import RECEIVE, desk_of, page
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.fields import Sent, UploadToken
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.files import api as files
from motcua.foundation.mandates import api as mandates
from motcua.lib.clock import now
from motcua.lib.errors import Anticipated, NotAllowed
from motcua.lib.text import whole_number


@shows_errors("counter:start")
def consents(request: ActorRequest) -> HttpResponse:
    """Find who may act for the person at the desk; lead to what can be written down."""
    desk, by = desk_of(request), request.actor
    by.require(RECEIVE, unit_id=desk.id)
    number = request.POST.get("personal_id", "").strip()
    look, at = mandates.look_up_at_desk, now()
    given = look(number, desk_unit_id=desk.id, by=by, at=at) if number else ()
    context = {"given": given, "number": number}
    return page(request, "consents", context, current="consents")


@shows_errors("counter:consents")
def record_help(request: ActorRequest) -> HttpResponse:
    """Write down that somebody agreed on paper to be helped."""
    desk = desk_of(request)
    request.actor.require(RECEIVE, unit_id=desk.id)
    helpers = mandates.helpers_at(desk.id, at=now())
    form = HelpConsentForm(request.POST or None, request.FILES or None, helpers=helpers)
    if request.method == "POST" and form.is_valid() and _kept(request, form, is_help=True):
        return redirect("counter:consents")
    return _shown(request, form, is_help=True)


@shows_errors("counter:consents")
def record_firm(request: ActorRequest) -> HttpResponse:
    """Write down a signed or notarised authorisation of a firm."""
    request.actor.require(RECEIVE, unit_id=desk_of(request).id)
    form = FirmConsentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _kept(request, form, is_help=False):
        return redirect("counter:consents")
    return _shown(request, form, is_help=False)


def _shown(request: ActorRequest, form: CardForm, *, is_help: bool) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"form": form, "is_help": is_help}
    return page(request, "record_consent", context, current="consents", status=status)


def _kept(request: ActorRequest, form: CardForm, *, is_help: bool) -> bool:
    """Keep the scan and the consent; say whether it could be."""
    by, at, typed = request.actor, now(), form.cleaned_data
    try:
        file_id = _scan(request, typed["paper"])
        paper = mandates.SeenPaper(file_id, desk_of(request).id, typed["number"])
        card, terms = form.card(), form.terms()
        if is_help:
            helper_id = int(typed["helper"])
            mandate = mandates.record_help(helper_id, card, terms, paper, by=by, at=at)
        else:
            mandate = mandates.record_firm(typed["tax_code"], card, terms, paper, by=by, at=at)
    except NotAllowed as error:
        form.blame(str(error))
        return False
    except Anticipated as error:
        form.blame(str(error), getattr(error, "field", ""))
        return False
    messages.success(request, f"Đã ghi sự đồng ý của {mandate.client_name}.")
    return True


def _scan(request: ActorRequest, sent: list[Sent | UploadToken]) -> int:
    by, at, given = request.actor, now(), sent[0]
    if isinstance(given, UploadToken):
        return files.finish_upload(given, by=by, at=at).pk
    name = given.name or "giay-dong-y.pdf"
    return files.keep_file(name, cast("BinaryIO", given.file), by=by, at=at).pk


@require_POST
@shows_errors("counter:consents")
def take_back(request: ActorRequest) -> HttpResponse:
    """Take a consent back for the person at the desk."""
    mandates.take_back_at_desk(
        request.POST.get("personal_id", ""),
        whole_number(request.POST.get("mandate", "")) or 0,
        desk_unit_id=desk_of(request).id,
        by=request.actor,
        at=now(),
    )
    messages.success(request, "Đã rút lại sự đồng ý; người làm thay mất quyền ngay.")
    return redirect("counter:consents")
