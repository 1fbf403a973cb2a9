"""The page of the format says what the code does."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from motcua.casework.packs.choices import Signed
from motcua.casework.packs.rules import archives, names, texts
from motcua.casework.packs.rules.manifest import FORMAT, NAMESPACE

ROOT = Path(__file__).parents[4]
PAGE = (ROOT / "docs/reference/packs.md").read_text(encoding="utf-8")
BOUNDS = re.findall(r"\| `([A-Z_]+)` \| (\d+)", PAGE)
TESTS = re.findall(r"`(test_\w+)\.py: (test_\w+)`", PAGE)


@pytest.mark.parametrize(("name", "value"), BOUNDS)
def test_bounds_are_as_told(name: str, value: str) -> None:
    held = next(getattr(room, name) for room in (names, archives, texts) if hasattr(room, name))

    assert held == int(value)


def test_every_bound_is_told() -> None:
    ours = {name for room in (names, archives, texts) for name in vars(room)}

    assert {name for name, _ in BOUNDS} == {
        name for name in ours if name.startswith("MOST_") and name != "MOST_EVENTS"
    } | {"DEEPEST"}


@pytest.mark.parametrize(("file", "test"), TESTS)
def test_tests_that_are_named_exist(file: str, test: str) -> None:
    assert hasattr(import_module(f"motcua.casework.packs.tests.{file}"), test)


def test_files_words_and_format_are_as_told() -> None:
    files = re.findall(r"^\| `([^`]+)` \|", PAGE.split("## Signature")[0], re.MULTILINE)

    assert {file for file in files if "CODE" not in file and "OUTCOME" not in file} == {
        names.MANIFEST,
        names.SIGNATURE,
        *names.TEXTS,
    }
    assert all(names.is_known(file.replace("CODE", "a").replace("OUTCOME", "b")) for file in files)
    assert all(f"| `{word}` |" in PAGE for word in Signed.values)
    assert f"# Procedure packs: format {FORMAT}" in PAGE
    assert NAMESPACE in PAGE
