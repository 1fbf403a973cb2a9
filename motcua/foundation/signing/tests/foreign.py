"""Documents that our press did not set: a decision with gaps for number and day, and a scan."""

import io
from typing import cast

import typst
from django.conf import settings
from PIL import Image

PDF = "application/pdf"
_DECISION = """
#set page(paper: "a4", margin: (y: 20mm, left: 30mm, right: 15mm))
#set text(font: "Tinos", size: 13pt, lang: "vi")
#grid(columns: (1fr, 1.35fr),
  align(center)[ỦY BAN NHÂN DÂN\\ XÃ MƯỜNG PHĂNG\\ #v(1mm) Số: {number}],
  align(center)[*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM*\\ #v(1mm) _Mường Phăng, {day}_])
#v(8mm)
#align(center)[*QUYẾT ĐỊNH*\\ Về việc thử]
{body}
#grid(columns: (1fr, 1fr), [_Nơi nhận:_\\ - Như trên;],
  align(center)[*CHỦ TỊCH*\\ #v(30mm) *{name}*])
"""
NUMBER_GAP, DAY_GAPS = "#h(12mm)/QĐ-UBND", "ngày #h(7mm) tháng #h(7mm) năm 2026"


def make_decision(
    number: str = NUMBER_GAP,
    day: str = DAY_GAPS,
    name: str = "Nguyễn Thị Hoa",
    body: str = "Điều 1.",
) -> bytes:
    """Return a decision as an office writes it itself."""
    source = _DECISION.format(number=number, day=day, name=name, body=body)
    compiler = typst.Compiler(font_paths=[settings.PAPER_FONTS_DIR])
    return cast("bytes", compiler.compile(source.encode()))


def make_scan() -> bytes:
    """Return a page as a scanner sees it: a picture without letters."""
    made = io.BytesIO()
    Image.new("RGB", (1654, 2339), "white").save(made, "PDF", resolution=200)
    return made.getvalue()
