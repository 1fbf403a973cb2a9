"""What was published: the folder as the world has seen it."""

import json
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from motcua.foundation.ledger.rules.heads import TreeHead, read_head

CHECKPOINT = "checkpoint"


def folder() -> Path | None:
    """Return where published files lie, None where nothing is published as files."""
    return Path(settings.LEDGER_DIR) if settings.LEDGER_DIR else None


def published_head() -> TreeHead | None:
    """Return the latest head the world has seen, None before the first."""
    place = folder()
    if place is None or not (place / CHECKPOINT).exists():
        return None
    return read_head((place / CHECKPOINT).read_text("utf-8"))


def published_heads() -> Iterator[TreeHead]:
    """Yield every head that was published, the smallest of each month first.

    Costs: one file each.
    """
    place = folder()
    files = sorted((place / "heads").glob("*/*.json")) if place else []
    for file in files:
        yield read_head(json.loads(file.read_text("utf-8"))["text"])


def published_file(path: str) -> Path | None:
    """Return the file of that name below the folder, None if there is none."""
    place = folder()
    if place is None:
        return None
    found = (place / path).resolve()
    is_inside = found.is_relative_to(place.resolve())
    return found if is_inside and found.is_file() and not found.name.startswith(".") else None
