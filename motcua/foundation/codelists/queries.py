"""Read codes and what they mean on a day, from a copy kept by each process."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from .errors import NoSuchList
from .models import CodeItem, CodeList, CodeListVersion, CodeMapping

_FRESH_SECONDS = 2.0
_STAMP = """
SELECT (SELECT coalesce(max(id), 0) FROM codelists_codelistversion),
       (SELECT coalesce(max(id), 0) FROM codelists_codemapping)
"""


@dataclass(frozen=True, slots=True)
class Code:
    """One code with its meaning and the days it holds."""

    code: str
    name: str
    description: str
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(slots=True)
class _Copy:
    """All lists as this process last read them."""

    stamp: tuple[int, ...] = ()
    checked: float = float("-inf")
    lists: Mapping[str, tuple[Code, ...]] = field(default_factory=dict)
    mappings: Mapping[tuple[str, str], tuple[Code, ...]] = field(default_factory=dict)


_copy = _Copy()


def codes(list_code: str, *, on: date) -> tuple[Code, ...]:
    """Return the codes in force on the day, in the order of their list.

    Raises: NoSuchList.
    Costs: nothing, but one short query every two seconds in a process.
    """
    return tuple(code for code in _all(list_code) if code.holds_on(on))


def find_code(list_code: str, code: str, *, on: date) -> Code | None:
    """Return the code as it is understood on the day.

    Raises: NoSuchList.
    """
    return next((one for one in _all(list_code) if one.code == code and one.holds_on(on)), None)


def name_of(list_code: str, code: str, *, on: date) -> str:
    """Return what the code means on the day; the code itself if it means nothing then.

    Raises: NoSuchList.
    """
    found = find_code(list_code, code, on=on)
    return found.name if found else code


def choices(list_code: str, *, on: date) -> list[tuple[str, str]]:
    """Return pairs for a select field.

    Raises: NoSuchList.
    """
    return [(code.code, code.name) for code in codes(list_code, on=on)]


def translate(code: str, *, source: str, target: str, on: date) -> str | None:
    """Return what a code of one list is called in another on the day, or None."""
    pairs = _fresh().mappings.get((source, target), ())
    return next((pair.name for pair in pairs if pair.code == code and pair.holds_on(on)), None)


def lists() -> Sequence[CodeList]:
    """Return every list, by name, for the page of lists."""
    return list(CodeList.objects.order_by("name"))


def versions_of(list_code: str) -> Sequence[CodeListVersion]:
    """Return what was published of one list, newest first."""
    versions = CodeListVersion.objects.filter(code_list__code=list_code)
    return list(versions.order_by("-number"))


def forget_copy() -> None:
    """Read again at the next question: this process has just changed something."""
    _copy.checked = float("-inf")
    _copy.stamp = ()


def _all(list_code: str) -> tuple[Code, ...]:
    found = _fresh().lists.get(list_code)
    if found is None:
        raise NoSuchList(f"Không có danh mục “{list_code}”.")
    return found


def _fresh() -> _Copy:
    if time.monotonic() - _copy.checked > _FRESH_SECONDS:
        stamp = _stamp()
        if stamp != _copy.stamp:
            _copy.lists, _copy.mappings, _copy.stamp = _read_lists(), _read_mappings(), stamp
        _copy.checked = time.monotonic()
    return _copy


def _stamp() -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(_STAMP)
        return tuple(cursor.fetchone())


def _read_lists() -> dict[str, tuple[Code, ...]]:
    names = ("code_list__code", "code", "name", "description", "valid_from", "valid_to")
    found: dict[str, list[Code]] = {
        code: [] for code in CodeList.objects.values_list("code", flat=True)
    }
    for home, *values in CodeItem.objects.order_by("position", "code").values_list(*names):
        found[home].append(Code(*values))
    return {home: tuple(items) for home, items in found.items()}


def _read_mappings() -> dict[tuple[str, str], tuple[Code, ...]]:
    found: dict[tuple[str, str], list[Code]] = {}
    for row in CodeMapping.objects.select_related("source", "target").order_by("id"):
        pair = Code(row.source_code, row.target_code, "", row.valid_from, row.valid_to)
        found.setdefault((row.source.code, row.target.code), []).append(pair)
    return {pair: tuple(rows) for pair, rows in found.items()}
