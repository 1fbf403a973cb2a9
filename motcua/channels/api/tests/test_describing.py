"""The description: complete, valid, with examples that fit their shapes."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from django.test import Client

from motcua.channels.api.describing import ERRORS, endpoints_of
from motcua.channels.api.urls import interface
from motcua.foundation.clients.api import Scope


@pytest.fixture(scope="module")
def text() -> Any:
    return Client().get("/api/openapi.json").json()


def operations(text: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in text["paths"].items():
        for method, said in methods.items():
            yield f"{method.upper()} {path}", said


def test_it_is_openapi_3_1_and_names_every_endpoint(text: Any) -> None:
    named = {name for name, _ in operations(text)}

    assert text["openapi"].startswith("3.1")
    assert named == {f"{method} {path}" for method, path, _ in endpoints_of(interface)}


def test_every_endpoint_says_what_it_does(text: Any) -> None:
    silent = [
        name for name, said in operations(text) if not said["summary"] or not said["description"]
    ]

    assert silent == []


def test_every_endpoint_documents_its_errors_and_its_scope(text: Any) -> None:
    guarded = {str(one) for one in ERRORS}
    wrong = [
        name
        for name, said in operations(text)
        if said["security"]
        and (
            not guarded <= set(said["responses"])
            or said["security"][0]["bearer"][0] not in set(Scope)
        )
    ]

    assert wrong == []


def test_operation_ids_are_unique(text: Any) -> None:
    names = [said["operationId"] for _, said in operations(text)]

    assert len(names) == len(set(names))


def test_a_name_stands_for_one_shape() -> None:
    shapes: dict[str, set[str]] = defaultdict(set)
    for _, _, endpoint in endpoints_of(interface):
        answers = [one for one in endpoint.response_models.values() if hasattr(one, "model_fields")]
        for model in (*endpoint.models, *answers):
            for name, shape in model.model_json_schema().get("$defs", {}).items():
                fields = {field: one.get("maxLength") for field, one in _fields(shape).items()}
                shapes[name].add(repr((fields, shape.get("enum"))))

    assert {name: found for name, found in shapes.items() if len(found) > 1} == {}


def _fields(shape: Any) -> dict[str, Any]:
    return dict(shape.get("properties", {}))


def test_every_example_of_a_parameter_fits_its_shape(text: Any) -> None:
    shown = [
        (name, one["name"], {**one["schema"], "components": text["components"]}, one["example"])
        for name, said in operations(text)
        for one in said.get("parameters", ())
        if "example" in one
    ]
    wrong = [
        (name, word, example)
        for name, word, schema, example in shown
        if not jsonschema_rs.is_valid(schema, example)
    ]

    assert wrong == []
    assert len(shown) > 100


def test_every_example_fits_its_shape(text: Any) -> None:
    wrong = []
    for name, said in operations(text):
        answers = list(said["responses"].values())
        for part in (said.get("requestBody", {}), *answers):
            for content in part.get("content", {}).values():
                if "example" not in content:
                    continue
                schema = {**content["schema"], "components": text["components"]}
                if not jsonschema_rs.is_valid(schema, content["example"]):
                    wrong.append((name, content["example"]))

    assert wrong == []


def test_every_body_and_every_answer_has_an_example(text: Any) -> None:
    lacking = [
        name
        for name, said in operations(text)
        for part in (said.get("requestBody", {}), *said["responses"].values())
        for media, content in part.get("content", {}).items()
        if "example" not in content and media not in {"*/*", "application/octet-stream"}
    ]

    assert lacking == []
