"""A room is one line, finds its label and loads its shelves."""

import sys
from pathlib import Path

import pytest
from django.apps import AppConfig

from motcua.lib.rooms import Room


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("motcua.casework.dossiers", "dossiers"),
        ("motcua.casework.forms", "eforms"),
        ("motcua.channels.sites", "websites"),
    ],
)
def test_the_label_is_the_last_word_unless_django_has_it(name: str, label: str) -> None:
    room = type("Some", (Room,), {"name": name, "path": "."})

    assert room(name, None).label == label


def test_a_room_loads_its_shelves_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "somewhere"
    home.mkdir()
    for shelf in ("__init__", "reactions", "operations"):
        (home / f"{shelf}.py").touch()
    (home / "apps.py").write_text(
        "from motcua.lib.rooms import Room\n\n\nclass Somewhere(Room):\n    name = 'somewhere'\n"
    )
    monkeypatch.syspath_prepend(tmp_path)

    AppConfig.create("somewhere").ready()

    loaded = {name for name in sys.modules if name.startswith("somewhere.")}
    assert loaded == {"somewhere.apps", "somewhere.reactions"}
