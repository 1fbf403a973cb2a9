"""The lists of a version as pages edit them, one entry at a time: cases, papers, fees, results.

Derived facts and questions are told apart by their names, terms of waiting, councils and postings
by what they belong to; of a reminder there is one at most. Here they are lists like the others,
and are kept again as the text has them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.casework.forms.api import mark_of, name_from
from motcua.casework.procedures.errors import BadDefinition, DraftMoved

LISTS = (
    *("cases", "questions", "papers", "fees", "outcomes"),
    *("derived", "waiting", "councils", "postings", "reminder"),
)
_BY_NAME = frozenset({"derived", "questions"})
_SINGLE = frozenset({"reminder"})
# Parts that say something of each ground or step; a bare word there is the value of this.
_BY_WHAT = {"waiting": "rule", "councils": "name", "postings": "title"}
MOST_ENTRIES = 300
LONGEST_CODE = 40
_STRANGE = "Mục này viết khác thường; hãy sửa ở trang soạn văn bản có cấu trúc."
Entry = Mapping[str, Any]


def entries_in(data: Any) -> list[Entry]:
    """Return the entries of a list. Raises: BadDefinition for what pages cannot show."""
    found = data or []
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise BadDefinition(_STRANGE)
    return found


def entries_of(part: str, data: Any) -> list[Entry]:
    """Return the entries of a part, each with a code. Raises: BadDefinition as `entries_in`."""
    if part in {*_BY_WHAT, *_SINGLE} and data and not isinstance(data, Mapping):
        raise BadDefinition(_STRANGE)
    if part in _SINGLE:
        return [{**data, "code": part}] if data else []
    if part in _BY_WHAT:
        told = _BY_WHAT[part]
        return [
            {**(one if isinstance(one, Mapping) else {told: one}), "code": str(code)}
            for code, one in (data or {}).items()
        ]
    found = entries_in(data)
    if part in _BY_NAME:
        return [{**one, "code": str(one.get("name", ""))} for one in found]
    return found


def kept_of(part: str, entries: Sequence[Entry]) -> Any:
    """Return the entries as the text keeps the part; None for a part that says nothing any more.

    Raises: BadDefinition for two that would be told apart by nothing.
    """
    bare = [{name: value for name, value in one.items() if name != "code"} for one in entries]
    if part in _SINGLE:
        if len(bare) > 1:
            raise BadDefinition("Mục này chỉ ghi được một, và đã có; hãy sửa dòng ấy.")
        return bare[0] if bare else None
    if part not in {*_BY_WHAT, *_BY_NAME}:
        return list(entries)
    codes = [str(one.get("name", "") if part in _BY_NAME else one["code"]) for one in entries]
    if twice := next((code for code in codes if codes.count(code) > 1), ""):
        raise BadDefinition(f"“{twice}” đã có; hãy sửa dòng ấy thay vì thêm.")
    if part in _BY_NAME:
        return bare or None
    return dict(zip(codes, bare, strict=True)) or None


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
