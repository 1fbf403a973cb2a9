"""Methods for the endpoints of the description, one class for each subject."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .client_shapes import Schema, first_line, type_of

_OURS = re.compile(r"_routers_([a-z]+)_(\w+)$")
_JSON, _FORM, _RAW = "application/json", "multipart/form-data", "application/octet-stream"
_KEY = "Idempotency-Key"
_HEAD = '''"""{title}. Written by `./run client`; do not edit."""

from collections.abc import Iterator
from typing import Any, Literal, cast

from motcua_client import models
from motcua_client.core import Call, Files, Group, each, escaped, new_key


class {name}(Group):
    """{title}."""
'''


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One operation of the description."""

    subject: str
    name: str
    method: str
    path: str
    plain: Schema

    def parameters(self, place: str) -> list[Schema]:
        found = [one for one in self.plain.get("parameters", ()) if one["in"] == place]
        return sorted(found, key=lambda one: not one.get("required"))

    @property
    def has_key(self) -> bool:
        return any(one["name"] == _KEY for one in self.parameters("header"))

    def body(self, kind: str) -> Schema | None:
        found: Schema | None = self.plain.get("requestBody", {}).get("content", {}).get(kind)
        return found["schema"] if found else None

    @property
    def answer(self) -> tuple[str, str]:
        """Return how the answer is read, and its type."""
        good = next(one for code, one in self.plain["responses"].items() if code[0] == "2")
        schema = good.get("content", {}).get(_JSON, {}).get("schema")
        if schema:
            return "_json", type_of(schema, prefix="models.")
        return ("_nothing", "None") if "204" in self.plain["responses"] else ("_bytes", "bytes")


def endpoints_of(spec: Schema) -> Iterator[Endpoint]:
    """Yield every operation, with the subject and name its code has here."""
    for path, operations in spec["paths"].items():
        for method, plain in operations.items():
            found = _OURS.search(plain["operationId"])
            if found is None:
                raise ValueError(f"{plain['operationId']}: not an endpoint of ours")
            yield Endpoint(found[1], found[2], method.upper(), path, plain)


def subjects_of(spec: Schema) -> list[str]:
    """Return the subjects, each one module and one class."""
    return sorted({one.subject for one in endpoints_of(spec)})


def endpoints_text(spec: Schema, subject: str) -> str:
    """Return the module of one subject."""
    mine = [one for one in endpoints_of(spec) if one.subject == subject]
    title = f"Endpoints: {subject}"
    parts = [_HEAD.format(title=title, name=subject.capitalize())]
    for one in mine:
        parts.append(_method(one))
        if row := _row_of(spec, one):
            parts.append(_pages(one, row))
    text = "\n".join(parts)
    words = ("Any", "Iterator", "Literal", "cast", "Files", "each", "escaped", "new_key", "models")
    body = re.sub(r'""".*?"""', "", text[text.index("class ") :], flags=re.DOTALL)
    unused = [word for word in words if not re.search(rf"\b{word}[.(\[]|[:,] {word}\b", body)]
    return _without(text, unused)


def _without(text: str, unused: list[str]) -> str:
    """Return the module without imports nobody needs."""
    kept = []
    for line in text.split("\n"):
        if not line.startswith("from "):
            kept.append(line)
            continue
        head, _, names = line.partition(" import ")
        left = [name for name in names.split(", ") if name not in unused]
        if left:
            kept.append(f"{head} import {', '.join(left)}")
    return "\n".join(kept)


def _arguments(one: Endpoint) -> list[str]:
    """Return the parameters of the method, path and body by place, the rest by name."""
    found = [
        f"{p['name']}: {type_of(p['schema'], prefix='models.')}" for p in one.parameters("path")
    ]
    if (body := one.body(_JSON)) is not None:
        found.append(f"body: {type_of(body, prefix='models.')}")
    if one.body(_FORM) is not None:
        found.append("files: Files")
    if one.body(_RAW) is not None:
        found.append("content: bytes")
    named = [_named(p) for p in one.parameters("query")]
    if one.has_key:
        named.append("key: str | None = None")
    return [*found, "*", *named] if named else found


