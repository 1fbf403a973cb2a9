"""Fields in documents that our press did not set: at given places, or in the top right corner."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter, copy_into_new_writer

from motcua.foundation.signing.errors import NOT_STANDARD, DocumentUnfit

from .order import COPY_FIELD, Lock
from .pdf import Dictionary, Name, written
from .places import add_form, to_field

_MM = 72 / 25.4
# The mark of a copy stands in the upper margin, which is 20 mm or more, at the right.
MARK_WIDTH, MARK_HEIGHT, MARK_EDGE, MARK_TOP = 90 * _MM, 15 * _MM, 10 * _MM, 4 * _MM


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands: the page from 0, and left, low, right, high in points."""

    name: str
    page: int
    box: tuple[float, float, float, float]


def with_fields_at(pdf: bytes, places: Sequence[Place], locks: Mapping[str, Lock]) -> bytes:
    """Return the document with empty fields at those places, written anew without revisions.

    A document that somebody has signed already is not touched: the signature would be lost.

    Raises: DocumentUnfit.
    """
    writer = _fresh(pdf)
    pages = _pages(writer)
    made = []
    for place in places:
        if place.page >= len(pages):
            raise DocumentUnfit("Văn bản không có trang để đặt chữ ký.", field="file")
        made.append(_add(writer, pages[place.page], place, locks.get(place.name)))
    missing = set(locks) - {place.name for place in places}
    if missing:
        raise DocumentUnfit(f"Chưa có chỗ cho chữ ký: {', '.join(sorted(missing))}.", field="file")
    add_form(writer, made)
    return written(writer)


def with_mark(pdf: bytes, locks: Mapping[str, Lock]) -> bytes:
    """Return the document with the field of an agency's mark: first page, top right corner.

    Raises: DocumentUnfit.
    Source: docs/law/signing.md
    """
    page = _pages(_fresh(pdf))[0].get_object()
    box = _inherited(page, "/MediaBox")
    right, high = float(box[2]) - MARK_EDGE, float(box[3]) - MARK_TOP
    place = Place(COPY_FIELD, 0, (right - MARK_WIDTH, high - MARK_HEIGHT, right, high))
    return with_fields_at(pdf, [place], locks)


def _fresh(pdf: bytes) -> PdfFileWriter:
    """Raises: DocumentUnfit."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        if reader.encrypted:
            raise DocumentUnfit("Tệp PDF có mật khẩu, không ký được.", field="file")
        if reader.embedded_signatures:
            raise DocumentUnfit("Tệp PDF đã có chữ ký; hãy tạo bản sao trước.", field="file")
        writer = copy_into_new_writer(reader)
    except (PdfError, ValueError, RecursionError) as error:
        raise DocumentUnfit(NOT_STANDARD, field="file") from error
    vars(writer)["_update_meta"] = lambda: None
    return writer


def _pages(writer: PdfFileWriter) -> list[generic.IndirectObject]:
    """Return the pages in order; their tree may have several storeys.

    Raises: DocumentUnfit without a page, or when the tree runs in a circle.
    """
    found: list[generic.IndirectObject] = []
    seen: set[int] = set()
    waiting = [writer.root.raw_get("/Pages")]
    while waiting:
        reference = waiting.pop()
        node = reference.get_object()
        if reference.idnum in seen:
            raise DocumentUnfit("Tệp PDF bị hỏng: các trang nối vòng.", field="file")
        seen.add(reference.idnum)
        if "/Kids" in node:
            kids = node["/Kids"]
            waiting += [kids.raw_get(index) for index in reversed(range(len(kids)))]
        else:
            found.append(reference)
    if not found:
        raise DocumentUnfit("Tệp PDF không có trang nào.", field="file")
    return found


def _inherited(page: Dictionary, name: str) -> generic.ArrayObject:
    node = page
    while name not in node and "/Parent" in node:
        node = node["/Parent"]
    if name not in node:
        raise DocumentUnfit("Trang của tệp PDF không có khổ giấy.", field="file")
    box: generic.ArrayObject = node[name]
    return box


def _add(
    writer: PdfFileWriter, page: generic.IndirectObject, place: Place, lock: Lock | None
) -> generic.IndirectObject:
    box = generic.ArrayObject(map(generic.FloatObject, place.box))
    field = writer.add_object(Dictionary({Name("/Type"): Name("/Annot"), Name("/Rect"): box}))
    to_field(writer, page, field, place.name, lock)
    row = page.get_object()
    if "/Annots" in row:
        row["/Annots"].append(field)
    else:
        row[Name("/Annots")] = generic.ArrayObject([field])
    return field
