"""Months are made beside each other and beside writers."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from time import monotonic, sleep

import pytest
from django.db import OperationalError, connection, transaction

from motcua.lib import partitions

TABLE = "partition_probe"
WRITE = "INSERT INTO partition_probe VALUES (%s, %s)"
COUNT = "SELECT count(*) FROM partition_probe"
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"
PATIENCE_S = 10
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

    assert (created, months_and_default()) == (6, (48, 0))


def write_once(month: date) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(WRITE, [1, month])
    finally:
        connection.close()


def await_waiting(many: int, *others: Future[None]) -> None:
    """Wait until so many stand before a lock, or are past it."""
    until = monotonic() + PATIENCE_S
    while monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0] + sum(one.done() for one in others) >= many:
                return
        sleep(0.01)


def months_and_default() -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(COUNT)
        return cursor.fetchone()[0], partitions.rows_in_default(TABLE)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_probe")
def test_a_writer_who_comes_while_the_month_is_made_waits_and_finds_it() -> None:
    with ThreadPoolExecutor(2) as pool:
        with transaction.atomic(), connection.cursor() as reader:
            reader.execute(COUNT)  # whoever makes the month waits for this to end
            made = pool.submit(make, MONTHS[0])
            await_waiting(1)
            written = pool.submit(write_once, MONTHS[0])
            await_waiting(2, written)
        results = made.result(), written.result()

    assert (results, months_and_default()) == ((True, None), (1, 0))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_probe")
def test_who_has_read_and_then_writes_goes_before_the_making_of_the_month() -> None:
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(), connection.cursor() as story:
            story.execute(COUNT)
            made = pool.submit(make, MONTHS[0])
            await_waiting(1)
            story.execute(WRITE, [1, MONTHS[0]])
        is_made = made.result()

    assert (is_made, months_and_default()) == (True, (1, 0))


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_probe")
def test_a_month_that_finds_no_gap_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partitions, "_ATTEMPTS", 2)
    with ThreadPoolExecutor(1) as pool, transaction.atomic(), connection.cursor() as story:
        story.execute(WRITE, [1, MONTHS[0]])

        with pytest.raises(OperationalError, match="lock timeout"):
            pool.submit(make, MONTHS[0]).result()
