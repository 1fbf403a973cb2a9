"""Rows for people's spreadsheets: CSV line by line, and cells that are no formula."""

import csv
import re
from collections.abc import Iterable, Iterator

# The wide signs are read as the narrow ones where people write with them.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
# Where lists are separated by something else than our commas, a spreadsheet begins a cell there.
_INSIDE = re.compile(r"([;\t\r\n]['\"]*)([=+\-@＝＋－＠])")


class _Line:
    """Hands back what the writer of lines writes."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield rows as CSV, of any length, that spreadsheets open with Vietnamese letters."""
    write = csv.writer(_Line()).writerow
    yield "\ufeff"  # without it spreadsheets take the letters for another alphabet's
    for row in rows:
        yield write([harmless(cell) for cell in row])


def harmless(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if not isinstance(cell, str):
        return cell
    if ";" in cell or "\n" in cell or "\t" in cell or "\r" in cell:  # seldom, and searching is dear
        cell = _INSIDE.sub(r"\1'\2", cell)
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
