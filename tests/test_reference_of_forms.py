"""The page on forms names a test for each property, each kind is on it, and the tests exist."""

import re
from pathlib import Path

import pytest

from motcua.casework.forms.api import FieldKind

ROOT = Path(__file__).parents[1]
CASEWORK = ROOT / "motcua/casework"
NAMED = re.compile(r"\| `([\w./]+\.py): (test_\w+)` \|$", re.MULTILINE)
PAGE = (ROOT / "docs/reference/forms.md").read_text(encoding="utf-8")
HEADS = ("| Property", "| Kind", "| JSON Schema")
ROWS = [row for row in PAGE.splitlines() if row.startswith("| ") and not row.startswith(HEADS)]


def test_every_property_names_a_test() -> None:
    assert [row for row in ROWS if not NAMED.search(row)] == []


@pytest.mark.parametrize(("file", "name"), sorted(set(NAMED.findall(PAGE))))
def test_the_test_of_a_property_exists(file: str, name: str) -> None:
    assert f"def {name}(" in (CASEWORK / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", list(FieldKind))
def test_every_kind_is_on_the_page(kind: FieldKind) -> None:
    assert any(f"`{kind}`" in row for row in ROWS)
