"""Lay a small page over a free place of a PDF's first page; a program of its own.

Strangers' files are opened here, so it runs with limits. It is handed the length of the small
page, a line feed, the small page and the PDF; it writes the PDF with an increment that draws it.
Ends with 3 for a password, 4 for a broken file, 5 for one of odd measures.
"""

import io
import resource
import sys
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

import pypdfium2 as pdfium
from PIL import Image
from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import PyPdfError

PASSWORD, BROKEN, ODD = 3, 4, 5
CPU_SECONDS, MEMORY = 30, 2_000_000_000
MM = 72 / 25.4
WIDTH, HEIGHT, EDGE, AIR = 50, 35, 4, 2
SCALES = (1.0, 0.85, 0.7, 0.55)
_DOTS = 3  # a millimetre
_LARGEST_PAGE_MM = 1_500
_SMALLEST_PAGE_MM = 60
# Where a clerk would look first: below the number, then below the day.
_WANTED = ((30, 45), (135, 42))
_INK = 245


class OddMeasures(Exception):
    """A page far larger or smaller than any paper."""


class Place(NamedTuple):
    """Where the mark stands as the page is seen: millimetres from the left and the top."""

    left: float
    top: float
    scale: float


class Inked:
    """The page as squares of a millimetre, and how many of them in a rectangle bear ink."""

    def __init__(self, picture: Image.Image) -> None:
        grey = picture.convert("L").point(lambda dot: 0 if dot >= _INK else 255).reduce(_DOTS)
        self.wide, self.high = grey.size
        dots = grey.tobytes()
        self.sums = [[0] * (self.wide + 1)]
        for row in range(self.high):
            total, line = 0, [0]
            above = self.sums[-1]
            for column in range(self.wide):
                total += dots[row * self.wide + column] > 0
                line.append(total + above[column + 1])
            self.sums.append(line)

    def count(self, left: int, top: int, wide: int, high: int) -> int:
        right, bottom = left + wide, top + high
        upper, lower = self.sums[top], self.sums[bottom]
        return lower[right] - upper[right] - lower[left] + upper[left]


def find_place(inked: Inked) -> Place:
    """Return the free place nearest to where a clerk would look; a smaller mark if need be.

    On a page without any the mark covers as little as it can.
    """
    for scale in SCALES:
        free = [one for one in _places(inked, scale) if one[1] == 0]
        if free:
            return min(free)[2]
    return min((ink, far, place) for far, ink, place in _places(inked, SCALES[-2]))[2]


def _places(inked: Inked, scale: float) -> Iterator[tuple[float, int, Place]]:
    wide, high = round(WIDTH * scale) + 2 * AIR, round(HEIGHT * scale) + 2 * AIR
    for top in range(EDGE, inked.high - EDGE - high + 1, 2):
        for left in range(EDGE, inked.wide - EDGE - wide + 1, 2):
            far = min(abs(left - x) + 1.5 * abs(top - y) for x, y in _WANTED)
            ink = inked.count(left, top, wide, high)
            yield far, ink, Place(left + AIR, top + AIR, scale)


def look_at(pdf: bytes) -> Inked:
    """Return the first page as it is seen."""
    document = pdfium.PdfDocument(pdf)
    page = document[0]
    if not all(_SMALLEST_PAGE_MM <= side / MM <= _LARGEST_PAGE_MM for side in page.get_size()):
        raise OddMeasures
    return Inked(page.render(scale=_DOTS / MM, grayscale=True).to_pil())


def laid_over(pdf: bytes, mark: bytes, place: Place) -> bytes:
    """Return the PDF followed by an increment in which its first page bears the mark."""
    writer = PdfWriter(io.BytesIO(pdf), incremental=True)
    page = writer.pages[0]
    small = PdfReader(io.BytesIO(mark)).pages[0]
    page.merge_transformed_page(small, Transformation(on_page(page, place)), over=True)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def on_page(page: PageObject, place: Place) -> tuple[float, float, float, float, float, float]:
    """Return how the mark is turned and moved, whichever way the page is turned to be seen."""
    box, scale = page.cropbox, place.scale
    left, low = float(box.left), float(box.bottom)
    wide, high = float(box.width), float(box.height)
    turned = page.rotation % 360
    x = place.left * MM
    # From the top as seen to the bottom: the height as seen is the width of a page on its side.
    y = (wide if turned in {90, 270} else high) - (place.top + HEIGHT * scale) * MM
    corner = {0: (x, y), 90: (wide - y, x), 180: (wide - x, high - y), 270: (y, high - x)}[turned]
    cosine, sine = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[turned]
    turn = (cosine * scale, sine * scale, -sine * scale, cosine * scale)
    return (*turn, left + corner[0], low + corner[1])


def main(source: Sequence[bytes]) -> int:
    """Write the result to the output, and return how the program ends."""
    mark, pdf = source
    try:
        result = laid_over(pdf, mark, find_place(look_at(pdf)))
    except OddMeasures:
        return ODD
    except (
        pdfium.PdfiumError,
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
    ) as error:
        return PASSWORD if "assword" in str(error) or "ncrypt" in str(error) else BROKEN
    except (IndexError, RecursionError, NotImplementedError, OSError):
        return BROKEN
    sys.stdout.buffer.write(result)
    return 0


def read(stream: BinaryIO) -> tuple[bytes, bytes]:
    """Return the mark and the PDF."""
    length = int(stream.readline())
    return stream.read(length), stream.read()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(main(read(sys.stdin.buffer)))
