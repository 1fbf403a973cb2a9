"""What imports cannot show: keys, accessors, views that write, pages of law, papers of rooms."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import models

from tools import budgets

from .contracts import ROOT, heights

WRITING = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}


class Key(NamedTuple):
    """A key that leaves its room."""

    name: str
    home: str
    target: str
    accessor: str


def keys_to_other_rooms() -> Iterator[Key]:
    for model in apps.get_models():
        home = model._meta.app_config.name
        for field in model._meta.get_fields():
            if home.startswith("motcua.") and isinstance(
                field, models.ForeignKey | models.ManyToManyField
            ):
                target = field.related_model._meta.app_config.name
                if target != home:
                    name = f"{model._meta.label}.{field.name}"
                    yield Key(name, home, target, field.remote_field.related_name or "")


def test_foreign_keys_only_point_down() -> None:
    height = heights()

    level_or_up = [
        key.name
        for key in keys_to_other_rooms()
        if key.target in height and height[key.target] >= height[key.home]
    ]

    assert level_or_up == []


def test_no_reverse_accessor_reaches_another_room() -> None:
    leaking = [key.name for key in keys_to_other_rooms() if not key.accessor.endswith("+")]

    assert leaking == []


def test_every_room_stands_on_its_floor() -> None:
    assert [room for room in settings.ROOMS if room not in heights()] == []


def test_the_map_names_every_room_of_a_floor_that_is_ordered() -> None:
    drawn = (ROOT / "ARCHITECTURE.md").read_text().split("```")[1].split()
    floors = [room.split(".")[1:] for room in settings.ROOMS]

    missing = [
        name
        for floor, name, *_ in floors
        if floor in {"foundation", "casework"} and name not in drawn
    ]

    assert missing == []


def test_channels_and_adapters_write_only_through_operations() -> None:
    writes = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in view_files()
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in WRITING
    ]

    assert writes == []


def view_files() -> Iterator[Path]:
    for floor in ("adapters", "channels"):
        for pattern in ("views.py", "views/**/*.py"):
            yield from (ROOT / "motcua" / floor).glob(f"*/{pattern}")


def test_every_page_of_law_that_code_names_exists() -> None:
    named = {
        (page, str(path.relative_to(ROOT)))
        for path in budgets.sources()
        for page in re.findall(r"Source: (docs/\S+\.md)", path.read_text())
    }

    assert sorted(pair for pair in named if not (ROOT / pair[0]).exists()) == []


def test_every_room_says_what_it_is_for() -> None:
    rooms = [ROOT / room.replace(".", "/") for room in settings.ROOMS]

    assert [room.name for room in rooms if not (room / "README.md").exists()] == []
