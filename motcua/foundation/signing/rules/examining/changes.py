"""What came into a document after a signature, told one change at a time in plain words.

Whether a change was allowed is not decided here but by the rule of differences in `pdf`.
"""

from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from .words import clean

Dictionary = generic.DictionaryObject
_MOST = 20
_MOST_PAGES = 2_000
_DEEPEST = 12
_LONGEST_VALUE = 60
# What a viewer carries out by itself.
_AUTOMATIC = ("/OpenAction", "/AA")
_FRAME = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit")
UNSEEN = "Thêm phần không làm thay đổi những gì nhìn thấy."
# Said instead where the change was not allowed: then nobody knows what it does to the eye.
UNNAMED = "Có phần bị đổi mà không gọi tên được: phông chữ, hình ảnh hoặc cấu trúc của tệp."


def changes_since(reader: PdfFileReader, revision: int) -> tuple[str, ...]:
    """Return what differs between the end of a revision and the whole file, at most 20 entries."""
    if revision + 1 >= reader.xrefs.total_revisions:
        return ()
    try:
        told = list(_told(reader.get_historical_root(revision), reader.root))
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, IndexError):
        return ("Phần thêm vào sau chữ ký này không đọc được.",)
    return tuple(told[:_MOST]) or (UNSEEN,)


def part(row: Any, key: str, default: Any = None) -> Any:
    """Return a part of a dictionary, looked up where it stands; the engine's `get` does not."""
    return row[key] if key in row else default  # noqa: SIM401 -- it is not the same here


def parts(row: Any, key: str) -> list[Any]:
    """Return the members of a list in a dictionary, each looked up where it stands."""
    listed = part(row, key, ())
    return [listed[place] for place in range(len(listed))]


def _told(before: Dictionary, after: Dictionary) -> Iterator[str]:
    yield from _of_pages(pages_of(before), pages_of(after))
    yield from _of_fields(_fields_of(before), _fields_of(after))
    if "/DSS" in after and "/DSS" not in before:
        yield "Thêm dữ liệu để kiểm tra lâu dài."
    for key in _AUTOMATIC:
        if key in after and key not in before:
            yield "Thêm lệnh tự chạy khi mở tệp."
    if (_names_of(after) - _names_of(before)) & {"/JavaScript", "/EmbeddedFiles"}:
        yield "Thêm mã lệnh hoặc tệp đính kèm."
    if str(part(before, "/OCProperties", "")) != str(part(after, "/OCProperties", "")):
        yield "Đổi những lớp nội dung được hiện, bị ẩn."
    if "/Perms" in before and "/Perms" not in after:
        yield "Bỏ lời xác nhận văn bản chỉ được đổi trong giới hạn."


def _names_of(root: Dictionary) -> set[str]:
    return {str(key) for key in part(root, "/Names", {})}


def pages_of(root: Dictionary) -> list[Dictionary]:
    """Return the pages of a document in their order, as far as a person would turn them."""
    found: list[Dictionary] = []
    _walk(root["/Pages"], found, 0)
    return found


def _walk(node: Any, found: list[Dictionary], depth: int) -> None:
    for page in parts(node, "/Kids"):
        if len(found) >= _MOST_PAGES:
            return
        if "/Kids" not in page:
            found.append(page)
        elif depth < _DEEPEST:
            _walk(page, found, depth + 1)


def _of_pages(before: list[Dictionary], after: list[Dictionary]) -> Iterator[str]:
    if len(before) != len(after):
        yield f"Số trang đổi từ {len(before)} thành {len(after)}."
    for number, (old, new) in enumerate(zip(before, after, strict=False), start=1):
        if _drawing_of(old) != _drawing_of(new):
            yield f"Nội dung trang {number} bị thay."
        if _frame_of(old) != _frame_of(new):
            yield f"Trang {number} bị xoay, bị cắt hoặc đổi khổ."
        if "/AA" in new and "/AA" not in old:
            yield f"Thêm lệnh tự chạy ở trang {number}."
        added = _marks_on(new) - _marks_on(old)
        if added > 0:
            yield f"Thêm {added} ghi chú hoặc hình đè lên trang {number}."
        elif added < 0:
            yield f"Bỏ {-added} ghi chú hoặc hình trên trang {number}."


def _frame_of(page: Dictionary) -> list[str]:
    return [str(part(page, key, "")) for key in _FRAME]


def _drawing_of(page: Dictionary) -> bytes:
    found = part(page, "/Contents")
    streams = parts(page, "/Contents") if isinstance(found, generic.ArrayObject) else [found]
    return b"".join(one.encoded_data for one in streams if isinstance(one, generic.StreamObject))


def _marks_on(page: Dictionary) -> int:
    """Count what lies over a page and is no form field."""
    return sum(part(one, "/Subtype") != "/Widget" for one in parts(page, "/Annots"))


def _fields_of(root: Dictionary) -> dict[str, Dictionary]:
    rows = parts(part(root, "/AcroForm", {}), "/Fields")
    return {clean(str(row["/T"])): row for row in rows if "/T" in row}


def _of_fields(before: dict[str, Dictionary], after: dict[str, Dictionary]) -> Iterator[str]:
    for name, row in after.items():
        old = before.get(name, Dictionary())
        if "/AA" in row and "/AA" not in old:
            yield f"Thêm lệnh tự chạy ở ô “{name}”."
        if part(row, "/FT") == "/Sig":
            if "/V" in row and "/V" not in old:
                is_stamp = part(row["/V"], "/Type") == "/DocTimeStamp"
                yield "Thêm dấu thời gian." if is_stamp else f"Thêm chữ ký ở ô “{name}”."
        elif (was := _value(old)) != (now := _value(row)):
            told = f"từ “{was}” thành “{now}”" if was else f"điền “{now}”"
            yield f"Ô “{name}”: {told}."
        elif name not in before:
            yield f"Thêm ô “{name}”."


def _value(row: Dictionary) -> str:
    return clean(str(part(row, "/V", "")))[:_LONGEST_VALUE]
