"""Rows handed out as a workbook or as CSV; what looks like a formula stays words."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

import openpyxl
from django.http import Http404, HttpResponse

Cell = str | int
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA = ("=", "+", "-", "@", "\t")


def file_of(kind: str, name: str, rows: Sequence[Sequence[Cell]]) -> HttpResponse:
    """Answer with rows, the head first, as a file. Raises: Http404 for another kind."""
    plain = [[_plain(cell) for cell in row] for row in rows]
    if kind == "xlsx":
        return _answer(_workbook(plain), _XLSX, f"{name}.xlsx")
    if kind == "csv":
        return _answer(_csv(plain), "text/csv; charset=utf-8", f"{name}.csv")
    raise Http404


def _plain(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _workbook(rows: Sequence[Sequence[Cell]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _csv(rows: Sequence[Sequence[Cell]]) -> bytes:
    content = StringIO()
    csv.writer(content).writerows(rows)
    return content.getvalue().encode("utf-8-sig")  # so that spreadsheets read the tones


def _answer(content: bytes, media: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media, headers=headers)
