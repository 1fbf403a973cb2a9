"""Through the interface nobody learns of, or changes, what is not theirs: every endpoint, tried.

An officer of another commune with all powers there, and another citizen, name what is there and
what is not: the answers are the same.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import (
    DUNG,
    LAN,
    make_all,
    make_commune,
    make_received,
)
from motcua.channels.api import guard
from motcua.channels.api.describing import described
from motcua.channels.api.urls import interface
from motcua.foundation.files import api as files
from motcua.lib.actor import Actor
from motcua.lib.clock import now

pytestmark = pytest.mark.django_db
UNKNOWN = {"code": "H18.101-260302-9999", "draft": "no-such-draft", "upload": "no-such-upload"}
SUBJECTS = {
    "/v1/dossiers/{code}": "code",
    "/v1/drafts/{token}": "draft",
    "/v1/uploads/{token}": "upload",
}


@pytest.fixture
def known() -> dict[str, str]:
    """Return Lan's dossier, draft and upload."""
    code, at = make_received(make_all()), now()
    return {
        "code": code,
        "draft": dossiers.begin_draft("1.004873", by=LAN, at=at).token,
        "upload": files.begin_upload("giay.pdf", 10_000, by=LAN, at=at).token,
    }


def endpoints() -> Iterator[tuple[str, str, str, Any]]:
    """Yield method, address, what it names, and the body the description shows."""
    for path, methods in described(interface, "/api")["paths"].items():
        subject = next((one for start, one in SUBJECTS.items() if path.startswith(start)), "")
        for method, said in methods.items():
            content = said.get("requestBody", {}).get("content", {})
            if subject:
                body = content.get("application/json", {}).get("example")
                yield method.upper(), path, subject, body


def ask(client: Client, method: str, path: str, named: str, body: Any) -> tuple[int, str]:
    address = path.replace("{code}", named).replace("{token}", named)
    for part, value in (("{step}", "tham-dinh"), ("{form}", "01"), ("{receipt}", "X")):
        address = address.replace(part, value)
    for part in ("{seq}", "{place}", "{page}"):
        address = address.replace(part, "1")
    answer = client.generic(
        method,
        f"/api{address}?offset=0",
        json.dumps(body) if body is not None else b"",
        content_type="application/json",
        headers={"Authorization": "Bearer good"},
    )
    said = answer.json().get("detail", "") if answer.status_code >= 400 else "done"
    return answer.status_code, said.replace(named, "…")


@pytest.mark.parametrize("who", ["an officer elsewhere", "another citizen"])
def test_what_is_not_theirs_is_answered_like_what_is_not_there(
    client: Client, known: dict[str, str], who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = make_commune("H18.102", "UBND xã Nà Tấu", first=31)
    actors: list[Actor] = [DUNG]
    if who == "an officer elsewhere":
        actors = [elsewhere.binh, elsewhere.mai, elsewhere.hoa]
    before = dossiers.get_dossier_for(LAN, known["code"]).version

    found = []
    for actor in actors:

        def find_caller(_: object, token: str, *, at: datetime, one: Actor = actor) -> Any:  # noqa: ARG001 -- the shape of the real one
            return guard.Credential(f"account:{one.id}", one)

        monkeypatch.setattr(guard, "find_caller", find_caller)
        monkeypatch.setattr(guard, "WINDOW", guard.WINDOW * 0)
        for method, path, subject, body in endpoints():
            there = ask(client, method, path, known[subject], body)
            nowhere = ask(client, method, path, UNKNOWN[subject], body)
            if there != nowhere or there[0] < 400:
                found.append((actor.name, method, path, there, nowhere))

    assert found == []
    assert dossiers.get_dossier_for(LAN, known["code"]).version == before
