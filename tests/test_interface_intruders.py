"""Through the interface nobody learns of, or changes, what is not theirs: every endpoint, tried.

An officer of another commune with all powers there, and another citizen, name what is there and
what is not: the answers are the same.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from motcua.casework.agendas.tests import make as agenda_makers
from motcua.casework.documents import api as documents
from motcua.casework.documents.tests.make import draft_of, make_office, make_registered
from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import (
    DUNG,
    LAN,
    MONDAY,
    make_all,
    make_commune,
    make_received,
)
from motcua.casework.tasks.tests import make as task_makers
from motcua.casework.workfiles.tests.make import make_agency_office, make_file
from motcua.channels.api import guard
from motcua.channels.api.describing import described
from motcua.channels.api.urls import interface
from motcua.foundation.access.api import Power
from motcua.foundation.files import api as files
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.foundation.mandates.tests.make import make_citizen, make_helper, make_household
from motcua.foundation.organisation import api as organisation
from motcua.foundation.staffing.api import Absence, AbsenceKind
from motcua.lib.actor import Actor
from motcua.lib.clock import now

pytestmark = pytest.mark.django_db
FAR = 9_000_000  # no account that a test made has such a number
# What each address names: what there is, and what there is not.
SUBJECTS = {
    "/v1/dossiers/{code}": ("dossier", "H18.101-260302-9999"),
    "/v1/drafts/{token}": ("draft", "no-such-draft"),
    "/v1/uploads/{token}": ("upload", "no-such-upload"),
    "/v1/hand-overs/{number}": ("hand-over", "9999/BG-H18.101.MC-2026"),
    "/v1/documents/{code}": ("document", "zzzzzzzzzz"),
    "/v1/document-drafts/{code}": ("outgoing", "zzzzzzzzzz"),
    "/v1/document-books/{number}": ("book", str(2**31 - 1)),
    "/v1/tasks/{code}": ("task", "zzzzzzzzzz"),
    "/v1/agendas/{code}": ("entry", "zzzzzzzzzz"),
    "/v1/work-files/{code}": ("work file", "zzzzzzzzzz"),
    "/v1/absences/{number}": ("absence", str(2**31 - 1)),
    "/v1/mandates/{number}": ("mandate", str(2**31 - 1)),
}
PARTS = {
    "{step}": "tham-dinh",
    "{form}": "01",
    "{receipt}": "X",
    "{due}": "X",
    "{seq}": "1",
    "{place}": "1",
    "{page}": "1",
}


@pytest.fixture
def known() -> dict[str, str]:
    """Return one of each thing that somebody has, none of it the intruders'."""
    commune, at = make_all(), now()
    office = make_office("H18.103", "UBND xã Mường Nhà", first=FAR + 600)
    filing = make_agency_office("H18.106", "UBND xã Mường Luân", first=FAR + 700)
    registered = make_registered(office)
    code = make_received(commune)
    listed = dossiers.hand_over(
        [make_received(commune)], commune.justice_id, by=commune.binh, at=MONDAY
    )
    return {
        "dossier": code,
        "draft": dossiers.begin_draft("1.004873", by=LAN, at=at).token,
        "upload": files.begin_upload("giay.pdf", 10_000, by=LAN, at=at).token,
        "hand-over": listed.number,
        "document": registered.code,
        "outgoing": documents.begin_draft(draft_of(office), by=office.tuan, at=MONDAY).code,
        "book": str(registered.book_id),
        "task": task_makers.make_task(task_makers.make_place("H18.104", "UBND xã Núa Ngam")).code,
        "entry": agenda_makers.make_entry(
            agenda_makers.make_place("H18.105", "UBND xã Thanh Nưa")
        ).code,
        "work file": make_file(filing).code,
        "absence": str(make_absence().pk),
        "mandate": str(make_household(make_helper(), make_citizen()).pk),
    }


