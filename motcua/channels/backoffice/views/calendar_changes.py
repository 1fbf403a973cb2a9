"""A drafted change of a calendar: what it would move, its application, what became of it."""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures import api as procedures
from motcua.channels.backoffice.doing import Act, done, tried, troubled
from motcua.channels.backoffice.forms.calendar_changes import DecisionForm
from motcua.channels.backoffice.forms.calendars import DaysForm
from motcua.channels.backoffice.frame import form_page, page
from motcua.channels.backoffice.guard import needs
from motcua.channels.kit.fields import KitForm
from motcua.channels.kit.requests import ActorRequest
from motcua.channels.kit.spreadsheets import csv_lines
from motcua.channels.kit.words import moment
from motcua.foundation.access.api import Power
from motcua.foundation.calendar import api as calendar
from motcua.foundation.organisation import api as organisation
from motcua.foundation.requests import api as requests
from motcua.lib.clock import now

FORM = ["GET", "POST"]
CURRENT = "calendars"
ROWS = 100
KINDS = [
    ("", "Tất cả"),
    *((one.value, one.label) for one in calendar.ShiftKind),
    (dossiers.SHIFT_FAILED, "Chưa dời được do lỗi"),
]
for_editors = needs(Power.EDIT_CALENDARS, everywhere=True)


def change_address(change_id: int, view: str = "calendar_change") -> str:
    return reverse(f"backoffice:{view}", args=[change_id])


def draft(
    request: ActorRequest, form: KitForm, found: calendar.WorkCalendar, asked: calendar.Proposal
) -> HttpResponse | None:
    """Draft a change and lead to what it would move; None if the form has to be shown again."""

    def act(at: datetime) -> str:
        made = dossiers.draft_calendar_change(found.pk, asked, by=request.actor, at=at)
        return change_address(made.pk)

    with requests.slow_place() if form.is_valid() else nullcontext():
        return tried(request, form, act, "Đã soạn dự thảo. Lịch chưa đổi; hãy xem rồi áp dụng.")


def crumbs(change: calendar.CalendarChange) -> list[tuple[str, str]]:
    """Return the way from the list of calendars to the change."""
    found = change.calendar
    return [
        ("Lịch làm việc", reverse("backoffice:calendars")),
        (found.name, reverse("backoffice:calendar", args=[found.code])),
        (title_of(change), change_address(change.pk)),
    ]


def title_of(change: calendar.CalendarChange) -> str:
    return f"Thay đổi lịch số {change.pk}"


@require_GET
@for_editors
def show_change(request: ActorRequest, change_id: int) -> HttpResponse:
    """Show a change: what it writes, what it would move, agency by agency.

    Costs: seven statements.
    """
    change = calendar.get_change(change_id)
    is_applying = change.state == calendar.ChangeState.APPLYING
    run = dossiers.shift_run(change_id)
    figures = dossiers.shifts_by_agency(change_id, by=request.actor)
    tree = organisation.tree()
    context = {
        "title": title_of(change),
        "crumbs": crumbs(change)[:-1],
        "change": change,
        "state": calendar.ChangeState(change.state).label,
        "is_draft": change.state == calendar.ChangeState.DRAFT,
        "is_applying": is_applying,
        "failed": dossiers.shifts_failed(change_id),
        "troubled": troubled("dossiers.follow_calendar") if is_applying else None,
        "lines": calendar.proposal_in_words(calendar.proposal_of(change.content)),
        "run": run,
        "is_stale": is_stale(change, run),
        "sums": sums_of(figures),
        "rows": [(tree.agency(one.id).name, tree.agency(one.id).code, one) for one in figures],
        "days_words": days_words,
        "why": dossiers.why_of(change) if change.decision_number else "",
    }
    return page(request, "calendar_change", context, current=CURRENT)


def is_stale(change: calendar.CalendarChange, run: dossiers.ShiftRun | None) -> bool:
    """Say whether the draft has to be measured again before it is applied."""
    if change.state != calendar.ChangeState.DRAFT:
        return False
    seen = (run.revision, run.version) if run else None
    return seen != (change.revision, calendar.version_in_force())


def sums_of(figures: list[dossiers.ShiftFigures]) -> list[tuple[str, int]]:
    """Return the figures over all agencies, each with its words; none is left out."""
    kinds = calendar.ShiftKind
    told = [
        ("later", kinds.LATER.label),
        ("earlier", kinds.EARLIER.label),
        ("held", kinds.HELD.label),
        ("past", kinds.PAST.label),
        ("own", kinds.OWN.label),
        ("only_steps", kinds.STEPS.label),
        ("steps", "Bước đang mở đổi hạn"),
        ("applied", "Đã áp dụng xong"),
    ]
    return [(words, sum(getattr(one, name) for one in figures)) for name, words in told]


