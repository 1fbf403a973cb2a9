"""Place-marks become form fields: where number and day are written, where signatures stand.

Our press marks a place by a link to `motcua-field:<name>`; here each becomes a field of a form,
at the same place in the same reading order, in one clean file that is still PDF/A-2a.
"""

import io
from collections.abc import Iterator, Mapping, Sequence

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter, copy_into_new_writer
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec

from motcua.foundation.signing.errors import NOT_STANDARD, DocumentUnfit

from .order import COPY_FIELD, DAY, NUMBER, SEAL_FIELD, Lock
from .pdf import Dictionary, Name, written
from .standing import Box, Looks, places_on

_SCHEME = "motcua-field:"
_LINK_ONLY = ("/A", "/Border", "/Contents", "/Dest", "/BS", "/H", "/C")
_PRINTED, _PRINTED_AND_LOCKED = 4, 132
_READ_ONLY = 1
_BOTH_FLAGS = 3
_LABELS = {
    NUMBER: "Số của văn bản",
    DAY: "Ngày, tháng, năm ban hành",
    "ngay_d": "Ngày ban hành",
    "ngay_m": "Tháng ban hành",
    "ngay_y": "Năm ban hành",
    SEAL_FIELD: "Chữ ký số của cơ quan",
    COPY_FIELD: "Chữ ký số của bản sao",
}
_LEADER = "Chữ ký số của người có thẩm quyền"
_UNSEEN = Looks()
Mark = tuple[generic.IndirectObject, generic.IndirectObject, str]


def with_fields(pdf: bytes, locks: Mapping[str, Lock], looks: Looks = _UNSEEN) -> bytes:
    """Return the document with a form field at each place-mark; seals as large as they `look`.

    Signature fields that nobody is to sign (not in `locks`) are left out, because a field that
    stays empty invites a signature.

    Raises: DocumentUnfit if a signature that is needed has no place.
    """
    try:
        writer = copy_into_new_writer(PdfFileReader(io.BytesIO(pdf)))
    except (PdfError, ValueError, RecursionError) as error:
        raise DocumentUnfit(NOT_STANDARD, field="file") from error
    # The metadata stay as the press wrote them: written anew they are no longer quite PDF/A.
    vars(writer)["_update_meta"] = lambda: None
    parents = _parents_of_marks(writer.root["/StructTreeRoot"])
    made: dict[str, generic.IndirectObject] = {}
    marks = [one for one in _marks(writer) if one[2] in (NUMBER, DAY, *locks)]
    _settle(marks, looks)
    for page_reference, mark_reference, name in marks:
        to_field(writer, page_reference, mark_reference, name, locks.get(name))
        _to_form_tag(parents.get(mark_reference.idnum))
        made[name] = mark_reference
    missing = [name for name in locks if name not in made]
    if missing:
        raise DocumentUnfit(f"Văn bản chưa có chỗ cho chữ ký: {', '.join(missing)}.", field="file")
    add_form(writer, list(made.values()))
    return written(writer)


def _settle(marks: Sequence[Mark], looks: Looks) -> None:
    """Give the fields of signatures the places and sizes that their pictures ask for."""
    pages = {page.idnum: page.get_object() for page, _, _ in marks}
    for number, page in pages.items():
        here = {name: mark.get_object() for on, mark, name in marks if on.idnum == number}
        boxes = {name: Box(*map(float, one["/Rect"])) for name, one in here.items()}
        sheet = [float(edge) for edge in page["/MediaBox"]]
        for name, box in places_on(boxes, (sheet[2], sheet[3]), looks).items():
            edges = (box.left, box.low, box.right, box.high)
            here[name][Name("/Rect")] = generic.ArrayObject(map(generic.FloatObject, edges))


def _marks(writer: PdfFileWriter) -> Iterator[Mark]:
    """Yield page, mark and name of each place-mark."""
    pages = writer.root["/Pages"]["/Kids"]
    for number in range(len(pages)):
        page_reference = pages.raw_get(number)
        marks = page_reference.get_object().get("/Annots", generic.ArrayObject())
        for index in range(len(marks)):
            reference = marks.raw_get(index)
            address = str(reference.get_object().get("/A", {}).get("/URI", ""))
            if address.startswith(_SCHEME):
                yield page_reference, reference, address.removeprefix(_SCHEME)


