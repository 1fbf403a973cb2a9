"""Word documents set by our own press: what is in them, and what cannot be."""

import io
from datetime import date
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from pypdf import PdfReader

from motcua.foundation.papers import api as papers
from motcua.foundation.papers.rules.word_text import put_marks, read_word

from .make import make_template, saved
from .said import said_in

DAY = date(2026, 1, 5)


def blocks_of(document: Any) -> list[dict[str, Any]]:
    return read_word(document).blocks


def with_element(name: str) -> bytes:
    """Return a document with one foreign element in its paragraph."""
    document = Document()
    document.add_paragraph("Lan")._p.append(OxmlElement(name))  # noqa: SLF001 -- no other way in
    return saved(document)


def test_a_document_becomes_a_pdf_with_its_words() -> None:
    pdf = papers.render_word(make_template("Xác nhận bà Lò Thị Lan."), "Giấy xác nhận", DAY)

    assert "Xác nhận bà Lò Thị Lan." in said_in(pdf)


def test_the_same_document_gives_the_same_pdf() -> None:
    document = make_template("Lan")

    pdfs = {papers.render_word(document, "Giấy", DAY) for _ in range(2)}

    assert len(pdfs) == 1


def test_a_mark_is_put_in_even_where_word_has_torn_it() -> None:
    document = Document()
    paragraph = document.add_paragraph("Số: [số, ")
    paragraph.add_run("ký hiệu]").bold = True
    paragraph.add_run(" ngày")

    pdf = papers.render_word(saved(document), "Giấy", DAY, {"[số, ký hiệu]": "07/HT"})

    assert "Số: 07/HT ngày" in said_in(pdf)


@pytest.mark.parametrize(
    ("texts", "joined"),
    [
        (["[a]"], ["x"]),
        (["[", "a", "]"], ["x", "", ""]),
        (["1[", "a]2", "[a]"], ["1x", "2", "x"]),
        (["b"], ["b"]),
    ],
)
def test_marks_go_where_their_first_letter_stood(texts: list[str], joined: list[str]) -> None:
    assert put_marks(texts, {"[a]": "x"}) == joined


def test_words_put_in_for_a_mark_are_not_looked_through_again() -> None:
    assert put_marks(["[a]"], {"[a]": "[a][a]"}) == ["[a][a]"]


def test_how_a_paragraph_stands_is_read_from_it_and_from_its_style() -> None:
    document = Document()
    document.styles["Normal"].font.size = Pt(13)
    document.styles["Normal"].paragraph_format.first_line_indent = Mm(10)
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("GIẤY").bold = True

    (block,) = blocks_of(document)

    (run,) = block["runs"]
    assert (block["align"], round(block["indent"]), run["size"], run["bold"]) == (
        "center",
        10,
        13,
        True,
    )


def test_a_table_keeps_its_joined_cells_and_its_lines() -> None:
    document = Document()
    table = document.add_table(2, 3, style="Table Grid")
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Bên cho"

    (block,) = blocks_of(document)

    spans = [[cell["span"] for cell in row] for row in block["rows"]]
    assert (spans, block["ruled"]) == ([[2, 1], [1, 1, 1]], True)


def test_a_table_without_lines_has_none() -> None:
    document = Document()
    document.add_table(1, 2)

    (block,) = blocks_of(document)

    assert block["ruled"] is False


def test_the_page_is_as_large_as_in_word() -> None:
    document = Document()
    document.sections[0].page_width, document.sections[0].left_margin = Mm(148), Mm(12)

    sheet = read_word(document).sheet

    assert (round(sheet.width), round(sheet.left)) == (148, 12)


@pytest.mark.parametrize(
    ("element", "part"),
    [
        ("w:drawing", "hình vẽ hoặc ảnh"),
        ("w:pict", "hình vẽ hoặc khung chữ"),
        ("w:ins", "thay đổi đang theo dõi (Track Changes)"),
        ("w:footnoteReference", "chú thích cuối trang"),
        ("w:fldSimple", "trường tự động (ngày giờ, số trang…)"),
        ("w:sdt", "ô điền của Word (Content Control)"),
    ],
)
def test_what_cannot_be_set_is_named(element: str, part: str) -> None:
    with pytest.raises(papers.WordNotDrawn) as refused:
        papers.render_word(with_element(element), "Giấy", DAY)

    assert refused.value.parts == (part,)


def test_words_in_the_header_cannot_be_set() -> None:
    with pytest.raises(papers.WordNotDrawn, match="chữ ở đầu trang"):
        papers.render_word(make_template("Lan", header="UBND"), "Giấy", DAY)


