from datetime import UTC, datetime

import pytest

from motcua.foundation.requests import api as requests
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
