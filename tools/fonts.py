"""Merge Tinos, which comes in three parts per style, into the four fonts that papers are set in."""

import logging
import sys
from pathlib import Path

from fontTools.merge import Merger

STYLES = {
    "400-normal": "Tinos-Regular",
    "400-italic": "Tinos-Italic",
    "700-normal": "Tinos-Bold",
    "700-italic": "Tinos-BoldItalic",
}
PARTS = ("latin", "latin-ext", "vietnamese")


def merge(parts: Path, target: Path) -> None:
    """Write the four fonts into `target` from the web fonts in `parts`."""
    target.mkdir(parents=True, exist_ok=True)
    for style, name in STYLES.items():
        font = Merger().merge([str(parts / f"tinos-{part}-{style}.woff") for part in PARTS])
        font.flavor = None
        font.save(target / f"{name}.ttf")


if __name__ == "__main__":
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    merge(Path(sys.argv[1]), Path(sys.argv[2]))
