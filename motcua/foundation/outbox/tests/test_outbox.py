from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar

import pytest
from django.db import OperationalError

from motcua.foundation.outbox import api as outbox
from motcua.foundation.outbox.models import Delivery, Position
from motcua.foundation.outbox.operations import spread_deliveries
from motcua.lib import partitions, work
from motcua.lib.actor import Actor

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
BINH = Actor(id=7, name="Trần Văn Bình")


@dataclass(frozen=True, slots=True)
class TeaServed(outbox.Event):
    topic: ClassVar[str] = "tea.served"
    aggregate: ClassVar[str] = "tea"

    on: date


@work.story
def serve_tea(seq: int, *, by: Actor = BINH) -> None:
    outbox.announce(TeaServed(1, seq, date(2026, 3, 2)), by=by, at=NOW)


@pytest.fixture(autouse=True)
def _empty_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox.registry, "projections", {})
    monkeypatch.setattr(outbox.registry, "deliveries", {})


def listen(name: str = "guests") -> list[int]:
    heard: list[int] = []

    @outbox.projection(name, "tea.served")
    def hear(facts: Sequence[outbox.ReadFact]) -> None:
        heard.extend(fact.seq for fact in facts)

    return heard


@pytest.mark.django_db(transaction=True)
def test_a_projection_hears_each_fact_once_and_in_order() -> None:
    heard = listen()
    for seq in (1, 2, 3):
        serve_tea(seq)

    moved = [outbox.catch_up(at=NOW), outbox.catch_up(at=NOW)]

    assert (moved, heard) == ([3, 0], [1, 2, 3])


@pytest.mark.django_db(transaction=True)
def test_a_fact_carries_ids_and_days_only_as_plain_values() -> None:
    seen: list[outbox.ReadFact] = []
    outbox.projection("all", "tea.served")(seen.extend)
    serve_tea(1)

    outbox.catch_up(at=NOW)

    assert (seen[0].aggregate_id, seen[0].payload) == (1, {"on": "2026-03-02"})


@pytest.mark.django_db(transaction=True)
def test_a_projection_that_fails_does_not_move() -> None:
    @outbox.projection("broken", "tea.served")
    def fail(facts: Sequence[outbox.ReadFact]) -> None:
        raise LookupError(len(facts))

    serve_tea(1)
    outbox.catch_up(at=NOW)

    assert Position.objects.filter(consumer="broken", fact_id__gt=0).count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_fact_that_cannot_be_taken_is_set_aside_and_seen_and_the_others_go_on() -> None:
    heard: list[int] = []
    spoilt = {3}

    @outbox.projection("guests", "tea.served", sets_aside=True)
    def hear(facts: Sequence[outbox.ReadFact]) -> None:
        if spoilt & {fact.seq for fact in facts}:
            raise LookupError("spoilt")
        heard.extend(fact.seq for fact in facts)

    for seq in (1, 2, 3, 4, 5):
        serve_tea(seq)
    outbox.catch_up(at=NOW)

    (letter,) = outbox.dead_letters()
    assert (heard, letter.seq, letter.latest_error) == ([1, 2, 4, 5], 3, "LookupError")
    spoilt.clear()
    outbox.retry_dead(letter.pk, at=NOW)
    outbox.catch_up(at=NOW)
    assert (heard[-1], outbox.dead_letters()) == (3, [])


@pytest.mark.django_db(transaction=True)
def test_a_fact_is_not_blamed_for_what_the_database_refuses() -> None:
    @outbox.projection("guests", "tea.served", sets_aside=True)
    def hear(facts: Sequence[outbox.ReadFact]) -> None:
        raise OperationalError(len(facts))

    serve_tea(1)
    outbox.catch_up(at=NOW)

    assert Position.objects.filter(consumer="guests", fact_id__gt=0).count() == 0
    assert outbox.dead_letters() == []


@pytest.mark.django_db(transaction=True)
def test_a_consumer_is_behind_until_it_has_read_the_latest_fact() -> None:
    listen()
    before = outbox.seconds_behind("guests")
    serve_tea(1)

    waiting = outbox.seconds_behind("guests")
    outbox.catch_up(at=NOW)

    assert (before, waiting > 0, outbox.seconds_behind("guests")) == (0, True, 0)


