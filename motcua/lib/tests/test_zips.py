"""Entries that zipfile stumbles over are among what callers catch."""

import zipfile
from io import BytesIO
from typing import Any

import pytest

from motcua.lib.zips import BROKEN_ZIP, Bounded, TooManyEntries


def without_a_name(content: bytes = b"x") -> bytes:
    """Return a ZIP whose only entry has no name: what was its name is called its comment."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a"), content)
    made = bytearray(target.getvalue())
    entry = made.find(b"PK\x01\x02")
    made[entry + 28], made[entry + 32] = 0, 1
    return bytes(made)


def look(content: bytes) -> list[bool]:
    """Read the list of entries and each of them."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        kinds = [one.filename.endswith("/") or one.is_dir() for one in archive.infolist()]
        for one in archive.infolist():
            archive.read(one)
    return kinds


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04", b"PK\x05\x06" + b"\xff" * 18, without_a_name(), b""],
    ids=["cut", "end only", "without a name", "empty"],
)
def test_what_cannot_be_read_is_caught(content: bytes) -> None:
    with pytest.raises(BROKEN_ZIP):
        look(content)


def with_entries(count: int) -> bytes:
    """Return a ZIP that lists so many empty entries."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for place in range(count):
            archive.writestr(f"{place}", b"")
    return target.getvalue()


def test_entries_are_counted_while_they_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    few, many = with_entries(3), with_entries(60)
    with Bounded(BytesIO(few), 3) as archive:
        assert (len(archive.infolist()), archive.read("2")) == (3, b"")
    made: list[object] = []
    kept = zipfile.ZipInfo.__init__

    def counted(self: zipfile.ZipInfo, *words: Any) -> None:
        made.append(self)
        kept(self, *words)

    monkeypatch.setattr(zipfile.ZipInfo, "__init__", counted)
    with pytest.raises(TooManyEntries):
        Bounded(BytesIO(many), 3)
    assert len(made) == 4
