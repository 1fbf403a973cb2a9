from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection

from motcua.foundation.jobs.models import Heartbeat
from motcua.foundation.requests.models import RequestKey
from motcua.lib import work

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def key(word: str) -> RequestKey:
    return RequestKey(actor_id=1, key=word, answer="", at=NOW)


@work.story
def add_keys(*words: str) -> None:
    work.add(*(key(word) for word in words))


@pytest.mark.django_db
def test_rows_handed_over_arrive_when_the_story_ends() -> None:
    add_keys("a", "b")

    assert list(RequestKey.objects.order_by("id").values_list("key", flat=True)) == ["a", "b"]


@pytest.mark.django_db
def test_a_broken_constraint_undoes_the_story_and_is_named() -> None:
    with pytest.raises(IntegrityError) as caught:
        add_keys("a", "b", "a")

    assert (work.broken_constraint(caught.value), RequestKey.objects.count()) == (
        "requests_key_once",
        0,
    )


@pytest.mark.django_db
def test_a_story_in_a_story_joins_it() -> None:
    @work.story
    def outer() -> int:
        add_keys("a")
        return RequestKey.objects.count()

    assert (outer(), RequestKey.objects.count()) == (0, 1)


@pytest.mark.django_db
def test_rows_of_one_kind_leave_in_one_statement_and_all_in_one_round_trip() -> None:
    with work.metered() as meter:
        add_keys("a", "b", "c")

    assert (meter.statements, meter.round_trips) == (1, 1)


@pytest.mark.django_db
def test_more_rows_than_one_statement_can_take_leave_all_the_same() -> None:
    add_keys(*map(str, range(20_000)))

    assert RequestKey.objects.count() == 20_000


@pytest.mark.django_db
def test_a_locked_row_can_be_changed() -> None:
    Heartbeat.objects.create(process="p", at=NOW)
    later = NOW.replace(hour=9)

    @work.story
    def change() -> None:
        row = work.lock(Heartbeat, process="p")
        row.at = later
        work.update(row, "at")

    change()

    assert Heartbeat.objects.get().at == later


@pytest.mark.django_db
def test_locking_what_is_not_there_says_so() -> None:
    @work.story
    def look() -> None:
        work.lock(Heartbeat, process="nobody")

    with pytest.raises(Heartbeat.DoesNotExist):
        look()


def test_rows_cannot_be_handed_over_outside_a_story() -> None:
    with pytest.raises(RuntimeError, match=r"@work\.story"):
        work.add(key("a"))


@pytest.mark.django_db(transaction=True)
def test_keys_a_broken_connection_took_are_not_used_by_the_next() -> None:
    connection.close()
    first = work.new_id(RequestKey)

    connection.close()

    assert work.new_id(RequestKey) == first + 32


@pytest.mark.django_db
def test_a_moment_is_read_in_utc_as_django_reads_it() -> None:
    Heartbeat.objects.create(process="worker-1", at=NOW)

    ((at,),) = work.fetch("SELECT at FROM jobs_heartbeat", [])

    assert (at, at.tzinfo) == (Heartbeat.objects.get().at, UTC)


@pytest.mark.django_db
def test_a_row_read_by_hand_is_as_one_read_by_django() -> None:
    add_keys("a")
    columns = work.columns(RequestKey, "r")
    (row,) = work.fetch(f"SELECT {columns} FROM requests_requestkey r", [])  # noqa: S608 -- our own columns

    by_hand, by_django = work.from_row(RequestKey, row), RequestKey.objects.get()
    by_hand.answer = "b"
    by_hand.save(update_fields=["answer"])

    assert by_hand == by_django
    assert {**by_django.__dict__, "answer": "b", "_state": None} == {
        **by_hand.__dict__,
        "_state": None,
    }
