"""Lines of an account as files: CSV of any length, or a spreadsheet."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO

import openpyxl

from motcua.casework.cashbook import api as cashbook
from motcua.lib.clock import local

from .money import Looked

HEADS = ("Ngày ghi sổ", "Ghi lúc", "Số bút toán", "Diễn giải", "Liên quan", "Nợ", "Có", "Số dư")
AT_ONCE = 1000
MOST_ROWS = 50_000


def lines(account_id: int, looked: Looked) -> Iterator[tuple[object, ...]]:
    """Yield the lines of an account, read a thousand at a time."""
    after, more = "", True
    while more:
        rows, more = cashbook.account_page(
            account_id, looked.first, looked.latest, after=after, size=AT_ONCE
        )
        for row in rows:
            yield (
                row.on.isoformat(),
                f"{local(row.at):%Y-%m-%d %H:%M}",
                row.entry_id,
                row.words,
                row.subject,
                max(row.amount_vnd, 0),
                max(-row.amount_vnd, 0),
                row.balance_vnd,
            )
        after = rows[-1].place if rows else ""


def csv_lines(account_id: int, looked: Looked) -> Iterator[bytes]:
    """Yield the lines as CSV that spreadsheets open with Vietnamese letters."""
    yield "\ufeff".encode()
    for row in ((*HEADS,), *lines(account_id, looked)):
        text = StringIO()
        csv.writer(text).writerow([plain(one) for one in row])
        yield text.getvalue().encode()


def plain(value: object) -> object:
    """Return a value no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" else value


def spreadsheet(account_id: int, looked: Looked) -> bytes:
    """Return the lines as a spreadsheet, the first fifty thousand of them."""
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Sổ quỹ")
    sheet.append(HEADS)
    for place, row in enumerate(lines(account_id, looked)):
        if place >= MOST_ROWS:
            sheet.append(["Còn nữa: hãy xuất CSV hoặc chọn ít ngày hơn."])
            break
        sheet.append([plain(one) for one in row])
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()
