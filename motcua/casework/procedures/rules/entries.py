"""The lists of a version as pages edit them: cases, papers, fees, results, one entry at a time."""

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.casework.forms.api import mark_of, name_from
from motcua.casework.procedures.errors import BadDefinition, DraftMoved

LISTS = ("cases", "papers", "fees", "outcomes")
MOST_ENTRIES = 300
LONGEST_CODE = 40
Entry = Mapping[str, Any]


def entries_in(data: Any) -> list[Entry]:
    """Return the entries of a list. Raises: BadDefinition for what pages cannot show."""
    found = data or []
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        message = "Mục này viết khác thường; hãy sửa ở trang soạn văn bản có cấu trúc."
        raise BadDefinition(message)
    return found


def find_entry(data: Any, code: str) -> Entry | None:
    """Return the entry with the code."""
    return next((one for one in entries_in(data) if str(one.get("code", "")) == code), None)


def put_entry(data: Any, code: str, values: Entry, *, seen: str = "") -> list[Entry]:
    """Return the list with an entry changed, or added if `code` is empty.

    What `values` has as None goes; what it does not name stays. A new entry's code is made of its
    name. Raises: DraftMoved if the entry is gone or says something else than when it was seen.
    """
    entries = entries_in(data)
    if not code:
        if len(entries) >= MOST_ENTRIES:
            raise BadDefinition(f"Mục này đã có {MOST_ENTRIES} dòng; không thêm được nữa.")
        return [*entries, {"code": _new_code(values, entries), **_said(values)}]
    before = find_entry(entries, code)
    if before is None or mark_of(before) != seen:
        message = (
            "Người khác vừa sửa hoặc bỏ dòng này. Chưa có gì bị ghi đè; những gì ông/bà điền vẫn"
            " còn ở đây. Bấm “Lưu” lần nữa để ghi đè, hoặc “Hủy” để xem bản mới."
        )
        raise DraftMoved(message)
    after = _said({**before, **values})
    return [after if one is before else one for one in entries]


def drop_entry(data: Any, code: str) -> list[Entry]:
    """Return the list without an entry. Raises: DraftMoved if it is gone already."""
    before = find_entry(data, code)
    if before is None:
        raise DraftMoved("Dòng này không còn; có lẽ người khác vừa bỏ.")
    return [one for one in entries_in(data) if one is not before]


def _said(values: Entry) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _new_code(values: Entry, entries: Sequence[Entry]) -> str:
    stem = name_from(str(values.get("name", ""))).replace("_", "-")
    stem = stem[: LONGEST_CODE - 4].strip("-")
    taken = {str(one.get("code", "")) for one in entries}
    if stem not in taken:
        return stem
    return next(code for at in range(2, MOST_ENTRIES + 3) if (code := f"{stem}-{at}") not in taken)
