"""The size budgets, and a reason for every muted check."""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLACES = ("agent", "config", "demo", "motcua", "simulators", "tests", "tools")
SOURCE_LINES, TEMPLATE_LINES, TEST_LINES = 500, 200, 40

MUTE = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma:\s*no cover|nosec)")
EXPLAINED_MUTE = re.compile(
    r"#\s*(?:noqa:\s*[A-Z0-9, ]+|type:\s*ignore\[[a-z, -]+\]|pragma:\s*no cover)\s*(?:#\s*)?-- \S"
)


def sources(root: Path = ROOT) -> Iterator[Path]:
    """Yield every Python file we wrote; migrations are written by Django."""
    yield from root.glob("*.py")
    for place in PLACES:
        for path in sorted((root / place).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def templates(root: Path = ROOT) -> Iterator[Path]:
    for place in ("demo", "motcua"):
        for folder in ("jinja2", "templates"):
            yield from sorted((root / place).rglob(f"{folder}/**/*.html"))


def too_long(paths: Iterable[Path], limit: int) -> Iterator[str]:
    for path in paths:
        lines = len(path.read_text().splitlines())
        if lines > limit:
            yield f"{path}: {lines} lines, at most {limit}: split it by subject"


def long_tests(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > TEST_LINES:
                yield f"{path}:{node.lineno}: {node.name} has {lines} lines, at most {TEST_LINES}"


def unexplained_mutes(path: Path) -> Iterator[str]:
    for number, line in enumerate(path.read_text().splitlines(), start=1):
        if MUTE.search(line) and not EXPLAINED_MUTE.search(line):
            yield f"{path}:{number}: a muted check names its rule and gives its reason after ` -- `"


def offences(root: Path = ROOT) -> list[str]:
    """Return everything that is over its budget, or muted without a reason."""
    ours = [path for path in sources(root) if path.name != "test_budgets.py"]
    return [
        *too_long(ours, SOURCE_LINES),
        *too_long(templates(root), TEMPLATE_LINES),
        *(found for path in ours for found in long_tests(path)),
        *(found for path in ours if path != Path(__file__) for found in unexplained_mutes(path)),
    ]


if __name__ == "__main__":
    found = offences()
    sys.stdout.write("".join(f"{line}\n" for line in found))
    sys.exit(1 if found else 0)
