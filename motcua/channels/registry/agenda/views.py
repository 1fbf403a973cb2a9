"""The week of an agency: read, propose, approve, publish; one's own calendar by address."""

from collections.abc import Callable
from datetime import date, timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.agendas import api as agendas
from motcua.casework.agendas.api import AgendaEntry, EntryState
from motcua.channels.kit.days import read_day
from motcua.channels.kit.decorators import public, shows_errors
from motcua.channels.kit.downloads import file_response
from motcua.channels.kit.kept import kept_files
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.words import Badge, short_day
from motcua.channels.registry.frame import for_colleagues, page
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput

from .forms import EntryForm, PublishForm, WordsForm
from .offering import facts_of, initial_of, offer

_WEEK = timedelta(days=7)
_TONES = {
    EntryState.PROPOSED: "soon",
    EntryState.APPROVED: "ok",
    EntryState.DECLINED: "neutral",
    EntryState.CANCELLED: "late",
}
_FIELDS = {"chair": "chair", "ends": "ends", "day": "day", "title": "title"}


@require_GET
@for_colleagues("registry:agenda")
def week(request: ActorRequest) -> HttpResponse:
    """Show one week of the officer's agency. Costs: four statements."""
    day, agency_id = _day(request), _agency(request)
    found = agendas.week_for(request.actor, agency_id, day)
    context = {
        "week": found,
        "states": {state.value: Badge(state.label, _TONES[state]) for state in EntryState},
        "before": _at(found.monday - _WEEK),
        "after": _at(found.monday + _WEEK),
        "today": reverse("registry:agenda"),
        "this_day": local_day(now()),
        "number": found.monday.isocalendar().week,
        "public_href": f"/lich-cong-tac/{organisation.tree().agency(agency_id).code}/"
        f"?ngay={found.monday}",
        "print_href": f"{reverse('registry:agenda_print')}?ngay={found.monday}",
        "propose_href": f"{reverse('registry:propose_entry')}?ngay={found.monday}",
        "publish_href": f"{reverse('registry:publish_week')}?ngay={found.monday}",
    }
    return page(request, "agenda/week", context, current="agenda")


