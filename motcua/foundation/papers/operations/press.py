"""The printing press: layout and values in, PDF/A-2a out. Knows neither Django nor any paper.

Run as a program it prints one paper, so that a long book gives its memory back when done.
"""

import json
import sys
import threading
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import typst

LAYOUTS = Path(__file__).resolve().parent.parent / "layouts"
_shelf = threading.local()


@lru_cache(maxsize=4)
def _fonts(folder: str) -> "typst.Fonts":
    import typst  # noqa: PLC0415 -- large; most processes never print

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )


def compiler(fonts_dir: str) -> "typst.Compiler":
    """Return this thread's compiler: it reads below the layouts' folder only, and no packages."""
    import typst  # noqa: PLC0415 -- as above

    kept: dict[str, typst.Compiler] = vars(_shelf).setdefault("compilers", {})
    if fonts_dir not in kept:
        nowhere = LAYOUTS / "no-packages"
        kept[fonts_dir] = typst.Compiler(
            root=LAYOUTS,
            font_paths=_fonts(fonts_dir),
            package_path=nowhere,
            package_cache_path=nowhere,
        )
    return kept[fonts_dir]


def press(layout: str, values: str, *, fonts_dir: str, stamp: int) -> bytes:
    """Return the paper as PDF/A-2a; the same values and stamp give the same bytes.

    Raises: typst.TypstError.
    """
    printed = compiler(fonts_dir).compile(
        LAYOUTS / f"{layout}.typ",
        format="pdf",
        pdf_standards=["a-2a"],
        sys_inputs={"paper": values},
        timestamp=stamp,
    )
    return cast("bytes", printed)


def press_stamp(layout: str, values: str, *, fonts_dir: str) -> bytes:
    """Return one small page without tags, to be set into another document as a picture.

    Raises: typst.TypstError.
    """
    printed = compiler(fonts_dir).compile(
        LAYOUTS / f"{layout}.typ",
        format="pdf",
        pdf_tags=False,
        sys_inputs={"stamp": values},
        timestamp=0,
    )
    return cast("bytes", printed)


def main() -> None:
    order = json.load(sys.stdin)
    sys.stdout.buffer.write(press(**order))


if __name__ == "__main__":
    main()
