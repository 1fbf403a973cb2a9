"""Notes and coins counted: what they sum to."""

from collections.abc import Mapping

from motcua.casework.cashbook.errors import BadCount

DENOMINATIONS = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500)
MOST_OF_ONE = 100_000


def sum_of(notes: Mapping[int, int]) -> int:
    """Return what the notes are worth. Raises: BadCount if there is no such note."""
    for denomination, count in notes.items():
        if denomination not in DENOMINATIONS:
            raise BadCount(f"Không có tờ tiền mệnh giá {denomination} đồng.", field="notes")
        if not 0 <= count <= MOST_OF_ONE:
            message = f"Số tờ mệnh giá {denomination} đồng phải từ 0 đến {MOST_OF_ONE}."
            raise BadCount(message, field=f"n{denomination}")
    return sum(denomination * count for denomination, count in notes.items())


def kept_notes(notes: Mapping[int, int]) -> dict[str, int]:
    """Return the notes as they are stored: those there are, the largest first."""
    return {str(one): notes[one] for one in DENOMINATIONS if notes.get(one)}


def read_notes(kept: Mapping[str, int]) -> dict[int, int]:
    """Return stored notes as they were counted, the largest first."""
    return {int(one): kept[one] for one in sorted(kept, key=int, reverse=True)}
