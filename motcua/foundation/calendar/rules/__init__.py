"""The law of time as pure functions of facts: no database, no clock, no request."""

from .changes import check_day, check_week
from .draft import draft_days, swapped
from .due import DueResult, Run, due_at
from .facts import CalendarFacts, Opening, SpecialDay, Week, office_week
from .limits import Event, Extension, History, Limit, Reappointment, Waiting
from .proposals import Proposal, check_proposal, plain_of, proposal_in_words, proposal_of
from .sentence import explain, in_words, long_day
from .shifting import MOVING, Shift, ShiftKind, floor_of, on_working_day, shift_of
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
    "MOVING",
    "CalendarFacts",
    "DueResult",
    "Event",
    "Extension",
    "History",
    "Limit",
    "Opening",
    "Proposal",
    "Reappointment",
    "Run",
    "Shift",
    "ShiftKind",
    "SpecialDay",
    "Waiting",
    "Week",
    "add_working_days",
    "check_day",
    "check_proposal",
    "check_week",
    "closing_of",
    "days_left",
    "draft_days",
    "due_at",
    "explain",
    "floor_of",
    "handover_moment",
    "in_words",
    "is_desk_open",
    "is_soon",
    "is_working_day",
    "latest_apology_moment",
    "long_day",
    "next_working_moment",
    "office_week",
    "on_working_day",
    "plain_of",
    "proposal_in_words",
    "proposal_of",
    "shift_of",
    "soon_from",
    "swapped",
    "working_minutes_between",
]
