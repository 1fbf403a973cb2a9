"""Administrative documents and their templates as Word files, in the layout of our press."""

import io
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from motcua.foundation.papers.choices import LayoutProfile
from motcua.foundation.papers.rules.beginnings import begun_document
from motcua.foundation.papers.rules.document_fields import (
    DAY_MARK,
    NAME_MARK,
    NUMBER_MARK,
    field_values,
)
from motcua.foundation.papers.rules.document_values import Values, document_values, with_marks
from motcua.foundation.papers.rules.documents import AdministrativeDocument
from motcua.foundation.papers.rules.parts import Letterhead

from .word_parts import (
    FONT,
    border,
    columns,
    first_empty,
    length_of,
    page_break,
    page_field,
    repeat_head,
    set_widths,
)

CENTRE, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
LEFT, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
_SIDES = {"left": LEFT, "center": CENTRE, "right": RIGHT}
_WIDTH_OF_PAGE = 210
_ROOM_FOR_SIGNATURE = 80
_RED = RGBColor(0xC0, 0, 0)
Run = dict[str, Any]


def write_word(document: AdministrativeDocument) -> bytes:
    """Return a document as a Word file to be edited: number, day and signer are marks in it.

    Raises: PaperIncomplete, PaperTooLong, FontsMissing.
    Costs: about 30 ms, more with long tables.
    Source: docs/law/document-layout.md
    """
    values = document_values(document, clean=_writable)
    values["number"] = NUMBER_MARK if values["number"] else ""
    values["day"]["words"] = DAY_MARK
    if values["signers"]:
        values["signers"][values["sealed"]]["name"] = NAME_MARK
    return _Writer(values).written()


def begun_in_word(
    kind: int, letterhead: Letterhead, profile: str = LayoutProfile.GOVERNMENT
) -> bytes:
    """Return the Word file an officer begins with: the agency's head, the wording of the kind.

    Number, day and signer are marks in it, so that it can be signed once it is written.

    Raises: ValueError for a kind or profile that there is not, PaperIncomplete, FontsMissing.
    Source: docs/law/document-layout.md
    """
    return write_word(begun_document(kind, letterhead, profile))


@lru_cache(maxsize=64)
def document_template(kind: int, profile: str = LayoutProfile.GOVERNMENT) -> bytes:
    """Return the Word template of a kind of documents, with fields for `fill_word_template`.

    Raises: ValueError for a kind or profile that there is not, FontsMissing.
    Source: docs/law/document-layout.md
    """
    return _Writer(field_values(kind, profile)).written()


