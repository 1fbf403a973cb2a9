"""Pages about the own account that allauth does not bring."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from motcua.casework.webhooks import api as webhooks
from motcua.channels.kit.access import for_partners
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.devices import device_in_words
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.tongues import keep_choice, speak
from motcua.channels.kit.tongues import translate as _
from motcua.foundation.access import api as access
from motcua.foundation.identity import api as identity
from motcua.foundation.mandates import api as mandates
from motcua.foundation.people import api as people
from motcua.lib.clock import local_day, now
from motcua.lib.text import whole_number

from .adapter import start_page
from .forms import ProfileForm


@for_partners
def overview(request: ActorRequest) -> HttpResponse:
    """Show what there is to see and change about the own account."""
    account, person_id = identity.get_account(request.actor.id), request.actor.person_id
    context = {
        "account": account,
        "person": people.get_person(person_id) if person_id else None,
        "actor": request.actor,
        "has_second_factor": identity.has_second_factor(account.pk),
        "can_stand_in": bool(delegations(request)),
        "has_webhooks": webhooks.has_own(request.actor),
        "is_helper": mandates.find_helper(request.actor.id, at=now()) is not None,
        "has_firms": bool(mandates.firms_of(request.actor, at=now())),
    }
    return render(request, "accounts/overview.html", context)


@for_partners
def start(request: ActorRequest) -> HttpResponse:
    """Go where this person's work begins."""
    return redirect(start_page(request.actor.id))


@shows_errors("accounts:profile")
def profile(request: ActorRequest) -> HttpResponse:
    """Show and change the own contacts; an officer's stand in the organisation's book."""
    if request.actor.person_id is None:
        return redirect("accounts:overview")
    person = people.get_person(request.actor.person_id)
    initial = {
        name: getattr(person, name) for name in ("addressed_as", "phone", "email", "address")
    }
    language = identity.get_account(request.actor.id).language
    form = ProfileForm(request.POST or None, initial={**initial, "language": language})
    if request.method == "POST" and form.is_valid():
        return _keep_profile(request, person.pk, form.cleaned_data, language)
    return render(request, "accounts/profile.html", {"form": form, "person": person})


def _keep_profile(
    request: ActorRequest, person_id: int, values: dict[str, str], language: str
) -> HttpResponse:
    """Keep the contacts and the language; pages of this browser follow a change of language."""
    chosen = identity.Language(values.pop("language") or language)
    people.update_contacts(person_id, people.Contacts(**values), by=request.actor, at=now())
    answer = redirect("accounts:profile")
    if chosen != language:
        identity.choose_language(chosen, by=request.actor, at=now())
        keep_choice(answer, chosen)
        speak(chosen)
    messages.success(request, _("Đã lưu thông tin liên hệ."))
    return answer


@for_partners
def sessions(request: ActorRequest) -> HttpResponse:
    """List the browsers in which this account is signed in."""
    here = session_key(request)
    rows = [
        {
            "key": one.session_key,
            "device": device_in_words(one.device),
            "ip_address": one.ip_address or "",
            "started_at": one.started_at,
            "seen_at": one.seen_at,
            "is_here": one.session_key == here,
        }
        for one in identity.sessions_of(request.actor.id, at=now())
    ]
    return render(request, "accounts/sessions.html", {"rows": rows})


@for_partners
@require_POST
@shows_errors("accounts:sessions")
def end_session(request: ActorRequest) -> HttpResponse:
    """Sign one browser out."""
    identity.end_session(request.POST.get("key", ""), by=request.actor, at=now())
    messages.success(request, _("Đã đăng xuất thiết bị đó."))
    return redirect("accounts:sessions")


@for_partners
@require_POST
def end_other_sessions(request: ActorRequest) -> HttpResponse:
    """Sign every other browser out."""
    count = identity.cut_sessions(request.actor.id, besides=session_key(request))
    messages.success(request, _("Đã đăng xuất %(count)s thiết bị khác.", count=count))
    return redirect("accounts:sessions")


def standing_in(request: ActorRequest) -> HttpResponse:
    """List for whom an officer may work today."""
    return render(
        request,
        "accounts/standing_in.html",
        {"delegations": delegations(request), "on_behalf_of": request.actor.on_behalf_of},
    )


@require_POST
@shows_errors("accounts:standing_in")
def act_for(request: ActorRequest) -> HttpResponse:
    """Work for somebody else from now on, or for oneself again."""
    delegation_id = whole_number(request.POST.get("delegation", ""))
    access.act_for(session_key(request), delegation_id, by=request.actor, at=now())
    request.session["acting_for"] = delegation_id
    return redirect("accounts:start")


def delegations(request: ActorRequest) -> list[dict[str, object]]:
    officer_id = identity.get_account(request.actor.id).officer_id
    today = local_day(now())
    if officer_id is None:
        return []
    return [
        {
            "id": one.pk,
            "title": one.post.title,
            "unit": one.post.unit.name,
            "holder": access.holder_of(one.post_id, on=today),
            "valid_to": one.valid_to,
        }
        for one in access.delegations_to(officer_id, on=today)
    ]


def session_key(request: HttpRequest) -> str:
    return request.session.session_key or ""
