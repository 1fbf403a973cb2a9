"""What a Word document says, as blocks that our own press can set; what it cannot, by name.

Text, tables, and how they stand on the page are read; pictures, text boxes, automatic numbers and
tracked changes are not, and a document that has them is refused rather than set without them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from motcua.foundation.papers.errors import WordNotDrawn

Block: TypeAlias = dict[str, Any]
NORMAL_SIZE = 14.0
DEEPEST_TABLE = 3
# Word itself makes no wider tables, and no longer chains of styles; a chain may also be a circle.
WIDEST_TABLE = 63
LONGEST_CHAIN = 12
MOST_PARAGRAPHS = 5_000
_PAGE_BREAK = '//w:br[@w:type="page"]'
_MINIMUM_MM = 5
_ALIGNMENTS = {
    WD_ALIGN_PARAGRAPH.CENTER: "center",
    WD_ALIGN_PARAGRAPH.RIGHT: "right",
    WD_ALIGN_PARAGRAPH.JUSTIFY: "justify",
}
_UNDRAWN: Mapping[str, str] = {
    "drawing": "hình vẽ hoặc ảnh",
    "pict": "hình vẽ hoặc khung chữ",
    "object": "đối tượng nhúng",
    "footnoteReference": "chú thích cuối trang",
    "endnoteReference": "chú thích cuối văn bản",
    "ins": "thay đổi đang theo dõi (Track Changes)",
    "del": "thay đổi đang theo dõi (Track Changes)",
    "fldSimple": "trường tự động (ngày giờ, số trang…)",
    "instrText": "trường tự động (ngày giờ, số trang…)",
    "sdt": "ô điền của Word (Content Control)",
    "sym": "ký tự của phông chữ đặc biệt",
    "oMath": "công thức",
    "numPr": "danh sách đánh số tự động",
    "vMerge": "ô bảng gộp theo chiều dọc",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page: its size and margins in millimetres."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float


@dataclass(frozen=True, slots=True)
class WordText:
    """A document as blocks from top to bottom; `foot` stands below the first page's text."""

    sheet: Sheet
    blocks: list[Block]
    foot: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class _Reader:
    """Reads one document; `marks` are words that are put in place of others."""

    document: Document
    marks: Mapping[str, str] = field(default_factory=dict)

    def read(self) -> WordText:
        blocks = [self.block(part) for part in self.document.iter_inner_content()]
        return WordText(self.sheet(), blocks, self.foot())

    def foot(self) -> list[Block]:
        """Return what stands at the foot of the first page, if that page has a foot of its own."""
        section = self.document.sections[0]
        if not section.different_first_page_header_footer:
            return []
        found = [self.paragraph(one) for one in section.first_page_footer.paragraphs]
        return [one for one in found if one["runs"]]

    def sheet(self) -> Sheet:
        section = self.document.sections[0]
        found = {
            "width": section.page_width,
            "height": section.page_height,
            "top": section.top_margin,
            "right": section.right_margin,
            "bottom": section.bottom_margin,
            "left": section.left_margin,
        }
        usual = {"width": 210, "height": 297, "left": 30}
        return Sheet(**{name: in_mm(found[name], usual.get(name, 20)) for name in found})

    def block(self, part: Paragraph | Table, depth: int = 0) -> Block:
        if isinstance(part, Table):
            return self.table(part, depth + 1)
        return self.paragraph(part)

    def paragraph(self, one: Paragraph) -> Block:
        styles = list(_styles(one))
        formats = [one.paragraph_format, *(style.paragraph_format for style in styles)]
        aligned = _first(format_.alignment for format_ in formats)
        return {
            "kind": "paragraph",
            "align": _ALIGNMENTS.get(aligned, "left"),
            "indent": in_mm(_first(f.first_line_indent for f in formats), 0),
            "left": max(in_mm(_first(f.left_indent for f in formats), 0), 0),
            "right": max(in_mm(_first(f.right_indent for f in formats), 0), 0),
            "before": in_pt(_first(f.space_before for f in formats), 0),
            "after": in_pt(_first(f.space_after for f in formats), self.after()),
            "lines": self.lines(_first(f.line_spacing for f in formats)),
            "new_page": bool(_first(f.page_break_before for f in formats))
            or bool(_xml(one).xpath(f".{_PAGE_BREAK}")),
            "keep": bool(_first(f.keep_with_next for f in formats)),
            "runs": self.runs(one, styles),
            **borders_of(one),
        }

    def lines(self, spacing: object) -> float:
        """Return how many lines high a line is; a height in points counts as one."""
        return min(max(spacing, 1.0), 3.0) if isinstance(spacing, float) else 1.0

    def after(self) -> float:
        """Return the space after a paragraph that says nothing of it."""
        found = self.document.styles.element.xpath("w:docDefaults/w:pPrDefault//w:spacing/@w:after")
        return float(found[0]) / 20 if found and found[0].isdecimal() else 0

    def size(self) -> float:
        """Return the size of letters that say nothing of it."""
        found = self.document.styles.element.xpath("w:docDefaults/w:rPrDefault//w:sz/@w:val")
        return float(found[0]) / 2 if found and found[0].isdecimal() else NORMAL_SIZE

    def runs(self, one: Paragraph, styles: list[ParagraphStyle]) -> list[Block]:
        runs = [self.run(run, styles) for run in _runs_of(one)]
        joined = put_marks([run["text"] for run in runs], self.marks)
        return [{**run, "text": text} for run, text in zip(runs, joined, strict=True) if text]

    def run(self, run: Run, styles: list[ParagraphStyle]) -> Block:
        fonts = [run.font, *(style.font for style in styles)]
        size = _first(font.size for font in fonts)
        return {
            "text": run.text.replace("\r", "\n"),
            "bold": bool(_first(font.bold for font in fonts)),
            "italic": bool(_first(font.italic for font in fonts)),
            "underline": bool(_first(font.underline for font in fonts)),
            "caps": bool(_first(font.all_caps for font in fonts)),
            "raised": bool(run.font.superscript),
            "lowered": bool(run.font.subscript),
            "size": size.pt if size else self.size(),
        }

    def table(self, one: Table, depth: int) -> Block:
        if depth > DEEPEST_TABLE:
            raise WordNotDrawn("Bảng lồng trong bảng quá sâu.", ("bảng lồng nhau quá sâu",))
        if len(one.columns) > WIDEST_TABLE:
            raise _too_wide()
        rows = [[self.cell(cell, span, depth) for cell, span in _cells(row)] for row in one.rows]
        widths = [in_mm(column.width, _MINIMUM_MM) or _MINIMUM_MM for column in one.columns]
        return {
            "kind": "table",
            "columns": widths,
            "ruled": _is_ruled(one),
            "rows": rows,
        }

    def cell(self, cell: _Cell, span: int, depth: int) -> Block:
        return {
            "span": span,
            "blocks": [self.block(part, depth) for part in cell.iter_inner_content()],
        }


