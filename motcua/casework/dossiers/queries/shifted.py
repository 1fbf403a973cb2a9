"""What a change of a calendar does, for those who decide on it: figures and the list of dossiers.

Of what is kept closely the list names neither code nor procedure.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from motcua.casework.dossiers.models import PromiseShift, ShiftRun
from motcua.foundation.access.api import Power, Secrecy
from motcua.foundation.calendar.api import ShiftKind
from motcua.lib import work
from motcua.lib.actor import Actor

EVERYWHERE = 0
PAGE = 100
FAILED = "failed"
_CHUNK = 2000


class ShiftFigures(NamedTuple):
    """How many dossiers of one agency, or of one procedure in it, a change touches."""

    id: int
    later: int
    earlier: int
    held: int
    past: int
    own: int
    only_steps: int
    steps: int
    least_days: int
    most_days: int
    applied: int

    @property
    def moving(self) -> int:
        """How many promises move."""
        return self.later + self.earlier + self.held


class ShiftRow(NamedTuple):
    """One dossier that a change touches; `trouble` where it could not follow."""

    dossier_id: int
    code: str
    agency_id: int
    procedure_id: int | None
    kind: ShiftKind
    due_was: datetime | None
    due_now: datetime | None
    due_counted: datetime | None
    days: int
    steps: int
    applied_at: datetime | None
    trouble: str


_COUNTS = """
count(*) FILTER (WHERE kind = 'later'), count(*) FILTER (WHERE kind = 'earlier'),
count(*) FILTER (WHERE kind = 'held'), count(*) FILTER (WHERE kind = 'past'),
count(*) FILTER (WHERE kind = 'own'), count(*) FILTER (WHERE kind = 'steps'),
coalesce(sum(steps), 0)::bigint, coalesce(min(days), 0), coalesce(max(days), 0), count(applied_at)
"""
_BY_AGENCY = f"""
SELECT agency_id, {_COUNTS} FROM dossiers_promiseshift WHERE change_id = %s
GROUP BY agency_id ORDER BY count(*) DESC, agency_id
"""  # noqa: S608 -- our own columns
_BY_PROCEDURE = f"""
SELECT procedure_id, {_COUNTS} FROM dossiers_promiseshift
WHERE change_id = %s AND agency_id = %s
GROUP BY procedure_id ORDER BY count(*) DESC, procedure_id LIMIT 500
"""  # noqa: S608 -- our own columns
_ROWS = """
SELECT p.dossier_id, CASE WHEN d.secrecy = %(open)s THEN d.code ELSE '' END, p.agency_id,
  CASE WHEN d.secrecy = %(open)s THEN p.procedure_id END, p.kind, p.due_was, p.due_now,
  p.due_counted, p.days, p.steps, p.applied_at,
  CASE WHEN p.applied_at IS NULL THEN p.trouble ELSE '' END
FROM (
  SELECT * FROM dossiers_promiseshift
  WHERE change_id = %(change)s AND dossier_id > %(after)s
    AND (%(agency)s::bigint IS NULL OR agency_id = %(agency)s)
    AND (%(kind)s = '' OR kind = %(kind)s
      OR %(kind)s = 'failed' AND tries > 0 AND applied_at IS NULL)
  ORDER BY dossier_id LIMIT %(most)s
) p JOIN dossiers_dossier d ON d.id = p.dossier_id
ORDER BY p.dossier_id
"""


def shift_run(change_id: int) -> ShiftRun | None:
    """Return when the change was measured, None if it never was."""
    return ShiftRun.objects.filter(change_id=change_id).first()


def shifts_failed(change_id: int) -> int:
    """Return how many dossiers could not follow though nobody foresaw it, a thousand at most."""
    failed = PromiseShift.objects.filter(change_id=change_id, applied_at=None, tries__gt=0)
    return failed[:1000].count()


def shifts_by_agency(change_id: int, *, by: Actor) -> list[ShiftFigures]:
    """Return what the change does in each agency, the most touched first.

    Raises: NotAllowed.
    Costs: one statement, which reads what was measured.
    """
    by.require(Power.EDIT_CALENDARS, unit_id=EVERYWHERE)
    return [ShiftFigures(*row) for row in work.fetch(_BY_AGENCY, [change_id])]


def shifts_by_procedure(change_id: int, agency_id: int, *, by: Actor) -> list[ShiftFigures]:
    """Return what the change does in each procedure of an agency. Raises: NotAllowed.

    Costs: one statement.
    """
    by.require(Power.EDIT_CALENDARS, unit_id=EVERYWHERE)
    return [ShiftFigures(*row) for row in work.fetch(_BY_PROCEDURE, [change_id, agency_id])]


def shifted_dossiers(
    change_id: int,
    *,
    by: Actor,
    after: int = 0,
    agency_id: int | None = None,
    kind: str = "",
    most: int = PAGE,
) -> list[ShiftRow]:
    """Return the dossiers a change touches, after one of them, in order of arrival.

    `kind` is one of the kinds, or `FAILED`: those that could not follow though nobody foresaw it.

    Raises: NotAllowed.
    Costs: one statement.
    """
    by.require(Power.EDIT_CALENDARS, unit_id=EVERYWHERE)
    asked = {
        "change": change_id,
        "after": after,
        "agency": agency_id,
        "kind": kind,
        "most": most,
        "open": int(Secrecy.OPEN),
    }
    rows = work.fetch(_ROWS, asked, prepare=False)
    return [ShiftRow._make((*row[:4], ShiftKind(row[4]), *row[5:])) for row in rows]


def every_shifted(change_id: int, *, by: Actor) -> Iterator[ShiftRow]:
    """Yield all dossiers a change touches, a page at a time.

    Raises: NotAllowed.
    Costs: one statement for each two thousand.
    """
    after = 0
    while rows := shifted_dossiers(change_id, by=by, after=after, most=_CHUNK):
        yield from rows
        after = rows[-1].dossier_id
