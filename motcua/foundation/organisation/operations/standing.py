"""Let today's rows follow their dated versions."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import connection

from motcua.foundation.audit import api as audit
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .trees import raise_tree_version, rebuild_closure

END_AGENCIES = """
UPDATE organisation_agency a SET standing = 'ended'
WHERE a.standing <> 'ended' AND (%(only)s::bigint[] IS NULL OR a.id = ANY(%(only)s))
  AND NOT EXISTS (SELECT FROM organisation_agencyversion v
                  WHERE v.agency_id = a.id AND coalesce(v.valid_to, 'infinity') >= %(day)s)
RETURNING a.id
"""

START_AGENCIES = """
UPDATE organisation_agency a
SET standing = 'living', code = v.code, legacy_code = v.legacy_code, name = v.name,
    short_name = v.short_name, kind = v.kind, level = v.level, place_code = v.place_code,
    parent_id = v.parent_id
FROM organisation_agencyversion v
WHERE v.agency_id = a.id AND v.valid_from <= %(day)s AND coalesce(v.valid_to, 'infinity') >= %(day)s
  AND (%(only)s::bigint[] IS NULL OR a.id = ANY(%(only)s))
  AND (a.standing, a.code, a.legacy_code, a.name, a.short_name, a.kind, a.level, a.place_code,
       a.parent_id)
      IS DISTINCT FROM
      ('living', v.code, v.legacy_code, v.name, v.short_name, v.kind, v.level, v.place_code,
       v.parent_id)
RETURNING a.id
"""

END_UNITS = """
UPDATE organisation_unit u SET standing = 'ended'
WHERE u.standing <> 'ended' AND (%(only)s::bigint[] IS NULL OR u.agency_id = ANY(%(only)s))
  AND NOT EXISTS (SELECT FROM organisation_unitversion v
                  WHERE v.unit_id = u.id AND coalesce(v.valid_to, 'infinity') >= %(day)s)
RETURNING u.agency_id
"""

START_UNITS = """
UPDATE organisation_unit u
SET standing = 'living', code = v.code, name = v.name, short_name = v.short_name, kind = v.kind,
    parent_id = v.parent_id
FROM organisation_unitversion v
WHERE v.unit_id = u.id AND v.valid_from <= %(day)s AND coalesce(v.valid_to, 'infinity') >= %(day)s
  AND (%(only)s::bigint[] IS NULL OR u.agency_id = ANY(%(only)s))
  AND (u.standing, u.code, u.name, u.short_name, u.kind, u.parent_id)
      IS DISTINCT FROM ('living', v.code, v.name, v.short_name, v.kind, v.parent_id)
RETURNING u.agency_id
"""

CHANGE_CALENDARS = """
UPDATE organisation_unit u SET calendar_id = c.calendar_id
FROM organisation_unit o LEFT JOIN organisation_calendaruse c
  ON c.unit_id = o.id AND c.valid_from <= %(day)s AND coalesce(c.valid_to, 'infinity') >= %(day)s
WHERE o.id = u.id AND u.calendar_id IS DISTINCT FROM c.calendar_id
  AND (%(only)s::bigint[] IS NULL OR u.agency_id = ANY(%(only)s))
RETURNING u.agency_id
"""

# What ends leaves its code free before what starts takes it.
IN_ORDER = (END_UNITS, END_AGENCIES, START_AGENCIES, START_UNITS, CHANGE_CALENDARS)


def follow_versions(day: date, only: Collection[int] | None = None) -> int:
    """Bring today's rows of these agencies, or of all, up to the day.

    Returns how many rows changed; the closure and the version of the tree follow at once.
    """
    params = {"day": day, "only": None if only is None else list(only)}
    changed: list[int] = []
    with connection.cursor() as cursor:
        for statement in IN_ORDER:
            cursor.execute(statement, params)
            changed.extend(_first_column(cursor.fetchall()))
    if changed:
        rebuild_closure(set(changed))
        raise_tree_version()
    return len(changed)


@work.story
def start_due_versions(*, by: Actor, at: datetime) -> int:
    """Start and end what the day of `at` starts and ends; return how many rows changed."""
    changed = follow_versions(local_day(at))
    if changed:
        audit.record(
            "organisation.day_begun", "organisation", by=by, at=at, detail={"rows": changed}
        )
    return changed


def _first_column(rows: Sequence[tuple[int, ...]]) -> list[int]:
    return [row[0] for row in rows]
