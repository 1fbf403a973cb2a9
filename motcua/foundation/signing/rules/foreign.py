"""Fields in documents that our press did not set, at given places."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter, copy_into_new_writer

from motcua.foundation.signing.errors import NOT_STANDARD, DocumentUnfit

from .order import Lock
from .pdf import Dictionary, Name, as_picture, written
from .places import add_form, to_field
from .placing import Place


@dataclass(frozen=True, slots=True)
class Drawn:
    """A one-page PDF of ours, and where its lower left corner comes to stand."""

    pdf: bytes = field(repr=False)
    left: float
    low: float


def with_fields_at(
    pdf: bytes, places: Sequence[Place], locks: Mapping[str, Lock], drawn: Drawn | None = None
) -> bytes:
    """Return the document with empty fields at those places, written anew without revisions.

    `drawn` is put on the first page under all fields. A document that somebody has signed already
    is not touched: the signature would be lost.

    Raises: DocumentUnfit.
    """
    writer = _fresh(pdf)
    pages = _pages(writer)
    made = []
    for place in places:
        if place.page >= len(pages):
            raise DocumentUnfit("Văn bản không có trang để đặt chữ ký.", field="file")
        made.append(_add(writer, pages[place.page], place, locks.get(place.name)))
    if drawn is not None:
        _draw(writer, pages[0].get_object(), drawn)
    missing = set(locks) - {place.name for place in places}
    if missing:
        raise DocumentUnfit(f"Chưa có chỗ cho chữ ký: {', '.join(sorted(missing))}.", field="file")
    add_form(writer, made)
    return written(writer)


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


def _inherited(page: Dictionary, name: str, usual: object = None) -> Any:
    node = page
    while name not in node and "/Parent" in node:
        node = node["/Parent"]
    if name in node:
        return node[name]
    if usual is None:
        raise DocumentUnfit("Trang của tệp PDF không có khổ giấy.", field="file")
    return usual


def _draw(writer: PdfFileWriter, page: Dictionary, drawn: Drawn) -> None:
    """Put a picture on a page, outside what the page says (an artifact, to readers aloud)."""
    own = Dictionary(dict(_inherited(page, "/Resources", Dictionary())))
    # Asked with `in`: their `get` does not follow a reference.
    has_pictures = "/XObject" in own
    pictures = Dictionary(dict(own["/XObject"])) if has_pictures else Dictionary()
    pictures[Name("/MotcuaMark")] = as_picture(writer, drawn.pdf)
    own[Name("/XObject")] = pictures
    page[Name("/Resources")] = own
    words = f"Q /Artifact BMC q 1 0 0 1 {drawn.left:.2f} {drawn.low:.2f} cm /MotcuaMark Do Q EMC"
    before, after = (
        writer.add_object(generic.StreamObject(stream_data=data)) for data in (b"q", words.encode())
    )
    said = page["/Contents"] if "/Contents" in page else generic.ArrayObject()
    is_row = isinstance(said, generic.ArrayObject)
    middle = list(said) if is_row else [page.raw_get("/Contents")]
    rows = [before, *middle, after]
    page[Name("/Contents")] = generic.ArrayObject(rows)


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
