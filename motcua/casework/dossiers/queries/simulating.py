"""What budgets would have meant for dossiers that are over: which steps would have been late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from motcua.casework.processes.api import Process, StepDef
from motcua.foundation.access.api import Power
from motcua.foundation.calendar import api as calendar
from motcua.lib.actor import Actor

from .clock import facts_of_unit

EVERYWHERE = 0
MOST_TRIED = 5000


@dataclass(frozen=True, slots=True)
class StepTried:
    """One step against its budget: how often it was done, how often it took longer."""

    step: StepDef
    done: int
    late: int

    @property
    def share(self) -> int:
        """Return the late ones in per cent."""
        return round(100 * self.late / self.done) if self.done else 0


@dataclass(frozen=True, slots=True)
class Tried:
    """A process against past dossiers; `late` had at least one step beyond its budget."""

    dossiers: int
    late: int
    steps: Sequence[StepTried]
    most: int = MOST_TRIED

    @property
    def share(self) -> int:
        """Return the late ones in per cent."""
        return round(100 * self.late / self.dossiers) if self.dossiers else 0


class _Done(NamedTuple):
    dossier_id: int
    code: str
    unit_id: int
    opened_at: datetime
    closed_at: datetime


def try_budgets(procedure_id: int, process: Process, *, by: Actor, since: datetime) -> Tried:
    """Return how the latest dossiers resolved since then would stand with the process's budgets.

    A step that was done several times counts each time; time in which the dossier's clock stood is
    left out, unless the step is itself such a time.
    Raises: NotAllowed. Costs: two statements, however many dossiers; `MOST_TRIED` at most.
    """
    by.require(Power.EDIT_PROCEDURES, unit_id=EVERYWHERE)
    with connection.cursor() as cursor:
        cursor.execute(_DONE, [procedure_id, since, MOST_TRIED])
        rows = [_Done(*row) for row in cursor.fetchall()]
        cursor.execute(_STOOD, [procedure_id, since, MOST_TRIED, calendar.WaitingRule.COUNTS])
        stood: dict[int, list[calendar.Waiting]] = {}
        for dossier_id, asked_at, supplied_at in cursor.fetchall():
            stood.setdefault(dossier_id, []).append(calendar.Waiting(asked_at, supplied_at))
    budgets = {step.code: step for step in process.steps if step.budget}
    done: dict[str, int] = dict.fromkeys(budgets, 0)
    late: dict[str, int] = dict.fromkeys(budgets, 0)
    late_dossiers: set[int] = set()
    for row in rows:
        if row.code in budgets:
            done[row.code] += 1
            if _took_longer(row, budgets[row.code], stood):
                late[row.code] += 1
                late_dossiers.add(row.dossier_id)
    steps = [StepTried(step, done[code], late[code]) for code, step in budgets.items()]
    return Tried(len({row.dossier_id for row in rows}), len(late_dossiers), steps)


def _took_longer(
    row: _Done, step: StepDef, stood: Mapping[int, Sequence[calendar.Waiting]]
) -> bool:
    if step.budget is None:
        return False
    limit = calendar.Limit(step.budget.amount, calendar.LimitUnit(step.budget.unit))
    waits = () if step.pause_ground else tuple(stood.get(row.dossier_id, ()))
    facts = facts_of_unit(row.unit_id)
    return row.closed_at > calendar.due_at(limit, row.opened_at, waits, facts).due_at


_CHOSEN = (
    "WITH chosen AS (SELECT d.id FROM dossiers_dossier d"
    " JOIN procedures_procedureversion v ON v.id = d.procedure_version_id"
    " WHERE v.procedure_id = %s AND d.resolved_at >= %s"
    " ORDER BY d.resolved_at DESC LIMIT %s) "
)
_DONE = (
    _CHOSEN  # noqa: S608 -- our own words
    + "SELECT s.dossier_id, s.code, s.unit_id, s.opened_at, s.closed_at"
    " FROM chosen c JOIN dossiers_dossierstep s ON s.dossier_id = c.id"
    " WHERE s.closed_at IS NOT NULL AND s.result NOT IN ('overruled', 'ended')"
)
_STOOD = (
    _CHOSEN  # noqa: S608 -- our own words
    + "SELECT w.dossier_id, w.asked_at, w.supplied_at"
    " FROM chosen c JOIN dossiers_dossierwait w ON w.dossier_id = c.id"
    " WHERE w.supplied_at IS NOT NULL AND w.rule <> %s ORDER BY w.asked_at"
)
