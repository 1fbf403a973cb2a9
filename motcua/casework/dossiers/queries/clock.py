"""The clock of a dossier as its rows tell it: limit, history, and the due moment that follows."""

from dataclasses import dataclass

from motcua.casework.dossiers.choices import DueChangeKind
from motcua.casework.dossiers.models import Dossier, DossierWait, DueChange
from motcua.casework.procedures.api import Definition, FilingChannel, Ground
from motcua.foundation.calendar import api as calendar
from motcua.foundation.organisation import api as organisation
from motcua.lib import work

_APPOINTED = frozenset({DueChangeKind.REAPPOINTED, DueChangeKind.IMPORTED, DueChangeKind.HELD})
ON_ARRIVAL = "Thời hạn tính từ lúc cơ quan giải quyết nhận hồ sơ do bộ phận một cửa chuyển."


def facts_of_unit(unit_id: int) -> calendar.CalendarFacts:
    """Return the calendar the unit follows."""
    return calendar.facts_of(organisation.tree().unit(unit_id).calendar_id)


def is_on_its_way(dossier: Dossier) -> bool:
    """Say whether a received dossier has not arrived where it is decided on, and no clock runs.

    One that was withdrawn or stopped meanwhile is expected no more.
    """
    is_received = dossier.received_at is not None and dossier.closed_at is None
    return is_received and dossier.clock_from is None


def limit_of(dossier: Dossier, definition: Definition) -> calendar.Limit | None:
    """Return the time limit of the dossier's case and channel, None where the law sets none."""
    return limit_in(definition, dossier.case_code, FilingChannel(dossier.channel))


def limit_in(
    definition: Definition, case_code: str, channel: FilingChannel
) -> calendar.Limit | None:
    """Return the time limit of a case and channel, None where the law sets none."""
    limits = definition.case(case_code).limits
    return limits.get(channel) or limits.get(FilingChannel.COUNTER)


_REBASED = "hồ sơ chuyển sang phiên bản mới của thủ tục, ngày hẹn khi ấy được giữ hoặc sớm hơn"


@dataclass(frozen=True, slots=True)
class ClockRows:
    """All rows that move a dossier's clock, oldest first."""

    waits: list[DossierWait]
    changes: list[DueChange]

    @property
    def open_waits(self) -> list[DossierWait]:
        """Return the waits that have not ended."""
        return [wait for wait in self.waits if wait.supplied_at is None]

    def history(self) -> calendar.History:
        """Return what happened to the clock, as the calendar knows it."""
        events = [_as_event(change) for change in self.changes]
        return (*map(as_waiting, self.waits), *(event for event in events if event is not None))


def clock_rows(dossier: Dossier) -> ClockRows:
    """Return the rows of waiting and of due changes.

    Costs: two prepared statements in one round trip.
    """
    key = [dossier.pk]
    waits, changes = work.fetch_together((_WAITS, key), (_CHANGES, key))
    return ClockRows(
        [work.from_row(DossierWait, row) for row in waits],
        [work.from_row(DueChange, row) for row in changes],
    )


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
    if change.kind in _APPOINTED:
        return calendar.Reappointment(change.due_now, change.ground, change.at)
    if change.kind == DueChangeKind.REBASED:
        return calendar.Reappointment(change.due_now, change.ground, change.at, _REBASED)
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


_WAITS = (
    f"SELECT {work.columns(DossierWait, 'w')} FROM dossiers_dossierwait w"  # noqa: S608 -- our own columns
    " WHERE w.dossier_id = %s ORDER BY w.seq"
)
_CHANGES = (
    f"SELECT {work.columns(DueChange, 'c')} FROM dossiers_duechange c"  # noqa: S608 -- our own columns
    " WHERE c.dossier_id = %s ORDER BY c.seq"
)
