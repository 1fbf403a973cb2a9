"""Rows handed out as a workbook or as CSV; what looks like a formula stays words."""

from collections.abc import Sequence
from io import BytesIO

import openpyxl
from django.http import Http404, HttpResponse

from motcua.lib.spreadsheets import csv_lines, harmless

Cell = str | int
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def file_of(kind: str, name: str, rows: Sequence[Sequence[Cell]]) -> HttpResponse:
    """Answer with rows, the head first, as a file. Raises: Http404 for another kind."""
    if kind == "xlsx":
        return _answer(_workbook(rows), _XLSX, f"{name}.xlsx")
    if kind == "csv":
        content = "".join(csv_lines(rows)).encode()
        return _answer(content, "text/csv; charset=utf-8", f"{name}.csv")
    raise Http404


def _workbook(rows: Sequence[Sequence[Cell]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append([harmless(cell) for cell in row])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _answer(content: bytes, media: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media, headers=headers)
