"""The law of time as pure functions of facts: no database, no clock, no request."""

from .changes import check_day, check_week
from .draft import draft_days, swapped
from .due import DueResult, Run, due_at
from .facts import CalendarFacts, Opening, SpecialDay, Week, office_week
from .limits import Event, Extension, History, Limit, Reappointment, Waiting
from .sentence import explain, in_words, long_day
from .working import (
    add_working_days,
    closing_of,
    days_left,
    handover_moment,
    is_desk_open,
    is_soon,
    is_working_day,
    latest_apology_moment,
    next_working_moment,
    soon_from,
    working_minutes_between,
)

__all__ = [
    "CalendarFacts",
    "DueResult",
    "Event",
    "Extension",
    "History",
    "Limit",
    "Opening",
    "Reappointment",
    "Run",
    "SpecialDay",
    "Waiting",
    "Week",
    "add_working_days",
    "check_day",
    "check_week",
    "closing_of",
    "days_left",
    "draft_days",
    "due_at",
    "explain",
    "handover_moment",
    "in_words",
    "is_desk_open",
    "is_soon",
    "is_working_day",
    "latest_apology_moment",
    "long_day",
    "next_working_moment",
    "office_week",
    "soon_from",
    "swapped",
    "working_minutes_between",
]
