"""Whatever is sent to the interface, the answer is one that its description names.

Part of `./run fuzz`: schemathesis makes requests from the description, good and bad, for a citizen,
a desk officer, a handler and a leader of a commune with dossiers at every stage.
"""

import time
from collections.abc import Iterator
from datetime import datetime
from itertools import count, cycle
from typing import Any, NamedTuple

import pytest
import schemathesis
from django.conf import settings as site
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import (
    ANSWERS,
    LAN,
    make_all,
    make_filed,
    make_received,
)
from motcua.channels.api import guard
from motcua.foundation.files import api as files
from motcua.lib.clock import now

CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
NAMES = ("lan", "binh", "mai", "hoa")
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
    """What the requests may name: dossiers, a draft, an upload."""

    codes: list[str]
    draft: str
    upload: str


@pytest.fixture
def world(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> World:  # noqa: ARG001 -- asked for its effect
    """Return dossiers of a commune, whose people are known by the words of their sessions."""
    commune = make_all()
    codes = [make(commune) for make in (make_filed, make_received) * 8]
    people = dict(zip(NAMES, (LAN, commune.binh, commune.mai, commune.hoa), strict=True))

    def find_caller(_: object, token: str, *, at: datetime) -> guard.Credential | None:  # noqa: ARG001 -- the shape of the real one
        actor = people.get(token)
        return guard.Credential(f"account:{actor.id}", actor) if actor else None

    monkeypatch.setattr(guard, "find_caller", find_caller)
    monkeypatch.setattr(site, "API_LIMITS", dict.fromkeys(guard.Load, 10**9))
    at = now()
    draft = dossiers.begin_draft("1.004873", by=LAN, at=at).token
    upload = files.begin_upload("giay.pdf", 10_000, by=LAN, at=at).token
    return World(codes, draft, upload)


def test_every_answer_is_one_that_is_described(world: World, pytestconfig: pytest.Config) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
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
    if "code" in named:
        is_procedure = case.path.startswith("/v1/procedures")
        code = world.codes[number % len(world.codes)]
        named["code"] = WORLD["procedure_code"] if is_procedure else code
    if "step" in named:
        named["step"] = STEPS[number % len(STEPS)]
    if "token" in named:
        named["token"] = world.upload if "uploads" in case.path else world.draft
    if isinstance(case.body, dict):
        case.body |= {name: value for name, value in WORLD.items() if name in case.body}
