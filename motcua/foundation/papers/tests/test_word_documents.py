"""Administrative documents in Word: templates with fields, drafts, and their way back to PDF."""

import io
from datetime import date

import pytest
from docx import Document
from docx.shared import Mm
from pypdf import PdfReader

from motcua.foundation.papers import api as papers
from motcua.foundation.papers.api import DocumentKind as K

from .make_documents import HOA, make_document, make_head, make_long_document
from .measure import drawn_on, find, letters_on
from .test_word_setting import marks_in

DAY = date(2026, 2, 5)
every_kind = pytest.mark.parametrize("kind", K, ids=lambda kind: kind.name.lower())


def fields_of(kind: K, profile: str = "government") -> papers.WordFields:
    notation = papers.notation_of(kind, "UBND", "NC", profile)
    return papers.word_fields(notation=notation, name="Lê Thị Hoa", kind=kind, profile=profile)


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@every_kind
@pytest.mark.parametrize("profile", ["government", "party"])
def test_a_template_filled_is_a_draft_that_can_be_signed(kind: K, profile: str) -> None:
    document = make_document(kind, profile=papers.LayoutProfile(profile))
    template = papers.document_template(kind, profile)

    draft = papers.fill_word_template(template, papers.template_values(document))

    fields = fields_of(kind, profile)
    assert papers.takes_fields(draft, fields) is True
    pdf = papers.render_word(draft, "Văn bản", DAY, fields=fields)
    form = papers.form_of(kind, profile)
    heads = ["so"] * form.is_numbered + ["ngay"] * form.has_place
    assert marks_in(pdf) == [*heads, "SIG_LEADER_1", "SIG_ORG"]


@every_kind
def test_the_same_document_says_the_same_by_way_of_word(kind: K) -> None:
    document = make_document(kind)
    straight = text_of(papers.render_document(document))

    marks = {
        "[số, ký hiệu]": papers.number_words(7, document.letterhead.notation),
        "[ngày tháng năm ký]": papers.day_in_words(DAY),
        "[người ký]": "Lê Thị Hoa",
    }
    by_word = text_of(papers.render_word(papers.write_word(document), "Văn bản", DAY, marks))

    assert sorted(by_word.split()) == sorted(straight.split())


@every_kind
def test_the_head_stands_in_word_where_the_press_puts_it(kind: K) -> None:
    document = make_document(kind)
    straight = letters_on(papers.render_document(document))
    by_word = letters_on(papers.render_word(papers.write_word(document), "Văn bản", DAY))

    for words in ("CỘNG HÒA", "Độc lập", "TỈNH ĐIỆN BIÊN", "Nơi nhận:", "KT. CHỦ TỊCH"):
        here, there = find(straight, words), find(by_word, words)
        assert (there.size, there.face) == (here.size, here.face)
        assert there.middle == pytest.approx(here.middle, abs=3)


def test_lines_and_frames_of_word_are_drawn() -> None:
    document = make_document(urgency=papers.Urgency.EXPRESS)
    pdf = papers.render_word(papers.write_word(document), "Văn bản", DAY)
    motto = find(letters_on(pdf), "Độc lập")
    drawn = drawn_on(pdf)

    frames = [one.length for one in drawn if one.height > 5]
    lines = [one for one in drawn if one.height < 2 and one.top > motto.base]
    under_motto = min(lines, key=lambda one: abs(one.middle - motto.middle) + one.top - motto.base)
    # Our tables leave a millimetre at each side of a column.
    assert frames == pytest.approx([30], abs=2)
    assert under_motto.length == pytest.approx(motto.length, abs=2)


def test_the_address_stands_at_the_foot_of_the_first_page_only() -> None:
    document = make_long_document(contact="Số 851, đường Võ Nguyên Giáp")
    pdf = papers.render_word(papers.write_word(document), "Văn bản", DAY)

    pages = [[one.text for one in letters_on(pdf, page)] for page in range(2)]

    assert ["Số 851, đường Võ Nguyên Giáp" in page for page in pages] == [True, False]
    assert find(letters_on(pdf), "Số 851").base > 265


def test_the_word_file_has_the_legal_page_and_numbers_from_the_second() -> None:
    document = Document(io.BytesIO(papers.write_word(make_document())))
    section = document.sections[0]

    edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(edge / Mm(1)) for edge in edges if edge] == [20, 20, 30, 15]
    assert section.different_first_page_header_footer is True
    assert "PAGE" in section.header._element.xml  # noqa: SLF001 -- the field is in the XML only
    assert document.styles["Normal"].font.name == "Times New Roman"


def test_one_addressee_stands_on_the_line_of_a_template_several_below() -> None:
    template = papers.document_template(K.OFFICIAL_LETTER)

    said = [
        text_of(papers.render_word(filled, "Văn bản", DAY))
        for addressees in (("Sở Y tế",), ("Sở Y tế", "Sở Nội vụ"))
        for document in [make_document(K.OFFICIAL_LETTER, addressees=addressees)]
        for filled in [papers.fill_word_template(template, papers.template_values(document))]
    ]

    assert "Kính gửi: Sở Y tế …" in said[0]
    assert "Kính gửi: - Sở Y tế; - Sở Nội vụ. …" in said[1]


def test_an_annex_and_a_long_table_are_in_the_word_file() -> None:
    annex = papers.Annex(title="Danh mục", body=papers.body_from("| A | B |\n|--|--|\n| 1 | 2 |"))

    written = Document(io.BytesIO(papers.write_word(make_long_document(annexes=(annex,)))))

    assert [len(table.rows) for table in written.tables] == [2, 19, 1, 2]
    assert "Phụ lục" in [paragraph.text for paragraph in written.paragraphs]


def test_letters_that_no_word_file_may_hold_are_left_out() -> None:
    document = make_document(subject="Trợ\x00 cấp\x0b", signers=(HOA,), letterhead=make_head())

    written = Document(io.BytesIO(papers.write_word(document)))

    assert "Trợ cấp" in [paragraph.text for paragraph in written.paragraphs]


@every_kind
def test_what_an_officer_begins_with_bears_the_agency_and_can_be_signed(kind: K) -> None:
    begun = papers.begun_in_word(kind, make_head(issuer="Sở Nội vụ", number=None))

    said = text_of(papers.render_word(begun, "Văn bản", DAY))

    assert said.startswith("SỞ NỘI VỤ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert "{" not in said
    assert papers.takes_fields(begun, fields_of(kind)) is True
