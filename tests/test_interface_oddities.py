"""Bodies no honest program sends: every endpoint refuses them in words, none breaks."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from motcua.casework.dossiers.tests.make import make_all, make_received
from motcua.channels.api import guard
from motcua.channels.api.describing import ERRORS, endpoints_of
from motcua.channels.api.examples import WORDS
from motcua.channels.api.urls import interface

JSON = "application/json"
DEEP = "[" * 20_000 + "]" * 20_000
BODIES = {
    "nothing": (b"", JSON),
    "no JSON": (b"{", JSON),
    "no object": (b"[1, 2]", JSON),
    "nothing at all": (b"null", JSON),
    "not UTF-8": (b'{"words": "\xff\xfe"}', JSON),
    "UTF-16": ('{"words": "a"}'.encode("utf-16"), JSON),
    "deep": (DEEP.encode(), JSON),
    "deep inside": (f'{{"answers": {DEEP}, "facts": {DEEP}}}'.encode(), JSON),
    "no number": (b'{"percent": NaN, "amount": Infinity, "size": 1e999}', JSON),
    "a huge number": (b'{"percent": ' + b"9" * 5_000 + b"}", JSON),
    "half a character": (rb'{"words": "\ud800", "name": "\udfff", "reason": "\ud800"}', JSON),
    "NUL": (
        rb'{"words": "\u0000", "name": "a\u0000", "reason": "\u0000", "comment": "\u0000"}',
        JSON,
    ),
    "a form": (b"words=a&name=b", "application/x-www-form-urlencoded"),
    "XML": (b"<words/>", "application/xml"),
    "parts without an end": (
        b"--x\r\nContent-Disposition: form-data",
        "multipart/form-data; boundary=x",
    ),
    "no boundary": (b"--x", "multipart/form-data"),
    "an unknown alphabet": (b'{"words": "a"}', "application/json; charset=klingon"),
    "a broken kind": (b'{"words": "a"}', "\x00/\xff"),
}
QUERIES = (
    "after=%00",
    "after=%FF%FE",
    "limit=9999999999999999999999",
    "q=%ED%A0%80",
    "after=a.b.c",
)


@pytest.fixture
def code(monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> str:  # noqa: ARG001 -- asked for its effect
    """Return a dossier that is handled; whoever calls is its handler."""
    commune = make_all()

    def find_caller(_: object, token: str, *, at: datetime) -> guard.Credential:  # noqa: ARG001 -- the shape of the real one
        return guard.Credential("account:1", commune.mai)

    monkeypatch.setattr(guard, "find_caller", find_caller)
    monkeypatch.setattr(guard, "WINDOW", guard.WINDOW * 0)
    return make_received(commune)


def addresses(code: str) -> Iterator[tuple[str, str]]:
    """Yield every endpoint's method and an address of it."""
    named = {**WORDS, "code": code, "seq": 1, "place": 0, "page": 0, "size": 1, "form": "01"}
    for method, path, _ in endpoints_of(interface):
        parts = [
            str(named.get(part[1:-1].split(":")[-1], "waiting")) if part[:1] == "{" else part
            for part in path.split("/")
        ]
        yield method, "/".join(["/api", *parts[1:]])


@pytest.mark.parametrize("kind", BODIES)
def test_no_body_breaks_an_endpoint(client: Client, code: str, kind: str) -> None:
    body, media = BODIES[kind]
    known = {200, 201, 204, *ERRORS}

    found = {}
    for method, address in addresses(code):
        if method == "GET":
            continue
        answer = client.generic(
            method, address, body, content_type=media, headers={"Authorization": "Bearer good"}
        )
        if answer.status_code not in known or _is_bare(answer):
            found[f"{method} {address}"] = answer.status_code

    assert found == {}


@pytest.mark.parametrize("query", QUERIES)
def test_no_query_breaks_an_endpoint(client: Client, code: str, query: str) -> None:
    known = {200, *ERRORS}

    found = {}
    for method, address in addresses(code):
        if method != "GET":
            continue
        answer = client.get(f"{address}?{query}", headers={"Authorization": "Bearer good"})
        if answer.status_code not in known or _is_bare(answer):
            found[f"{method} {address}"] = answer.status_code

    assert found == {}


def _is_bare(answer: Any) -> bool:
    """Say whether a refusal is not in the form that is described."""
    is_refusal = answer.status_code >= 400
    return bool(is_refusal and answer["Content-Type"] != "application/problem+json")