def days_words(one: dossiers.ShiftFigures) -> str:
    """Return by how many days the promises move."""
    least, most = one.least_days, one.most_days
    if least == most == 0:
        return "không đổi ngày"
    return f"{least:+d} ngày" if least == most else f"{least:+d} đến {most:+d} ngày"


@require_GET
@for_editors
def shifted_in_agency(request: ActorRequest, change_id: int, code: str) -> HttpResponse:
    """Show what a change moves in one agency, procedure by procedure.

    Costs: four statements.
    """
    change = calendar.get_change(change_id)
    agency = organisation.tree().agency_by_code(code)
    if agency is None:
        raise Http404
    found = dossiers.shifts_by_procedure(change_id, agency.id, by=request.actor)
    names = procedures.named([one.id for one in found])
    context = {
        "title": agency.name,
        "crumbs": crumbs(change),
        "change": change,
        "agency": agency,
        "rows": [(" ".join(names.get(one.id, ("–",))), one) for one in found],
        "days_words": days_words,
    }
    return page(request, "calendar_change_agency", context, current=CURRENT)


@require_GET
@for_editors
def shifted(request: ActorRequest, change_id: int) -> HttpResponse:
    """List the dossiers that a change touches, a page at a time.

    Costs: three statements.
    """
    change = calendar.get_change(change_id)
    kind = request.GET.get("loai", "")
    agency = organisation.tree().agency_by_code(request.GET.get("co-quan", ""))
    found = dossiers.shifted_dossiers(
        change_id,
        by=request.actor,
        after=whole(request.GET.get("sau", "")),
        agency_id=agency.id if agency else None,
        kind=kind if kind in dict(KINDS) else "",
        most=ROWS + 1,
    )
    rows = found[:ROWS]
    tree = organisation.tree()
    names = procedures.named([one.procedure_id for one in rows if one.procedure_id])
    context = {
        "title": "Hồ sơ đổi ngày hẹn",
        "crumbs": crumbs(change),
        "change": change,
        "kinds": KINDS,
        "kind": kind,
        "agency_code": agency.code if agency else "",
        "rows": [
            (one, tree.agency(one.agency_id).name, names.get(one.procedure_id or 0, ("", KEPT))[1])
            for one in rows
        ],
        "after": rows[-1].dossier_id if len(found) > ROWS else 0,
    }
    return page(request, "calendar_change_dossiers", context, current=CURRENT)


KEPT = "Hồ sơ giữ kín"


def whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0  # noqa: PLR2004 -- fits the database