def _named(parameter: Schema) -> str:
    kind = type_of(parameter["schema"], prefix="models.")
    if parameter.get("required"):
        return f"{parameter['name']}: {kind}"
    optional = kind if "None" in kind.split(" | ") else f"{kind} | None"
    return f"{parameter['name']}: {optional} = None"


def _call(one: Endpoint) -> str:
    path = re.sub(r"\{(\w+)\}", r"{escaped(\1)}", one.path)
    literal = f'f"{path}"' if "{" in path else f'"{path}"'
    given = [f'"{one.method}"', literal]
    if queries := one.parameters("query"):
        pairs = ", ".join(f'"{p["name"]}": {p["name"]}' for p in queries)
        given.append(f"query={{{pairs}}}")
    if one.body(_JSON) is not None:
        given.append("body=body")
    if one.body(_FORM) is not None:
        given.append("files=files")
    if one.body(_RAW) is not None:
        given.append("content=content")
    if one.has_key:
        given.append("key=key or new_key()")
    return f"Call({', '.join(given)})"


def _method(one: Endpoint) -> str:
    how, kind = one.answer
    words = first_line(one.plain.get("description", "")) or f"{one.method} {one.path}."
    asked = f"self.{how}({_call(one)})"
    act = f"return cast({kind!r}, {asked})" if how == "_json" else f"return {asked}"
    if how == "_nothing":
        act = asked
    arguments = ", ".join(["self", *_arguments(one)])
    return f'    def {one.name}({arguments}) -> {kind}:\n        """{words}"""\n        {act}\n'


def _row_of(spec: Schema, one: Endpoint) -> str:
    """Return the type of the rows if the endpoint answers page by page."""
    if not any(p["name"] == "after" for p in one.parameters("query")):
        return ""
    name = one.answer[1].removeprefix("models.")
    fields = spec["components"]["schemas"].get(name, {}).get("properties", {})
    if "rows" not in fields or "next" not in fields:
        return ""
    return type_of(fields["rows"]["items"], prefix="models.")


def _pages(one: Endpoint, row: str) -> str:
    arguments = [word for word in _arguments(one) if not word.startswith("after:")]
    if arguments[-1:] == ["*"]:
        arguments = arguments[:-1]
    paths = [p["name"] for p in one.parameters("path")]
    queries = [p["name"] for p in one.parameters("query") if p["name"] != "after"]
    passed = ", ".join([*paths, *(f"{name}={name}" for name in queries), "after=after"])
    head = ", ".join(["self", *arguments])
    return (
        f"    def each_{one.name}({head}) -> Iterator[{row}]:\n"
        f'        """Yield the rows of all pages of `{one.name}`."""\n'
        f"        return each(lambda after: self.{one.name}({passed}))\n"
    )


def main_text(spec: Schema) -> str:
    """Return the module of the client itself."""
    subjects = subjects_of(spec)
    imports = "\n".join(f"from .api.{one} import {one.capitalize()}" for one in subjects)
    groups = "\n".join(f"        self.{one} = {one.capitalize()}(line)" for one in subjects)
    return _MAIN.format(imports=imports, groups=groups)


_MAIN = '''"""The client of one site. Written by `./run client`; do not edit."""

from collections.abc import Iterator
from typing import Any

from . import models
from .bulk import Keep, keep_nothing, rows_of
from .core import Transport
{imports}


class Client:
    """Everything one may ask of a site, by subject; `word` is an application's key."""

    def __init__(self, site: str, word: str = "", *, line: Transport | None = None) -> None:
        line = line or Transport(site, word)
        self.line = line
{groups}

    @classmethod
    def signed_in(cls, site: str, username: str, password: str) -> "Client":
        """Return a client that speaks as a person."""
        stranger = cls(site)
        answer = stranger.sessions.open_session({{"username": username, "password": password}})
        return cls(site, answer["token"])

    def read_all(
        self,
        stream: models.Stream,
        *,
        since: str = "",
        keep: Keep = keep_nothing,
        names: bool = False,
    ) -> Iterator[dict[str, Any]]:
        """Yield every row of a stream, or what changed since a cursor; `keep` gets the new ones."""

        def piece(cursor: str) -> bytes:
            return self.bulk.read(stream, since=cursor, names=names)

        return rows_of(piece, since, keep)
'''
