"""The spreadsheet of staff: the template to fill in, and the file on its way."""

from datetime import datetime
from io import BytesIO

import openpyxl
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from motcua.channels.kit.fields import Sent, UploadToken
from motcua.foundation.files import api as files
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor

PART_BYTES = 1 << 20
WIDTH = 26
SHEETS = {
    "Đơn vị": (
        ("Mã đơn vị", "H18.101.KT"),
        ("Tên đơn vị", "Phòng Kinh tế"),
        ("Tên ngắn", "P. Kinh tế"),
        ("Loại", organisation.UnitKind.DIVISION.label),
        ("Mã cơ quan", "H18.101"),
        ("Mã đơn vị cấp trên", ""),
        ("Từ ngày", "01/07/2026"),
    ),
    "Vị trí": (
        ("Mã vị trí", "H18.101.KT-01"),
        ("Mã đơn vị", "H18.101.KT"),
        ("Chức vụ", "Chuyên viên"),
        ("Vai trò", organisation.PostRole.HANDLER.label),
        ("Từ ngày", "01/07/2026"),
    ),
    "Cán bộ": (
        ("Mã cán bộ", "CB0001"),
        ("Họ và tên", "Nguyễn Văn Mẫu"),
        ("Vào làm ngày", "01/07/2026"),
        ("Điện thoại", ""),
        ("Thư điện tử", ""),
        ("Mã vị trí", "H18.101.KT-01"),
        ("Giữ vị trí từ ngày", "01/07/2026"),
    ),
}
WORDS = "Từ dùng được"


def blank() -> bytes:
    """Return the template: three sheets with a sample row each, and the words that may be used."""
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for name, columns in SHEETS.items():
        sheet = book.create_sheet(name)
        sheet.append([title for title, _ in columns])
        sheet.append([sample for _, sample in columns])
        _dress(sheet)
    words = book.create_sheet(WORDS)
    words.append(["Loại đơn vị", "Vai trò"])
    kinds, roles = organisation.UnitKind.labels, organisation.PostRole.labels
    for row in range(max(len(kinds), len(roles))):
        words.append([column[row] if row < len(column) else "" for column in (kinds, roles)])
    _dress(words)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _dress(sheet: Worksheet) -> None:
    sheet.freeze_panes = "A2"
    for number, cell in enumerate(sheet[1], start=1):
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = WIDTH


def keep_for_later(sent: Sent | UploadToken, *, by: Actor, at: datetime) -> str:
    """Keep a file that was sent, so that it need not be chosen again; return its token.

    Raises: FileRefused, VirusFound, TooManyUploads.
    """
    if isinstance(sent, UploadToken):
        return str(sent)
    upload = files.begin_upload(sent.name or "", sent.size or 0, by=by, at=at)
    for chunk in sent.chunks(PART_BYTES):
        upload = files.take_part(upload.token, upload.offset, chunk, by=by, at=at)
    return upload.token


def content_of(token: str, *, by: Actor, at: datetime) -> bytes:
    """Return a kept file. Raises: UploadNotFound, FileRefused."""
    stored = files.finish_upload(token, by=by, at=at)
    with files.open_file(stored) as content:
        return content.read()
