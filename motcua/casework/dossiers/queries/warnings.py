"""Which promises near their end or past it nobody has been warned of; how much a unit has open."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from motcua.casework.dossiers.choices import WarningKind
from motcua.casework.dossiers.models import Dossier, DossierStep, DueWarning
from motcua.foundation.calendar import api as calendar
from motcua.lib.clock import local

from .clock import facts_of_unit

# What has been late for longer stands in the morning list: after a restore or an import nobody
# gets a thousand warnings.
LATE_NEWS = timedelta(days=3)
# A fifth of the working time is at most this share of all time, even with holidays at its end.
_SHARE = 0.4
_LONGEST_LIMIT = timedelta(days=400)


class UnitLoad(NamedTuple):
    """How much one unit has that nobody works on, and how much that is late."""

    unit_id: int
    free: int
    late: int


def newly_soon(at: datetime) -> Sequence[Dossier]:
    """Return running dossiers that have become amber and of which nobody has been warned.

    Costs: one statement, which reads what may be amber; the calendars then decide.
    """
    two_days = calendar.add_working_days(local(at).date(), 2, calendar.national_facts())
    end_of_them = local(at).replace(
        year=two_days.year, month=two_days.month, day=two_days.day, hour=23, minute=59
    )
    last_fifth = Q(due_at__lte=at + (F("due_at") - F("clock_from")) * _SHARE)
    near = _unwarned(WarningKind.SOON).filter(
        Q(due_at__lte=end_of_them) | last_fifth, due_at__gt=at, due_at__lt=at + _LONGEST_LIMIT
    )
    return [dossier for dossier in near if is_amber(dossier, at)]


def newly_late(at: datetime) -> Sequence[Dossier]:
    """Return running dossiers that have become late and of which nobody has been warned.

    Costs: one statement.
    """
    return list(_unwarned(WarningKind.LATE).filter(due_at__lte=at, due_at__gt=at - LATE_NEWS))


def is_amber(dossier: Dossier, at: datetime) -> bool:
    """Say whether the promise is one working day or a fifth of its time away."""
    if dossier.clock_from is None or dossier.due_at is None:
        return False
    facts = facts_of_unit(dossier.receiving_unit_id)
    return calendar.is_soon(at, dossier.clock_from, dossier.due_at, facts)


def _unwarned(kind: WarningKind) -> QuerySet[Dossier]:
    warned = DueWarning.objects.filter(dossier=OuterRef("pk"), kind=kind, due_at=OuterRef("due_at"))
    running = Dossier.objects.filter(
        ~Exists(warned), closed_at=None, due_at__isnull=False, paused_at=None, resolved_at=None
    )
    return running.order_by("due_at", "pk")


def loads_of_officers(at: datetime) -> Sequence[tuple[int, int, int]]:
    """Return for each officer what is due by the end of that day, and what is late.

    What waits for others is neither.

    Costs: one statement.
    """
    end_of_day = local(at).replace(hour=23, minute=59, second=59)
    counted = (
        _running()
        .filter(assignee_id__isnull=False, due_at__lte=end_of_day)
        .order_by("assignee_id")
        .values_list("assignee_id")
        .annotate(late=Count("seq", filter=Q(due_at__lt=at)), every=Count("seq"))
    )
    return [(account or 0, every - late, late) for account, late, every in counted]


def loads_of_units(at: datetime) -> Sequence[UnitLoad]:
    """Return for each unit how many open steps nobody has, and how many are late.

    Costs: one statement.
    """
    counted = (
        _running()
        .filter(Q(assignee_id=None) | Q(due_at__lt=at))
        .order_by("unit_id")
        .values_list("unit_id")
        .annotate(
            free=Count("seq", filter=Q(assignee_id=None)),
            late=Count("seq", filter=Q(due_at__lt=at)),
        )
    )
    return [UnitLoad(*row) for row in counted]


def _running() -> QuerySet[DossierStep]:
    return DossierStep.objects.filter(closed_at=None, dossier__paused_at=None)
