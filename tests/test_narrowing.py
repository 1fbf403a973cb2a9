"""Whatever readers and writers of the interface would stumble over is found; additions are not."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from tools.narrowing import narrowings

Spec = dict[str, Any]
BEFORE: Spec = {
    "paths": {
        "/a": {
            "get": {
                "parameters": [
                    {
                        "in": "query",
                        "name": "q",
                        "schema": {"type": "string", "maxLength": 50, "enum": ["x", "y"]},
                    }
                ],
                "x-scope": "a.read, b.read",
                "responses": {
                    "200": {
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Out"}}
                        }
                    }
                },
            },
            "post": {
                "requestBody": {
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/In"}}}
                },
                "responses": {"201": {}},
            },
        }
    },
    "components": {
        "schemas": {
            "In": {
                "properties": {
                    "name": {"type": "string"},
                    "kind": {"enum": ["a", "b"]},
                    "codes": {"type": "array", "items": {"type": "string", "maxLength": 9}},
                    "note": {"anyOf": [{"type": "string", "maxLength": 9}, {"type": "null"}]},
                },
                "required": ["name"],
            },
            "Out": {"properties": {"code": {"type": "string"}, "sum": {"type": "integer"}}},
        }
    },
}


def schemas(spec: Spec) -> Any:
    return spec["components"]["schemas"]


def sent(spec: Spec) -> Any:
    return schemas(spec)["In"]["properties"]


def asked(spec: Spec) -> Any:
    return spec["paths"]["/a"]["get"]["parameters"][0]


CHANGES: list[tuple[str, Callable[[Spec], object]]] = [
    ("removed: POST /a", lambda s: s["paths"]["/a"].pop("post")),
    ("parameter removed: GET /a q", lambda s: s["paths"]["/a"]["get"].pop("parameters")),
    ("parameter now needed: GET /a q", lambda s: asked(s).update(required=True)),
    ("bound tighter: GET /a q maxLength", lambda s: asked(s)["schema"].update(maxLength=9)),
    ("value no longer understood: GET /a q y", lambda s: asked(s)["schema"].update(enum=["x"])),
    ("type changed: GET /a q", lambda s: asked(s)["schema"].update(type="integer")),
    ("bound tighter: In.name enum", lambda s: sent(s)["name"].update(enum=["x"])),
    (
        "bound tighter: In.codes[] maxLength",
        lambda s: sent(s)["codes"]["items"].update(maxLength=8),
    ),
    ("bound tighter: In.note maxLength", lambda s: sent(s)["note"]["anyOf"][0].update(maxLength=8)),
    (
        "scope no longer enough: GET /a",
        lambda s: s["paths"]["/a"]["get"].update({"x-scope": "b.read"}),
    ),
    ("field now needed: In.kind", lambda s: schemas(s)["In"].update(required=["name", "kind"])),
    ("field no longer understood: In.name", lambda s: schemas(s)["In"]["properties"].pop("name")),
    (
        "value no longer understood: In.kind b",
        lambda s: schemas(s)["In"]["properties"]["kind"].update(enum=["a"]),
    ),
    ("field no longer answered: Out.sum", lambda s: schemas(s)["Out"]["properties"].pop("sum")),
    (
        "type changed: Out.sum",
        lambda s: schemas(s)["Out"]["properties"]["sum"].update(type="string"),
    ),
    (
        "answer of another kind: POST /a 201",
        lambda s: s["paths"]["/a"]["post"].update(responses={"200": {}}),
    ),
]


@pytest.mark.parametrize(("words", "change"), CHANGES, ids=[words for words, _ in CHANGES])
def test_what_is_taken_away_is_found(words: str, change: Callable[[Spec], object]) -> None:
    after = deepcopy(BEFORE)
    change(after)

    assert narrowings(BEFORE, after) == [words]


def test_additions_are_no_narrowing() -> None:
    after = deepcopy(BEFORE)
    after["paths"]["/b"] = after["paths"]["/a"]
    asked(after)["schema"]["maxLength"] = 500
    after["paths"]["/a"]["get"]["x-scope"] = "a.read, b.read, c.read"
    schemas(after)["In"]["properties"]["more"] = {"type": "string"}
    schemas(after)["In"]["properties"]["kind"]["enum"].append("c")
    schemas(after)["Out"]["properties"]["more"] = {"type": "string"}

    assert narrowings(BEFORE, after) == []
    assert narrowings({}, after) == []