def _writable(text: str) -> str:
    """Return the text in NFC without what no Word file may hold."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        letter
        for letter in composed
        if letter == "\n" or unicodedata.category(letter) not in {"Cc", "Cs", "Co", "Cn"}
    )


class _Writer:
    """Writes one document from top to bottom."""

    def __init__(self, values: Values) -> None:
        self.d = values
        self.s: dict[str, Any] = values["style"]
        self.width = _WIDTH_OF_PAGE - self.s["left"] - self.s["right"]
        self.word: WordDocument = Document()
        self.is_new = True

    def written(self) -> bytes:
        self.page()
        self.head()
        self.title()
        self.addressees()
        self.body()
        self.signatures()
        for annex in self.d["annexes"]:
            self.annex(annex)
        saved = io.BytesIO()
        self.word.save(saved)
        return saved.getvalue()

    def page(self) -> None:
        section = self.word.sections[0]
        section.page_width, section.page_height = Mm(_WIDTH_OF_PAGE), Mm(297)
        section.top_margin, section.bottom_margin = Mm(self.s["top"]), Mm(self.s["bottom"])
        section.left_margin, section.right_margin = Mm(self.s["left"]), Mm(self.s["right"])
        section.header_distance, section.footer_distance = Mm(10), Mm(10)
        section.different_first_page_header_footer = True
        normal = self.word.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(self.s["body_size"])
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        normal.paragraph_format.space_after = Pt(0)
        number = section.header.paragraphs[0]
        number.alignment = CENTRE
        number.runs or number.add_run()
        page_field(number, self.s["page_number_size"])
        self.foot(section.first_page_footer.paragraphs[0])

    def foot(self, one: Paragraph) -> None:
        if self.d["contact"]:
            one.alignment = CENTRE
            border(one, "top")
            self.say(one, self.d["contact"], size=11)

    def say(self, one: Paragraph, text: str, *, size: float, **look: bool) -> Paragraph:
        """Write letters into a paragraph: `bold`, `italic`, `caps`, `underline`, `red`."""
        run = one.add_run(text)
        font = run.font
        font.size, font.name = Pt(size), FONT
        font.bold, font.italic = look.get("bold", False), look.get("italic", False)
        font.underline, font.all_caps = look.get("underline", False), look.get("caps", False)
        font.color.rgb = _RED if look.get("red") else None
        return one

    def line(
        self, place: WordDocument | _Cell, *, before: float = 0, side: Any = CENTRE
    ) -> Paragraph:
        """Begin a paragraph; the one that every new cell has is used up first."""
        one = first_empty(place) or place.add_paragraph()
        one.alignment = side
        shape = one.paragraph_format
        shape.space_before, shape.space_after = Pt(before), Pt(0)
        shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
        return one

    def rule(self, place: WordDocument | _Cell, width: float, length: float) -> None:
        """Draw a line of `length` millimetres in the middle of `width`."""
        one = self.line(place)
        side = max((width - length) / 2, 0)
        one.paragraph_format.left_indent = one.paragraph_format.right_indent = Mm(side)
        one.paragraph_format.line_spacing = Pt(5)
        border(one, "top")

    def head(self) -> None:
        left = self.s["agency_width"]
        table = columns(self.word, [left, self.width - left], rows=2)
        self.agency(table.cell(0, 0), left)
        self.banner(table.cell(0, 1), self.width - left)
        self.numbering(table.cell(1, 0), table.cell(1, 1))
        self.brief(table.cell(1, 0), left)

    def agency(self, cell: _Cell, width: float) -> None:
        size = self.s["agency_size"]
        for name in self.d["superior"]:
            self.say(self.line(cell), name, size=size, caps=True)
        for name in self.d["issuer"]:
            self.say(self.line(cell), name, size=size, bold=True, caps=True)
        if self.s["agency_mark"] == "line":
            final = self.d["issuer"][-1].upper()
            self.rule(cell, width, min(length_of(final, size, bold=True), width) * 0.42)
        else:
            self.say(self.line(cell), self.s["agency_mark"], size=size)

    def banner(self, cell: _Cell, width: float) -> None:
        size, motto = self.s["banner_size"], self.s["motto"]
        self.say(self.line(cell), self.s["banner"], size=size, bold=True, caps=True)
        if motto:
            size = self.s["motto_size"]
            self.say(self.line(cell), motto, size=size, bold=True)
        final = motto or self.s["banner"].upper()
        self.rule(cell, width, length_of(final, size, bold=True))

    def numbering(self, left: _Cell, right: _Cell) -> None:
        if self.d["number"]:
            words = f"{self.s['number_word']}{self.d['number']}"
            self.say(self.line(left, before=6), words, size=self.s["number_size"])
        if self.d["place"]:
            words = f"{self.d['place']}, {self.d['day']['words']}"
            self.say(self.line(right, before=6), words, size=self.s["day_size"], italic=True)

    def brief(self, cell: _Cell, width: float) -> None:
        d, form = self.d, self.d["form"]
        if d["subject"] and form["is_numbered"] and not form["has_title"]:
            words = f"{self.s['brief_word']}{d['brief']}"
            italic = self.s["is_brief_italic"]
            self.say(self.line(cell, before=6), words, size=self.s["brief_size"], italic=italic)
        if d["urgency"]:
            self.frame(cell, d["urgency"], width, d["urgency_mm"], red=True)
        if d["circulation"]:
            self.frame(cell, d["circulation"], width, 55)
        if d["is_draft"]:
            self.say(self.line(cell, before=6), "DỰ THẢO", size=13, bold=True)

    def frame(
        self, cell: _Cell, text: str, width: float, length: float, *, red: bool = False
    ) -> None:
        one = self.line(cell, before=6)
        side = max((width - length) / 2, 0)
        one.paragraph_format.left_indent = one.paragraph_format.right_indent = Mm(side)
        border(one, "top", "left", "bottom", "right", colour="C00000" if red else "000000")
        self.say(one, text, size=13, bold=True, caps=True, red=red)

    def title(self) -> None:
        d, form = self.d, self.d["form"]
        name = d["kind"] if form["has_title"] else d["subject"] * (not form["is_numbered"])
        if name:
            one = self.line(self.word, before=12)
            self.say(one, name, size=self.s["title_size"], bold=True, caps=True)
        if form["has_title"] and d["subject"]:
            self.subject()

    def subject(self) -> None:
        size = self.s["subject_size"]
        self.say(self.line(self.word, before=2), self.d["subject"], size=size, bold=True)
        if self.d["attached_to"]:
            words = f"({self.d['attached_to']})"
            self.say(self.line(self.word), words, size=size, italic=True)
        if self.s["subject_mark"] == "line":
            final = self.d["subject"].split("\n")[-1]
            self.rule(
                self.word, self.width, min(length_of(final, size, bold=True), self.width) * 0.4
            )
        else:
            self.say(self.line(self.word), self.s["subject_mark"], size=size)

    def addressees(self) -> None:
        listed, size = self.d["addressees"], self.s["body_size"]
        if not listed:
            return
        asked = "Kính gửi:"
        if self.d["form"]["needs_authority"]:
            asked = f"{' '.join(self.d['authority'])} điện:"
        if listed[0].startswith("{%"):
            self.steered(asked, listed)
        elif len(listed) == 1:
            words = f"{asked} {listed[0].rstrip(' ;.')}"
            self.say(self.line(self.word, before=10), words, size=size)
        else:
            self.asked(asked)
            for words in _listed(listed):
                self.addressee(words)

    def asked(self, words: str) -> None:
        one = self.line(self.word, side=LEFT, before=10)
        one.paragraph_format.left_indent = Mm(25)
        self.say(one, words, size=self.s["body_size"])

    def addressee(self, words: str) -> None:
        one = self.line(self.word, side=LEFT)
        one.paragraph_format.left_indent = Mm(44)
        self.say(one, words, size=self.s["body_size"])

    def steered(self, asked: str, lines: Sequence[str]) -> None:
        """Write what a template says of one addressee, and of several below each other."""
        size = self.s["body_size"]
        if_one, single, otherwise, loop, line, end_of_loop, end = lines
        self.say(self.line(self.word), if_one, size=size)
        self.say(self.line(self.word, before=10), f"{asked} {single}", size=size)
        self.say(self.line(self.word), otherwise, size=size)
        self.asked(asked)
        for words in (loop, f"- {line}", end_of_loop):
            self.addressee(words)
        self.say(self.line(self.word), end, size=size)

    def body(self) -> None:
        d, size = self.d, self.s["body_size"]
        is_deciding = bool(d["form"]["enacting"])
        for place, name in enumerate(d["authority"] if is_deciding else ()):
            one = self.line(self.word, before=0 if place else 10)
            self.say(one, name, size=size, bold=True, caps=True)
        for basis in d["bases"]:
            self.runs(self.paragraph(), basis, italic=True)
        if is_deciding:
            one = self.line(self.word, before=6)
            self.say(one, d["form"]["enacting"], size=size, bold=True, caps=True)
        self.blocks(d["body"])

    def paragraph(self) -> Paragraph:
        """Begin a paragraph of the text: indented, set to both edges."""
        one = self.line(self.word, side=JUSTIFY, before=self.s["paragraph_gap"])
        one.paragraph_format.first_line_indent = Mm(self.s["indent"])
        one.paragraph_format.line_spacing = self.s["lines"]
        return one

    def runs(self, one: Paragraph, runs: Sequence[Run], **look: bool) -> None:
        size = self.s["body_size"]
        for run in runs:
            bold, italic = run["is_bold"], run["is_italic"]
            asked = {"bold": bold or look.get("bold", False)}
            asked |= {
                "italic": italic or look.get("italic", False),
                "caps": look.get("caps", False),
            }
            self.say(one, run["text"], size=size, **asked)

    def blocks(self, blocks: Iterable[Values]) -> None:
        for block in blocks:
            self.block(block)

    def block(self, block: Values) -> None:
        kind = block["kind"]
        if kind in {"chapter", "section"}:
            self.chapter(block)
        elif kind == "table":
            self.table(block)
        elif kind == "new_page":
            page_break(self.line(self.word))
        elif kind == "centred":
            self.runs(self.line(self.word, before=self.s["paragraph_gap"]), block["runs"])
        elif kind == "paragraph":
            self.runs(self.paragraph(), block["runs"])
        else:
            self.numbered(block)

    def chapter(self, block: Values) -> None:
        size = self.s["body_size"]
        one = self.line(self.word, before=self.s["paragraph_gap"])
        one.paragraph_format.keep_with_next = True
        self.say(one, block["number"], size=size, bold=True)
        if block.get("title"):
            below = self.line(self.word)
            below.paragraph_format.keep_with_next = True
            self.runs(below, block["title"], bold=True, caps=True)

    def numbered(self, block: Values) -> None:
        one = self.paragraph()
        is_title = block["is_heading"]
        bold = is_title or block["kind"] == "article"
        self.say(one, f"{block['number']} ", size=self.s["body_size"], bold=bold)
        self.runs(one, block["runs"], bold=is_title)
        one.paragraph_format.keep_with_next = is_title

    def table(self, block: Values) -> None:
        rows, wide = block["rows"], sum(block["widths"])
        table = self.word.add_table(len(rows), len(block["widths"]), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        widths = [self.width * part / wide for part in block["widths"]]
        set_widths(table, widths)
        for place, row in enumerate(rows):
            is_head = block["has_head"] and place == 0
            for cell, runs, side in zip(
                table.rows[place].cells, row, block["aligned"], strict=True
            ):
                one = self.line(cell, side=CENTRE if is_head else _SIDES[side])
                self.runs(one, runs, bold=is_head)
        if block["has_head"]:
            repeat_head(table)

    def signatures(self) -> None:
        signers = self.d["signers"]
        if len(signers) > 1:
            table = columns(self.word, [self.width / len(signers)] * len(signers))
            for cell, signer in zip(table.rows[0].cells, signers, strict=True):
                self.signer(cell, signer)
            self.recipients(self.word)
            return
        left = self.width * 0.47
        table = columns(self.word, [left, self.width - left])
        self.recipients(table.cell(0, 0))
        if signers:
            self.signer(table.cell(0, 1), signers[0])

    def signer(self, cell: _Cell, signer: Values) -> None:
        size = self.s["body_size"]
        is_plain = signer["capacity"] and not self.s["is_signer_title_bold"]
        lines = [(words, True) for words in signer["capacity"]]
        lines += [(words, not is_plain) for words in signer["title"]]
        for place, (words, bold) in enumerate(lines):
            one = self.line(cell, before=0 if place else 12)
            self.say(one, words, size=size, bold=bold, caps=True)
        name = self.line(cell, before=_ROOM_FOR_SIGNATURE)
        self.say(name, signer["name"], size=size, bold=True)

    def recipients(self, place: WordDocument | _Cell) -> None:
        s = self.s
        if self.d["recipients"]:
            one = self.line(place, before=12, side=LEFT)
            look = "underline" if s["is_recipients_underlined"] else "italic"
            is_bold = look == "italic"
            self.say(one, "Nơi nhận:", size=s["recipients_size"], bold=is_bold, **{look: True})
            for words in _dashed(self.d["recipients"]):
                self.say(self.line(place, side=LEFT), words, size=s["recipient_size"])
        if self.d["drafter"]:
            self.say(self.line(place, side=LEFT), self.d["drafter"], size=11)

    def annex(self, annex: Values) -> None:
        first = self.line(self.word)
        first.paragraph_format.page_break_before = True
        self.say(first, annex["label"], size=14, bold=True)
        size = self.s["title_size"]
        self.say(self.line(self.word), annex["title"], size=size, bold=True, caps=True)
        self.say(self.line(self.word), f"({annex['of']})", size=size, italic=True)
        self.rule(self.word, self.width, 45)
        self.blocks(annex["body"])


def _dashed(lines: Iterable[str]) -> list[str]:
    """Return the lines with a dash before each, but for those that only steer a template."""
    return [line if line.startswith("{%") else f"- {line}" for line in lines]


def _listed(lines: Sequence[str]) -> list[str]:
    return _dashed(with_marks(lines, ";", "."))
