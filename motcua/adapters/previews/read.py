"""Write what stands on the pages of a PDF, Word, Excel or text file; runs in `child`.

Writes the pages as a JSON list of texts. A PDF is read by its text layer alone: a scanned page is
empty. Ends with 3 for a password, 4 for a broken file.
"""

import json
import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError, iterparse

import pypdfium2 as pdfium

MOST_PAGES = 3_000
MOST_CHARACTERS = 20_000_000
LONGEST_PAGE = 20_000
PIECE, CELLS = 3_000, 400  # what makes a page where there are none
_PASSWORD, _BROKEN = 3, 4
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_WHOLE = {f"{_W}p", f"{_S}si", f"{_S}row"}
_SHEETS = re.compile(r"xl/(sharedStrings|worksheets/[^/]+)\.xml")
_OFFICE = "application/vnd.openxmlformats-officedocument."


def read(path: str, media_type: str, most: int, target: BinaryIO) -> int:
    """Write what was read, and return how it ended."""
    try:
        pages = _bounded(READERS[media_type](path), most)
    except (pdfium.PdfiumError, zipfile.BadZipFile, ParseError, OSError, ValueError) as error:
        return _PASSWORD if "assword" in str(error) else _BROKEN
    except (KeyError, NotImplementedError, RuntimeError, EOFError):
        return _BROKEN
    target.write(json.dumps(pages).encode())
    return 0


def _bounded(pages: Iterator[str], most: int) -> list[str]:
    """Return the pages, no more than anybody would search."""
    kept: list[str] = []
    left = MOST_CHARACTERS
    for page in pages:
        kept.append(page[:LONGEST_PAGE])
        left -= len(kept[-1])
        if len(kept) >= min(most, MOST_PAGES) or left <= 0:
            break
    return kept


def read_pdf(path: str) -> Iterator[str]:
    """Yield the text layer of each page."""
    document = pdfium.PdfDocument(path)
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        yield text.get_text_bounded().replace("\r\n", "\n").replace("\ufffe", "")
        text.close()
        page.close()


def read_word(path: str) -> Iterator[str]:
    """Yield what stands between the breaks of pages that Word noted when it last saved."""
    said: list[str] = []
    for element in _elements(path, re.compile("word/document.xml")):
        if element.tag == f"{_W}t":
            said.append(element.text or "")
        elif element.tag in {f"{_W}tab", f"{_W}br"} and element.get(f"{_W}type") != "page":
            said.append(" ")
        elif element.tag in {f"{_W}lastRenderedPageBreak", f"{_W}br"}:
            yield "".join(said)
            said.clear()
        elif element.tag == f"{_W}p":
            said.append("\n")
    yield "".join(said)


def read_sheet(path: str) -> Iterator[str]:
    """Yield the words of all cells, in pieces as long as a page."""
    said: list[str] = []
    for element in _elements(path, _SHEETS):
        if element.tag == f"{_S}t":
            said.append(f"{element.text or ''} ")
        elif element.tag in {f"{_S}si", f"{_S}row"}:
            said.append("\n")
        if len(said) >= CELLS:
            yield "".join(said)
            said.clear()
    yield "".join(said)


def read_text(path: str) -> Iterator[str]:
    """Yield the text in pieces as long as a page, each ending with a line."""
    with open(path, encoding="utf-8", errors="replace") as source:  # noqa: PTH123 -- no more than needed
        while piece := source.read(PIECE):
            yield piece + source.readline(PIECE)


def _elements(path: str, wanted: re.Pattern[str]) -> Iterator[Element]:
    """Yield the elements of some parts in the order of their ends, forgetting them after."""
    with zipfile.ZipFile(path) as package:
        for part in sorted(filter(wanted.fullmatch, package.namelist())):
            with package.open(part) as source:
                for _, element in iterparse(source):  # noqa: S314 -- what declares entities was not taken
                    yield element
                    if element.tag in _WHOLE:
                        element.clear()


READERS = {
    "application/pdf": read_pdf,
    f"{_OFFICE}wordprocessingml.document": read_word,
    f"{_OFFICE}spreadsheetml.sheet": read_sheet,
    "text/plain": read_text,
    "text/csv": read_text,
}
