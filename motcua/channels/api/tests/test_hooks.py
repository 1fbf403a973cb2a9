"""Webhooks through the interface."""

from http import HTTPStatus

import pytest

from motcua.casework.dossiers.tests.make import LAN, Commune
from motcua.casework.webhooks.tests.make import make_lan, make_neighbour

from .test_interface import Caller, caller, commune  # noqa: F401 -- fixtures

pytestmark = pytest.mark.django_db
HOOK = {"url": "https://he-thong.vn/nhan", "name": "Kho dữ liệu", "agencies": ["H18.101"]}


def test_a_subscription_is_made_read_changed_and_ended(
    caller: Caller,  # noqa: F811 -- the fixture
    commune: Commune,  # noqa: F811, ARG001 -- the fixture
) -> None:
    make_lan()
    caller.speak_as(LAN)

    made = caller.post("/hooks", HOOK)
    code = made.json()["code"]
    steps = [
        caller.post(f"/hooks/{code}/{act}").json()["state"] for act in ("pause", "resume", "end")
    ]
    again = caller.post(f"/hooks/{code}/pause")

    assert (made.status_code, made.json()["secret"][:6]) == (HTTPStatus.CREATED, "whsec_")
    assert "secret" not in caller.get(f"/hooks/{code}").json()
    assert (steps, again.status_code) == (["paused", "on", "ended"], HTTPStatus.NOT_FOUND)


def test_a_test_message_is_listed_sent_again_and_replayed(
    caller: Caller,  # noqa: F811 -- the fixture
    commune: Commune,  # noqa: F811, ARG001 -- the fixture
) -> None:
    make_lan()
    caller.speak_as(LAN)
    code = caller.post("/hooks", HOOK).json()["code"]

    message = caller.post(f"/hooks/{code}/test").json()["message_id"]
    listed = caller.get(f"/hooks/{code}/deliveries?state=waiting").json()
    resent = caller.post(f"/hooks/{code}/deliveries/{message}/resend").json()
    replayed = caller.post(f"/hooks/{code}/replay", {"since": "2026-03-02T08:00:00+07:00"})

    assert [row["message_id"] for row in listed["rows"]] == [message] == [resent["message_id"]]
    assert (listed["next"], replayed.json()) == (0, {"count": 0})


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"url": "https://169.254.169.254/latest"}, "url"),
        ({"url": "http://he-thong.vn/"}, "url"),
        ({"kinds": ["dossier.eaten"]}, "kinds"),
        ({"agencies": ["H18.999"]}, "agencies"),
    ],
)
def test_what_is_wrong_is_named(
    caller: Caller,  # noqa: F811 -- the fixture
    commune: Commune,  # noqa: F811, ARG001 -- the fixture
    body: dict[str, object],
    field: str,
) -> None:
    caller.speak_as(LAN)

    answer = caller.post("/hooks", {**HOOK, **body})

    assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])


def test_somebody_elses_is_none(
    caller: Caller,  # noqa: F811 -- the fixture
    commune: Commune,  # noqa: F811, ARG001 -- the fixture
) -> None:
    make_lan()
    caller.speak_as(LAN)
    code = caller.post("/hooks", HOOK).json()["code"]
    caller.speak_as(make_neighbour())

    answers = [
        caller.get(f"/hooks/{code}").status_code,
        caller.get(f"/hooks/{code}/deliveries").status_code,
        *(
            caller.post(f"/hooks/{code}/{act}").status_code
            for act in ("pause", "resume", "end", "secret", "test")
        ),
    ]

    assert set(answers) == {HTTPStatus.NOT_FOUND}
    assert caller.get("/hooks").json() == []
