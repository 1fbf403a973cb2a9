"""One structured text in files of its own parts, letter for letter, and back."""

from typing import Any

import yaml

from motcua.casework.packs.errors import BadPack
from motcua.casework.procedures.api import as_text, read_text
from motcua.lib.plain_yaml import LOADER

from .names import PARTS, PROCEDURE, TEXTS, Files
from .texts import data_of

_FILE_OF = {part: file for file, part in PARTS.items()}


def split(text: str) -> dict[str, bytes]:
    """Return the files of a text: what it says of the form and of the process, and the rest.

    Comments stand with the part below them. Where a text cannot be taken apart letter for letter
    (anchors, a table in one line) it is written anew, with the same meaning.
    Raises: BadDefinition.
    """
    data = read_text(text)
    found = _pieces(text)
    if not found or not _is_same(found, data):
        found = _pieces(as_text(data))
    return {file: found[file].encode() for file in TEXTS if file in found}


def joined(files: Files) -> str:
    """Return the structured text of a pack's files, each on lines of its own."""
    found = [files[file].decode() for file in TEXTS if file in files]
    return "".join(text if text.endswith("\n") else f"{text}\n" for text in found)


def _is_same(found: dict[str, str], data: dict[str, Any]) -> bool:
    try:
        parts = [data_of(file, words.encode()) for file, words in found.items()]
    except BadPack:
        return False
    whole: dict[str, Any] = {}
    for part in parts:
        whole |= part
    return whole == data


def _pieces(text: str) -> dict[str, str]:
    try:
        node = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError:
        return {}
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        return {}
    lines = text.splitlines()
    starts = [_above(lines, key.start_mark.line) for key, _ in node.value]
    ends = [*starts[1:], len(lines)]
    names = [_FILE_OF.get(str(key.value), PROCEDURE) for key, _ in node.value]
    tail = _above(lines, len(lines))
    ends[-1] = max(tail, starts[-1])
    pieces: dict[str, list[str]] = {PROCEDURE: lines[ends[-1] :] + lines[: starts[0]]}
    for name, start, end in zip(names, starts, ends, strict=True):
        pieces.setdefault(name, []).extend(lines[start:end])
    return {name: "\n".join(found) for name in TEXTS if (found := _trimmed(pieces.get(name, [])))}


def _above(lines: list[str], line: int) -> int:
    """Return the first line of the comments that stand right above a line."""
    while line and (not lines[line - 1].strip() or lines[line - 1].startswith("#")):
        line -= 1
    return line


def _trimmed(lines: list[str]) -> list[str]:
    """Return the lines without empty ones at either end, and one end of line."""
    first = next((at for at, line in enumerate(lines) if line.strip()), len(lines))
    last = next((at for at in range(len(lines), first, -1) if lines[at - 1].strip()), first)
    return [*lines[first:last], ""] if last > first else []
