"""Reading in bulk through the interface."""

import gzip
import json
from http import HTTPStatus
from typing import Any

import pytest

from motcua.casework.dossiers.tests.make import LAN, Commune, make_filed
from motcua.casework.extracts.tests.make import make_reader
from motcua.foundation.outbox import api as outbox
from motcua.foundation.requests import api as requests

from .test_interface import Caller, caller, commune  # noqa: F401 -- fixtures

pytestmark = pytest.mark.django_db


def lines_of(answer: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer.content.splitlines()]


def test_rows_are_lines_and_the_last_says_where_to_go_on(
    caller: Caller,  # noqa: F811 -- the fixture
    commune: Commune,  # noqa: F811 -- the fixture
) -> None:
    code = make_filed(commune)
    caller.speak_as(make_reader(commune))

    answer = caller.get("/bulk/dossiers")
    row, final = lines_of(answer)
    after = lines_of(caller.get(f"/bulk/dossiers?since={final['cursor']}"))

    assert answer.headers["Content-Type"].startswith("application/x-ndjson")
    assert (row["code"], final["has_more"], len(after)) == (code, False, 1)
    assert answer.headers["X-Next-Cursor"] == final["cursor"]


def test_much_is_packed_for_who_unpacks(
    caller: Caller,  # noqa: F811 -- the fixture
    commune: Commune,  # noqa: F811 -- the fixture
) -> None:
    for _ in range(3):
        make_filed(commune)
    caller.speak_as(make_reader(commune))

    packed = caller.client.get(
        "/api/v1/bulk/dossiers",
        headers={"Authorization": "Bearer good", "Accept-Encoding": "gzip"},
    )

    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(gzip.decompress(packed.content).splitlines()) == 4


def test_a_busy_site_is_asked_once(
    caller: Caller,  # noqa: F811 -- the fixture
    commune: Commune,  # noqa: F811 -- the fixture
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []

    def busy() -> None:
        asked.append(1)
        raise requests.SiteBusy("Đang bận.")

    monkeypatch.setattr(requests, "slow_place", busy)
    caller.speak_as(make_reader(commune))
    answer = caller.get("/bulk/dossiers")

    assert (answer.status_code, "Retry-After" in answer.headers, len(asked)) == (503, True, 1)


def test_refusals(
    caller: Caller,  # noqa: F811 -- the fixture
    commune: Commune,  # noqa: F811 -- the fixture
) -> None:
    caller.speak_as(LAN)
    stranger = caller.get("/bulk/dossiers").status_code
    caller.speak_as(make_reader(commune))
    cursor = lines_of(caller.get("/bulk/dossiers"))[-1]["cursor"]
    outbox.begin_epoch()

    assert stranger == HTTPStatus.FORBIDDEN
    assert caller.get("/bulk/secrets").status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert caller.get("/bulk/dossiers?limit=0").status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert caller.get("/bulk/dossiers?since=zzz").status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert caller.get("/bulk/dossiers?names=true").status_code == HTTPStatus.FORBIDDEN
    assert caller.get(f"/bulk/dossiers?since={cursor}").status_code == HTTPStatus.GONE