@pytest.mark.django_db(transaction=True)
def test_a_new_epoch_keeps_the_order_and_loses_nothing() -> None:
    heard = listen()
    serve_tea(1)
    outbox.catch_up(at=NOW)
    serve_tea(2)

    outbox.begin_epoch()
    serve_tea(3)
    outbox.catch_up(at=NOW)

    assert heard == [1, 2, 3]


@pytest.mark.django_db(transaction=True)
def test_a_failed_delivery_is_tried_again_later_and_then_done() -> None:
    answers = iter([ConnectionError(), None])

    @outbox.delivery("post", "tea.served")
    def send(fact: outbox.ReadFact) -> None:
        if error := next(answers):
            raise error from LookupError(fact.id)

    serve_tea(1)
    outbox.catch_up(at=NOW)
    states = [Delivery.objects.get().state]
    outbox.catch_up(at=NOW + timedelta(minutes=1))
    states.append(Delivery.objects.get().state)

    assert states == ["waiting", "done"]


@pytest.mark.django_db(transaction=True)
def test_a_delivery_given_up_is_visible_and_can_be_retried() -> None:
    @outbox.delivery("post", "tea.served")
    def fail(fact: outbox.ReadFact) -> None:
        raise ConnectionError(fact.id)

    serve_tea(1)
    for hour in range(1, 12):
        outbox.catch_up(at=NOW + timedelta(hours=hour))
    dead = outbox.dead_letters()
    outbox.retry_dead(dead[0].pk, at=NOW)

    assert ([d.attempts for d in dead], outbox.dead_letters()) == ([10], [])


@pytest.mark.django_db(transaction=True)
def test_silent_facts_are_not_delivered() -> None:
    sent: list[outbox.ReadFact] = []
    outbox.delivery("post", "tea.served")(sent.append)
    serve_tea(1, by=Actor(id=8, name="Nhập liệu", is_silent=True))

    spread_deliveries(outbox.registry.deliveries["post"])

    assert Delivery.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_month_takes_its_rows_from_the_default_partition() -> None:
    heard = listen()
    serve_tea(1)
    before = partitions.rows_in_default("outbox_fact")

    outbox.prepare_months(datetime.now(UTC).date())  # noqa: TID251 -- the database stamps facts itself
    outbox.catch_up(at=NOW)

    assert (before, partitions.rows_in_default("outbox_fact"), heard) == (1, 0, [1])


@pytest.mark.django_db(transaction=True)
def test_rows_written_together_that_fail_are_written_one_by_one() -> None:
    kept: list[list[int]] = []

    @outbox.delivery_of_rows("screen", "tea.served")
    def write(facts: Sequence[outbox.ReadFact]) -> None:
        if any(fact.seq == SPILLED for fact in facts):
            raise ConnectionError
        kept.append([fact.seq for fact in facts])

    for seq in (1, SPILLED, 3):
        serve_tea(seq)
    outbox.catch_up(at=NOW)

    states = Delivery.objects.order_by("seq").values_list("state", "attempts")
    assert (kept, list(states)) == ([[1], [3]], [("done", 1), ("waiting", 1), ("done", 1)])


SPILLED = 2


@pytest.mark.django_db(transaction=True)
def test_rows_are_written_together_and_once() -> None:
    kept: list[list[int]] = []

    @outbox.delivery_of_rows("screen", "tea.served")
    def write(facts: Sequence[outbox.ReadFact]) -> None:
        kept.append([fact.seq for fact in facts])

    for seq in (1, 2, 3):
        serve_tea(seq)
    moved = [outbox.catch_up(at=NOW), outbox.catch_up(at=NOW)]

    assert (kept, moved) == ([[1, 2, 3]], [6, 0])


@pytest.mark.django_db(transaction=True)
def test_facts_nobody_listens_to_cost_a_round_nothing_but_two_statements() -> None:
    listen()
    outbox.catch_up(at=NOW)

    with work.metered() as meter:
        outbox.catch_up(at=NOW)

    assert meter.statements == len(["epoch", "news", "waiting"])
