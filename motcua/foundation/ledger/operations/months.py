"""Keep months ready for leaves, and begin a new life after a restore."""

from datetime import date

from django.db import connection

from motcua.lib import partitions

TABLE = "ledger_leaf"
_AHEAD = 3


def prepare_months(day: date) -> int:
    """Create the partitions of this month and the next three; return how many were missing."""
    made = 0
    for _ in range(_AHEAD + 1):
        made += partitions.create_month(TABLE, day)
        day = partitions.next_month(day)
    return made


def begin_epoch(number: int) -> None:
    """Let leaves written from now on sort after all old ones: a restored cluster counts anew."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} ALTER COLUMN epoch SET DEFAULT {int(number)}")
