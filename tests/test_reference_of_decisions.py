"""The page on decision tables names a test for each rule, and these tests exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "motcua/lib/tests"
NAMED = re.compile(r"\| `(test_decisions\w*\.py): (test_\w+)` \|$", re.MULTILINE)
PAGE = (ROOT / "docs/reference/dmn.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ")][1:]


def test_every_rule_names_a_test() -> None:
    assert [row for row in ROWS if not NAMED.search(row)] == []


@pytest.mark.parametrize(("file", "name"), sorted(set(NAMED.findall(PAGE))))
def test_the_test_of_a_rule_exists(file: str, name: str) -> None:
    assert f"def {name}(" in (TESTS / file).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "word", ["UNIQUE", "FIRST", "PRIORITY", "ANY", "COLLECT", "null", "not(", "[a..b]", "date("]
)
def test_the_rules_of_the_standard_are_on_the_page(word: str) -> None:
    assert any(word in row for row in ROWS)
