"""Small pages that are set into a document as what its fields show: pictures and short texts."""

import json
from collections.abc import Sequence
from functools import lru_cache, partial

from motcua.foundation.papers.errors import LayoutBroken
from motcua.foundation.papers.rules.wording import printable

from . import press
from .typesetting import fonts_dir, letters, qr_svg

# A field of six millimetres is written in these letters, a lower or higher one in proportion.
LETTERS_PT, FIELD_PT = 13.5, 6 / 25.4 * 72
LARGEST_PT = 16.0


@lru_cache(maxsize=256)
def render_image_stamp(
    png: bytes,
    *,
    width_mm: int,
    height_mm: int,
    size: tuple[float, float],
    at_right: bool = False,
) -> bytes:
    """Return a picture at its real size in a field of `size` points, in the middle or at its right.

    A picture larger than its field is made smaller. Kept in memory: the same seal serves all day.

    Raises: FontsMissing, LayoutBroken.
    """
    width, height = size
    # As numbers: the press reads no file, and JSON carries no bytes.
    values = {
        "png": list(png),
        "width": width,
        "height": height,
        "image_width": min(width_mm, _in_mm(width)),
        "image_height": min(height_mm, _in_mm(height)),
        "align": "right" if at_right else "center",
    }
    return pressed("stamp_image", values)


@lru_cache(maxsize=256)
def render_value(
    text: str, *, size: tuple[float, float], is_italic: bool = False, begins: bool = False
) -> bytes:
    """Return a short text on the line of a field of `size` points, smaller if it must be.

    In the middle of the field, or where it `begins`.

    Kept in memory: all that is sealed in one day carries the same day.

    Raises: FontsMissing, LayoutBroken.
    """
    values = {
        "text": printable(text, letters=letters(fonts_dir())),
        "width": size[0],
        "height": size[1],
        "size": min(round(LETTERS_PT * size[1] / FIELD_PT, 1), LARGEST_PT),
        "italic": is_italic,
        "begins": begins,
    }
    return pressed("stamp_value", values)


def render_mark(
    lines: Sequence[str], *, size: tuple[float, float], is_centred: bool = False
) -> bytes:
    """Return what an agency's signature says on a copy or an attachment, in a field of `size`.

    Upright black letters of 10 points, at the right, without a picture. In the middle it is what
    the signature of an applicant shows.

    Raises: FontsMissing, LayoutBroken.
    Source: docs/law/signing.md
    """
    clean = partial(printable, letters=letters(fonts_dir()))
    values: dict[str, object] = {
        "lines": [clean(line) for line in lines],
        "width": size[0],
        "height": size[1],
        "centred": is_centred,
    }
    return pressed("stamp_mark", values)


def render_qr(address: str, *, size: tuple[float, float]) -> bytes:
    """Return the QR mark of an address in a place of `size` points. Raises: LayoutBroken."""
    values: dict[str, object] = {"qr": qr_svg(address), "width": size[0], "height": size[1]}
    return pressed("stamp_qr", values)


def _in_mm(points: float) -> float:
    return points / 72 * 25.4


def pressed(layout: str, values: dict[str, object]) -> bytes:
    """Return one small page of a layout. Raises: LayoutBroken, FontsMissing."""
    try:
        return press.press_stamp(
            layout, json.dumps(values, ensure_ascii=False), fonts_dir=fonts_dir()
        )
    except RuntimeError as error:
        raise LayoutBroken(f"Không dựng được hình của ô “{layout}”: {error}") from error
