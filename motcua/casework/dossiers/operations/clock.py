"""Start, stop and move the clock of a dossier; each change of the promise is a row.

Source: docs/law/time-limits.md
"""

from datetime import datetime

from motcua.casework.dossiers.choices import DueChangeKind
from motcua.casework.dossiers.errors import NotWaiting
from motcua.casework.dossiers.models import Dossier, DossierWait, DueChange
from motcua.casework.dossiers.queries.clock import (
    ClockRows,
    clock_rows,
    facts_of_unit,
    limit_of,
    recompute,
)
from motcua.casework.procedures.api import Definition, Ground, WaitingTerm
from motcua.foundation.calendar import api as calendar
from motcua.lib import work
from motcua.lib.actor import Actor

from .steps import follow_promise
from .telling import part_seq

CLOCK = ("due_at", "paused_at", "pause_ground")


def start_clock(dossier: Dossier, definition: Definition, *, by: Actor, at: datetime) -> str:
    """Set the first promise from `clock_from`, write its row and return its reason.

    Nothing happens without a limit, and there is no reason then.
    """
    limit = limit_of(dossier, definition)
    if limit is None or dossier.clock_from is None:
        return ""
    facts = facts_of_unit(dossier.receiving_unit_id)
    result = calendar.due_at(limit, dossier.clock_from, (), facts)
    dossier.due_at = dossier.due_originally_at = result.due_at
    add_due_change(dossier, DueChangeKind.FIRST, None, by=by, at=at)
    return calendar.explain(result)


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


def begin_wait(  # noqa: PLR0913 -- a row of waiting, every word of it by name
    dossier: Dossier,
    ground: Ground,
    term: WaitingTerm,
    *,
    at: datetime,
    note: str = "",
    until_at: datetime | None = None,
    index: int = 0,
) -> DossierWait:
    """Hand over a time of waiting; unless it counts, the clock stands from now."""
    reset = term.reset_to
    wait = DossierWait(
        dossier_id=dossier.pk,
        seq=part_seq(dossier, index),
        ground=ground,
        rule=term.rule,
        reset_amount=reset.amount if reset else None,
        reset_unit=str(reset.unit) if reset else "",
        asked_at=at,
        until_at=until_at,
        note=note,
    )
    work.add(wait)
    if term.rule != calendar.WaitingRule.COUNTS and dossier.paused_at is None:
        dossier.paused_at, dossier.pause_ground = at, ground
    return wait


def end_waits(
    dossier: Dossier, definition: Definition, *grounds: Ground, by: Actor, at: datetime
) -> list[DossierWait]:
    """End the open waits for these grounds and move the promise as their rules say.

    Raises: NotWaiting.
    Costs: three statements, and those that change rows.
    """
    rows = clock_rows(dossier)
    ended = [wait for wait in rows.open_waits if wait.ground in grounds]
    if not ended:
        message = "Hồ sơ không trong thời gian chờ này."
        raise NotWaiting(message)
    for wait in ended:
        wait.supplied_at = max(at, wait.asked_at)
        work.update(wait, "supplied_at")
    _stand_or_go_on(dossier, rows)
    labels = dict.fromkeys(Ground(wait.ground).label for wait in ended)
    move_promise(
        dossier, definition, rows, DueChangeKind.WAITED, by=by, at=at, ground=", ".join(labels)
    )
    return ended


def _stand_or_go_on(dossier: Dossier, rows: ClockRows) -> None:
    """Let the clock stand for the oldest wait that is still open, or go on."""
    standing = [w for w in rows.open_waits if w.rule != calendar.WaitingRule.COUNTS]
    oldest = min(standing, key=lambda wait: wait.asked_at, default=None)
    dossier.paused_at = oldest.asked_at if oldest else None
    dossier.pause_ground = oldest.ground if oldest else ""


def move_promise(  # noqa: PLR0913 -- why, by whom and when stand in the row
    dossier: Dossier,
    definition: Definition,
    rows: ClockRows,
    kind: DueChangeKind,
    *,
    by: Actor,
    at: datetime,
    ground: str,
) -> None:
    """Set the due moment that now follows from the rows, and let the open steps follow it."""
    result = recompute(dossier, definition, rows.history())
    if result is not None and result.due_at != dossier.due_at:
        was, dossier.due_at = dossier.due_at, result.due_at
        add_due_change(dossier, kind, was, by=by, at=at, ground=ground)
    follow_promise(dossier, definition, rows.waits)
