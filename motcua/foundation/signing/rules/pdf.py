"""Small parts on which the engine stands: a writer that keeps the metadata, pages as pictures."""

import io
from collections.abc import Iterator

from pyhanko.pdf_utils import content, generic, layout
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.stamp import StaticStampStyle

from motcua.foundation.signing.errors import NOT_STANDARD, DocumentUnfit

from .quick import be_quick

be_quick()
Name = generic.pdf_name
Dictionary = generic.DictionaryObject


class QuietWriter(IncrementalPdfFileWriter):
    """Adds a revision and leaves Info and XMP as they were at the document's birth.

    Each rewriting of the metadata is one change more for a verifier to explain.
    """

    def _update_meta(self) -> None:
        """Change nothing."""

    def ensure_output_version(self, version: object) -> None:
        """Change nothing: our press writes a version that holds all we add."""


def opened(pdf: bytes) -> QuietWriter:
    """Return a writer that continues the document. Raises: DocumentUnfit."""
    try:
        return QuietWriter(io.BytesIO(pdf))
    except (PdfError, ValueError, RecursionError) as error:
        raise DocumentUnfit(NOT_STANDARD, field="file") from error


def written(writer: BasePdfFileWriter) -> bytes:
    """Return the document with all that was added."""
    finished = io.BytesIO()
    writer.write(finished)
    return finished.getvalue()


def fields_of(
    writer: BasePdfFileWriter,
) -> Iterator[tuple[str, generic.IndirectObject, Dictionary]]:
    """Yield the name, the reference and the dictionary of each form field of the top level."""
    if "/AcroForm" not in writer.root:
        return
    form = writer.root["/AcroForm"]
    for index in range(len(form["/Fields"])):
        reference = form["/Fields"].raw_get(index)
        yield str(reference.get_object()["/T"]), reference, reference.get_object()


def size_of(field: Dictionary) -> tuple[float, float]:
    """Return the width and height of a field in points."""
    left, low, right, high = (float(edge) for edge in field["/Rect"])
    return right - left, high - low


def as_picture(writer: BasePdfFileWriter, drawn: bytes) -> generic.IndirectObject:
    """Bring the first page of a PDF into the document as a picture. Keeps its fonts."""
    page = PdfFileReader(io.BytesIO(drawn)).root["/Pages"]["/Kids"][0]
    made = generic.StreamObject(
        Dictionary(
            {
                Name("/Type"): Name("/XObject"),
                Name("/Subtype"): Name("/Form"),
                Name("/BBox"): writer.import_object(page["/MediaBox"]),
                Name("/Resources"): writer.import_object(page.get("/Resources", Dictionary())),
            }
        ),
        stream_data=page["/Contents"].data,
    )
    if "/Group" in page:
        made[Name("/Group")] = writer.import_object(page["/Group"])
    made.compress()
    return writer.add_object(made)


class PageContent(content.PdfContent):
    """One page of a PDF in memory as what a signature looks like."""

    def __init__(self, drawn: bytes) -> None:
        super().__init__()
        self._drawn = drawn

    def render(self) -> bytes:
        """Return the drawing of the page, with its size."""
        if self.writer is None:
            raise RuntimeError("A stamp is drawn only inside a document.")
        picture = as_picture(self.writer, self._drawn)
        self.resources.xobject[Name("/Page")] = picture
        box = picture.get_object()["/BBox"]
        self.box = layout.BoxConstraints(
            width=float(box[2] - box[0]), height=float(box[3] - box[1])
        )
        return b"/Page Do"


def stamp_of(drawn: bytes) -> StaticStampStyle:
    """Return a look that is exactly the drawn page, in the middle of its field."""
    middle = layout.SimpleBoxLayoutRule(
        x_align=layout.AxisAlignment.ALIGN_MID,
        y_align=layout.AxisAlignment.ALIGN_MID,
        margins=layout.Margins.uniform(0),
    )
    return StaticStampStyle(
        border_width=0,
        background=PageContent(drawn),
        background_layout=middle,
        background_opacity=1.0,
    )