def make_absence() -> Absence:
    """Return that somebody is away, of whom nobody here is the head."""
    away = make_officer_account("Quàng Văn Vắng", username="vang")
    assert away.officer is not None
    return Absence.objects.create(
        officer=away.officer,
        account_id=away.pk,
        name=away.full_name,
        kind=AbsenceKind.SICK,
        valid_from=now().date(),
        valid_to=now().date(),
        shares_work=False,
        given_at=now(),
        given_by_id=away.pk,
        given_by_name=away.full_name,
    )


def intruders(who: str) -> list[Actor]:
    """Return another citizen, or officers of another commune with all powers there."""
    if who == "another citizen":
        return [replace(DUNG, id=FAR + 502)]
    elsewhere = make_commune("H18.102", "UBND xã Nà Tấu", first=FAR + 31)
    units = frozenset(unit.id for unit in organisation.tree().units_of(elsewhere.agency_id))
    powers = {str(power): units for power in Power}
    return [replace(one, powers=powers) for one in (elsewhere.binh, elsewhere.mai, elsewhere.hoa)]


def endpoints() -> Iterator[tuple[str, str, Any]]:
    """Yield method, address, and the body the description shows, of all that name something."""
    for path, methods in described(interface, "/api")["paths"].items():
        for method, said in methods.items():
            content = said.get("requestBody", {}).get("content", {})
            if path.startswith(tuple(SUBJECTS)):
                yield method.upper(), path, content.get("application/json", {}).get("example")


def ask(client: Client, method: str, path: str, named: str, body: Any) -> tuple[int, str]:
    address = path
    for part in ("{code}", "{token}", "{number}"):
        address = address.replace(part, quote(named, safe=""))
    for part, value in PARTS.items():
        address = address.replace(part, value)
    answer = client.generic(
        method,
        f"/api{address}?offset=0",
        json.dumps(body) if body is not None else b"",
        content_type="application/json",
        headers={"Authorization": "Bearer good"},
    )
    said = answer.json().get("detail", "") if answer.status_code >= 400 else "done"
    return answer.status_code, said.replace(named, "…")


def told_apart(client: Client, known: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
    """Yield what is answered otherwise for what is there than for what is not, or is done."""
    for method, path, body in endpoints():
        subject, unknown = next(one for start, one in SUBJECTS.items() if path.startswith(start))
        there = ask(client, method, path, known[subject], body)
        nowhere = ask(client, method, path, unknown, body)
        if there != nowhere or there[0] < 400:
            yield method, path, there, nowhere


@pytest.mark.parametrize("who", ["an officer elsewhere", "another citizen"])
def test_what_is_not_theirs_is_answered_like_what_is_not_there(
    client: Client, known: dict[str, str], who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dossiers.get_dossier_for(LAN, known["dossier"]).version
    monkeypatch.setattr(guard, "WINDOW", guard.WINDOW * 0)

    found = []
    for actor in intruders(who):

        def find_caller(_: object, token: str, *, at: datetime, one: Actor = actor) -> Any:  # noqa: ARG001 -- the shape of the real one
            return guard.Credential(f"account:{one.id}", one)

        monkeypatch.setattr(guard, "find_caller", find_caller)
        found += [(actor.name, *one) for one in told_apart(client, known)]

    assert found == []
    assert dossiers.get_dossier_for(LAN, known["dossier"]).version == before


def test_every_address_that_names_something_is_tried() -> None:
    open_to_all = ("/v1/procedures/", "/v1/agencies/", "/v1/units/", "/v1/code-lists/")
    elsewhere = ("/v1/hooks/", "/v1/bulk/", "/v1/ledger/", "/v1/queues/")
    paths = {path for path in described(interface, "/api")["paths"] if "{" in path}
    tried = {path for _, path, _ in endpoints()}

    assert {one for one in paths - tried if not one.startswith((*open_to_all, *elsewhere))} == set()
