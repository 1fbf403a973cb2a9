"""What a reader with a ruler finds on a printed page: lines of letters and drawn lines, in mm."""

import ctypes
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

MM = 25.4 / 72
_SAME_LINE, _GAP = 1.0, 14.0


class Letters(NamedTuple):
    """Letters of one size and face on one line; edges from the left and the top of the page."""

    text: str
    left: float
    right: float
    base: float
    size: float
    face: str

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def length(self) -> float:
        return self.right - self.left


class Drawn(NamedTuple):
    """A line or a frame; edges from the left and the top of the page."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def length(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


class _Letter(NamedTuple):
    text: str
    left: float
    right: float
    base: float
    size: float
    face: str


def letters_on(pdf: bytes, page: int = 0) -> list[Letters]:
    """Return the lines of a page in the order of reading, torn where size or face changes."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        shown = document[page]
        high = shown.get_height()
        return list(_joined(list(_letters(shown.get_textpage(), high))))
    finally:
        document.close()


def _letters(text: pypdfium2.PdfTextPage, high: float) -> Iterator[_Letter]:
    for place in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text.raw, place))
        if letter in "\r\n" or pdfium.FPDFText_IsGenerated(text.raw, place) == 1:
            continue
        left, _, right, _ = text.get_charbox(place, loose=True)
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(text.raw, place, x, y)
        name = ctypes.create_string_buffer(100)
        pdfium.FPDFText_GetFontInfo(text.raw, place, name, 100, ctypes.c_int())
        size = round(pdfium.FPDFText_GetFontSize(text.raw, place), 1)
        face = name.value.decode().partition("+")[2] or name.value.decode()
        yield _Letter(letter, left, right, high - y.value, size, face.removeprefix("Tinos-"))


def _joined(letters: list[_Letter]) -> Iterator[Letters]:
    row: list[_Letter] = []
    for one in letters:
        if row and not _goes_on(row[-1], one):
            yield _line(row)
            row = []
        row.append(one)
    if row:
        yield _line(row)


def _goes_on(before: _Letter, after: _Letter) -> bool:
    is_same_row = abs(before.base - after.base) < _SAME_LINE
    is_near = -_GAP < after.left - before.right < _GAP
    return is_same_row and is_near and (before.size, before.face) == (after.size, after.face)


def _line(row: list[_Letter]) -> Letters:
    seen = [one for one in row if not one.text.isspace()] or row
    return Letters(
        "".join(one.text for one in row).strip(),
        min(one.left for one in seen) * MM,
        max(one.right for one in seen) * MM,
        row[0].base * MM,
        row[0].size,
        row[0].face,
    )


def drawn_on(pdf: bytes, page: int = 0) -> list[Drawn]:
    """Return what is drawn on a page, from top to bottom."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        shown = document[page]
        high = shown.get_height()
        found = [
            Drawn(left * MM, right * MM, (high - top) * MM, (high - bottom) * MM)
            for one in shown.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])
            for left, bottom, right, top in [one.get_bounds()]
        ]
        return sorted(found, key=lambda one: one.top)
    finally:
        document.close()


def find(lines: list[Letters], beginning: str) -> Letters:
    """Return the only line that begins so."""
    (found,) = [one for one in lines if one.text.startswith(beginning)]
    return found
