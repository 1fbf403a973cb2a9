"""Reads what stands on the pages of a document of others: where number, day and signatures belong.

Knows no Django; only the process with limits (`reading.py`) uses it. Lengths are points from the
lower left corner. A place is only called safe
where it is empty: nothing is ever written over words.

Source: docs/law/signing.md
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from ctypes import c_double
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

_MM = 72 / 25.4
_SAME_LINE, _WORD_GAP = 2.0, 1.6
_TOP_HALF = 0.5
NUMBER_WIDTH, PART_WIDTH = 18.0, 10.5
SIGN_WIDTH, SIGN_HEIGHT, SIGN_LOWEST = 48 * _MM, 26 * _MM, 13 * _MM
CORNER_EDGE, CORNER_SIZE, _WHITE = 7 * _MM, 17 * _MM, 250
_BELOW, _ABOVE = 1.6 * _MM, 12.4
_YEAR_WIDTH = 11 * _MM
_FILL = ".…_‥·"
_NUMBER = re.compile(r"S[ốố]\s*:(?P<gap>[\s.…_‥·]*)(?P<rest>[/\d][^\s,;]*)", re.IGNORECASE)
_DAY = re.compile(
    r"ngày(?P<d>[\s.…_‥·\d]*)tháng(?P<m>[\s.…_‥·\d]*)năm(?P<y>[\s.…_‥·\d]*)", re.IGNORECASE
)
Box = tuple[float, float, float, float]


class Glyph(NamedTuple):
    """One letter and where it stands."""

    char: str
    left: float
    low: float
    right: float
    high: float
    base: float


class Line(NamedTuple):
    """Letters on one base line, with a blank where there is a gap; `glyphs` fits `text`."""

    text: str
    glyphs: Sequence[Glyph | None]

    def box(self, start: int, end: int) -> Box:
        """Return where that part of the text stands."""
        found = [one for one in self.glyphs[start:end] if one is not None]
        lows, highs = [one.low for one in found], [one.high for one in found]
        return found[0].left, min(lows), found[-1].right, max(highs)


def facts_of(pdf: bytes, names: Sequence[str], most_pages: int) -> dict[str, Any]:
    """Return what a document is and where its parts belong. Raises: ValueError."""
    document = pypdfium2.PdfDocument(pdf)
    if len(document) > most_pages:
        raise ValueError("too many pages")
    pages = list(document)
    first = lines_of(pages[0])
    top = [line for line in first if _is_high(line, pages[0])]
    return {
        "pages": [_frame(page) for page in pages],
        "is_locked": pdfium.FPDF_GetSecurityHandlerRevision(document) >= 0,
        "signatures": pdfium.FPDF_GetSignatureCount(document),
        "is_live": document.get_formtype() != 0 or any(map(_has_notes, pages)),
        "has_text": any(line.text.strip() for line in first),
        "number": next(filter(None, map(_number, top)), None),
        "day": next(filter(None, map(_day, top)), None),
        "corner": _corner(pages[0]),
        "names": {name: place for name in names if (place := _signer(pages, name))},
    }


def _frame(page: pypdfium2.PdfPage) -> list[float]:
    """Return the visible part of the page, and by how much it is turned."""
    return [*page.get_cropbox(), page.get_rotation()]


def _corner(page: pypdfium2.PdfPage) -> Box | None:
    """Return an empty corner at the foot of the page, large enough for a QR mark."""
    left, low, right, high = page.get_cropbox()
    if page.get_rotation():
        return None
    drawn = page.render(grayscale=True).to_pil().convert("L")
    for edge in (left + CORNER_EDGE, right - CORNER_EDGE - CORNER_SIZE):
        box = (edge, low + CORNER_EDGE, edge + CORNER_SIZE, low + CORNER_EDGE + CORNER_SIZE)
        part = (box[0] - left, high - box[3], box[2] - left, high - box[1])
        if drawn.crop(tuple(map(round, part))).getextrema()[0] >= _WHITE:
            return box
    return None


def _has_notes(page: pypdfium2.PdfPage) -> bool:
    count = pdfium.FPDFPage_GetAnnotCount(page)
    kinds = []
    for place in range(count):
        note = pdfium.FPDFPage_GetAnnot(page, place)
        kinds.append(pdfium.FPDFAnnot_GetSubtype(note))
        pdfium.FPDFPage_CloseAnnot(note)
    return any(kind != pdfium.FPDF_ANNOT_LINK for kind in kinds)


def lines_of(page: pypdfium2.PdfPage) -> list[Line]:
    """Return the lines of a page, from the top, each from the left, columns side by side."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(_glyphs(page), key=lambda one: -one.base):
        if rows and rows[-1][0].base - glyph.base <= _SAME_LINE:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [_line(row) for row in rows]


