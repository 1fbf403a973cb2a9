"""Word files made to hurt: circles, giants and broken parts hang nothing."""

from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from motcua.foundation.papers import api as papers
from motcua.foundation.papers.rules import word_text
from motcua.foundation.papers.rules.word_text import read_word

from .make import make_template, saved
from .test_word_setting import DAY


def element(name: str, value: str) -> Any:
    made = OxmlElement(name)
    made.set(qn("w:val"), value)
    return made


def test_a_style_that_stands_on_itself_is_read_and_left() -> None:
    document = Document()
    document.styles["Normal"].element.insert(1, element("w:basedOn", "Normal"))
    document.add_paragraph("Lan")

    (block,) = read_word(document).blocks

    assert [run["text"] for run in block["runs"]] == ["Lan"]


def test_a_cell_over_a_billion_columns_is_refused() -> None:
    document = Document()
    cell = document.add_table(1, 1).cell(0, 0)._tc  # noqa: SLF001 -- no other way in
    cell.get_or_add_tcPr().append(element("w:gridSpan", "1000000000"))

    with pytest.raises(papers.WordNotDrawn, match="Bảng có hơn 63 cột"):
        papers.render_word(saved(document), "Giấy", DAY)


def test_a_table_of_too_many_columns_is_refused() -> None:
    document = Document()
    document.add_table(1, 64)

    with pytest.raises(papers.WordNotDrawn, match="Bảng có hơn 63 cột"):
        papers.render_word(saved(document), "Giấy", DAY)


def test_a_document_of_too_many_paragraphs_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_text, "MOST_PARAGRAPHS", 2)
    document = Document()
    for _ in range(3):
        document.add_paragraph("Lan")

    with pytest.raises(papers.WordNotDrawn, match="hơn 2 đoạn"):
        papers.render_word(saved(document), "Giấy", DAY)


@pytest.mark.parametrize("part", ["tblGrid", "tblPr"])
def test_a_broken_table_is_refused(part: str) -> None:
    document = Document()
    table = document.add_table(1, 1)._tbl  # noqa: SLF001 -- no other way in
    table.remove(getattr(table, part))

    with pytest.raises(papers.TemplateRefused, match="bị hỏng"):
        papers.render_word(saved(document), "Giấy", DAY)


def test_a_size_that_is_no_number_is_refused() -> None:
    document = Document()
    run = document.add_paragraph().add_run("Lan")
    run._r.get_or_add_rPr().append(element("w:sz", "abc"))  # noqa: SLF001 -- no other way in

    with pytest.raises(papers.TemplateRefused, match="bị hỏng"):
        papers.render_word(saved(document), "Giấy", DAY)


@pytest.mark.parametrize(
    "code",
    [
        "{% for a in 'xxxx' %}{% for b in 'xxxx' %}{{ ho_so.ma }}{% endfor %}{% endfor %}",
        "{% for a in 'xxxx'[0:4] %}{{ ho_so.ma }}{% endfor %}",
        "{% for a in [1, 2, 3] %}{{ ho_so.ma }}{% endfor %}",
        "{% autoescape false %}{{ ho_so.ma }}{% endautoescape %}",
    ],
)
def test_a_template_walks_over_lists_of_the_dossier_only_and_always_escapes(code: str) -> None:
    with pytest.raises(papers.TemplateRefused):
        papers.fields_of_word(make_template(code))
