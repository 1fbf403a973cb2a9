"""Monthly partitions of append-only tables, with a default so that no row is ever refused."""

from datetime import date
from time import sleep

from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected, LockNotAvailable

_MONTHS = 12
_WAIT_MS = 500  # half of what the database waits before it looks for a deadlock
_PAUSE_S = 0.25
_ATTEMPTS = 40


def month_start(day: date) -> date:
    """Return the first day of the month."""
    return day.replace(day=1)


def next_month(day: date) -> date:
    """Return the first day of the following month."""
    return date(day.year + day.month // _MONTHS, day.month % _MONTHS + 1, 1)


def partition_name(table: str, day: date) -> str:
    """Return the name of the partition that holds the day."""
    return f"{table}_{day:%Y%m}"


def create_month(table: str, day: date) -> bool:
    """Create the partition of the day's month; answer False if it stands already.

    Rows of that month which fell into the default partition are moved first. A writer who would
    be sent to the default partition while its month is made waits and then finds the month; were
    it only the default partition that is closed to him, he would fail on its new limits.
    Nobody waits long: behind a long report or story this gives up after half a second and comes
    again.

    Locks: the table against writers and another making of months, then its default partition, in
    this order and before anything else.
    Raises: OperationalError when some forty attempts found no gap.
    """
    if _stands(partition_name(table, day)):
        return False
    for _ in range(_ATTEMPTS - 1):
        try:
            return _try_month(table, day)
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
                raise
        sleep(_PAUSE_S)
    return _try_month(table, day)


def _try_month(table: str, day: date) -> bool:
    start, end = month_start(day), next_month(day)
    name, spare = partition_name(table, start), f"{table}_default"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout')")
        patience = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{_WAIT_MS}ms"])
        cursor.execute(f'LOCK TABLE ONLY "{table}" IN SHARE ROW EXCLUSIVE MODE')
        cursor.execute(f'LOCK TABLE "{spare}" IN ACCESS EXCLUSIVE MODE')
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [patience])
        if _stands(name):
            return False
        column = _key_column(table)
        cursor.execute("SELECT set_config('motcua.partitioning', 'on', true)")
        cursor.execute(f'CREATE TABLE "{name}" (LIKE "{table}" INCLUDING ALL)')
        cursor.execute(
            f'WITH moved AS (DELETE FROM "{spare}" WHERE "{column}" >= %s AND "{column}" < %s'
            f' RETURNING *) INSERT INTO "{name}" SELECT * FROM moved',
            [_midnight(start), _midnight(end)],
        )
        cursor.execute(
            f'ALTER TABLE "{table}" ATTACH PARTITION "{name}"'
            f" FOR VALUES FROM ('{_midnight(start)}') TO ('{_midnight(end)}')"
        )
        cursor.execute("SELECT set_config('motcua.partitioning', 'off', true)")
    return True


def _stands(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [name])
        return cursor.fetchone()[0] is not None


def rows_in_default(table: str) -> int:
    """Return how many rows (at most 1,000) no month took: more than none is an alarm."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM (SELECT 1 FROM "{table}_default" LIMIT 1000) few')
        return int(cursor.fetchone()[0])


def _key_column(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_partkeydef(%s::regclass)", [table])
        return str(cursor.fetchone()[0]).partition("(")[2].rstrip(")")


def _midnight(day: date) -> str:
    return f"{day:%Y-%m-%d} 00:00:00+07"
