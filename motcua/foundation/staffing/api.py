"""The door: absences, stand-by officers and who sat where when, secondments to the hall."""

from .choices import AbsenceKind, SittingWhy
from .errors import NoSuchAbsence, NoSuchSeat, SeatTaken, TermNotLawful
from .models import Absence, Secondment, Sitting, StandBy
from .operations.absences import AbsenceIn, check_may_note, end_absence, is_own, note_absence
from .operations.opening import look_at_desks
from .operations.seconding import (
    Renewal,
    SecondmentIn,
    end_secondment,
    renew_secondment,
    second_officer,
    warn_of_ends,
)
from .operations.sitting import end_sitting, name_stand_by, put_in_stand_by
from .queries.absences import (
    absences_among,
    absences_for,
    absences_of,
    accounts_away,
    beginning_to_share,
    forget_away,
    get_absence_for,
    officers_away,
)
from .queries.seats import SeatToday, desk_today, sittings_at
from .queries.secondments import (
    get_secondment_for,
    halls_of,
    renewed_among,
    secondments_at,
    secondments_for,
)
from .rules.terms import LEAST_MONTHS, MOST_MONTHS

__all__ = [
    "LEAST_MONTHS",
    "MOST_MONTHS",
    "Absence",
    "AbsenceIn",
    "AbsenceKind",
    "NoSuchAbsence",
    "NoSuchSeat",
    "Renewal",
    "SeatTaken",
    "SeatToday",
    "Secondment",
    "SecondmentIn",
    "Sitting",
    "SittingWhy",
    "StandBy",
    "TermNotLawful",
    "absences_among",
    "absences_for",
    "absences_of",
    "accounts_away",
    "beginning_to_share",
    "check_may_note",
    "desk_today",
    "end_absence",
    "end_secondment",
    "end_sitting",
    "forget_away",
    "get_absence_for",
    "get_secondment_for",
    "halls_of",
    "is_own",
    "look_at_desks",
    "name_stand_by",
    "note_absence",
    "officers_away",
    "put_in_stand_by",
    "renew_secondment",
    "renewed_among",
    "second_officer",
    "secondments_at",
    "secondments_for",
    "sittings_at",
    "warn_of_ends",
]