def _parents_of_marks(tree: Dictionary) -> dict[int, Dictionary]:
    """Return the element of the structure tree that holds each annotation, by its number."""
    found: dict[int, Dictionary] = {}
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        for kid in _kids(node):
            if kid.get("/Type") == "/OBJR":
                found[kid.raw_get("/Obj").idnum] = node
            else:
                waiting.append(kid)
    return found


def _kids(node: Dictionary) -> list[Dictionary]:
    if "/K" not in node:
        return []
    kids = node["/K"]
    rows = list(kids) if isinstance(kids, generic.ArrayObject) else [kids]
    found = [one.get_object() if isinstance(one, generic.IndirectObject) else one for one in rows]
    return [kid for kid in found if isinstance(kid, Dictionary)]


def to_field(
    writer: PdfFileWriter,
    page: generic.IndirectObject,
    mark: generic.IndirectObject,
    name: str,
    lock: Lock | None,
) -> None:
    """Make an annotation the field of that name, empty, with what its signature will lock."""
    field = mark.get_object()
    for key in _LINK_ONLY:
        field.pop(key, None)
    field[Name("/Subtype")] = Name("/Widget")
    field[Name("/FT")] = Name("/Sig" if lock else "/Tx")
    field[Name("/T")] = generic.pdf_string(name)
    field[Name("/TU")] = generic.pdf_string(_LABELS.get(name, _LEADER))
    field[Name("/F")] = generic.NumberObject(_PRINTED_AND_LOCKED if lock else _PRINTED)
    field[Name("/P")] = generic.IndirectObject(page.idnum, page.generation, writer)
    field[Name("/AP")] = Dictionary({Name("/N"): writer.add_object(_nothing(field))})
    if lock is None:
        field[Name("/DA")] = generic.pdf_string("0 g")
        field[Name("/Ff")] = generic.NumberObject(_READ_ONLY)
        field[Name("/V")] = generic.pdf_string("")
    elif lock.is_field_lock:
        field[Name("/Lock")] = writer.add_object(_lock(lock))


def _nothing(field: Dictionary) -> generic.StreamObject:
    """Return the look of an empty field: a form as large as it with nothing in it."""
    left, low, right, high = (float(edge) for edge in field["/Rect"])
    box = generic.ArrayObject(map(generic.FloatObject, (0, 0, right - left, high - low)))
    look = Dictionary(
        {
            Name("/Type"): Name("/XObject"),
            Name("/Subtype"): Name("/Form"),
            Name("/BBox"): box,
            Name("/Resources"): Dictionary(),
        }
    )
    return generic.StreamObject(look, stream_data=b"")


def _lock(lock: Lock) -> Dictionary:
    action = FieldMDPAction.EXCLUDE if lock.free else FieldMDPAction.ALL
    spec = FieldMDPSpec(action, list(lock.free) if lock.free else None)
    made = spec.as_sig_field_lock()
    made[Name("/P")] = generic.NumberObject(lock.permits)
    return made


def _to_form_tag(element: Dictionary | None) -> None:
    """Make the link's element of the structure a form's, holding its field and nothing else.

    Verifiers know a tagged field only in this shape.
    """
    if element is None:
        return
    element[Name("/S")] = Name("/Form")
    kids = element["/K"]
    if isinstance(kids, generic.ArrayObject):
        element[Name("/K")] = next(kid for kid in _kids(element) if "/Obj" in kid)


def add_form(writer: PdfFileWriter, fields: list[generic.IndirectObject]) -> None:
    """Let the document have a form of these fields and no other."""
    form = Dictionary(
        {
            Name("/Fields"): generic.ArrayObject(fields),
            Name("/SigFlags"): generic.NumberObject(_BOTH_FLAGS),
        }
    )
    writer.root[Name("/AcroForm")] = writer.add_object(form)
