"""What the owner does with a dossier: supply, withdraw, confirm a draft, rate."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from motcua.casework.dossiers import api as dossiers
from motcua.casework.forms.api import (
    check_answers,
    clean_answers,
    settle_places,
    visible_fields,
    with_reckoned,
)
from motcua.casework.ratings import api as ratings
from motcua.channels.kit.agents import for_agents
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.questions import Shown, questions_of, typed_into
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.tongues import said_by
from motcua.channels.kit.tongues import translate as _
from motcua.channels.portal import one_dossier
from motcua.channels.portal.drafting import posted
from motcua.channels.portal.forms import RateForm, RightOrWrongForm, WithdrawForm
from motcua.channels.portal.own_signing import supplied_signables
from motcua.channels.portal.receiving import ACCEPT, arrived_files
from motcua.foundation.files import api as files
from motcua.foundation.signing import api as signing
from motcua.lib.clock import local_day, now
from motcua.lib.errors import Anticipated, NotAllowed, NotFound

from .dossiers import name_of, own

PREFIX = "tep."


@for_agents()
@shows_errors("portal:dossier")
def supply(request: ActorRequest, code: str) -> HttpResponse:
    """Show what is missing and why; keep what comes, then send it or let it be signed first."""
    found = own(request, code)
    whole = dossiers.whole(found)
    wanted, items = one_dossier.asked_for(whole)
    errors: dict[str, str] = {}
    kept = dossiers.supplying_of(found)
    answers = {**whole.answers, **(kept.draft.answers if kept.draft else {})}
    if request.method == "POST":
        corrected = _corrected(whole, answers, request)
        answers |= corrected
        errors = _complaints(whole, answers, corrected)
        if corrected and not errors:
            dossiers.keep_supply(code, 0, [], corrected, by=request.actor, at=now())
        errors |= _keep(request, code, items)
        if not errors and (done := _gone_on(request, code, errors)):
            return done
    context = {
        "dossier": found,
        "name": name_of(found),
        "wanted": wanted,
        "items": [{"item": item, "name": f"{PREFIX}{item.seq}"} for item in items],
        "kept": supplied_signables(found),
        "can_sign": bool(signing.own_services()),
        "groups": _groups(whole, answers, errors),
        "errors": errors,
        "problems": [{"text": text, "href": f"#id_{name}"} for name, text in errors.items()],
        "most_bytes": files.most_bytes(),
        "accept": ACCEPT,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return render(request, "portal/supply.html", context, status=status)


def _keep(request: ActorRequest, code: str, items: list[Any]) -> dict[str, str]:
    """Keep the files that came for each item; return what was wrong with the others."""
    errors: dict[str, str] = {}
    for item in items:
        name = f"{PREFIX}{item.seq}"
        for arrived in arrived_files(request, name):
            try:
                stored, file_name = arrived.keep(by=request.actor, at=now())
                paper = dossiers.PaperIn(
                    spec_code=item.spec_code,
                    name=item.what[:1000],
                    kind=dossiers.CopyKind.ELECTRONIC,
                    file_id=stored.pk,
                    file_name=file_name,
                )
                dossiers.keep_supply(code, item.seq, [paper], by=request.actor, at=now())
            except (NotAllowed, NotFound):
                raise
            except Anticipated as error:
                errors[name] = said_by(error)
    return errors


def _gone_on(request: ActorRequest, code: str, errors: dict[str, str]) -> HttpResponse | None:
    """Send what was kept, or go on to sign it; a refusal goes into `errors`, nothing is lost."""
    if "ky" in request.POST:
        return redirect("portal:supply_sign", code)
    try:
        dossiers.send_supply(code, by=request.actor, at=now())
    except (NotAllowed, NotFound):
        raise
    except Anticipated as error:
        errors["da-tai-len"] = said_by(error)
        return None
    told = _("Đã gửi bổ sung cho hồ sơ %(code)s. Cơ quan sẽ xem tiếp.", code=code)
    messages.success(request, told)
    return redirect("portal:dossier", code)


def _corrected(
    whole: dossiers.WholeDossier, answers: dict[str, Any], request: ActorRequest
) -> dict[str, Any]:
    """Return only those answers that are now other than before."""
    if "sua" not in request.POST or whole.definition.form is None:
        return {}
    form = whole.definition.form
    fields = [one for page in form.pages for one in visible_fields(page, answers)]
    typed = answers | clean_answers(fields, typed_into(fields, request.POST))
    after = with_reckoned(form, settle_places(fields, typed, on=local_day(now())))
    return {name: value for name, value in after.items() if answers.get(name) != value}


def _complaints(
    whole: dossiers.WholeDossier, answers: dict[str, Any], corrected: dict[str, Any]
) -> dict[str, str]:
    if whole.definition.form is None:
        return {}
    complaints = check_answers(whole.definition.form, answers)
    return {name: text for name, text in complaints.items() if name.split(".")[0] in corrected}


def _groups(
    whole: dossiers.WholeDossier, answers: dict[str, Any], errors: dict[str, str]
) -> list[dict[str, Any]]:
    form = whole.definition.form
    shown = Shown(answers=answers, complaints=errors, known={})
    pages = form.pages if form else ()
    return [{"title": page.title, "questions": questions_of(page, shown)} for page in pages]


@shows_errors("portal:dossier")
def withdraw(request: ActorRequest, code: str) -> HttpResponse:
    """Ask once more, then take the dossier back."""
    found = own(request, code)
    if not dossiers.may_take_back(found, request.actor):
        told = _("Chỉ người đã nộp hoặc người quản lý tài khoản của tổ chức rút hồ sơ này.")
        raise NotAllowed(told)
    if not one_dossier.can_withdraw(found, request.actor):
        told = _("Hồ sơ %(code)s đang ở “%(state)s”, không rút được nữa.")
        raise dossiers.StepNotOpen(told % {"code": code, "state": _(found.get_status_display())})
    form = WithdrawForm(posted(request))
    if request.method == "POST" and form.is_valid():
        dossiers.withdraw(code, form.cleaned_data["reason"], by=request.actor, at=now())
        messages.success(
            request, _("Đã rút hồ sơ %(code)s. Bản chính được trả tại nơi đã nộp.", code=code)
        )
        return redirect("portal:dossier", code)
    note = dossiers.whole(found).definition.withdrawal_note
    context = {"dossier": found, "name": name_of(found), "form": form, "note": note}
    return render(request, "portal/withdraw.html", context)


@shows_errors("portal:dossier")
def confirm(request: ActorRequest, code: str) -> HttpResponse:
    """Show what the outcome will say, and ask whether it is right."""
    found = own(request, code)
    if not one_dossier.must_confirm(found):
        told = _("Hồ sơ %(code)s không chờ ông/bà xem bản nháp.")
        raise dossiers.StepNotOpen(told % {"code": code})
    form = RightOrWrongForm(posted(request))
    if request.method == "POST" and form.is_valid():
        is_right = form.cleaned_data["is_right"] == "true"
        comment = "" if is_right else form.cleaned_data["comment"]
        dossiers.confirm_draft(code, is_right=is_right, comment=comment, by=request.actor, at=now())
        messages.success(request, _("Đã gửi ý kiến về bản nháp của hồ sơ %(code)s.", code=code))
        return redirect("portal:dossier", code)
    whole = dossiers.whole(found)
    context = {
        "dossier": found,
        "name": name_of(found),
        "form": form,
        "drafts": one_dossier.drafts_of(whole),
        "silent_from": one_dossier.silent_from(whole),
        "groups": one_dossier.told_in(whole),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "portal/confirm.html", context, status=status)


@shows_errors("portal:dossier")
def rate(request: ActorRequest, code: str) -> HttpResponse:
    """Ask how it was, once."""
    found = own(request, code)
    form = RateForm(posted(request))
    if request.method == "POST" and form.is_valid():
        marks = ratings.Marks(**{name: int(form.cleaned_data[name]) for name in ratings.ASPECTS})
        ratings.rate_dossier(code, marks, form.cleaned_data["comment"], by=request.actor, at=now())
        messages.success(request, _("Cảm ơn ông/bà đã đánh giá hồ sơ %(code)s.", code=code))
        return redirect("portal:dossier", code)
    context = {"dossier": found, "name": name_of(found), "form": form, "aspects": ratings.ASPECTS}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "portal/rate.html", context, status=status)
