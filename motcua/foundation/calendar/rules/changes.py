"""Which changes of a calendar make sense."""

from datetime import date
from itertools import pairwise

from motcua.foundation.calendar.choices import DayKind, Weekday
from motcua.foundation.calendar.errors import CalendarChangeNotValid

from .facts import Opening, SpecialDay, Week

MIDNIGHT = 24 * 60


def check_day(day: SpecialDay) -> None:
    """Raises: CalendarChangeNotValid if a worked day replaces none, or another kind does."""
    if (day.kind == DayKind.WORKED) != (day.replaces is not None):
        message = "Ngày làm bù, và chỉ ngày làm bù, phải nêu ngày mà nó làm thay."
        raise CalendarChangeNotValid(message, field="replaces")


def check_week(week: Week) -> date:
    """Return the first day of a season whose hours make sense.

    Raises: CalendarChangeNotValid if the season or a stretch of hours contradicts itself.
    """
    if week.valid_from is None:
        message = "Giờ làm việc phải nêu ngày bắt đầu áp dụng."
        raise CalendarChangeNotValid(message, field="valid_from")
    if week.valid_to is not None and week.valid_to < week.valid_from:
        message = "Ngày kết thúc không thể trước ngày bắt đầu."
        raise CalendarChangeNotValid(message, field="valid_to")
    for opening in week.openings:
        _check_opening(opening)
    _check_apart(sorted(week.openings, key=lambda one: (one.weekday, one.opens)))
    return week.valid_from


def _check_opening(opening: Opening) -> None:
    if opening.weekday not in Weekday.values or not 0 <= opening.opens < opening.closes <= MIDNIGHT:
        message = "Giờ mở cửa phải trước giờ đóng cửa, trong một ngày của tuần."
        raise CalendarChangeNotValid(message, field="openings")


def _check_apart(openings: list[Opening]) -> None:
    for earlier, later in pairwise(openings):
        if earlier.weekday == later.weekday and later.opens < earlier.closes:
            weekday = Weekday(later.weekday).label
            message = f"Hai khoảng giờ mở cửa của {weekday} trùng nhau."
            raise CalendarChangeNotValid(message, field="openings")
