from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache, caches
from django.db import connection
from pytest_django import Settings

from motcua.foundation.requests import api as requests
from motcua.foundation.requests.models import Attempts
from motcua.foundation.requests.operations import forget_attempts
from motcua.lib import work
from motcua.lib.actor import Actor

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
LAN = Actor(id=5, name="Lò Thị Lan")
served: list[str] = []


def serve(key: str, answer: str, *, by: Actor = LAN) -> str:
    @work.story
    def act() -> str:
        served.append(answer)
        requests.claim_key(key, answer, by=by, at=NOW)
        return answer

    return requests.carry_out_once(key, act, by=by)


@pytest.mark.django_db(transaction=True)
def test_a_repeated_request_gets_the_first_answer() -> None:
    assert [serve("k1", "một"), serve("k1", "hai")] == ["một", "một"]


@pytest.mark.django_db(transaction=True)
def test_another_sender_may_use_the_same_key() -> None:
    serve("k1", "một")

    assert serve("k1", "hai", by=Actor(id=6, name="Dũng")) == "hai"


def tries(times: int, *, name: str = "lan", at: datetime = NOW) -> list[bool]:
    """Return for each try whether it was still allowed, three being allowed in ten minutes."""
    window = timedelta(minutes=10)
    return [requests.count_attempt(name, most=3, window=window, at=at) for _ in range(times)]


@pytest.mark.django_db
def test_only_so_many_attempts_are_allowed_in_a_window() -> None:
    assert tries(4) == [True, True, True, False]


@pytest.mark.django_db
def test_counting_begins_anew_after_the_window() -> None:
    tries(4)

    assert tries(1, at=NOW + timedelta(minutes=10)) == [True]


@pytest.mark.django_db
def test_each_name_has_its_own_attempts_and_is_not_kept() -> None:
    tries(4)

    assert tries(1, name="dũng") == [True]
    assert all("lan" not in kept.key for kept in Attempts.objects.all())


@pytest.mark.django_db
def test_old_attempts_are_forgotten() -> None:
    tries(1)
    tries(1, name="dũng", at=NOW + timedelta(days=1))

    forget_attempts(at=NOW + timedelta(days=1, seconds=1))

    assert [one.began_at for one in Attempts.objects.all()] == [NOW + timedelta(days=1)]


@pytest.mark.django_db
def test_the_sites_cache_is_one_for_all_processes() -> None:
    cache.set("a", 1)

    another = caches.create_connection("default")

    assert another.get("a") == 1


@pytest.mark.parametrize(("places", "has_room"), [(1, False), (2, True)])
@pytest.mark.django_db
def test_so_many_pages_may_be_slow_at_a_time_over_all_processes(
    places: int,
    has_room: bool,  # noqa: FBT001 -- a row of the table
    settings: Settings,
) -> None:
    settings.SLOW_PLACES = places
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(1501, 1)")

        assert can_be_slow() is has_room
        # A closed connection gives its places back only when its process has ended.
        cursor.execute("SELECT pg_advisory_unlock(1501, 1)")
    other.close()


@pytest.mark.django_db
def test_a_place_is_free_again_when_the_page_is_done_or_broke() -> None:
    with pytest.raises(ValueError, match="broke"), requests.slow_place():
        raise ValueError("broke")

    assert [can_be_slow(), can_be_slow()] == [True, True]


def can_be_slow() -> bool:
    try:
        with requests.slow_place():
            return True
    except requests.SiteBusy:
        return False