def _glyphs(page: pypdfium2.PdfPage) -> Iterator[Glyph]:
    text = page.get_textpage()
    for place in range(text.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(text, place))
        box = text.get_charbox(place)
        if char.isprintable() and not char.isspace() and box[2] > box[0]:
            x, y = c_double(), c_double()
            pdfium.FPDFText_GetCharOrigin(text, place, x, y)
            yield Glyph(char, box[0], box[1], box[2], box[3], y.value)


def _line(row: list[Glyph]) -> Line:
    row.sort(key=lambda one: one.left)
    found: list[Glyph | None] = [row[0]]
    for before, glyph in pairwise(row):
        if glyph.left - before.right > _WORD_GAP:
            found.append(None)
        found.append(glyph)
    return Line("".join(one.char if one else " " for one in found), found)


def _is_high(line: Line, page: pypdfium2.PdfPage) -> bool:
    _, low, _, high = page.get_cropbox()
    first = line.glyphs[0]
    return first is not None and first.base > low + _TOP_HALF * (high - low)


def _number(line: Line) -> dict[str, Any] | None:
    """Return the place after “Số:” up to “/”, or the number that is printed there."""
    found = _NUMBER.search(line.text)
    if found is None:
        return None
    rest = found["rest"]
    if not rest.startswith("/"):
        return {"printed": unicodedata.normalize("NFC", rest)}
    colon, slash = line.glyphs[found.start("gap") - 1], line.glyphs[found.start("rest")]
    if colon is None or slash is None or slash.left - colon.right < NUMBER_WIDTH:
        return {"printed": "", "notation": rest[1:]}
    box = _on_line(colon.right + 1, slash.left - 0.5, colon.base)
    return {"printed": "", "notation": unicodedata.normalize("NFC", rest[1:]), "box": box}


def _day(line: Line) -> dict[str, Any] | None:
    """Return the empty parts of “ngày … tháng … năm …”, and those that are printed."""
    found = _DAY.search(line.text)
    if found is None:
        return None
    boxes, printed = {}, {}
    for name in "dmy":
        digits = re.sub(r"\D", "", found[name])
        if digits:
            printed[name] = int(digits)
        elif (box := _gap(line, *found.span(name), is_last=name == "y")) is not None:
            boxes[name] = box
        else:
            return {"printed": printed, "boxes": {}}
    return {"printed": printed, "boxes": boxes}


def _gap(line: Line, start: int, end: int, *, is_last: bool) -> Box | None:
    """Return the empty place between two words, if a number of two digits fits into it."""
    before = line.glyphs[start - 1]
    after = line.glyphs[end] if end < len(line.glyphs) else None
    if before is None:
        return None
    right = after.left - 1 if after else before.right + (_YEAR_WIDTH if is_last else 0)
    if right - before.right < PART_WIDTH:
        return None
    return _on_line(before.right + 1, right, before.base)


def _on_line(left: float, right: float, base: float) -> Box:
    return left, base - _BELOW, right, base + _ABOVE


def _signer(pages: Sequence[pypdfium2.PdfPage], name: str) -> dict[str, Any] | None:
    """Return the empty place above the printed name of a signer, where it stands last."""
    wanted = _plain(name)
    for number in reversed(range(len(pages))):
        lines = lines_of(pages[number])
        for line in reversed(lines):
            start = _plain(line.text).rfind(wanted)
            if start >= 0:
                box = _above(lines, line.box(start, start + len(name)))
                return {"page": number, "box": box} if box else None
    return None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _above(lines: Sequence[Line], name: Box) -> Box | None:
    middle = (name[0] + name[2]) / 2
    left, right = middle - SIGN_WIDTH / 2, middle + SIGN_WIDTH / 2
    low = name[3] + 1
    over = [
        one.low
        for line in lines
        for one in line.glyphs
        if one is not None and one.low > low - 1 and one.right > left and one.left < right
    ]
    room = min(over, default=low + SIGN_HEIGHT) - 1 - low
    return (left, low, right, low + min(room, SIGN_HEIGHT)) if room >= SIGN_LOWEST else None


def words_within(pdf: bytes, page: int, box: Box) -> str:
    """Return the letters that stand in a place; dots and lines to write on are none."""
    found = []
    for line in lines_of(pypdfium2.PdfDocument(pdf)[page]):
        inside = [one for one in line.glyphs if one is not None and _touch(one, box)]
        found.append("".join(one.char for one in inside if one.char not in _FILL))
    return " ".join(filter(None, found))


def _touch(one: Glyph, box: Box) -> bool:
    return one.right > box[0] and one.left < box[2] and one.high > box[1] and one.low < box[3]
