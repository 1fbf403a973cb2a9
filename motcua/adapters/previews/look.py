"""Look at the first page of a picture or PDF file, and draw it small; runs in `child`.

Writes the number of pages, the words of the first page as JSON, each with a line feed, and a WebP
of at most 30 kB if it is to be drawn. Ends with 3 for a password, 4 for a broken file, 5 for one
of odd measures.
"""

import io
import json
import warnings
from collections.abc import Callable
from typing import BinaryIO

import pypdfium2 as pdfium
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 30_000
MOST_PIXELS = 120_000_000
MOST_PAGES = 3_000
MOST_WORDS = 20_000
LONGEST_SIDE = 900
_LONGEST_PAGE_POINTS = 15_000
_PASSWORD, _BROKEN, _ODD = 3, 4, 5
_Opened = tuple[int, str, Callable[[], Image.Image]]
_STEPS = ((900, 70), (700, 60), (560, 50), (420, 40), (300, 30), (160, 20))


class _OddMeasures(Exception):
    """Far more pages, or a far larger page, than any paper has."""


def look(path: str, media_type: str, target: BinaryIO, *, is_drawn: bool) -> int:
    """Write what was seen, and return how it ended.

    Drawing costs ten times as much as looking.
    """
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        opener = _open_pdf if media_type == "application/pdf" else _open_image
        pages, words, image = opener(path)
        drawn = small_webp(image()) if is_drawn else b""
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, _OddMeasures):
        return _ODD
    except (pdfium.PdfiumError, UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        return _PASSWORD if "assword" in str(error) else _BROKEN
    target.write(f"{pages}\n{json.dumps(words)}\n".encode() + drawn)
    return 0


def small_webp(image: Image.Image) -> bytes:
    """Return the picture small enough for a slow line, without any of its hidden data."""
    plain = image.convert("RGB")
    for side, quality in _STEPS:
        plain.thumbnail((side, side))
        target = io.BytesIO()
        plain.save(target, "WEBP", quality=quality, method=4)
        if target.tell() <= MOST_BYTES:
            return target.getvalue()
    return b""


def _open_image(path: str) -> _Opened:
    with Image.open(path, formats=("JPEG", "PNG")) as image:
        if image.format == "JPEG":
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image.load()
        return 1, "", lambda: ImageOps.exif_transpose(image)


def _open_pdf(path: str) -> _Opened:
    document = pdfium.PdfDocument(path)
    pages = len(document)
    if not 0 < pages <= MOST_PAGES:
        raise _OddMeasures
    page = document[0]
    longest = max(page.get_size())
    if not 0 < longest <= _LONGEST_PAGE_POINTS:
        raise _OddMeasures
    words = page.get_textpage().get_text_bounded().replace("\r\n", "\n")[:MOST_WORDS]
    return pages, words, lambda: page.render(scale=LONGEST_SIDE / longest).to_pil()
