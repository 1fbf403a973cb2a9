"""What a new version of a list changes, decided from plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .errors import OddEntries


@dataclass(frozen=True, slots=True)
class Entry:
    """One code as a version publishes it."""

    code: str
    name: str
    description: str = ""


def check_entries(entries: Sequence[Entry]) -> None:
    """Raises: OddEntries for a code without a name or one that comes twice."""
    codes = [entry.code for entry in entries]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise OddEntries(f"Mã bị lặp trong danh mục: {', '.join(twice)}.", field="entries")
    if not entries or not all(entry.code.strip() and entry.name.strip() for entry in entries):
        raise OddEntries(
            "Danh mục phải có ít nhất một mã, mã nào cũng phải có tên.", field="entries"
        )


def changed_codes(living: Mapping[str, Entry], entries: Sequence[Entry]) -> frozenset[str]:
    """Return the codes whose meaning begins, changes or ends."""
    wanted = {entry.code: entry for entry in entries}
    return frozenset(
        code for code in living.keys() | wanted.keys() if living.get(code) != wanted.get(code)
    )
