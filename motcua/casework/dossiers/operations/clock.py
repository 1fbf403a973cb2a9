"""The clock of a dossier: from its rows to the calendar's pure functions and back."""

from datetime import datetime

from motcua.casework.dossiers.choices import DueChangeKind
from motcua.casework.dossiers.models import Dossier, DossierWait, DueChange
from motcua.casework.procedures.api import Definition, FilingChannel, Ground
from motcua.foundation.calendar import api as calendar
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor

from .telling import part_seq


def facts_of_unit(unit_id: int) -> calendar.CalendarFacts:
    """Return the calendar the unit follows."""
    return calendar.facts_of(organisation.tree().unit(unit_id).calendar_id)


def limit_of(dossier: Dossier, definition: Definition) -> calendar.Limit | None:
    """Return the time limit of the dossier's case and channel, None where the law sets none."""
    limits = definition.case(dossier.case_code).limits
    return limits.get(FilingChannel(dossier.channel)) or limits.get(FilingChannel.COUNTER)


def start_clock(dossier: Dossier, definition: Definition, *, by: Actor, at: datetime) -> None:
    """Set the first promise from `clock_from` and write its row; nothing without a limit."""
    limit = limit_of(dossier, definition)
    if limit is None or dossier.clock_from is None:
        return
    facts = facts_of_unit(dossier.receiving_unit_id)
    dossier.due_at = calendar.due_at(limit, dossier.clock_from, (), facts).due_at
    dossier.due_originally_at = dossier.due_at
    add_due_change(dossier, DueChangeKind.FIRST, None, by=by, at=at)


def add_due_change(
    dossier: Dossier,
    kind: DueChangeKind,
    due_was: datetime | None,
    *,
    by: Actor,
    at: datetime,
    ground: str = "",
) -> DueChange:
    """Hand over the row that says why the due moment is what it now is."""
    if dossier.due_at is None:
        message = "a due change needs a due moment"
        raise ValueError(message)
    change = DueChange(
        dossier_id=dossier.pk,
        seq=part_seq(dossier),
        kind=kind,
        at=at,
        due_was=due_was,
        due_now=dossier.due_at,
        ground=ground,
        by_name=by.name,
    )
    work.add(change)
    return change


def history_of(dossier: Dossier) -> calendar.History:
    """Return what has happened to the dossier's clock, oldest first.

    Costs: two queries.
    """
    waits = [as_waiting(wait) for wait in DossierWait.objects.filter(dossier=dossier)]
    changes = [_as_event(change) for change in DueChange.objects.filter(dossier=dossier)]
    return (*waits, *(event for event in changes if event is not None))


def as_waiting(wait: DossierWait) -> calendar.Waiting:
    """Return a row of waiting as the calendar knows it."""
    reset = None
    if wait.reset_amount is not None:
        reset = calendar.Limit(wait.reset_amount, calendar.LimitUnit(wait.reset_unit))
    return calendar.Waiting(
        asked_at=wait.asked_at,
        supplied_at=wait.supplied_at,
        rule=calendar.WaitingRule(wait.rule),
        ground=Ground(wait.ground).label,
        reset_to=reset,
    )


def _as_event(change: DueChange) -> calendar.Event | None:
    if change.kind == DueChangeKind.EXTENDED and change.amount is not None:
        limit = calendar.Limit(change.amount, calendar.LimitUnit(change.unit))
        return calendar.Extension(limit, change.ground, change.at)
    if change.kind == DueChangeKind.REAPPOINTED:
        return calendar.Reappointment(change.due_now, change.ground, change.at)
    return None


def recompute(
    dossier: Dossier, definition: Definition, history: calendar.History
) -> calendar.DueResult | None:
    """Return the due moment that follows from the dossier's rows; does not change the dossier."""
    limit = limit_of(dossier, definition)
    if limit is None or dossier.clock_from is None:
        return None
    facts = facts_of_unit(dossier.receiving_unit_id)
    return calendar.due_at(limit, dossier.clock_from, history, facts)
