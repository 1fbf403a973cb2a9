"""Lines of an account as files: rows for CSV of any length, or a spreadsheet."""

from collections.abc import Iterator
from io import BytesIO

import openpyxl

from motcua.casework.cashbook import api as cashbook
from motcua.channels.kit.spreadsheets import harmless
from motcua.lib.clock import local

from .list_files import begun_sheet
from .money import Looked

HEADS = ("Ngày ghi sổ", "Ghi lúc", "Số bút toán", "Diễn giải", "Liên quan", "Nợ", "Có", "Số dư")
WIDTHS = (13, 17, 14, 50, 26, 16, 16, 16)
AT_ONCE = 1000
MOST_ROWS = 50_000


def lines(account_id: int, looked: Looked) -> Iterator[tuple[object, ...]]:
    """Yield the lines of an account under their heads, read a thousand at a time."""
    yield HEADS
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


def spreadsheet(account_id: int, looked: Looked) -> bytes:
    """Return the lines as a spreadsheet, the first fifty thousand of them."""
    workbook = openpyxl.Workbook(write_only=True)
    rows = lines(account_id, looked)
    sheet = begun_sheet(workbook, "Sổ quỹ", [str(one) for one in next(rows)], WIDTHS)
    for place, row in enumerate(rows, start=1):
        if place > MOST_ROWS:
            sheet.append(["Còn nữa: hãy xuất CSV hoặc chọn ít ngày hơn."])
            break
        sheet.append([harmless(one) for one in row])
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()
