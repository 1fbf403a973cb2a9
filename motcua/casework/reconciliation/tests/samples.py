"""Statements as banks write them, small."""

import unicodedata
from io import BytesIO

from motcua.casework.reconciliation.rules.lines import LineIn, Trouble
from motcua.casework.reconciliation.rules.reading import Reading, read_statement

ACCOUNT = "3800201000123"
CSV = (
    f"SAO KÊ TÀI KHOẢN\nSố tài khoản,{ACCOUNT}\n\n"
    "Ngày giao dịch,Số tham chiếu,Ghi nợ,Ghi có,Nội dung,Người chuyển\n"
    '20/11/2026 08:15:00,FT1,,"25,000",TT260000015 nop phi,NGUYỄN THỊ LAN\n'
    '20/11/2026 09:00:00,FT2,"1.500.000",,Nộp ngân sách,\n'
    '20/11/2026 10:30:00,FT3,,"180.000",nộp phí đất đai,LÒ VĂN PÁO\n'
    'Cộng phát sinh,,1500000,"205,000",,\n'
)


def in_1258(text: str) -> bytes:
    """Return a text as Windows wrote Vietnamese: letters, then tones by themselves."""
    marks = "\u0300\u0301\u0303\u0309\u0323"
    out = ""
    for one in text:
        parts = unicodedata.normalize("NFD", one)
        base = "".join(mark for mark in parts if mark not in marks)
        out += unicodedata.normalize("NFC", base) + "".join(m for m in parts if m in marks)
    return out.encode("cp1258")


def read(content: bytes, account: str = "") -> tuple[Reading, list[LineIn], list[str]]:
    """Return a statement, its lines and the words of its troubles."""
    reading = read_statement(BytesIO(content), account=account)
    items = list(reading)
    lines = [one for one in items if isinstance(one, LineIn)]
    return reading, lines, [one.words for one in items if isinstance(one, Trouble)]
