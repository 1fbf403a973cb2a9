"""What this person has been told: the list, one notice, how many are unread."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from motcua.channels.kit.areas import working_areas
from motcua.channels.kit.decorators import shows_errors
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.tongues import translate as _
from motcua.channels.kit.turning import place
from motcua.foundation.notifications import api as notifications
from motcua.lib.actor import ActorKind
from motcua.lib.clock import now
from motcua.lib.paging import decode

from .forms import MailForm

_AT_ONCE = 20
_FRAMES = {True: "accounts/notices_staff.html", False: "accounts/notices_citizen.html"}


@require_GET
@shows_errors("accounts:notices")
def notices(request: ActorRequest) -> HttpResponse:
    """List what the person has been told, newest first. Costs: two statements."""
    cursor = decode(request.GET.get("after", ""))
    found = notifications.notices_of(request.actor.id, cursor=cursor, limit=_AT_ONCE)
    context = {
        "notices": found.rows,
        "next": place(request, found.next, "after"),
        "previous": place(request, found.previous, "after"),
        "unread": notifications.count_unread(request.actor.id),
        "most": notifications.MOST_COUNTED,
    }
    return _shown(request, "accounts/notices.html", context)


def _shown(request: ActorRequest, inside: str, context: dict[str, object]) -> HttpResponse:
    """Return the page in the frame its reader works in."""
    is_officer = request.actor.kind == ActorKind.OFFICER
    around = {
        "inside": inside,
        "actor": request.actor,
        "areas": working_areas(request.actor) if is_officer else (),
    }
    return render(request, _FRAMES[is_officer], {**around, **context})


@require_POST
@shows_errors("accounts:notices")
def open_notice(request: ActorRequest, notice_id: int) -> HttpResponse:
    """Note that one notice has been read, and go to what it is about."""
    notice = notifications.get_notice(notice_id, of=request.actor.id)
    notifications.mark_read([notice.pk], by=request.actor, at=now())
    return redirect(notice.link or "accounts:notices")


@require_POST
def read_all(request: ActorRequest) -> HttpResponse:
    """Note that everything has been read."""
    notifications.mark_all_read(by=request.actor, at=now())
    return redirect("accounts:notices")


@never_cache
@require_GET
def unread(request: ActorRequest) -> HttpResponse:
    """Return how many notices are unread; pages ask once a minute at most. Costs: one statement."""
    count = notifications.count_unread(request.actor.id)
    return HttpResponse(str(count), content_type="text/plain")


@shows_errors("accounts:mails")
def mails(request: ActorRequest) -> HttpResponse:
    """Show and change which notices also come by mail."""
    by, is_officer = request.actor, request.actor.kind == ActorKind.OFFICER
    choices = notifications.choices_of(by.id, for_officers=is_officer)
    initial = {"kinds": [one.kind.code for one in choices if one.by_email]}
    form = MailForm(request.POST or None, initial=initial)
    form.offer([(one.kind.code, _(one.kind.label)) for one in choices])
    if request.method == "POST" and form.is_valid():
        notifications.choose_mails(form.cleaned_data["kinds"], for_officers=is_officer, by=by)
        messages.success(request, _("Đã lưu lựa chọn."))
        return redirect("accounts:mails")
    return render(request, "accounts/mails.html", {"form": form})
