"""The spreadsheet a firm fills in, one row for each dossier, and the list of codes afterwards."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import BulkColumn, Dossier
from motcua.casework.forms.api import FieldKind
from motcua.channels.kit.spreadsheets import harmless

WIDTH, ROWS = 26, 100
LONGEST_LIST = 255
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def template(columns: Sequence[BulkColumn], answers: Mapping[str, Any]) -> bytes:
    """Return the sheet to fill in: headings, the draft's own answers as the first row."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Hồ sơ"
    sheet.append([column.title for column in columns])
    sheet.append([harmless(cell) for cell in dossiers.words_of_row(columns, answers)])
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        sheet.cell(1, number).font = Font(bold=True)
        sheet.column_dimensions[letter].width = WIDTH
        for row in range(2, ROWS + 2):
            sheet.cell(row, number).number_format = "@"  # text: zeros in front are kept
        choices = _choices(column)
        if choices:
            asked = DataValidation("list", formula1=f'"{choices}"', allow_blank=True)
            asked.add(f"{letter}2:{letter}{ROWS + 1}")
            sheet.add_data_validation(asked)
    return _saved(book)


def _choices(column: BulkColumn) -> str:
    """Return the words a cell may hold, as spreadsheets list them; empty where that is too long."""
    if column.field.kind == FieldKind.YES_NO:
        return "có,không"
    labels = [one.label for one in column.field.options]
    joined = ",".join(labels)
    is_plain = not any("," in one or '"' in one for one in labels)
    return joined if is_plain and len(joined) < LONGEST_LIST else ""


def codes_listed(found: Sequence[Dossier], rows: Sequence[Sequence[str]]) -> bytes:
    """Return the list of what was filed: each code beside its row."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Mã hồ sơ", "Trạng thái", "Nội dung"])
    sheet.freeze_panes = "A2"
    for letter, width in (("A", WIDTH), ("B", 20), ("C", 80)):
        sheet[f"{letter}1"].font = Font(bold=True)
        sheet.column_dimensions[letter].width = width
    for dossier, cells in zip(found, rows, strict=False):
        words = "; ".join(cell for cell in cells if cell)
        sheet.append([dossier.code, dossier.get_status_display(), harmless(words)])
    return _saved(book)


def _saved(book: openpyxl.Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()
