"""Calendars: special days of a year with a preview, swaps, opening hours."""

from dataclasses import replace
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.casework.dossiers import api as dossiers
from motcua.channels.backoffice.asking import Sheet, Way, asked
from motcua.channels.backoffice.doing import done
from motcua.channels.backoffice.forms.calendars import CalendarForm, DaysForm, HoursForm, SwapForm
from motcua.channels.backoffice.frame import form_page, page
from motcua.channels.backoffice.guard import needs
from motcua.channels.backoffice.months import months_of
from motcua.channels.backoffice.views.calendar_changes import change_address, draft
from motcua.channels.kit.days import read_day
from motcua.channels.kit.requests import ActorRequest
from motcua.foundation.access.api import Power
from motcua.foundation.calendar import api as calendar
from motcua.foundation.requests import api as requests
from motcua.lib.clock import local_day, now
from motcua.lib.errors import BadInput

FORM = ["GET", "POST"]
NATIONAL = "national"
FIRST_YEAR, LAST_YEAR = 2000, 2060
for_editors = needs(Power.EDIT_CALENDARS, everywhere=True)


def get_calendar(code: str) -> calendar.WorkCalendar:
    """Return the calendar with the code. Raises: NoSuchCalendar."""
    found = calendar.find_calendar(code)
    if found is None:
        raise calendar.NoSuchCalendar(f"Không có lịch nào mang mã “{code}”.")
    return found


def days_id(found: calendar.WorkCalendar) -> int | None:
    """Return under which number the days are kept: those of the whole country under none."""
    return None if found.code == NATIONAL else found.pk


def address(found: calendar.WorkCalendar, year: int | None = None) -> str:
    where = reverse("backoffice:calendar", args=[found.code])
    return f"{where}?nam={year}" if year else where


def crumbs(found: calendar.WorkCalendar | None = None) -> list[tuple[str, str]]:
    """Return the way from the list to the calendar."""
    words = [("Lịch làm việc", reverse("backoffice:calendars"))]
    return [*words, (found.name, address(found))] if found else words


def chosen_year(request: ActorRequest) -> int:
    """Return the year asked for, this one if none or an odd one is."""
    word = request.GET.get("nam", "")
    year = int(word) if word.isdecimal() and len(word) == 4 else 0  # noqa: PLR2004 -- four digits
    return year if FIRST_YEAR <= year <= LAST_YEAR else local_day(now()).year


@require_GET
@for_editors
def calendars(request: ActorRequest) -> HttpResponse:
    """List the calendars, and say which years have no days off yet.

    Costs: three statements.
    """
    this_year = local_day(now()).year
    published = set(calendar.published_years())
    context = {
        "title": "Lịch làm việc",
        "calendars": calendar.all_calendars(),
        "changes": [
            (one, calendar.ChangeState(one.state).label) for one in calendar.newest_changes()
        ],
        "missing": [year for year in (this_year, this_year + 1) if year not in published],
    }
    return page(request, "calendars", context, current="calendars")


@require_GET
@for_editors
def show_calendar(request: ActorRequest, code: str) -> HttpResponse:
    """Show a year of a calendar, its special days and its opening hours."""
    found, year = get_calendar(code), chosen_year(request)
    facts = calendar.facts_of(days_id(found))
    context = {
        "title": found.name,
        "crumbs": crumbs(),
        "calendar": found,
        "year": year,
        "months": months_of(facts, year),
        "days": calendar.special_days(year, days_id(found)),
        "weeks": [(week, hours_in_words(week)) for week in calendar.weeks_of(found.pk)],
    }
    return page(request, "calendar", context, current="calendars")


def hours_in_words(week: calendar.Week) -> list[tuple[str, str]]:
    """Return for each weekday when it is open."""
    return [
        (calendar.Weekday(weekday).label, ", ".join(stretches))
        for weekday in calendar.Weekday.values
        if (
            stretches := [
                f"{clock(one.opens)}–{clock(one.closes)}"
                + (" (chỉ nhận hồ sơ)" if one.desk_only else "")
                for one in sorted(week.openings, key=lambda one: one.opens)
                if one.weekday == weekday
            ]
        )
    ]


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@require_http_methods(FORM)
@for_editors
def add_calendar(request: ActorRequest) -> HttpResponse:
    """Add a calendar of its own."""
    form = CalendarForm(request.POST or None)

    def act(at: datetime) -> str:
        values = form.cleaned_data
        made = calendar.add_calendar(values["code"], values["name"], by=request.actor, at=at)
        return address(made)

    sheet = Sheet(
        "Thêm lịch làm việc",
        "Thêm lịch",
        "Đã thêm lịch.",
        intro="Lịch mới theo giờ và ngày nghỉ chung cả nước cho đến khi có giờ, ngày riêng.",
    )
    return asked(
        request, form, act, sheet, Way(reverse("backoffice:calendars"), crumbs(), "calendars")
    )


