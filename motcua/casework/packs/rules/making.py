"""The files of a pack, made of what stands here."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from motcua.casework.procedures.api import as_text

from .manifest import sealed
from .names import FEES, TEMPLATES, Files
from .splitting import split


def files_of(
    head: tuple[str, str],
    text: str,
    tables: Iterable[tuple[str, bytes, Mapping[str, Any]]],
    templates: Mapping[str, bytes],
) -> dict[str, bytes]:
    """Return the files of a pack: `head` is code and name, tables bring code, DMN and the rest.

    Raises: BadDefinition for a text that cannot be read.
    """
    code, name = head
    files: dict[str, bytes] = dict(split(text))
    for table, model, rest in tables:
        files[f"{FEES}/{table}.dmn"] = model
        files[f"{FEES}/{table}.yaml"] = as_text(_plain(rest)).encode()
    for outcome, content in templates.items():
        files[f"{TEMPLATES}/{outcome}.docx"] = content
    return sealed(code, name, files)


def renewed(files: Files, code: str, name: str) -> dict[str, bytes]:
    """Return a pack that somebody edited with a manifest that fits it, unsigned."""
    return sealed(code, name, files)


def _plain(rest: Mapping[str, Any]) -> dict[str, Any]:
    said = {
        key: value.isoformat() if isinstance(value, date) else value for key, value in rest.items()
    }
    return {key: value for key, value in said.items() if value not in (None, "", [])}
