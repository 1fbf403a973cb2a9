"""The page on BPMN names a test for each element that is read, and these tests exist."""

import re
from pathlib import Path

import pytest

from motcua.casework.processes.rules.bpmn_elements import ELEMENTS

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "motcua/casework/processes/tests"
NAMED = re.compile(r"\| `(test_bpmn\w*\.py): (test_\w+)` \|$", re.MULTILINE)
PAGE = (ROOT / "docs/reference/bpmn.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ")][1:]
ENDS_OF_FLOWS = {"incoming", "outgoing"}  # repeat what the flows say


def test_every_element_names_a_test() -> None:
    assert [row for row in ROWS if not NAMED.search(row)] == []


@pytest.mark.parametrize(("file", "name"), sorted(set(NAMED.findall(PAGE))))
def test_the_test_of_an_element_exists(file: str, name: str) -> None:
    assert f"def {name}(" in (TESTS / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("element", sorted(set(map(str, ELEMENTS)) - ENDS_OF_FLOWS))
def test_every_element_that_is_read_is_on_the_page(element: str) -> None:
    assert any(f"`{element}`" in row for row in ROWS)
