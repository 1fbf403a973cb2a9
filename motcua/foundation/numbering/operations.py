"""Give numbers: in order, without gaps, never twice."""

from collections.abc import Sequence

from motcua.lib import work

_NEXT = """
INSERT INTO numbering_series AS s (key, latest) VALUES (%s, 1)
ON CONFLICT (key) DO UPDATE SET latest = s.latest + 1 RETURNING latest
"""


@work.story
def allocate_number(series: str) -> int:
    """Return the next number of the series, 1 for a new one.

    The number is taken back by itself if the story that asked for it fails.
    Locks: the series until the story ends; ask for it late.
    """
    return int(work.fetch(_NEXT, [series])[0][0])


_NEXT_BLOCK = """
INSERT INTO numbering_series AS s (key, latest) VALUES (%s, %s)
ON CONFLICT (key) DO UPDATE SET latest = s.latest + %s RETURNING latest
"""


@work.story
def allocate_numbers(series: str, how_many: int) -> range:
    """Return the next numbers of the series, one after the other.

    Locks: the series until the story ends; ask for them late.
    """
    latest = int(work.fetch(_NEXT_BLOCK, [series, how_many, how_many])[0][0])
    return range(latest - how_many + 1, latest + 1)


_REACH = """
INSERT INTO numbering_series AS s (key, latest) VALUES (%s, %s)
ON CONFLICT (key) DO UPDATE SET latest = greatest(s.latest, excluded.latest)
"""


@work.story
def reach(series: str, number: int) -> None:
    """Let the series go on after a number that another system has given; it never goes back.

    Locks: the series until the story ends.
    """
    work.fetch(_REACH, [series, number])


_LATEST = "SELECT key, latest FROM numbering_series WHERE key = ANY(%s)"


def latest_of_each(series: Sequence[str]) -> dict[str, int]:
    """Return the latest number of each series that has begun. Costs: one query."""
    return {key: int(latest) for key, latest in work.fetch(_LATEST, [list(series)])}


def latest_of(series: str) -> int:
    """Return the latest number of the series, 0 before the first. Costs: one query."""
    return latest_of_each([series]).get(series, 0)