@require_GET
@for_colleagues("registry:agenda")
def printed(request: ActorRequest) -> HttpResponseBase:
    """Show the week as it is printed."""
    day = agendas.monday_of(_day(request))
    content = agendas.week_pdf(request.actor, _agency(request), day, at=now())
    headers = {"Content-Disposition": f'inline; filename="lich-tuan-{day}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "POST"])
@for_colleagues("registry:agenda")
def propose(request: ActorRequest) -> HttpResponseBase:
    """Ask what is to stand in the calendar, and propose it."""
    actor, at, agency_id = request.actor, now(), _agency(request)
    is_post = request.method == "POST"
    units = agendas.proposing_units(agency_id, actor)
    initial = {"day": _day(request), "unit": str(units[0]) if units else ""}
    form = EntryForm(
        request.POST if is_post else None, request.FILES if is_post else None, initial=initial
    )
    offer(form, actor, agency_id, at)
    if is_post and form.is_valid():
        made = _try(form, lambda: _propose(request, form, agency_id))
        if made is not None:
            messages.success(request, _said(made))
            return redirect(_at(made.day))
    context = {"form": form, "title": "Đăng ký lịch công tác", "back": _at(_day(request))}
    return page(request, "agenda/form", context, current="agenda", status=422 if is_post else 200)


@require_http_methods(["GET", "POST"])
@for_colleagues("registry:agenda")
def change(request: ActorRequest, code: str) -> HttpResponseBase:
    """Ask what is to stand instead, and change the entry."""
    actor, at = request.actor, now()
    shown, _ = agendas.entry_page(actor, code)
    is_post = request.method == "POST"
    form = EntryForm(
        request.POST if is_post else None,
        request.FILES if is_post else None,
        initial=initial_of(shown),
    )
    agency_id = shown.entry.agency_id
    offer(form, actor, agency_id, at)
    form.fields["unit"].choices = [(str(shown.entry.unit_id), shown.unit_name)]  # type: ignore[attr-defined]  # -- a select has choices
    if is_post and form.is_valid():
        changed = _try(form, lambda: _change(request, form, shown.entry))
        if changed is not None:
            messages.success(request, _said(changed))
            return redirect("registry:agenda_entry", code)
    back = reverse("registry:agenda_entry", args=[code])
    context = {"form": form, "title": "Sửa lịch công tác", "back": back}
    return page(request, "agenda/form", context, current="agenda", status=422 if is_post else 200)


def _propose(request: ActorRequest, form: EntryForm, agency_id: int) -> AgendaEntry:
    data, at = form.cleaned_data, now()
    return agendas.propose_entry(
        int(data["unit"]),
        facts_of(data, agency_id, at),
        by=request.actor,
        at=at,
        papers=_papers(request, form),
    )


def _change(request: ActorRequest, form: EntryForm, entry: AgendaEntry) -> AgendaEntry:
    at = now()
    facts = facts_of(form.cleaned_data, entry.agency_id, at)
    papers = _papers(request, form)
    return agendas.change_entry(entry.code, facts, by=request.actor, at=at, papers=papers)


def _papers(request: ActorRequest, form: EntryForm) -> list[agendas.PaperIn]:
    kept = kept_files(form.cleaned_data["attached"] or [], by=request.actor, at=now())
    return [agendas.PaperIn(one.name, one.pk) for one in kept]


def _try(form: EntryForm, act: Callable[[], AgendaEntry]) -> AgendaEntry | None:
    """Do it; what cannot be used is said beside its field."""
    try:
        return act()
    except BadInput as error:
        form.blame(str(error), _FIELDS.get(error.field, error.field))
        return None


def _said(entry: AgendaEntry) -> str:
    if entry.state == EntryState.PROPOSED:
        return f"Đã đăng ký “{entry.title}”, chờ văn phòng duyệt."
    return f"“{entry.title}” đã vào lịch."


@require_GET
@for_colleagues("registry:agenda")
def entry(request: ActorRequest, code: str) -> HttpResponse:
    """Show one entry with its papers and history."""
    shown, moves = agendas.entry_page(request.actor, code)
    state = EntryState(shown.entry.state)
    approves = agendas.can_approve(shown.entry.agency_id, request.actor)
    context = {
        "shown": shown,
        "entry": shown.entry,
        "state": Badge(state.label, _TONES[state]),
        "can_decide": approves and state == EntryState.PROPOSED,
        "back": _at(shown.entry.day),
        "moves": [
            {
                "title": agendas.Act(move.act).label,
                "state": "done",
                "by": move.by_name,
                "at": move.at,
                "text": move.note,
            }
            for move in reversed(moves)
        ],
    }
    return page(request, "agenda/entry", context, current="agenda")


@require_POST
@for_colleagues("registry:agenda_entry")
def approve(request: ActorRequest, code: str) -> HttpResponseBase:
    """Take a proposal into the calendar."""
    made = agendas.approve_entry(code, by=request.actor, at=now())
    messages.success(request, f"Đã duyệt “{made.title}”.")
    return redirect(_at(made.day))


@require_http_methods(["GET", "POST"])
@for_colleagues("registry:agenda_entry")
def decline(request: ActorRequest, code: str) -> HttpResponseBase:
    """Ask why a proposal is left out, and leave it out."""
    return _with_reason(request, code, "Không đưa vào lịch", agendas.decline_entry)


@require_http_methods(["GET", "POST"])
@for_colleagues("registry:agenda_entry")
def cancel(request: ActorRequest, code: str) -> HttpResponseBase:
    """Ask why an entry is put off, and put it off."""
    return _with_reason(request, code, "Hoãn, hủy", agendas.cancel_entry)


def _with_reason(
    request: ActorRequest, code: str, title: str, act: Callable[..., AgendaEntry]
) -> HttpResponseBase:
    found = agendas.get_entry_for(request.actor, code)
    is_post = request.method == "POST"
    form = WordsForm(request.POST if is_post else None)
    if is_post and form.is_valid():
        made = act(code, form.cleaned_data["words"], by=request.actor, at=now())
        messages.success(request, f"{title}: “{made.title}”.")
        return redirect(_at(made.day))
    back = reverse("registry:agenda_entry", args=[code])
    context = {"form": form, "title": title, "about": found.title, "back": back}
    return page(request, "agenda/ask", context, current="agenda", status=422 if is_post else 200)


@require_http_methods(["GET", "POST"])
@for_colleagues("registry:agenda")
def publish(request: ActorRequest) -> HttpResponseBase:
    """Ask how the week is published, and publish it."""
    actor, agency_id = request.actor, _agency(request)
    found = agendas.week_for(actor, agency_id, _day(request))
    is_post = request.method == "POST"
    initial = {"notes": found.week.notes, "is_public": found.week.is_public} if found.week else {}
    form = PublishForm(request.POST if is_post else None, initial=initial)
    if is_post and form.is_valid():
        agendas.publish_week(agency_id, found.monday, by=actor, at=now(), **form.cleaned_data)
        messages.success(request, f"Đã công bố lịch tuần từ {found.monday:%d/%m/%Y}.")
        return redirect(_at(found.monday))
    warnings = _clashes(found)
    context = {"form": form, "week": found, "warnings": warnings, "back": _at(found.monday)}
    return page(request, "agenda/publish", context, current="agenda")


def _clashes(found: agendas.WeekShown) -> list[str]:
    """Return each clash of the week once, in words about both."""
    said: dict[frozenset[str], str] = {}
    for day in found.days:
        for one in day.entries:
            own = f"{one.entry.starts:%H:%M} {one.entry.title}"
            for words in one.clashes:
                what, _, other = words.partition(": ")
                both = frozenset({what, own, other})
                said.setdefault(both, f"{what} ({short_day(day.day)}): {own}; {other}")
    return list(said.values())


@require_http_methods(["GET", "POST"])
@for_colleagues("registry:agenda_feed")
def feed(request: ActorRequest) -> HttpResponseBase:
    """Show, make anew or end the secret address of one's own calendar."""
    if request.method == "POST":
        if request.POST.get("viec") == "thoi":
            agendas.end_feed(by=request.actor, at=now())
            messages.success(request, "Địa chỉ lịch riêng đã thôi dùng.")
        else:
            agendas.renew_feed(by=request.actor, at=now())
            messages.success(request, "Đã lập địa chỉ lịch riêng; địa chỉ cũ không còn dùng được.")
        return redirect("registry:agenda_feed")
    found = agendas.feed_of(request.actor)
    href = reverse("registry:agenda_ics", args=[found.token]) if found else ""
    address = request.build_absolute_uri(href) if href else ""
    return page(request, "agenda/feed", {"address": address, "feed": found}, current="agenda")


@public
@require_GET
@shows_errors()
def calendar_file(request: ActorRequest, token: str) -> HttpResponseBase:  # noqa: ARG001 -- the address itself grants access
    """Hand the holder of a secret address his own calendar."""
    content = agendas.feed_file(token, at=now())
    headers = {"Cache-Control": "private, max-age=300"}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


@require_GET
@for_colleagues("registry:agenda")
def entry_file(request: ActorRequest, code: str, seq: int) -> HttpResponseBase:
    """Hand out one paper of an entry."""
    found = agendas.entry_file(request.actor, code, seq)
    return file_response(found.file, found.name, inline=True)


def _agency(request: ActorRequest) -> int:
    tree = organisation.tree()
    units = request.actor.unit_ids
    if not units:
        raise Http404("Ông/bà chưa giữ vị trí nào.")
    return tree.unit(units[0]).agency_id


def _day(request: ActorRequest) -> date:
    """Return the day asked for; today for what is none."""
    typed = request.GET.get("ngay", "")
    try:
        return read_day(typed) if typed else local_day(now())
    except ValidationError:
        return local_day(now())


def _at(day: date) -> str:
    return f"{reverse('registry:agenda')}?ngay={agendas.monday_of(day)}"
