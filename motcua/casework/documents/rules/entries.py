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


def changed_entries(marks: bytes, entries: Sequence[tuple[int, bytes]]) -> Iterator[int]:
    """Yield the numbers of entries that do not stand as they stood when the marks were made.

    A closed book has every number from 1, so that the mark of number n is the n-th.
    """
    found = dict(entries)
    for place in range(len(marks) // MARK):
        if found.get(place + 1) != marks[place * MARK :][:MARK]:
            yield place + 1
    yield from sorted(ordinal for ordinal in found if ordinal > len(marks) // MARK)
