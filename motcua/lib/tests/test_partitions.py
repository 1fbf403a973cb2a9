"""Months are made beside each other and beside writers."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from motcua.lib import partitions

TABLE = "partition_probe"
WRITE = "INSERT INTO partition_probe VALUES (%s, %s)"
COUNT = "SELECT count(*) FROM partition_probe"
MONTHS = tuple(date(2031, month, 1) for month in range(1, 7))


@pytest.fixture
def _probe() -> Iterator[None]:
    """Make a table by months that nobody else uses."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (id bigint, at timestamptz) PARTITION BY RANGE (at)")
        cursor.execute(f"CREATE TABLE {TABLE}_default PARTITION OF {TABLE} DEFAULT")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {TABLE}")


def write(number: int) -> None:
    """Write twice in one transaction, as a story does."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for month in (MONTHS[number % 6], MONTHS[(number + 3) % 6]):
                cursor.execute(WRITE, [number, month])
    finally:
        connection.close()


def make(month: date) -> bool:
    try:
        return partitions.create_month(TABLE, month)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_probe")
def test_two_who_make_the_same_months_beside_writers_wait_for_each_other() -> None:
    with ThreadPoolExecutor(4) as pool:
        writers = [pool.submit(write, number) for number in range(24)]
        made = [pool.submit(make, month) for month in MONTHS for _ in range(2)]
        for one in writers:
            one.result()
        created = sum(one.result() for one in made)

    with connection.cursor() as cursor:
        cursor.execute(COUNT)
        rows = cursor.fetchone()[0]
    assert (created, rows, partitions.rows_in_default(TABLE)) == (6, 48, 0)
