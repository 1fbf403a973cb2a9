"""Choose who gets a step that opens: by area, by turn or by load, as the unit has set it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from time import monotonic
from typing import NamedTuple

from motcua.casework.dossiers.choices import AssignmentWay
from motcua.casework.dossiers.models import AssignmentRule, Dossier
from motcua.casework.processes.api import StepKind
from motcua.foundation.staffing import api as staffing
from motcua.lib import work
from motcua.lib.clock import local_day
from motcua.lib.text import fold

_BY_HAND = frozenset({StepKind.APPROVAL, StepKind.DECISION, StepKind.HAND_OVER})
_FRESH_SECONDS = 5.0
_kept: dict[str, tuple[float, Mapping[int, frozenset[str]]]] = {}


class Assignee(NamedTuple):
    """The account that gets the work, and its name."""

    id: int
    name: str


def choose_assignee(
    dossier: Dossier, unit_id: int, kind: StepKind, *, at: datetime
) -> Assignee | None:
    """Return who gets a new step of this unit, None where it waits to be taken; nobody who is away.

    Costs: nothing for a unit without rules, else one or two statements.
    """
    ways = _ways().get(unit_id)
    if not ways or kind in _BY_HAND:
        return None
    away = staffing.accounts_away(local_day(at))
    if AssignmentWay.AREA in ways and (found := holder_of_area(dossier, unit_id, away)):
        return found
    return _first(_BY_TURN, unit_id, away, at) or _first(_BY_LOAD, unit_id, away, at)


def holder_of_area(dossier: Dossier, unit_id: int, away: Collection[int] = ()) -> Assignee | None:
    """Return whose area is named in the address of who filed, by the unit's rules."""
    address = fold(dossier.submitter_address)
    rows = work.fetch(_AREAS, [unit_id, list(away)])
    found = [(account, name) for account, name, area in rows if fold(area) in address]
    return Assignee(*found[0]) if found else None


def _first(sql: str, unit_id: int, away: Collection[int], at: datetime) -> Assignee | None:
    rows = work.fetch(sql, [unit_id, list(away)])
    if not rows:
        return None
    key, account_id, name = rows[0]
    work.put(_NOTE, [at, key])
    return Assignee(account_id, name)


def _ways() -> Mapping[int, frozenset[str]]:
    """Return by unit which ways it uses; read again every few seconds."""
    made, ways = _kept.get("ways", (-_FRESH_SECONDS, {}))
    if monotonic() - made >= _FRESH_SECONDS:
        found: dict[int, set[str]] = {}
        for unit_id, way in AssignmentRule.objects.values_list("unit_id", "way"):
            found.setdefault(unit_id, set()).add(way)
        ways = {unit_id: frozenset(each) for unit_id, each in found.items()}
        _kept["ways"] = (monotonic(), ways)
    return ways


def forget_rules() -> None:
    """Drop what is kept in memory, after a change in this process."""
    _kept.clear()
    staffing.forget_away()


_AREAS = (
    "SELECT account_id, name, area FROM dossiers_assignmentrule"
    " WHERE unit_id = %s AND way = 'area' AND NOT is_away AND account_id <> ALL(%s::bigint[])"
    " ORDER BY position"
)
_BY_TURN = (
    "SELECT id, account_id, name FROM dossiers_assignmentrule"
    " WHERE unit_id = %s AND way = 'turn' AND NOT is_away AND account_id <> ALL(%s::bigint[])"
    " ORDER BY latest_at NULLS FIRST, position LIMIT 1 FOR UPDATE SKIP LOCKED"
)
_BY_LOAD = (
    "SELECT r.id, r.account_id, r.name FROM dossiers_assignmentrule r"
    " WHERE r.unit_id = %s AND r.way = 'load' AND NOT r.is_away"
    " AND r.account_id <> ALL(%s::bigint[])"
    " ORDER BY (SELECT count(*) FROM dossiers_dossierstep s"
    " WHERE s.assignee_id = r.account_id AND s.closed_at IS NULL), r.position LIMIT 1"
)
_NOTE = "UPDATE dossiers_assignmentrule SET latest_at = %s WHERE id = %s"
