"""Lists on their way to a spreadsheet: pieces worth sending, workbooks written row by row."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from motcua.channels.kit.spreadsheets import harmless

IN_MEMORY = 5_000_000
MOMENT = "DD/MM/YYYY HH:MM"
_PARTS = re.compile("[/ :]")


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


def begun_sheet(workbook: Any, title: str, heads: Sequence[str], widths: Sequence[int]) -> Any:
    """Return a sheet whose headings are bold and stay in sight, with columns wide enough."""
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    cells = [WriteOnlyCell(sheet, head) for head in heads]
    for cell in cells:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    sheet.append(cells)
    return sheet


def workbook_of(
    title: str, rows: Iterator[Sequence[object]], widths: Sequence[int], moments: Sequence[str] = ()
) -> IO[bytes]:
    """Return a workbook of one sheet, in a file that is gone when it is closed.

    The first row says the headings; what stands below those in `moments` is a moment, so that it
    is sorted and reckoned with as one.
    """
    workbook = openpyxl.Workbook(write_only=True)
    heads = [str(one) for one in next(rows)]
    sheet = begun_sheet(workbook, title, heads, widths)
    dated = {n: WriteOnlyCell(sheet) for n, head in enumerate(heads) if head in moments}
    for cell in dated.values():
        cell.number_format = MOMENT
    count = 1
    for row in rows:
        count += 1
        sheet.append(
            [
                _moment(dated[n], one) if n in dated and one else harmless(one)
                for n, one in enumerate(row)
            ]
        )
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{count}"
    file = cast("IO[bytes]", SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 -- closed by who sends it
    workbook.save(file)
    file.seek(0)
    return file


def _moment(cell: Any, written: object) -> Any:
    """Return the cell of a column with the moment in it: one for all rows, as each is written."""
    day, month, year, hour, minute = map(int, _PARTS.split(str(written)))
    cell.value = datetime(year, month, day, hour, minute)  # noqa: DTZ001 -- as on the wall in Hà Nội
    return cell