@require_http_methods(FORM)
@for_editors
def set_days(request: ActorRequest, code: str) -> HttpResponse:
    """Draft special days; a preview shows their year before anything is written."""
    found = get_calendar(code)
    form = DaysForm(request.POST or None)
    days = form.days() if form.is_bound and form.is_valid() else []
    is_preview = request.POST.get("do") == "preview"
    asked = calendar.Proposal(days=tuple(days))
    if days and not is_preview and (answer := draft(request, form, found, asked)):
        return answer
    return days_page(request, found, form, days, "Ngày nghỉ, ngày làm nửa buổi")


@require_http_methods(FORM)
@for_editors
def swap_days(request: ActorRequest, code: str) -> HttpResponse:
    """Draft a swap of a day off for another day worked, after a preview if one is asked for."""
    found = get_calendar(code)
    form = SwapForm(request.POST or None)
    days: list[calendar.SpecialDay] = []
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        days = list(calendar.swapped(values["off"], values["worked"], values["basis"]))
    is_preview = request.POST.get("do") == "preview"
    asked = calendar.Proposal(days=tuple(days))
    if days and not is_preview and (answer := draft(request, form, found, asked)):
        return answer
    return days_page(request, found, form, days, "Hoán đổi ngày làm việc")


def days_page(
    request: ActorRequest,
    found: calendar.WorkCalendar,
    form: DaysForm | SwapForm,
    days: list[calendar.SpecialDay],
    title: str,
) -> HttpResponse:
    """Return the form, with the year as it would be if days are to be looked at first."""
    context: dict[str, object] = {
        "title": title,
        "button": "Xem hồ sơ bị ảnh hưởng",
        "back": address(found),
        "crumbs": crumbs(found),
        "months": (),
        "year": 0,
    }
    if days:
        year = days[0].on.year
        context |= {"months": months_of(with_days(found, days), year), "year": year}
    return form_page(request, form, context, current="calendars", template="calendar_days")


def with_days(
    found: calendar.WorkCalendar, days: list[calendar.SpecialDay]
) -> calendar.CalendarFacts:
    """Return the calendar as it would be with these days."""
    facts = calendar.facts_of(days_id(found))
    new = {day.on for day in days}
    kept = (day for day in facts.days if day.on not in new)
    return replace(facts, days=(*kept, *days))


@require_POST
@for_editors
def remove_day(request: ActorRequest, code: str) -> HttpResponse:
    """Draft the change that takes back a special day."""
    found, on = get_calendar(code), read(request.POST.get("on", ""))
    if on not in {day.on for day in calendar.special_days(on.year, days_id(found))}:
        message = f"Ngày {on:%d/%m/%Y} không có trong lịch."
        raise calendar.CalendarChangeNotValid(message, field="on")
    asked = calendar.Proposal(days_out=(on,))

    def act(at: datetime) -> str:
        made = dossiers.draft_calendar_change(found.pk, asked, by=request.actor, at=at)
        return change_address(made.pk)

    with requests.slow_place():
        return done(
            request, act, "Đã soạn dự thảo bỏ ngày này. Lịch chưa đổi; hãy xem rồi áp dụng."
        )


def read(text: str) -> date:
    """Raises: BadInput."""
    try:
        return read_day(text)
    except ValidationError as error:
        raise BadInput(" ".join(error.messages), field="on") from error


@require_http_methods(FORM)
@for_editors
def set_hours(request: ActorRequest, code: str) -> HttpResponse:
    """Draft the opening hours of a week from a day on."""
    found = get_calendar(code)
    form = HoursForm(request.POST or None)
    if form.is_bound and form.is_valid():
        asked = calendar.Proposal(weeks=(form.week(),))
        if answer := draft(request, form, found, asked):
            return answer
    context = {
        "title": f"Giờ làm việc: {found.name}",
        "button": "Xem hồ sơ bị ảnh hưởng",
        "intro": "Mùa hè, mùa đông: ghi ngày bắt đầu và ngày kết thúc của từng mùa.",
        "back": address(found),
        "crumbs": crumbs(found),
    }
    return form_page(request, form, context, current="calendars")
