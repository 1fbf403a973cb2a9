"""Scopes and limits: every endpoint names its scope, every credential has its requests."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from ninja.operation import Operation
from pytest_django import Settings

from motcua.channels.api.guard import Load, Needs
from motcua.channels.api.urls import interface
from motcua.foundation.access.api import Power
from motcua.foundation.clients import api as clients
from motcua.foundation.clients.api import Scope
from motcua.foundation.identity.tests.make import make_account, make_officer_account, make_session
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.organisation.tests.make import make_agency, make_post, root_of
from motcua.lib.actor import Actor
from motcua.lib.clock import now

OPEN = {"open_session"}  # and the ledger, which is open to everybody
QUAN = Actor(id=900, name="Quản", province_powers=frozenset({Power.ADMINISTER_IDENTITY}))


def operations() -> list[tuple[str, Operation]]:
    """Return every endpoint with its address."""
    return [
        (f"{bound.prefix}{path}", one)
        for bound in interface._get_bound_routers()  # noqa: SLF001 -- ninja offers no other way to list them
        for path, view in bound.path_operations.items()
        for one in view.operations
    ]


def test_every_endpoint_names_its_scope() -> None:
    unguarded = {
        one.view_func.__name__
        for address, one in operations()
        if not any(isinstance(auth, Needs) for auth in one.auth_callbacks)
        and not address.startswith("/v1/ledger")
    }

    assert unguarded == OPEN


def test_what_changes_something_is_not_counted_as_reading() -> None:
    wrong = [
        one.view_func.__name__
        for _, one in operations()
        for auth in one.auth_callbacks
        if isinstance(auth, Needs) and (auth.load == Load.READ) and one.methods != ["GET"]
    ]

    assert wrong == []


def key_with(*scopes: Scope) -> str:
    agency = make_agency("H18.101", "UBND xã Mường Phăng")
    account = make_officer_account("Máy Tư pháp", username="may")
    make_post(root_of(agency), PostRole.AGENCY_LEADER, holder=account.officer)
    given = clients.ClientIn("Cổng ngành", "Ông Dũng", "may", scopes, date(now().year + 1, 1, 1))
    return clients.register_client(given, by=QUAN, at=now())[1]


def get(client: Client, address: str, word: str) -> Any:
    return client.get(f"/api/v1{address}", headers={"Authorization": f"Bearer {word}"})


@pytest.mark.django_db
def test_a_key_opens_what_its_scopes_name_and_nothing_else(client: Client) -> None:
    key = key_with(Scope.READ)

    answers = [get(client, one, key) for one in ("/dossiers", "/documents", "/figures")]

    assert [one.status_code for one in answers] == [200, 403, 403]
    assert "documents.read" in answers[1].json()["detail"]


@pytest.mark.django_db
def test_a_wrong_key_is_a_stranger(client: Client) -> None:
    key = key_with(Scope.READ)

    assert get(client, "/dossiers", f"{key}x").status_code == 401


@pytest.mark.django_db
def test_a_session_of_a_person_holds_every_scope(client: Client) -> None:
    session = make_session(make_account(), at=now())

    answers = [get(client, one, session.session_key) for one in ("/dossiers", "/documents")]

    assert [one.status_code for one in answers] == [200, 200]


@pytest.mark.django_db
def test_requests_are_counted_per_credential_and_load(client: Client, settings: Settings) -> None:
    settings.API_LIMITS = {"read": 2, "write": 2, "heavy": 2}
    key = key_with(Scope.READ, Scope.CATALOGUE)

    answers = [get(client, "/dossiers", key) for _ in range(3)]
    due = {"amount": 3, "start": "2026-03-02T08:00:00+07:00"}
    write = client.post(
        "/api/v1/due",
        due,
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )

    assert [one.status_code for one in answers] == [200, 200, 429]
    assert [one["RateLimit-Remaining"] for one in answers] == ["1", "0", "0"]
    assert 1 <= int(answers[2]["Retry-After"]) <= 60
    assert write.status_code == 200


@pytest.mark.django_db
def test_guessing_keys_is_stopped(client: Client) -> None:
    answers = [get(client, "/dossiers", f"mck_{number}").status_code for number in range(62)]

    assert (answers[0], answers[-1]) == (401, 429)


@pytest.mark.django_db
def test_what_is_out_of_scope_is_counted_too(client: Client, settings: Settings) -> None:
    settings.API_LIMITS = {"read": 2, "write": 2, "heavy": 2}
    key = key_with(Scope.CATALOGUE)

    answers = [get(client, "/documents", key).status_code for _ in range(3)]

    assert answers == [403, 403, 429]


@pytest.mark.django_db
def test_signing_in_is_counted_by_network(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.channels.api.guard.MOST_SIGN_INS", 2)
    body = {"username": "khong-ai", "password": "sai"}

    answers = [
        client.post(
            "/api/v1/sessions", {**body, "username": f"ai-{n}"}, content_type="application/json"
        )
        for n in range(3)
    ]

    assert [one.status_code for one in answers][-1] == 429
    assert answers[0].status_code != 429


@pytest.mark.django_db
def test_files_are_sent_by_whoever_works_with_files(client: Client) -> None:
    key = key_with(Scope.HANDLE)

    made = client.post(
        "/api/v1/uploads",
        {"name": "anh.jpg", "size": 10},
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )

    assert made.status_code == 201
