"""The agency for trying: one key does everything there, and nothing of it counts."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client as Browser

from demo import sandbox
from demo.cast import Cast, founder
from demo.sandbox import CODE, open_sandbox
from motcua.casework.dossiers.api import rebuild_counts
from motcua.casework.indicators import api as indicators
from motcua.channels.api.package import CLIENT
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import now

from .provinces import AT

EXAMPLE = CLIENT / "examples" / "sandbox.py"


def filing() -> dict[str, Any]:
    """Return what the example files."""
    names: dict[str, Any] = {"Any": Any}
    text = EXAMPLE.read_text()
    start, end = text.index("AGENCY = "), text.index("SECONDS = ")
    exec(text[start:end], names)  # noqa: S102 -- our own example
    found: dict[str, Any] = names["FILING"]
    return found


def post(key: str, path: str, body: dict[str, Any]) -> Any:
    headers = {"Authorization": f"Bearer {key}"}
    return Browser().post(
        f"/api/v1{path}", json.dumps(body), content_type="application/json", headers=headers
    )


@pytest.mark.django_db
def test_one_key_receives_handles_subscribes_and_reads_and_nothing_counts(
    small_cast: Cast,
) -> None:
    made = open_sandbox(by=founder(), at=now())

    received = post(made.key, "/desk/dossiers", filing())
    code = received.json().get("code", received.json())
    hook = post(made.key, "/hooks", {"url": "https://he-thong.vn/"})
    bulk = Browser().get("/api/v1/bulk/dossiers", headers={"Authorization": f"Bearer {made.key}"})
    rebuild_counts()

    root = organisation.tree().agency(organisation.get_agency(CODE).pk).root_unit_id
    standing = indicators.standing([root, indicators.PROVINCE])
    assert received.status_code == 201, code
    assert (hook.status_code, bulk.status_code) == (201, 200)
    assert (code.startswith(CODE), code in bulk.content.decode()) == (True, True)
    assert [value for value in standing.values() if value] == []
    assert small_cast.seats


@pytest.mark.django_db
def test_a_second_time_gives_a_new_key_and_ends_the_former_one(small_cast: Cast) -> None:
    first = open_sandbox(by=founder(), at=now())
    second = open_sandbox(by=founder(), at=now())

    answers = [post(one.key, "/desk/dossiers", {}).status_code for one in (first, second)]

    assert (answers, first.desk_code == second.desk_code) == ([401, 422], True)
    assert small_cast.seats


@pytest.mark.django_db
def test_the_command_prints_the_agency_and_the_key(
    small_cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("demo_sandbox")

    said = capsys.readouterr().out
    assert (CODE in said, "mck_" in said, bool(small_cast.seats)) == (True, True, True)


def test_it_is_no_commune() -> None:
    assert (sandbox.body().kind, AT.year) == ("sandbox", 2026)
