"""What could make one file show two contents: things hidden before signing, revealed after it.

An attacker prepares a second content in the part that will be signed, and later lets a short
update point to it; or lays over a page what will later be taken away.
"""

import re
from collections.abc import Collection, Iterator

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from .changes import pages_of, part, parts

Dictionary = generic.DictionaryObject
_OBJECT = re.compile(rb"(?:^|[\r\n])(\d{1,7}) (\d{1,5}) obj\b")
_MOST_OBJECTS = 20_000
_NEARLY_ALL = 0.6
_MORE_THAN_A_SIGNATURE = 0.2
_RANGE = re.compile(rb"/ByteRange\s*\[\s*0\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]")
Range = tuple[int, int, int]  # where the place of a value begins and ends, and what follows it
_CORNERS = 4
_HARMLESS = ("/Link", "/Popup")
REVEALED = "Phần thêm sau khi ký làm hiện ra nội dung đã giấu sẵn trong phần được ký."


def revealed_later(reader: PdfFileReader, revision: int, signed_end: int) -> bool:
    """Say whether an update after a signature points at bytes inside the part that was signed.

    Honest programs append what is new; only something prepared beforehand is pointed at so.
    """
    xrefs = reader.xrefs
    for later in range(revision + 1, xrefs.total_revisions):
        for ref in xrefs.explicit_refs_in_revision(later):
            place = xrefs.get_historical_ref(ref, later)
            is_within = isinstance(place, int) and place < signed_end
            if is_within and place != xrefs.get_historical_ref(ref, revision):
                return True
    return False


def removed_from(content: bytes, kept: Collection[Range]) -> tuple[Range, ...]:
    """Return the signatures whose bytes are still in a file that no longer shows them.

    A signature's own bytes are always written plainly, with its value in the place it names.
    """
    found = (tuple(int(number) for number in one.groups()) for one in _RANGE.finditer(content))
    return tuple(
        (first, second, length)
        for first, second, length in found
        if (first, second, length) not in kept
        and content[first : first + 1] == b"<"
        and content[second - 1 : second] == b">"
    )


def dangers_in(content: bytes, reader: PdfFileReader) -> Iterator[str]:
    """Yield a warning for each thing that could serve to show something else later."""
    hidden = _hidden_objects(content, reader)
    if hidden:
        yield f"Tệp giấu {hidden} phần không hiển thị; có thể là nội dung chuẩn bị sẵn để tráo."
    for number, page in enumerate(pages_of(reader.root), start=1):
        if any(_covers(mark, page) for mark in parts(page, "/Annots")):
            yield f"Trang {number} có hình hoặc ô đè lên phần lớn trang; hãy xem kỹ bản gốc."


def _hidden_objects(content: bytes, reader: PdfFileReader) -> int:
    """Count objects to which no table of contents of the file has ever pointed."""
    hidden = 0
    for seen, found in enumerate(_OBJECT.finditer(content)):
        if seen >= _MOST_OBJECTS:
            break
        ref = generic.Reference(int(found[1]), int(found[2]), reader)
        hidden += found.start(1) not in _places(reader, ref)
    return hidden


def _places(reader: PdfFileReader, ref: generic.Reference) -> set[object]:
    revisions = range(reader.xrefs.total_revisions)
    places = {reader.xrefs.get_historical_ref(ref, revision) for revision in revisions}
    tables = (reader.xrefs.get_xref_container_info(revision) for revision in revisions)
    return places | {table.start_location for table in tables}


def _covers(mark: Dictionary, page: Dictionary) -> bool:
    """Say whether something lies over most of a page, or a signature over more than it needs."""
    if part(mark, "/Subtype") in _HARMLESS or "/Rect" not in mark:
        return False
    box = part(page, "/MediaBox") or page["/Parent"]["/MediaBox"]
    share = _MORE_THAN_A_SIGNATURE if part(mark, "/FT") == "/Sig" else _NEARLY_ALL
    return _area(mark["/Rect"]) >= share * _area(box) > 0


def _area(box: generic.ArrayObject) -> float:
    left, low, right, high = (float(box[place]) for place in range(_CORNERS))
    return abs(right - left) * abs(high - low)
