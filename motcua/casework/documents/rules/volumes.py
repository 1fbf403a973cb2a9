"""A long book is several volumes: so many lines each, by their numbers.

Source: docs/law/registry-books.md
"""

from dataclasses import dataclass

MOST_LINES = 10_000


@dataclass(frozen=True, slots=True)
class Volume:
    """From which number to which a volume goes, and the how manieth of how many it is."""

    number: int
    of: int
    first: int
    last: int

    @property
    def words(self) -> str:
        """Return “Tập 2/3”, nothing for the only one."""
        return f"Tập {self.number}/{self.of}" if self.of > 1 else ""


def volumes_of(first: int, last: int, lines: int) -> list[Volume]:
    """Return the volumes of the numbers from first to last; an empty book has one, too.

    `lines` is how many a volume has, at most 10,000.
    """
    size = min(max(lines, 1), MOST_LINES)
    starts = range(first, last + 1, size) or range(first, first + 1)
    return [
        Volume(number, len(starts), start, max(min(start + size - 1, last), 0))
        for number, start in enumerate(starts, 1)
    ]