def test_automatic_numbers_cannot_be_set() -> None:
    document = Document()
    document.add_paragraph("Điều kiện", style="List Number")

    with pytest.raises(papers.WordNotDrawn, match="danh sách đánh số tự động"):
        papers.render_word(saved(document), "Giấy", DAY)


def test_a_table_in_a_table_in_a_table_in_a_table_is_too_deep() -> None:
    document = Document()
    cell = document.add_table(1, 1).cell(0, 0)
    for _ in range(3):
        cell = cell.add_table(1, 1).cell(0, 0)

    with pytest.raises(papers.WordNotDrawn, match="quá sâu"):
        papers.render_word(saved(document), "Giấy", DAY)


def test_a_page_break_begins_a_new_page() -> None:
    document = Document()
    document.add_paragraph("Một")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("Hai")

    blocks = blocks_of(document)

    assert [block["new_page"] for block in blocks] == [False, True, False]


def test_the_fields_of_a_template_are_known_without_filling_it() -> None:
    template = make_template(
        "{{ ho_so.ma|upper }} {% if to_khai.ly_hon %}{{ ket_qua['ten'] }}{% endif %}",
        "{% for m in to_khai.con %}{{ loop.index }} {{ m.ten }}{% endfor %}",
        "{{ can_cu[0].so }}",
        header="{{ co_quan.ten }}",
    )

    assert papers.fields_of_word(template) == {
        "ho_so.ma",
        "to_khai.ly_hon",
        "ket_qua.ten",
        "to_khai.con",
        "to_khai.con[].ten",
        "can_cu[].so",
        "co_quan.ten",
    }


@pytest.mark.parametrize("code", ["{{ x() }}", "{% include 'x' %}", "{{ x"])
def test_asking_for_the_fields_runs_nothing(code: str) -> None:
    with pytest.raises(papers.TemplateRefused):
        papers.fields_of_word(make_template(code))


def test_what_is_no_document_cannot_be_set() -> None:
    with pytest.raises(papers.TemplateRefused, match="không phải là tài liệu Word"):
        papers.render_word(b"%PDF-1.7", "Giấy", DAY)


def make_fields(**changes: Any) -> papers.WordFields:
    values: dict[str, Any] = {
        "number_mark": "[số]",
        "day_mark": "[ngày]",
        "name_mark": "[người ký]",
    }
    return papers.WordFields(**values, notation="G15", name="Nguyễn Thị Hoa", **changes)


def marks_in(pdf: bytes) -> list[str]:
    """Return the place-marks of a PDF, in the order of reading."""
    found = [
        str(note.get_object()["/A"]["/URI"])
        for page in PdfReader(io.BytesIO(pdf)).pages
        for note in page.get("/Annots", [])
    ]
    return [one.removeprefix("motcua-field:") for one in found]


def test_a_document_to_be_signed_has_places_for_number_day_signature_and_seal() -> None:
    document = make_template("Số: [số], [ngày]", "[người ký]")

    pdf = papers.render_word(document, "Giấy", DAY, fields=make_fields(check_url="https://x.vn/a/"))

    assert marks_in(pdf) == ["so", "ngay", "SIG_LEADER_1", "SIG_ORG"]
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "/G15" in text
    assert "[[" not in text


def test_empty_lines_kept_free_for_a_signature_are_where_it_stands() -> None:
    documents = [
        make_template("[số] [ngày]", "CHỦ TỊCH", *[""] * lines, "[người ký]") for lines in (0, 5)
    ]

    drawn = [papers.render_word(one, "Giấy", DAY, fields=make_fields()) for one in documents]

    pages: list[Any] = [PdfReader(io.BytesIO(pdf)).pages[0] for pdf in drawn]
    heights = [float(page["/Annots"][2]["/Rect"][1]) for page in pages]
    assert heights[0] == heights[1]


def test_words_that_look_like_places_are_words_where_nothing_is_signed() -> None:
    pdf = papers.render_word(make_template("Số: [[so]]"), "Giấy", DAY)

    assert marks_in(pdf) == []


@pytest.mark.parametrize(
    ("lines", "fits"),
    [
        (("[số] [ngày] [người ký]",), True),
        (("[SỐ] [NGÀY] [NGƯỜI KÝ]",), True),
        (("[số] [ngày]",), False),
        (("[số] [ngày] [người ký]", "[người ký]"), False),
    ],
)
def test_each_place_has_to_stand_there_just_once(*, lines: tuple[str, ...], fits: bool) -> None:
    assert papers.takes_fields(make_template(*lines), make_fields()) is fits
