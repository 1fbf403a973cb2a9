"""Parts of a Word file that its library has no words for: borders, fields, widths of columns."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from fontTools.ttLib import TTFont

from .typesetting import fonts_dir

FONT = "Times New Roman"
_UNKNOWN_LINE_MM = 30


def first_empty(place: WordDocument | _Cell) -> Paragraph | None:
    """Return the paragraph that every new cell has, if nothing has been written into it."""
    if not isinstance(place, _Cell) or len(place.paragraphs) > 1:
        return None
    one = place.paragraphs[0]
    is_used = one.runs or one._p.pPr is not None  # noqa: SLF001 -- no other way to it
    return None if is_used else one


def columns(word: WordDocument, widths: Sequence[float], rows: int = 1) -> Table:
    """Add a table without lines."""
    table: Table = word.add_table(rows, len(widths))
    table.autofit = False
    set_widths(table, widths)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "0")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.append(margins)  # noqa: SLF001 -- no other way to it
    return table


def set_widths(table: Table, widths: Sequence[float]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def repeat_head(table: Table) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 -- no other way to it


def border(one: Paragraph, *sides: str, colour: str = "000000") -> None:
    borders = OxmlElement("w:pBdr")
    for side in sides:
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", colour)):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    shape: Any = one._p.get_or_add_pPr()  # noqa: SLF001 -- no other way to it
    shape.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def page_field(one: Paragraph, size: float) -> None:
    """Let Word write the number of the page; the field says nothing until it does."""
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = one.add_run()
        run.font.size, run.font.name = Pt(size), FONT
        tag = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            tag.set(qn("w:fldCharType"), kind)
        else:
            tag.text = words
        run._r.append(tag)  # noqa: SLF001 -- no other way to it


def length_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return how long a line of letters is, in millimetres; a field's length is not known."""
    if "{{" in text:
        return _UNKNOWN_LINE_MM
    face = "Tinos-Bold.ttf" if bold else "Tinos-Regular.ttf"
    advances, units = _advances(f"{Path(fonts_dir()) / face}")
    return sum(advances.get(ord(letter), units // 2) for letter in text) / units * size * 25.4 / 72


@lru_cache(maxsize=2)
def _advances(face: str) -> tuple[dict[int, int], int]:
    with TTFont(face) as font:
        widths, units = font["hmtx"].metrics, int(font["head"].unitsPerEm)
        return {code: widths[name][0] for code, name in font.getBestCmap().items()}, units


def page_break(one: Paragraph) -> None:
    """Let what follows a paragraph begin on a new page."""
    one.add_run().add_break(WD_BREAK.PAGE)
