"""How long the desk still has, in words and a tone."""

from datetime import datetime

from motcua.casework.dossiers.api import Dossier
from motcua.channels.kit.words import Badge as Clock
from motcua.channels.kit.words import days_left
from motcua.foundation.calendar import api as calendar
from motcua.foundation.organisation import api as organisation

HOUR = 60
SOON_MINUTES = 120

__all__ = ["Clock", "check_clock", "due_clock"]


def facts_of(unit_id: int) -> calendar.CalendarFacts:
    return calendar.facts_of(organisation.tree().unit(unit_id).calendar_id)


def check_clock(dossier: Dossier, at: datetime) -> Clock:
    """Return the working time left to look at a filing, or how long it is overdue."""
    due = dossier.check_due_at
    if due is None:
        return Clock("Không tính hạn", "neutral")
    facts = facts_of(dossier.receiving_unit_id)
    if due < at:
        over = calendar.working_minutes_between(due, at, facts)
        return Clock(f"Quá {in_hours(over)}" if over else "Đã hết giờ", "late")
    left = calendar.working_minutes_between(at, due, facts)
    return Clock(f"Còn {in_hours(left)}", "soon" if left <= SOON_MINUTES else "ok")


def in_hours(minutes: int) -> str:
    """Return “6 giờ 30 phút”, “45 phút”."""
    hours, rest = divmod(minutes, HOUR)
    words = [f"{hours} giờ"] if hours else []
    if rest or not hours:
        words.append(f"{rest} phút")
    return " ".join(words)


def due_clock(dossier: Dossier, at: datetime) -> Clock:
    """Return the working days left until the promised moment."""
    if dossier.due_at is None:
        return days_left(None)
    facts = facts_of(dossier.receiving_unit_id)
    return days_left(
        calendar.days_left(at, dossier.due_at, facts), paused=dossier.paused_at is not None
    )
