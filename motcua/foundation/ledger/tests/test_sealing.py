from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection
from pytest_django import Settings

from motcua.foundation.audit import api as audit
from motcua.foundation.ledger.errors import NotStopped
from motcua.foundation.ledger.models import Leaf, Placed, Stream, Tile
from motcua.foundation.ledger.operations.promising import promise
from motcua.foundation.ledger.operations.sealing import anchor, resume, seal
from motcua.foundation.ledger.ports import LeafIn
from motcua.foundation.ledger.queries.leaves import leaves_between
from motcua.lib import work
from motcua.lib.merkle import Growing, leaf_hash

from .make import HOA, MONDAY, SALT, later, make_fact, make_facts, settle, use_key, write

pytestmark = pytest.mark.django_db(transaction=True)
PROMISES = "promises"


def disable_guards(*tables: str) -> None:
    """Do what an administrator of the database can do."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_leaves_are_sealed_in_the_order_in_which_their_acts_committed() -> None:
    write(*make_facts(3))
    write(make_fact(2, "promised"))

    taken = seal(PROMISES, at=MONDAY)

    growing = Growing()
    for line in leaves_between(0, 4):
        growing.push(leaf_hash(line))
    stream = Stream.objects.get(pk=PROMISES)
    assert (taken, stream.size, bytes(stream.root)) == (4, 4, growing.root())


def test_sealing_in_two_goes_gives_the_tree_of_one() -> None:
    write(*make_facts(300))

    taken = [seal(PROMISES, at=MONDAY, most=299), seal(PROMISES, at=MONDAY)]

    stream = Stream.objects.get(pk=PROMISES)
    assert (taken, stream.size, Tile.objects.filter(stream=PROMISES).count()) == ([299, 1], 300, 3)


def test_nothing_is_taken_while_an_older_act_may_still_commit() -> None:
    ours = connection.get_connection_params()
    with psycopg.connect(**ours) as other:
        other.execute("SELECT pg_current_xact_id()")
        write(make_fact())

        meanwhile = seal(PROMISES, at=MONDAY)
    other.close()

    assert (meanwhile, seal(PROMISES, at=MONDAY)) == (0, 1)


@work.story
def fail_after(fact: LeafIn) -> None:
    promise(fact, salt=SALT)
    message = "the act fails"
    raise ValueError(message)


def test_an_act_that_is_taken_back_leaves_no_leaf() -> None:
    with pytest.raises(ValueError, match="the act fails"):
        fail_after(make_fact())

    assert (seal(PROMISES, at=MONDAY), Leaf.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_leaf SET subject = 'x'",
        "DELETE FROM ledger_leaf",
        "UPDATE ledger_placed SET row_id = 9",
        "DELETE FROM ledger_placed",
        "UPDATE ledger_tile SET hashes = 'x'",
        "DELETE FROM ledger_tile",
        "UPDATE ledger_head SET at = now()",
        "DELETE FROM ledger_head",
    ],
)
def test_the_database_refuses_to_change_the_ledger(sql: str) -> None:
    write(make_fact())
    settle()

    with pytest.raises(DatabaseError, match="the ledger"):
        run(sql)


def test_a_tile_that_was_changed_stops_the_stream_and_acts_go_on() -> None:
    write(make_fact())
    seal(PROMISES, at=MONDAY)
    disable_guards("ledger_tile")
    run("UPDATE ledger_tile SET hashes = sha256('x')")
    write(make_fact(2))

    taken = seal(PROMISES, at=MONDAY)

    stream = Stream.objects.get(pk=PROMISES)
    assert (taken, stream.state, stream.size, Leaf.objects.count()) == (0, "stopped", 1, 2)
    assert stream.stopped_why == "Gốc của 1 lá không còn như lúc niêm phong."


def test_a_lost_tile_stops_the_stream() -> None:
    write(make_fact())
    seal(PROMISES, at=MONDAY)
    disable_guards("ledger_tile")
    run("DELETE FROM ledger_tile")

    seal(PROMISES, at=MONDAY)

    assert Stream.objects.get(pk=PROMISES).stopped_why.startswith("Cây niêm phong bị hỏng")


def test_a_clock_that_runs_back_stops_the_stream() -> None:
    write(make_fact())
    settle()

    seal(PROMISES, at=MONDAY - timedelta(hours=1, seconds=1))

    assert Stream.objects.get(pk=PROMISES).stopped_why.startswith("Đồng hồ chạy lùi")


def test_a_stopped_stream_goes_on_when_somebody_has_looked_and_not_if_it_is_still_wrong() -> None:
    write(make_fact())
    seal(PROMISES, at=MONDAY)
    disable_guards("ledger_tile")
    run("UPDATE ledger_tile SET hashes = sha256('x')")
    seal(PROMISES, at=MONDAY)

    resume(PROMISES, "Đã khôi phục ô từ bản công bố", by=HOA, at=MONDAY)
    seal(PROMISES, at=MONDAY)

    noted = [entry.detail["reason"] for entry in audit.trail_of("ledger:promises")]
    assert Stream.objects.get(pk=PROMISES).state == "stopped"
    assert noted == ["Đã khôi phục ô từ bản công bố"]


def test_a_stream_that_is_not_stopped_is_not_resumed() -> None:
    with pytest.raises(NotStopped):
        resume(PROMISES, "x", by=HOA, at=MONDAY)


@work.story
def act(subject: str) -> None:
    audit.record("tea.serve", subject, by=HOA, at=MONDAY)


def test_the_private_trail_is_bound_to_the_public_stream() -> None:
    act("tea:1")
    audit.record_access("dossier.open", "dossier:X", by=HOA, at=MONDAY, person_id=5)

    settle()

    sizes = {stream.pk: (stream.size, stream.anchored_size) for stream in Stream.objects.all()}
    assert sizes == {"promises": (2, 0), "trail": (1, 1), "looks": (1, 1)}


def test_anchors_say_that_we_are_still_here_at_most_every_few_minutes() -> None:
    made = [anchor(at=MONDAY), anchor(at=MONDAY), anchor(at=later())]

    assert made == [2, 0, 2]


def test_a_place_is_given_once() -> None:
    write(*make_facts(2))
    seal(PROMISES, at=MONDAY)

    places = Placed.objects.order_by("tree_index").values_list("tree_index", "row_id")
    leaves = Leaf.objects.order_by("id").values_list("id", flat=True)
    assert list(places) == list(enumerate(leaves))


def test_a_head_is_made_only_when_the_tree_grew_and_not_too_often(
    settings: Settings,
) -> None:
    use_key(settings)
    write(make_fact())
    first = settle()
    write(make_fact(2))

    too_soon = settle()
    second = settle(at=later())

    assert first is not None
    assert second is not None
    assert (first.size, too_soon, second.size, second.previous_size) == (3, None, 6, 3)
