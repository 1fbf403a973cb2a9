import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from docx.enum.text import WD_BREAK

from motcua.adapters.previews import inspector
from motcua.adapters.previews.inspector import ApartInspector
from motcua.foundation.files import api as files
from motcua.foundation.papers import api as papers

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read(path: Path, media_type: str) -> list[str]:
    return ApartInspector().read_text(path, media_type)


def test_the_words_of_a_pdf_are_read_page_by_page(tmp_path: Path) -> None:
    path = tmp_path / "two.pdf"
    path.write_bytes(two_pages())

    first, second = read(path, "application/pdf")

    assert ("Kế hoạch chuyển đổi số" in first, "Đường về bản" in second) == (True, True)


def two_pages() -> bytes:
    """Return a PDF with a line on each of its two pages."""
    whole = pypdfium2.PdfDocument.new()
    for line in ("Kế hoạch chuyển đổi số", "Đường về bản"):
        whole.import_pages(pypdfium2.PdfDocument(papers.render_value(line, size=(300, 40))))
    target = io.BytesIO()
    whole.save(target)
    return target.getvalue()


def test_a_word_document_is_cut_where_its_pages_end(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Trang đầu").add_run().add_break(WD_BREAK.PAGE)
    document.add_table(1, 1).cell(0, 0).text = "Ô bảng"
    path = tmp_path / "two.docx"
    document.save(str(path))

    assert [page.split() for page in read(path, WORD)] == [["Trang", "đầu"], ["Ô", "bảng"]]


def test_the_words_of_a_sheet_are_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["01.TCCB", "Hồ sơ tuyển dụng"])
    path = tmp_path / "list.xlsx"
    book.save(path)

    assert [page.split() for page in read(path, EXCEL)] == [
        ["01.TCCB", "Hồ", "sơ", "tuyển", "dụng"]
    ]


def test_a_long_text_is_cut_into_pages(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("một dòng chữ\n" * 500)

    assert [len(page) > 2_000 for page in read(path, "text/plain")] == [True, True, False]


@pytest.mark.parametrize("media_type", ["application/pdf", WORD, EXCEL])
def test_what_is_broken_has_no_words(tmp_path: Path, media_type: str) -> None:
    path = tmp_path / "broken"
    path.write_bytes(b"%PDF-1.7 no more than that")

    with pytest.raises(files.Unreadable, match="hỏng"):
        read(path, media_type)


def test_a_document_that_swells_without_end_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspector, "READING_SECONDS", 3)
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"<a>{'<b>x</b>' * 8_000_000}</a>")

    with pytest.raises(files.Unreadable):
        read(path, WORD)


def test_the_words_of_a_first_page_are_seen_when_it_is_drawn(tmp_path: Path) -> None:
    path = tmp_path / "two.pdf"
    path.write_bytes(two_pages())

    seen = ApartInspector().inspect(path, "application/pdf")

    assert (seen.pages, seen.words.strip()) == (2, "Kế hoạch chuyển đổi số")
    assert seen.preview[:4] == b"RIFF"