def read_word(document: Document, marks: Mapping[str, str] | None = None) -> WordText:
    """Return what the document says, with `marks` in place of the words they stand for.

    Raises: WordNotDrawn naming everything that cannot be set.
    """
    undrawn = undrawn_parts(document)
    if undrawn:
        raise WordNotDrawn(f"Tệp Word có {', '.join(undrawn)}.", undrawn)
    return _Reader(document, marks or {}).read()


def undrawn_parts(document: Document) -> tuple[str, ...]:
    """Return what is in the document that our press cannot set, each once."""
    found = {
        word: None
        for element in document.element.body.iter()
        if isinstance(element.tag, str) and (word := _UNDRAWN.get(element.tag.partition("}")[2]))
    }
    if sum(1 for _ in document.element.body.iter(qn("w:p"))) > MOST_PARAGRAPHS:
        return (*found, f"hơn {MOST_PARAGRAPHS} đoạn")
    numbered = (_styles(one) for one in document.paragraphs)
    if any(style.element.find(f".//{qn('w:numPr')}") is not None for s in numbered for style in s):
        found[_UNDRAWN["numPr"]] = None
    for section in document.sections:
        parts = (section.header, section.footer, section.first_page_header)
        if any(paragraph.text.strip() for part in parts for paragraph in part.paragraphs):
            found["chữ ở đầu trang hoặc chân trang"] = None
    return tuple(found)


