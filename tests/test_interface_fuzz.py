"""Whatever is sent to the interface, the answer is one that its description names.

`./run fuzz-interface`: schemathesis asks a running server, in requests made from its description,
good and bad, as a citizen, a desk officer, a handler and a leader of a commune with dossiers at
every stage, as a clerk and a drafter of documents, and as who gives and does tasks.
"""

import time
from collections.abc import Iterator
from datetime import datetime
from itertools import count, cycle
from typing import Any, NamedTuple

import pytest
import schemathesis
from django.conf import settings as site
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pytest_django.live_server_helper import LiveServer
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from motcua.casework.agendas.tests import make as agenda_makers
from motcua.casework.documents import api as documents
from motcua.casework.documents.tests.make import draft_of, make_office, make_registered
from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import (
    ANSWERS,
    LAN,
    make_all,
    make_filed,
    make_received,
)
from motcua.casework.tasks.tests import make as task_makers
from motcua.casework.workfiles.tests.make import make_agency_office, make_file
from motcua.channels.api import guard
from motcua.foundation.files import api as files
from motcua.lib.clock import now

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
NAMES = ("lan", "binh", "mai", "hoa", "dung", "tuan", "giver", "doer", "chung", "filer")
EXAMPLES = 6  # of one endpoint for one person, before the next has its turn
WORLD: dict[str, Any] = {  # what there is; two requests of three name it
    "procedure_code": "1.004873",
    "case_code": "thuong",
    "agency_code": "H18.101",
    "desk_code": "H18.101.MC",
    "unit_code": "H18.101.TP",
    "to_unit_code": "H18.101.TP",
    "lead_unit_code": "H18.101.TP",
    "spec_code": "to-khai",
    "answers": ANSWERS,
}
STEPS = ("tham-dinh", "duyet", "ky", "1", "2")


class World(NamedTuple):
    """What the requests may name: codes by the beginning of the address, a draft, an upload."""

    codes: dict[str, list[str]]
    draft: str
    upload: str


@pytest.fixture
def world(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> World:  # noqa: ARG001 -- asked for its effect
    """Return dossiers of a commune, whose people are known by the words of their sessions."""
    commune = make_all()
    filed = [make(commune) for make in (make_filed, make_received) * 8]
    office = make_office("H18.103", "UBND xã Mường Nhà", first=9_000_600)
    filing = make_agency_office("H18.106", "UBND xã Mường Luân", first=9_000_700)
    place = task_makers.make_place("H18.104", "UBND xã Núa Ngam")
    week = agenda_makers.make_place("H18.105", "UBND xã Thanh Nưa")
    everybody = (
        *(LAN, commune.binh, commune.mai, commune.hoa),
        *(office.dung, office.tuan, place.hoa, place.nga, week.chung, filing.tuan),
    )
    people = dict(zip(NAMES, everybody, strict=True))
    written = [documents.begin_draft(draft_of(office), by=office.tuan, at=now()) for _ in range(4)]
    registered = [make_registered(office) for _ in range(4)]
    codes = {
        "/v1/dossiers": filed,
        "/v1/procedures": [WORLD["procedure_code"]],
        "/v1/documents": [one.code for one in (*registered, *written)],
        "/v1/document-drafts": [one.code for one in written],
        "/v1/tasks": [task_makers.make_task(place).code for _ in range(4)],
        "/v1/agendas": [agenda_makers.make_entry(week).code for _ in range(4)],
        "/v1/work-files": [make_file(filing).code for _ in range(4)],
        "/v1/units": ["H18.101.TP"],
        "/v1/document-books": [str(registered[0].book_id)],
    }

    def find_caller(_: object, token: str, *, at: datetime) -> guard.Credential | None:  # noqa: ARG001 -- the shape of the real one
        actor = people.get(token)
        return guard.Credential(f"account:{actor.id}", actor) if actor else None

    monkeypatch.setattr(guard, "find_caller", find_caller)
    monkeypatch.setattr(site, "API_LIMITS", dict.fromkeys(guard.Load, 10**9))
    at = now()
    draft = dossiers.begin_draft("1.004873", by=LAN, at=at).token
    upload = files.begin_upload("giay.pdf", 10_000, by=LAN, at=at).token
    return World(codes, draft, upload)


def test_every_answer_is_one_that_is_described(
    world: World, live_server: LiveServer, pytestconfig: pytest.Config
) -> None:
    schema = schemathesis.openapi.from_url(f"{live_server.url}/api/openapi.json")
    found = [one.ok() for one in schema.get_all_operations() if isinstance(one, Ok)]
    until = time.monotonic() + float(pytestconfig.getoption("--seconds"))
    turns = _turns(found)
    tried = 0
    faults: dict[str, tuple[str, str]] = {}
    while time.monotonic() < until:
        number, (endpoint, name) = next(turns)
        tried += 1
        fault = _fault_of(endpoint, name, world, seed=number)
        if fault is not None:
            faults.setdefault(endpoint.label, (name, fault))

    assert tried > 0
    assert faults == {}


def _turns(endpoints: list[APIOperation[Any, Any, Any, Any]]) -> Iterator[tuple[int, Any]]:
    pairs = [(one, name) for name in NAMES for one in endpoints]
    return enumerate(cycle(pairs))


def _fault_of(
    endpoint: APIOperation[Any, Any, Any, Any], name: str, world: World, *, seed: int
) -> str | None:
    """Return what was wrong with the answers of one endpoint, None if nothing was."""
    turn = count()
    body = _example_of(endpoint)
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    made = st.one_of([endpoint.as_strategy(generation_mode=mode) for mode in modes])

    @given(case=made)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: schemathesis.Case[Any]) -> None:
        number = next(turn)
        if number % 3:
            _name_what_there_is(case, world, seed + number)
            if number % 3 == 1 and body is not None:
                case.body = {**body, **{k: v for k, v in WORLD.items() if k in body}}
        answer = case.call(headers={"Authorization": f"Bearer {name}"})
        case.validate_response(answer, checks=list(CHECKS))

    try:
        ask()
    except (AssertionError, schemathesis.errors.SchemathesisError, BaseExceptionGroup) as error:
        return f"{type(error).__name__}: {error}"[:1500]
    return None


def _example_of(endpoint: APIOperation[Any, Any, Any, Any]) -> dict[str, Any] | None:
    """Return the body that the description gives as an example, if it is an object."""
    content = endpoint.definition.raw.get("requestBody", {}).get("content", {})
    example = content.get("application/json", {}).get("example")
    return example if isinstance(example, dict) else None


def _name_what_there_is(case: schemathesis.Case[Any], world: World, number: int) -> None:
    """Put codes of this world in the place of invented ones."""
    named = case.path_parameters or {}
    codes = next(
        (found for start, found in world.codes.items() if case.path.startswith(f"{start}/")), []
    )
    for part in {"code", "number"} & set(named):
        named[part] = codes[number % len(codes)] if codes else named[part]
    if "seq" in named:
        named["seq"] = 1 + number % 2
    if "step" in named:
        named["step"] = STEPS[number % len(STEPS)]
    if "token" in named:
        named["token"] = world.upload if "uploads" in case.path else world.draft
    if isinstance(case.body, dict):
        case.body |= {name: value for name, value in WORLD.items() if name in case.body}
