"""What officers find in the field, and the slip to another body, as pages edit them.

A finding is an entry of its own, told apart by its step and its name; what the minutes of a council
must say belongs to the council (`records.py`). There is one slip, or none.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from motcua.casework.procedures.errors import BadDefinition

from .entries import Entry
from .further import MOST_BLOCKS

SLIP, FINDINGS, COUNCILS = "slip", "findings", "councils"
STEP, PLACE, THE_SLIP = "step", "place", "phieu"
_HEADING = "#"
_BRACED = re.compile(r"\{([^{}]*)\}")
_STRANGE = "Mục này viết khác thường; hãy sửa ở trang soạn văn bản có cấu trúc."
_FINDING_PARTS = (STEP, PLACE, "code")
Parts = Mapping[str, Any]


def slips_in(parts: Parts) -> list[Entry]:
    """Return the slip of a version as a list of one. Raises: BadDefinition as `entries_in`."""
    slip = parts.get(SLIP)
    if not slip:
        return []
    if not isinstance(slip, Mapping) or not all(map(_is_plain, _blocks(slip.get("blocks")))):
        raise BadDefinition(_STRANGE)
    return [{**slip, "code": THE_SLIP}]


def kept_slips(entries: Sequence[Entry], _parts: Parts) -> dict[str, Any]:
    """Return the part with the slip. Raises: BadDefinition for a second one."""
    if len(entries) > 1:
        message = "Thủ tục chỉ có một phiếu chuyển thông tin; hãy sửa phiếu đang có."
        raise BadDefinition(message)
    bare = [{name: value for name, value in one.items() if name != "code"} for one in entries]
    return {SLIP: bare[0] if bare else None}


def _blocks(data: Any) -> list[Any]:
    if data is not None and not isinstance(data, list):
        raise BadDefinition(_STRANGE)
    return data or []


def _is_plain(block: Any) -> bool:
    """Say whether lines of text can say all that a part of a slip says."""
    if not isinstance(block, Mapping) or not {*block} <= {"title", "lines"}:
        return False
    lines = block.get("lines") or ()
    if not isinstance(lines, list) or "\n" in str(block.get("title", "")):
        return False
    return not any("\n" in str(one) or str(one).lstrip().startswith(_HEADING) for one in lines)


def block_lines(blocks: Sequence[Mapping[str, Any]]) -> str:
    """Return the parts of a slip as text: a line with # for each heading, below it its lines."""
    told = [
        "\n".join([f"{_HEADING} {one.get('title', '')}", *map(str, one.get("lines") or ())])
        for one in blocks
    ]
    return "\n\n".join(told)


def read_blocks(text: str) -> list[dict[str, Any]]:
    """Return the parts of a slip that text says. Raises: BadDefinition naming the line."""
    found: list[dict[str, Any]] = []
    for number, row in enumerate(text.splitlines(), start=1):
        words = row.strip()
        if words.startswith(_HEADING):
            title = words.lstrip(_HEADING).strip()
            if not title:
                raise BadDefinition(f"Dòng {number}: hãy ghi tên phần sau dấu #.")
            found.append({"title": title, "lines": []})
        elif words and not found:
            message = (
                f"Dòng {number}: dòng đầu phải là tên một phần, có dấu # ở trước, như"
                " “# I. Người sử dụng đất”."
            )
            raise BadDefinition(message)
        elif words:
            found[-1]["lines"].append(words)
    if len(found) > MOST_BLOCKS:
        raise BadDefinition(f"Phiếu có nhiều nhất {MOST_BLOCKS} phần.")
    return found


def complaint_about_places(text: str, known: Collection[str]) -> str:
    """Return what is wrong with the places for answers in a text; "" if nothing is."""
    rows = text.splitlines()
    for number, row in enumerate(rows, start=1):
        where = f"Dòng {number}: " if len(rows) > 1 else ""
        strange = next((name for name in _BRACED.findall(row) if name not in known), None)
        if strange is not None:
            return f"{where}Không có ô nào tên “{strange}”; xem “Tên dùng được” ở cuối trang."
        if set("{}") & set(_BRACED.sub("", row)):
            return f"{where}Chỗ điền phải có đủ hai dấu ngoặc, như {{ho_ten}}."
    return ""


def findings_in(parts: Parts) -> list[Entry]:
    """Return what is found in the field, each with its `step`. Raises: BadDefinition."""
    return [one for step, fields in _in_the_field(parts) for one in _entries(step, fields)]


def _in_the_field(parts: Parts) -> Iterator[tuple[str, Any]]:
    """Yield the steps whose findings no council's minutes say."""
    found, councils = parts.get(FINDINGS) or {}, parts.get(COUNCILS) or {}
    if not isinstance(found, Mapping) or not isinstance(councils, Mapping):
        raise BadDefinition(_STRANGE)
    yield from ((str(step), data) for step, data in found.items() if step not in councils)


def _entries(step: str, fields: Any) -> Iterator[Entry]:
    if fields and not isinstance(fields, list):
        raise BadDefinition(_STRANGE)
    for one in fields or ():
        if not isinstance(one, Mapping) or not one.get("name"):
            raise BadDefinition(_STRANGE)
        yield {**one, STEP: step, "code": f"{step}:{one['name']}"}


def kept_findings(entries: Sequence[Entry], parts: Parts) -> dict[str, Any]:
    """Return the part with these findings; what the minutes of councils say stays.

    One that says its `place` moves there in the list of its step.
    Raises: BadDefinition for two of one name in a step.
    """
    lists: dict[str, list[Entry]] = {}
    for one in entries:
        lists.setdefault(str(one[STEP]), []).append(one)
    mine = {step for step, _ in _in_the_field(parts)}
    table = {step: data for step, data in (parts.get(FINDINGS) or {}).items() if step not in mine}
    order = dict.fromkeys([*(parts.get(FINDINGS) or {}), *lists])
    kept = {step: table[step] if step in table else _kept(lists.get(step, [])) for step in order}
    return {FINDINGS: {step: data for step, data in kept.items() if data} or None}


def _kept(entries: list[Entry]) -> list[Entry]:
    names = [str(one["name"]) for one in entries]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise BadDefinition(f"“{twice}” đã có ở bước này; hãy sửa dòng ấy thay vì thêm.")
    placed = list(entries)
    for one in [one for one in entries if one.get(PLACE)]:
        placed.remove(one)
        placed.insert(int(one[PLACE]) - 1, one)
    return [{k: v for k, v in one.items() if k not in _FINDING_PARTS} for one in placed]