def borders_of(one: Paragraph) -> Block:
    """Return whether a paragraph is a line across (`rule`), stands in a frame, or neither."""
    drawn = {
        side
        for side in ("top", "bottom", "left", "right")
        for kind in _xml(one).xpath(f"w:pPr/w:pBdr/w:{side}/@w:val")
        if kind not in {"nil", "none"}
    }
    return {"rule": "top" in drawn and "left" not in drawn, "frame": {"top", "left"} <= drawn}


def put_marks(texts: list[str], marks: Mapping[str, str]) -> list[str]:
    """Return the texts with each mark put in, also one that is torn over several texts."""
    for mark, words in marks.items():
        start = 0
        while (place := "".join(texts).find(mark, start)) >= 0:
            texts = _put(texts, place, len(mark), words)
            start = place + len(words)
    return texts


def _put(texts: list[str], place: int, length: int, words: str) -> list[str]:
    """Replace so many letters from a place on; the words go where the first letter stood."""
    found: list[str] = []
    passed = 0
    for text in texts:
        start, end = place - passed, place + length - passed
        passed += len(text)
        here = words if 0 <= start < len(text) else ""
        kept_before = text[: max(min(start, len(text)), 0)]
        kept_after = text[max(min(end, len(text)), 0) :]
        found.append(kept_before + here + kept_after)
    return found


def _runs_of(one: Paragraph) -> Iterator[Run]:
    for part in one.iter_inner_content():
        if isinstance(part, Hyperlink):
            yield from part.runs
        else:
            yield part


def _styles(one: Paragraph) -> Iterator[ParagraphStyle]:
    style: Any = one.style
    for _ in range(LONGEST_CHAIN):
        if not isinstance(style, ParagraphStyle):
            return
        yield style
        style = style.base_style


def _cells(row: _Row) -> Iterator[tuple[_Cell, int]]:
    """Yield each cell of a row once, with over how many columns it goes.

    A row's own `cells` would name a cell once for each column: a billion, if the file says so.
    """
    for cell in _xml(row).tc_lst:
        if cell.grid_span > WIDEST_TABLE:
            raise _too_wide()
        yield _Cell(cell, row.table), max(cell.grid_span, 1)


def _too_wide() -> WordNotDrawn:
    message = f"Bảng có hơn {WIDEST_TABLE} cột."
    return WordNotDrawn(message, (f"bảng hơn {WIDEST_TABLE} cột",))


def _is_ruled(one: Table) -> bool:
    """Say whether the table has lines: of its own, or from a style that draws a grid."""
    own = _xml(one).tblPr.xpath("w:tblBorders/w:insideH/@w:val | w:tblBorders/w:top/@w:val")
    if own:
        return any(kind not in {"nil", "none"} for kind in own)
    style = one.style
    return style is not None and bool(style.element.xpath(".//w:tblBorders"))


def _xml(part: Paragraph | Table | _Row) -> Any:
    """Return a part's own XML."""
    return part._element  # noqa: SLF001 -- python-docx has no other way to it


def _first(values: Iterator[Any]) -> Any:
    return next((value for value in values if value is not None), None)


def in_mm(length: Length | int | None, usual: float) -> float:
    """Return a length of Word in millimetres."""
    return usual if length is None else round(int(length) / 36000, 2)


def in_pt(length: Length | int | None, usual: float) -> float:
    """Return a length of Word in points."""
    return usual if length is None else round(int(length) / 12700, 2)
