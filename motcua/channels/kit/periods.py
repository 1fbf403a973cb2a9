"""Which unit and which period a report is about: a month, a quarter, a year, or from day to day."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.foundation.organisation.api import UnitInfo, tree

from .fields import DayField, KitForm, SelectField
from .words import short_day

ONE_BOX = {"single": True}
BY_DAYS = "ngay"
MONTHS, QUARTERS, YEARS = 13, 6, 4
_ROMAN = ("I", "II", "III", "IV")
_YEAR, _QUARTER = 12, 3

Days = tuple[date, date]


def periods_before(today: date) -> Iterator[tuple[str, str]]:
    """Yield what can be chosen, the newest first: months, quarters, years, days."""
    months = today.year * _YEAR + today.month - 1
    for number in range(months, months - MONTHS, -1):
        year, month = divmod(number, _YEAR)
        yield f"{year}-{month + 1:02d}", f"Tháng {month + 1}/{year}"
    quarters = months // _QUARTER
    for number in range(quarters, quarters - QUARTERS, -1):
        year, quarter = divmod(number, _YEAR // _QUARTER)
        yield f"{year}-Q{quarter + 1}", f"Quý {_ROMAN[quarter]}/{year}"
    for year in range(today.year, today.year - YEARS, -1):
        yield f"{year}", f"Năm {year}"
    yield BY_DAYS, "Theo ngày dưới đây"


def days_of(period: str) -> Days:
    """Return the first and last day of a period as `periods_before` names it."""
    year, _, part = period.partition("-")
    if not part:
        first, latest = 1, _YEAR
    elif part.startswith("Q"):
        latest = int(part[1:]) * _QUARTER
        first = latest - _QUARTER + 1
    else:
        first = latest = int(part)
    ends = monthrange(int(year), latest)[1]
    return date(int(year), first, 1), date(int(year), latest, ends)


class PeriodForm(KitForm):
    """From which day to which day a book or a report goes."""

    first = DayField(label="Từ ngày", look=ONE_BOX)
    latest = DayField(label="Đến ngày", look=ONE_BOX)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        first, latest = typed.get("first"), typed.get("latest")
        if first and latest and latest < first:
            self.blame("Ngày cuối phải sau ngày đầu.", "latest")
        return typed


class ReportForm(PeriodForm):
    """Of which unit, and of which period, or of which days if these were changed."""

    unit = SelectField(label="Đơn vị")
    period = SelectField(label="Kỳ")
    field_order = ("unit", "period", "first", "latest")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The form as it stands, and what it asks for."""

    form: ReportForm
    unit_id: int
    first: date
    latest: date
    period: str

    @property
    def query(self) -> dict[str, str]:
        """Return what an address says to ask for the same."""
        return {
            "unit": str(self.unit_id),
            "first": short_day(self.first),
            "latest": short_day(self.latest),
        }


def wanted(typed: Mapping[str, str], units: Sequence[UnitInfo], today: date) -> Wanted:
    """Return which report is asked for; without an answer, the first unit and this month.

    Another period than the one shown sets the days; other days than the period's stand alone.
    """
    periods, offered = dict(periods_before(today)), labels_of(units)
    newest, unit = next(iter(periods)), typed.get("unit", "")
    period, first, latest = _period_typed(typed, periods, newest)
    unit = unit if unit in offered else next(iter(offered))
    form = ReportForm({"unit": unit, "period": period, "first": first, "latest": latest})
    for name, options in (("unit", offered), ("period", periods)):
        form.fields[name].choices = list(options.items())  # type: ignore[attr-defined]  # -- a select has choices
    days = days_of(newest)
    if form.is_valid():
        days = form.cleaned_data["first"], form.cleaned_data["latest"]
    return Wanted(form, int(unit), *days, period)


def _period_typed(
    typed: Mapping[str, str], periods: Mapping[str, str], newest: str
) -> tuple[str, str, str]:
    """Return the period and its days as they are to be shown."""
    usual = BY_DAYS if typed.get("first") else newest
    period = typed.get("period", usual)
    period = period if period in periods else usual
    first, latest = typed.get("first", ""), typed.get("latest", "")
    if period == BY_DAYS:
        return period, first, latest
    is_new = period != typed.get("shown") or not (first and latest)
    between = days_of(period)
    days = short_day(between[0]), short_day(between[1])
    if is_new or _same(first, latest) == days:
        return period, *days
    return BY_DAYS, first, latest


def _same(first: str, latest: str) -> tuple[str, ...]:
    """Return two typed days as they are written here, as typed if they are none."""
    form = PeriodForm({"first": first, "latest": latest})
    if not form.is_valid():
        return (first, latest)
    return tuple(short_day(form.cleaned_data[name]) for name in ("first", "latest"))


def labels_of(units: Sequence[UnitInfo]) -> dict[str, str]:
    """Return what each unit is called, with its agency where there are several of these."""
    agencies = {unit.agency_id: tree().agency(unit.agency_id) for unit in units}
    found = {}
    for unit in units:
        agency = agencies[unit.agency_id]
        label = f"{unit.name} – {agency.name}" if len(agencies) > 1 else unit.name
        found[str(unit.id)] = f"{agency.name} (tất cả)" if unit.id == agency.root_unit_id else label
    return found


SUMMED = (
    "carried_over",
    "received_online",
    "received_otherwise",
    "settled_early",
    "settled_on_time",
    "settled_late",
    "open_in_time",
    "open_late",
    "ended_otherwise",
)


def sums_of(rows: Sequence[Any]) -> dict[str, int]:
    """Return the last line of the report of reception and settlement."""
    return {name: sum(getattr(row, name) for row in rows) for name in SUMMED}
