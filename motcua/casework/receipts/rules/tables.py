"""The table of a day's receipts (bảng 01/TH-BLĐT), as XML and as a spreadsheet.

Source: docs/law/receipts.md
"""

import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import openpyxl
from lxml import etree
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

SPACE = "urn:motcua:bang-bien-lai:1"
NAMES: Any = {None: SPACE}  # the namespace without a prefix
COLUMNS = (
    ("STT", 6),
    ("Ký hiệu mẫu biên lai", 14),
    ("Ký hiệu biên lai", 12),
    ("Số biên lai", 12),
    ("Ngày, tháng, năm lập", 14),
    ("Tên loại phí, lệ phí", 44),
    ("Số tiền", 16),
    ("Tỷ giá", 8),
    ("Trạng thái", 14),
    ("Kỳ dữ liệu điều chỉnh", 14),
    ("Biên lai liên quan", 24),
    ("Giải thích", 36),
    ("Ghi chú", 24),
)
_HEAD_ROW = 8


@dataclass(frozen=True, slots=True)
class TableRow:
    """One receipt, or the end of one, as the table tells it."""

    form: str
    symbol: str
    number: int
    on: date
    name: str
    amount_vnd: int
    state: str
    period: str = ""
    related: str = ""
    why: str = ""
    note: str = ""
    move_id: int = 0

    @property
    def cells(self) -> tuple[object, ...]:
        """Return what stands in the columns after the first."""
        return (
            self.form,
            self.symbol,
            self.number,
            f"{self.on:%d/%m/%Y}",
            self.name,
            self.amount_vnd,
            "",
            self.state,
            self.period,
            self.related,
            self.why,
            self.note,
        )


@dataclass(frozen=True, slots=True)
class Table:
    """The table of one day; `supplement` is 0 for the first one sent, then counts up."""

    on: date
    supplement: int
    body_name: str
    tax_code: str
    number: str
    rows: tuple[TableRow, ...]

    @property
    def which(self) -> str:
        """Return which one it is, as the head of the form says."""
        return f"[03] Bổ sung lần thứ {self.supplement}" if self.supplement else "[02] Lần đầu"


def rows_as_plain(rows: Sequence[TableRow]) -> list[dict[str, Any]]:
    """Return rows as they are kept with a table that was sent."""
    return [asdict(one) | {"on": one.on.isoformat()} for one in rows]


def rows_from(plain: Sequence[dict[str, Any]]) -> tuple[TableRow, ...]:
    """Return the rows that were kept."""
    return tuple(TableRow(**{**one, "on": date.fromisoformat(one["on"])}) for one in plain)


def table_xml(table: Table) -> bytes:
    """Return the table as XML."""
    root = etree.Element(f"{{{SPACE}}}BTHBLDT", nsmap=NAMES)
    head = {
        "MSo": "01/TH-BLĐT",
        "So": table.number,
        "KDLieu": table.on.isoformat(),
        "LDau": "0" if table.supplement else "1",
        "BSLThu": f"{table.supplement}" if table.supplement else "",
        "TCQThu": table.body_name,
        "MST": table.tax_code,
        "DVTTe": "VND",
    }
    _put(etree.SubElement(root, f"{{{SPACE}}}TTChung"), head)
    rows = etree.SubElement(root, f"{{{SPACE}}}DSBLai")
    for place, one in enumerate(table.rows, start=1):
        values = {
            "STT": f"{place}",
            "KHMBLai": one.form,
            "KHBLai": one.symbol,
            "SBLai": f"{one.number}",
            "NLap": one.on.isoformat(),
            "TKThu": one.name,
            "STien": f"{one.amount_vnd}",
            "TThai": one.state,
            "KDLDChinh": one.period,
            "BLLQuan": one.related,
            "GThich": one.why,
            "GChu": one.note,
        }
        _put(etree.SubElement(rows, f"{{{SPACE}}}BLai"), values)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written


def _put(above: "etree._Element", values: dict[str, str]) -> None:
    for name, words in values.items():
        if words:
            etree.SubElement(above, f"{{{SPACE}}}{name}").text = words


def table_xlsx(table: Table) -> bytes:
    """Return the table as a spreadsheet in the form of the law."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "01-TH-BLDT"
    bold, middle = (
        Font(bold=True),
        Alignment(horizontal="center", vertical="center", wrap_text=True),
    )
    heads = (
        ("L1", "Mẫu số: 01/TH-BLĐT", False),
        ("A1", "BẢNG TỔNG HỢP DỮ LIỆU BIÊN LAI ĐIỆN TỬ GỬI CƠ QUAN THUẾ", True),
        ("A2", f"[01] Kỳ dữ liệu: ngày {table.on:%d/%m/%Y}", False),
        ("A3", table.which, False),
        ("A4", f"[04] Tên cơ quan thu: {table.body_name}", False),
        ("A5", f"[05] Mã số thuế: {table.tax_code}", False),
        ("A6", f"Số: {table.number}", False),
        ("L6", "Đơn vị tiền: đồng Việt Nam", False),
    )
    for corner, words, is_bold in heads:
        sheet[corner] = words
        sheet[corner].font = Font(bold=is_bold, size=13 if is_bold else 11)
    for column, (name, width) in enumerate(COLUMNS, start=1):
        cell = sheet.cell(_HEAD_ROW, column, name)
        cell.font, cell.alignment = bold, middle
        sheet.column_dimensions[get_column_letter(column)].width = width
    for place, one in enumerate(table.rows, start=1):
        for column, value in enumerate((place, *one.cells), start=1):
            cell = sheet.cell(_HEAD_ROW + place, column, value)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula, whatever was typed
        sheet.cell(_HEAD_ROW + place, 7).number_format = "#,##0"
    sheet.freeze_panes = f"A{_HEAD_ROW + 1}"
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth = "landscape", 1
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
