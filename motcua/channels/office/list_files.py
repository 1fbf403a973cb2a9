"""Lists on their way to a spreadsheet: pieces worth sending, workbooks written row by row."""

from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, cast

import openpyxl

from motcua.channels.kit.spreadsheets import harmless

IN_MEMORY = 5_000_000


def gathered(lines: Iterable[str], least: int = 64_000) -> Iterator[bytes]:
    """Yield lines in pieces worth sending."""
    held: list[str] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= least:
            yield "".join(held).encode()
            held, size = [], 0
    if held:
        yield "".join(held).encode()


def workbook_of(title: str, rows: Iterable[Iterable[object]]) -> IO[bytes]:
    """Return a workbook of one sheet, in a file that is gone when it is closed."""
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    for row in rows:
        sheet.append([harmless(one) for one in row])
    file = cast("IO[bytes]", SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 -- closed by who sends it
    workbook.save(file)
    file.seek(0)
    return file
