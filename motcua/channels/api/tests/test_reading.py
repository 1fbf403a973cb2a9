"""Reading: what is answered has the shape it promises, at a price that does not grow with it."""

import json
from datetime import datetime

import jsonschema_rs
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pydantic_core import to_json

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import Commune, make_all, make_received
from motcua.channels.api import guard
from motcua.channels.api.describing import described
from motcua.channels.api.urls import interface
from motcua.channels.api.whole import whole_row
from motcua.lib import work
from motcua.lib.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune(monkeypatch: pytest.MonkeyPatch) -> Commune:
    """Return a commune; whoever calls is its handler."""
    commune = make_all()

    def find_caller(_: object, token: str, *, at: datetime) -> guard.Credential:  # noqa: ARG001 -- the shape of the real one
        return guard.Credential("account:3", commune.mai)

    monkeypatch.setattr(guard, "find_caller", find_caller)
    return commune


def spent(address: str) -> int:
    """Return how many statements an answer costs, once everything kept in memory is there."""
    client, headers = Client(), {"Authorization": "Bearer good"}
    client.get(f"/api/v1{address}", headers=headers)
    with work.metered() as meter, CaptureQueriesContext(connection) as queries:
        answer = client.get(f"/api/v1{address}", headers=headers)
    assert answer.status_code == 200
    return meter.statements + len(queries)


def test_a_whole_dossier_has_the_shape_it_promises(commune: Commune) -> None:
    found = dossiers.whole(dossiers.get_dossier_for(commune.mai, make_received(commune)))

    sent = json.loads(to_json(whole_row(found)))

    parts = described(interface, "https://site.vn/api")["components"]
    jsonschema_rs.validate({"$ref": "#/components/schemas/WholeOut", "components": parts}, sent)
    assert (len(sent["moves"]), len(sent["papers"])) == (2, 1)


@pytest.mark.parametrize("address", ["/dossiers", "/work", "/queues/to-hand-out"])
def test_a_list_costs_the_same_for_one_row_and_for_three(commune: Commune, address: str) -> None:
    make_received(commune)
    one = spent(address)

    for _ in range(2):
        make_received(commune)

    assert spent(address) == one
    assert one <= 3


def test_reading_a_dossier_costs_the_same_with_a_long_timeline(commune: Commune) -> None:
    code = make_received(commune)
    short = spent(f"/dossiers/{code}")

    for number in range(5):
        dossiers.write_message(code, f"Tin {number}", by=commune.mai, at=now())

    assert spent(f"/dossiers/{code}") == short
    assert short <= 26


def test_reading_a_dossier_asks_the_server_few_times(commune: Commune) -> None:
    code = make_received(commune)
    found = dossiers.get_dossier_for(commune.mai, code)

    with work.metered() as meter, CaptureQueriesContext(connection) as queries:
        dossiers.whole(found)

    assert (meter.round_trips, len(queries)) == (1, 0)