@require_GET
@for_editors
def export_shifted(request: ActorRequest, change_id: int) -> HttpResponseBase:
    """Stream all dossiers that a change touches as a table for a spreadsheet."""
    calendar.get_change(change_id)
    request.actor.require(Power.EDIT_CALENDARS, unit_id=0)
    return StreamingHttpResponse(
        csv_lines(lines_of(change_id, request)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="doi-ngay-hen-{change_id}.csv"'},
    )


def lines_of(change_id: int, request: ActorRequest) -> Iterator[tuple[object, ...]]:
    """Yield the heading and a line for each dossier."""
    yield (
        "Mã hồ sơ",
        "Cơ quan giải quyết",
        "Mã thủ tục",
        "Loại",
        "Hẹn cũ",
        "Hẹn mới",
        "Tính theo lịch mới",
        "Số ngày dời",
        "Số bước đổi hạn",
        "Đã áp dụng",
    )
    tree, known = organisation.tree(), dict[int, tuple[str, str]]()
    for one in dossiers.every_shifted(change_id, by=request.actor):
        if one.procedure_id and one.procedure_id not in known:
            known |= procedures.named([one.procedure_id])
        yield (
            one.code or KEPT,
            tree.agency(one.agency_id).name,
            known.get(one.procedure_id or 0, ("", ""))[0],
            one.kind.label,
            moment(one.due_was) if one.due_was else "",
            moment(one.due_now) if one.due_now else "",
            moment(one.due_counted) if one.due_counted else "",
            one.days,
            one.steps,
            moment(one.applied_at) if one.applied_at else "",
        )


@require_POST
@for_editors
def measure(request: ActorRequest, change_id: int) -> HttpResponse:
    """Measure a draft again."""

    def act(at: datetime) -> str:
        dossiers.measure_change(change_id, by=request.actor, at=at)
        return change_address(change_id)

    return _answered(request, change_id, act, "Đã tính lại.")


@require_POST
@for_editors
def withdraw(request: ActorRequest, change_id: int) -> HttpResponse:
    """Give a draft up."""
    revision = whole(request.POST.get("revision", ""))

    def act(at: datetime) -> str:
        calendar.withdraw_change(change_id, revision=revision, by=request.actor, at=at)
        return change_address(change_id)

    return _answered(request, change_id, act, "Đã rút dự thảo; lịch không đổi.")


@require_POST
@for_editors
def retry(request: ActorRequest, change_id: int) -> HttpResponse:
    """Have those dossiers follow that could not though nobody foresaw it."""

    def act(at: datetime) -> str:
        dossiers.retry_shifts(change_id, by=request.actor, at=at)
        return change_address(change_id)

    return _answered(request, change_id, act, "Các hồ sơ gặp lỗi được dời hẹn lại ngay sau đây.")


@require_POST
@for_editors
def undo(request: ActorRequest, change_id: int) -> HttpResponse:
    """Draft the change that takes an applied one back."""
    change = calendar.get_change(change_id)
    if change.state != calendar.ChangeState.APPLIED:
        raise Http404
    asked = calendar.proposal_of(change.before)

    def act(at: datetime) -> str:
        made = dossiers.draft_calendar_change(
            change.calendar_id,
            asked,
            by=request.actor,
            at=at,
            reason=f"Bỏ thay đổi số {change.pk} ({change.decision_number})",
        )
        return change_address(made.pk)

    return _answered(request, change_id, act, "Đã soạn dự thảo để bỏ thay đổi này.")


def _answered(request: ActorRequest, change_id: int, act: Act, said: str) -> HttpResponse:
    """Do what a button asks; what was changed meanwhile is said on the page of the change."""
    try:
        with requests.slow_place():
            return done(request, act, said)
    except calendar.ChangeMovedOn as error:
        messages.error(request, str(error))
        return redirect(change_address(change_id))


@require_http_methods(FORM)
@for_editors
def add_days(request: ActorRequest, change_id: int) -> HttpResponse:
    """Add days to a draft, as it was looked at."""
    change = calendar.get_change(change_id)
    form = DaysForm(request.POST or None)
    revision = whole(request.POST.get("revision", "")) or change.revision

    def act(at: datetime) -> str:
        asked = calendar.proposal_of(change.content)
        days = {day.on: day for day in (*asked.days, *form.days())}
        kept = tuple(on for on in asked.days_out if on not in days)
        more = replace(asked, days=tuple(days.values()), days_out=kept)
        dossiers.amend_calendar_change(change_id, more, revision=revision, by=request.actor, at=at)
        return change_address(change_id)

    with requests.slow_place() if request.POST else nullcontext():
        answer = tried(request, form, act, "Đã thêm ngày vào dự thảo và tính lại.")
    context = {
        "title": "Thêm ngày vào dự thảo",
        "button": "Thêm và tính lại",
        "back": change_address(change_id),
        "crumbs": crumbs(change),
        "revision": revision,
    }
    return answer or form_page(
        request, form, context, current=CURRENT, template="calendar_change_form"
    )


@require_http_methods(FORM)
@for_editors
def apply(request: ActorRequest, change_id: int) -> HttpResponse:
    """Write a drafted change into the calendar by decision; open dossiers follow it."""
    change = calendar.get_change(change_id)
    run = dossiers.shift_run(change_id)
    if change.state != calendar.ChangeState.DRAFT or run is None:
        return redirect(change_address(change_id))
    form = DecisionForm(request.POST or None)
    seen = whole(request.POST.get("version", "")) or run.version
    revision = whole(request.POST.get("revision", "")) or run.revision

    def act(at: datetime) -> str:
        values = form.cleaned_data
        calendar.begin_change(
            change_id,
            revision=revision,
            version=seen,
            decision_number=values["number"],
            decision_on=values["on"],
            by=request.actor,
            at=at,
        )
        return change_address(change_id)

    sums = sums_of(dossiers.shifts_by_agency(change_id, by=request.actor))
    context = {
        "title": "Áp dụng thay đổi lịch",
        "button": "Áp dụng",
        "warning": True,
        "intro": "; ".join(f"{words.lower()}: {count}" for words, count in sums if count)
        or "Không hồ sơ nào đổi ngày hẹn.",
        "back": change_address(change_id),
        "crumbs": crumbs(change),
        "revision": revision,
        "version": seen,
        "measured_at": run.measured_at,
        "at": now(),
    }
    return tried(request, form, act, "Lịch đã đổi. Hồ sơ đang mở được dời hẹn ngay sau đây.") or (
        form_page(request, form, context, current=CURRENT, template="calendar_change_form")
    )
