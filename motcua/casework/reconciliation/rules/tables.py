"""Statements that are tables: CSV and worksheets."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain, islice
from typing import IO

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from motcua.casework.reconciliation.errors import BadStatement
from motcua.lib.errors import BadInput
from motcua.lib.sheets import values_within
from motcua.lib.zips import BROKEN_ZIP, Bounded, TooManyEntries

from .columns import BACK, Columns, account_in, columns_in, is_foot, is_paid, plain
from .encodings import HEAD_BYTES, encoding_of, text_lines
from .lines import LineIn, Trouble, trimmed
from .values import amount_in, moment_in

Row = list[str]
HEAD_ROWS, MOST_CELLS, MOST_UNPACKED = 60, 200, 600_000_000
MOST_ROWS = 500_000
MOST_PARTS = 5_000
_TOO_LARGE = "Tệp bung ra quá lớn, không phải sao kê."
_DELIMITERS = ",;\t|"
NO_TABLE = (
    "Không thấy hàng tiêu đề của sao kê trong 60 dòng đầu. Cần có ngày giao dịch, số tiền (hoặc "
    "ghi có), và số tham chiếu hoặc nội dung. Hãy tải lại sao kê từ ngân hàng, giữ nguyên tiêu đề."
)


def csv_items(content: IO[bytes]) -> Iterator[LineIn | Trouble]:
    """Yield what a CSV says. Raises: BadStatement."""
    head = content.read(HEAD_BYTES)
    content.seek(0)
    codec = encoding_of(head, is_whole=len(head) < HEAD_BYTES)
    lines = text_lines(content, codec)
    first = list(islice(lines, HEAD_ROWS))
    for delimiter in _DELIMITERS:
        rows = _split(first, delimiter)
        if any(columns_in(one) for one in rows):
            yield from table_items(_split(chain(first, lines), delimiter))
            return
    raise BadStatement(NO_TABLE)


def _split(lines: Iterable[str], delimiter: str) -> Iterator[Row]:
    try:
        yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error as error:
        message = "Tệp CSV hỏng: dấu nháy hoặc cột không khép. Hãy tải lại sao kê từ ngân hàng."
        raise BadStatement(message) from error


def xlsx_items(content: IO[bytes]) -> Iterator[LineIn | Trouble]:
    """Yield what a worksheet says; the first that holds a table counts. Raises: BadStatement."""
    try:
        with Bounded(content, MOST_PARTS) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
                raise BadStatement(_TOO_LARGE)
        content.seek(0)
        book = openpyxl.load_workbook(content, read_only=True, data_only=True)
        try:
            yield from _sheets(book)
        finally:
            book.close()
    except BadInput as error:
        raise error if isinstance(error, BadStatement) else BadStatement(str(error)) from error
    except TooManyEntries as error:
        raise BadStatement(_TOO_LARGE) from error
    except (*BROKEN_ZIP, InvalidFileException, SyntaxError, TypeError, OSError) as error:
        message = "Tệp xlsx hỏng hoặc có mật khẩu. Hãy tải lại sao kê từ ngân hàng."
        raise BadStatement(message) from error


def _sheets(book: openpyxl.Workbook) -> Iterator[LineIn | Trouble]:
    for sheet in book.worksheets:
        rows = (
            [_as_text(one) for one in row]
            for row in values_within(sheet, most_rows=MOST_ROWS, most_columns=MOST_CELLS)
        )
        first = list(islice(rows, HEAD_ROWS))
        if any(columns_in(one) for one in first):
            yield from table_items(chain(first, rows))
            return
    raise BadStatement(NO_TABLE)


def _as_text(cell: object) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y %H:%M:%S}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    return "" if cell is None else str(cell)


def table_items(rows: Iterable[Sequence[str]]) -> Iterator[LineIn | Trouble]:
    """Yield what stands below the row of titles."""
    columns: Columns | None = None
    account = ""
    for number, row in enumerate(rows, start=1):
        if columns is None:
            columns = columns_in(row)
            account = account or (account_in(row) if columns is None else "")
        elif any(cell.strip() for cell in row) and (item := _item(row, columns, number)):
            if isinstance(item, LineIn) and not item.account:
                yield replace(item, account=account)
            else:
                yield item


def _item(row: Sequence[str], columns: Columns, number: int) -> LineIn | Trouble | None:
    """Return what a row says; None if it is no movement."""
    at = moment_in(columns.cell(row, "at"))
    ref = columns.cell(row, "ref").strip()
    if at is None and (is_foot(row) or not _amounts(row, columns)):
        return None
    if columns.has("status") and not is_paid(columns.cell(row, "status")):
        return None
    if at is None:
        return Trouble(
            number, f"Dòng {number}: không đọc được ngày “{columns.cell(row, 'at')[:30]}”."
        )
    amount = _amount(row, columns)
    if amount and columns.has("attempt") and plain(columns.cell(row, "type")) in BACK:
        amount = -abs(amount)
    if amount is None:
        said = " / ".join(_amounts(row, columns)) or "trống"
        return Trouble(number, f"Dòng {number}: không đọc được số tiền “{said[:40]}”.")
    return LineIn(
        row=number,
        account=columns.cell(row, "account").replace(" ", "").lstrip("'"),
        ref=ref.lstrip("'")[:100],
        booked_at=at,
        amount_vnd=amount,
        words=trimmed(columns.cell(row, "words")),
        payer=trimmed(columns.cell(row, "payer"))[:200],
        attempt_ref=columns.cell(row, "attempt").strip()[:60],
    )


def _amounts(row: Sequence[str], columns: Columns) -> list[str]:
    cells = (columns.cell(row, one).strip() for one in ("credit", "debit", "amount"))
    return [one for one in cells if one]


def _amount(row: Sequence[str], columns: Columns) -> int | None:
    """Return what came in (above zero) or went out; None if that cannot be known.

    A credit below zero takes an earlier one back; debits are written with either sign.
    """
    if not columns.has("credit"):
        return amount_in(columns.cell(row, "amount"))
    came = amount_in(columns.cell(row, "credit") or "0")
    went = amount_in(columns.cell(row, "debit") or "0")
    if came is None or went is None or (came and went):
        return None
    return came - abs(went) if came or went else None


def bytes_of(content: bytes) -> IO[bytes]:
    """Return a file in memory."""
    return io.BytesIO(content)
