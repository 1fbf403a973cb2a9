"""What can be told of PDF/A-2a by reading a file; no independent validator is to be had.

Looked at are the rules that signing could break: metadata, colours, fonts, tags, forms, actions.
"""

import io
import re
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

_PRINTED, _HIDDEN, _INVISIBLE, _NO_VIEW = 4, 2, 1, 32
_FORBIDDEN_ACTIONS = {"/JavaScript", "/Launch", "/Sound", "/Movie", "/ImportData", "/ResetForm"}
_EMBEDDED = ("/FontFile", "/FontFile2", "/FontFile3")


def breaches(pdf: bytes) -> list[str]:
    """Return what a PDF does that PDF/A-2a forbids, as far as we look; nothing if all is well."""
    reader = PdfReader(io.BytesIO(pdf), strict=True)
    return [
        *_of_file(pdf, reader),
        *_of_catalogue(reader),
        *_of_metadata(reader),
        *_of_fonts(reader),
        *_of_annotations(reader),
        *_of_tags(reader),
    ]


def _of_file(pdf: bytes, reader: PdfReader) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[4-7]\n%[\x80-\xff]{4}", pdf):
        yield "header"
    if "/Encrypt" in reader.trailer:
        yield "encrypted"
    if "/ID" not in reader.trailer:
        yield "no identifier"


def _of_catalogue(reader: PdfReader) -> Iterator[str]:
    root = reader.root_object
    intents = root.get("/OutputIntents", ArrayObject())
    kinds = [one.get_object().get("/S") for one in intents]
    if kinds != ["/GTS_PDFA1"] or "/DestOutputProfile" not in intents[0].get_object():
        yield "no colour profile"
    if root.get("/Lang") is None:
        yield "no language"
    if "/AA" in root or "/OpenAction" in root:
        yield "acts by itself"
    names = root.get("/Names", DictionaryObject()).get_object()
    if "/JavaScript" in names:
        yield "script"


def _of_metadata(reader: PdfReader) -> Iterator[str]:
    stream = reader.root_object["/Metadata"].get_object()
    if not isinstance(stream, StreamObject):
        yield "no metadata"
        return
    if "/Filter" in stream:
        yield "metadata compressed"
    words = stream.get_data()
    if b"<pdfaid:part>2</pdfaid:part>" not in words:
        yield "part not stated"
    if b"<pdfaid:conformance>A</pdfaid:conformance>" not in words:
        yield "conformance not stated"


def _of_fonts(reader: PdfReader) -> Iterator[str]:
    for one in _objects(reader):
        if one.get("/Type") != "/Font" or one.get("/Subtype") == "/Type0":
            continue
        shape = one.get("/FontDescriptor", DictionaryObject()).get_object()
        if not any(name in shape for name in _EMBEDDED):
            yield f"font not embedded: {one.get('/BaseFont')}"


def _of_annotations(reader: PdfReader) -> Iterator[str]:
    form = reader.root_object.get("/AcroForm", DictionaryObject()).get_object()
    if form.get("/NeedAppearances"):
        yield "viewer is to draw the fields"
    if "/XFA" in form:
        yield "XFA"
    for page in reader.pages:
        for reference in page.get("/Annots", ArrayObject()):
            yield from _of_annotation(reference.get_object())


def _of_annotation(one: DictionaryObject) -> Iterator[str]:
    flags = int(one.get("/F", 0))
    kind = one.get("/Subtype")
    if kind != "/Popup" and not flags & _PRINTED:
        yield f"{kind} not printed"
    if flags & (_HIDDEN | _INVISIBLE | _NO_VIEW):
        yield f"{kind} hidden"
    action = one.get("/A", DictionaryObject()).get_object()
    if action.get("/S") in _FORBIDDEN_ACTIONS or "/AA" in one:
        yield f"{kind} acts"
    if kind == "/Widget" and "/A" in one:
        yield "field acts"
    drawn = one.get("/AP", DictionaryObject()).get_object()
    if kind == "/Widget" and _area(one) > 0 and list(drawn) != ["/N"]:
        yield f"field {one.get('/T')} has no look or several"


def _of_tags(reader: PdfReader) -> Iterator[str]:
    root = reader.root_object
    if not root.get("/MarkInfo", DictionaryObject()).get("/Marked"):
        yield "not marked"
    if "/StructTreeRoot" not in root:
        yield "not tagged"
        return
    tree = root["/StructTreeRoot"].get_object()
    if not isinstance(tree, DictionaryObject):
        yield "no tree of tags"
        return
    tagged = {number for number, tag in _tagged(tree) if tag}
    for page in reader.pages:
        for reference in page.get("/Annots", ArrayObject()):
            is_seen = _area(reference.get_object()) > 0
            if is_seen and isinstance(reference, IndirectObject) and reference.idnum not in tagged:
                yield f"annotation {reference.idnum} not tagged"


def _area(one: DictionaryObject) -> float:
    edges = one["/Rect"]
    if not isinstance(edges, ArrayObject):
        return 0
    left, low, right, high = (float(edge) for edge in list(edges))
    return (right - left) * (high - low)


def _tagged(tree: DictionaryObject) -> Iterator[tuple[int, str]]:
    """Yield the number of each annotation in the tree of tags, with its tag."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        kids = node.get("/K", ArrayObject())
        rows = list(kids) if isinstance(kids, ArrayObject) else [kids]
        for kid in (one.get_object() for one in rows):
            if not isinstance(kid, DictionaryObject):
                continue
            if kid.get("/Type") == "/OBJR":
                yield kid.raw_get("/Obj").idnum, str(node.get("/S", ""))
            else:
                waiting.append(kid)


def _objects(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Yield each dictionary of the file that can be reached, once."""
    seen: set[int] = set()
    waiting: list[object] = [reader.trailer["/Root"]]
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if one.idnum in seen:
                continue
            seen.add(one.idnum)
            one = one.get_object()
        if isinstance(one, (DictionaryObject, StreamObject)):
            yield one
            waiting.extend(one.raw_get(key) for key in one)
        elif isinstance(one, ArrayObject):
            waiting.extend(list.__iter__(one))
