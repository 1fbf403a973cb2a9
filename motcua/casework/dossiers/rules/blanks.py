"""Numbered blank forms (phôi): the serials that were typed, one by one or as a range.

Source: docs/law/one-stop.md
"""

import re
from collections.abc import Iterator, Sequence

from motcua.lib.errors import BadInput

MOST = 200
_SERIAL = re.compile(r"^[0-9A-ZĐ][0-9A-ZĐ ./-]{0,38}[0-9]$")
_RANGE = re.compile(r"\s*(?:–|đến|->)\s*")
_PARTS = re.compile(r"[,;\n]")
_TAIL = re.compile(r"^(.*?)(\d+)$")


def read_serials(typed: str) -> list[str]:
    """Return the serials of “AA 01234567; PH-001 – PH-006”, ranges counted out.

    Raises: BadInput.
    """
    found = [serial for part in _PARTS.split(typed) if part.strip() for serial in _counted(part)]
    if len(set(found)) != len(found):
        message = "Có số phôi ghi hai lần."
        raise BadInput(message, field="serial")
    return found


def check_serials(serials: Sequence[str], wanted: int, name: str) -> None:
    """Raises: BadInput unless there is one serial for each blank the outcome takes."""
    if len(serials) != wanted:
        message = f"“{name}” cần {wanted} số phôi, đã ghi {len(serials)}."
        raise BadInput(message, field="serial")


def _counted(part: str) -> Iterator[str]:
    ends = [_checked(end) for end in _RANGE.split(part.strip())]
    if len(ends) == 1:
        yield ends[0]
        return
    first, last = _TAIL.match(ends[0]), _TAIL.match(ends[-1])
    is_alike = first and last and first[1] == last[1] and len(first[2]) == len(last[2])
    if not is_alike or first is None or last is None:
        message = f"Dãy số phôi “{part.strip()}” phải cùng chữ đầu và cùng số chữ số."
        raise BadInput(message, field="serial")
    low, high = int(first[2]), int(last[2])
    if not 0 <= high - low < MOST:
        message = f"Dãy số phôi “{part.strip()}” phải tăng dần, nhiều nhất {MOST} số."
        raise BadInput(message, field="serial")
    yield from (f"{first[1]}{number:0{len(first[2])}}" for number in range(low, high + 1))


def _checked(serial: str) -> str:
    tidy = " ".join(serial.upper().split())
    if not _SERIAL.match(tidy):
        message = f"Số phôi “{serial.strip()}” chỉ gồm chữ, số và kết thúc bằng số."
        raise BadInput(message, field="serial")
    return tidy
