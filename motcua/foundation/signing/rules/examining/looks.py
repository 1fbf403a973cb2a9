"""Whether what a text field shows is what it holds: number and day must be what is read.

A field has a value and, apart from it, a drawing; a forger who may fill it can let them differ.
Only written letters count: what is drawn as lines or pictures, or not shown at all, cannot be read.
"""

import io
import unicodedata
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter

from .changes import part, parts
from .words import clean

Dictionary = generic.DictionaryObject
OURS = ("so", "ngay", "ngay_d", "ngay_m", "ngay_y")
_MOST_FIELDS = 40
_LONGEST = 60
_CORNERS = 4
_LETTERS = (pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_FORM)
_HIDDEN = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_UNREADABLE = (PdfError, pypdfium2.PdfiumError, ValueError, KeyError, TypeError, AttributeError)


def looks_that_differ(reader: PdfFileReader) -> Iterator[tuple[str, str]]:
    """Yield the name of each text field whose look is not its value, and what there is to say."""
    rows = parts(part(reader.root, "/AcroForm", Dictionary()), "/Fields")
    texts = [row for row in rows if part(row, "/FT") == "/Tx" and "/T" in row]
    for row in texts[:_MOST_FIELDS]:
        name, value = clean(str(row["/T"])), str(part(row, "/V", ""))
        for look in _looks_of(row):
            if told := _difference(name, value, look):
                yield name, told
                break


def _looks_of(row: Any) -> Iterator[generic.StreamObject]:
    """Yield what a field shows, at each place where it stands."""
    for place in (row, *parts(row, "/Kids")):
        look = part(part(place, "/AP", Dictionary()), "/N")
        if isinstance(look, generic.StreamObject):
            yield look


def _difference(name: str, value: str, look: generic.StreamObject) -> str:
    """Return what is to be said of a look, nothing if it is the value."""
    try:
        seen = _letters_of(look) if look.data.strip() else ""
    except _UNREADABLE:
        seen = None
    if seen is None:
        return f"Ô “{name}” không đọc được bằng chữ; giá trị của ô là “{_short(value)}”."
    if _same(seen) == _same(value):
        return ""
    return f"Ô “{name}” hiển thị “{_short(seen)}”, nhưng giá trị của ô là “{_short(value)}”."


def _letters_of(look: generic.StreamObject) -> str | None:
    """Return the letters of a drawing; None where something else is drawn, or letters hidden."""
    with pypdfium2.PdfDocument(_page_of(look)) as document:
        page = document[0]
        if not all(_is_written(one.raw) for one in page.get_objects(max_depth=5)):
            return None
        return str(page.get_textpage().get_text_bounded())


def _is_written(one: Any) -> bool:
    if pdfium.FPDFPageObj_GetType(one) not in _LETTERS:
        return False
    return pdfium.FPDFTextObj_GetTextRenderMode(one) not in _HIDDEN


def _page_of(look: generic.StreamObject) -> bytes:
    """Return a document of one page that shows nothing but this look."""
    writer = PdfFileWriter(stream_xrefs=False)
    resources = part(look, "/Resources", Dictionary())
    drawn = generic.StreamObject(stream_data=look.data)
    corners = [float(look["/BBox"][place]) for place in range(_CORNERS)]
    box = generic.ArrayObject(map(generic.FloatObject, corners))
    page = PageObject(contents=writer.add_object(drawn), media_box=box, resources=Dictionary())
    page[generic.pdf_name("/Resources")] = writer.import_object(resources)
    writer.insert_page(page)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _same(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def _short(text: str) -> str:
    return clean(" ".join(text.split()))[:_LONGEST]
