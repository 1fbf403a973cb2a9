"""What binds the entries of a closed book, so that none can be changed unseen.

Source: docs/law/documents.md
"""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from motcua.lib.chained import chain

MARK = 32


def mark_of(values: Mapping[str, object]) -> bytes:
    """Return the mark of one entry."""
    return bytes.fromhex(chain("", values))


def seal_of(marks: bytes) -> str:
    """Return the one hash that binds all marks in their order."""
    return sha256(marks).hexdigest()


def changed_entries(
    marks: bytes, entries: Sequence[tuple[int, bytes]], first: int = 1
) -> Iterator[int]:
    """Yield the numbers of entries that do not stand as they stood when the marks were made.

    A closed book has every number from its first, so that the marks stand in order of number.
    """
    found = dict(entries)
    count = len(marks) // MARK
    for place in range(count):
        if found.get(place + first) != marks[place * MARK :][:MARK]:
            yield place + first
    yield from sorted(one for one in found if not first <= one < first + count)
