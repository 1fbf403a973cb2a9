"""An index of words for the newest rows alone, where all are many millions.

Source: ADR 103
"""

from datetime import datetime

from django.db import connection

from motcua.foundation.search.queries import recent_since
from motcua.lib import work

MANY, NEWEST = 3_000_000, 1_000_000
_ROWS = "SELECT reltuples::bigint FROM pg_class WHERE oid = 'search_entry'::regclass"
_BOUNDS = """
SELECT histogram_bounds::text::timestamptz[] FROM pg_stats
WHERE schemaname = current_schema() AND tablename = 'search_entry' AND attname = 'sort_at'
"""
_BUILD = """
CREATE INDEX CONCURRENTLY search_recent_next ON search_entry USING gin (terms, scope_ids)
WITH (gin_pending_list_limit = 256) WHERE sort_at > '{since}'
"""


def keep_recent(*, many: int = MANY, newest: int = NEWEST) -> bool:
    """Give the newest rows an index of their own where there are many; say whether it was made.

    Made again when twice as many have come to stand in it. What the planner knows of the table is
    believed. Nobody waits for it; call outside a transaction.

    Costs: three statements where there is nothing to do; else about a minute for ten million rows.
    """
    rows, bounds = _known()
    if rows < many or not bounds:
        return False
    stands = recent_since()
    if stands and rows * sum(one > stands for one in bounds) / len(bounds) < 2 * newest:
        return False
    since = bounds[max(0, int(len(bounds) * (1 - newest / rows)) - 1)]
    with connection.cursor() as cursor:
        # one may stand there of an attempt that was broken off
        cursor.execute("DROP INDEX CONCURRENTLY IF EXISTS search_recent_next")
        cursor.execute(_BUILD.format(since=since.isoformat()))
        cursor.execute("DROP INDEX CONCURRENTLY IF EXISTS search_recent")
        cursor.execute("ALTER INDEX search_recent_next RENAME TO search_recent")
    return True


def _known() -> tuple[int, list[datetime]]:
    """Return how many rows the planner believes there are, and moments that part them evenly."""
    rows, bounds = work.fetch(_ROWS, []), work.fetch(_BOUNDS, [])
    return rows[0][0], bounds[0][0] or [] if bounds else []
