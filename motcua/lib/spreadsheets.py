"""Rows for people's spreadsheets: CSV line by line, and cells that are no formula."""

import csv
from collections.abc import Iterable, Iterator

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


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
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
