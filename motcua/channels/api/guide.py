"""The pages about the interface for people who write programs: subjects, endpoints, examples."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from shlex import quote
from typing import Any

from ninja import NinjaAPI

from .describing import ERRORS, SUBJECTS, described

_NO_ADDRESS = "https://"


@dataclass(frozen=True, slots=True)
class Entry:
    """One endpoint as its page shows it."""

    method: str
    address: str
    title: str
    words: str
    scope: str
    curl: str
    answer: str


@lru_cache(maxsize=4)
def entries_of(interface: NinjaAPI, root: str, subject: str) -> tuple[Entry, ...]:
    """Return the endpoints of a subject, in the order of the description."""
    text = described(interface, root)
    return tuple(
        _entry(method, path, said, root)
        for path, methods in text["paths"].items()
        for method, said in methods.items()
        if subject in said.get("tags", ())
    )


def subjects_of(interface: NinjaAPI) -> list[tuple[str, str, int]]:
    """Return the subjects that have endpoints, with what they are about and how many there are."""
    text = described(interface, _NO_ADDRESS)
    counts: dict[str, int] = {}
    for methods in text["paths"].values():
        for said in methods.values():
            for tag in said.get("tags", ()):
                counts[tag] = counts.get(tag, 0) + 1
    return [(name, words, counts[name]) for name, words in SUBJECTS.items() if name in counts]


def errors() -> list[tuple[int, str]]:
    """Return every refusal with what it means."""
    return list(ERRORS.items())


def _entry(method: str, path: str, said: Mapping[str, Any], root: str) -> Entry:
    return Entry(
        method=method.upper(),
        address=path,
        title=said["summary"],
        words=said["description"],
        scope=said.get("x-scope", ""),
        curl=" \\\n  ".join(_curl(method.upper(), path, said, root)),
        answer=_answer(said),
    )


def _curl(method: str, path: str, said: Mapping[str, Any], root: str) -> Iterator[str]:
    for one in said.get("parameters", ()):
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", str(one["example"]))
    wanted = [one for one in said.get("parameters", ()) if one["in"] == "query" and one["required"]]
    query = "&".join(f"{one['name']}={one['example']}" for one in wanted)
    address = f"{root.rstrip('/')}{path}" + (f"?{query}" if query else "")
    yield f"curl -X {method} {quote(address)}"
    if said.get("security"):
        yield '-H "Authorization: Bearer $KHOA"'
    for media, content in said.get("requestBody", {}).get("content", {}).items():
        if media == "multipart/form-data":
            yield "-F file=@giay.pdf"
        elif "example" in content:
            yield f"-H 'Content-Type: {media}'"
            body = json.dumps(content["example"], ensure_ascii=False, indent=2)
            yield f"-d {quote(body)}"
        else:
            yield f"-H 'Content-Type: {media}'"
            yield "--data-binary @giay.pdf"


def _answer(said: Mapping[str, Any]) -> str:
    for status, answer in said["responses"].items():
        if not str(status).startswith("2"):
            continue
        for content in answer.get("content", {}).values():
            if "example" in content:
                return json.dumps(content["example"], ensure_ascii=False, indent=2)
    return ""
