"""Papers about work files and cash say what the law lists, on one sheet or on many."""

import io

import pytest
from pypdf import PdfReader

from motcua.foundation.papers import api as papers

from .make import make_letterhead
from .said import text_of

KINDS = (
    papers.FileListPaper,
    papers.FileContents,
    papers.HandedOverFiles,
    papers.HandOverMinutes,
    papers.DepositList,
    papers.CashCount,
    papers.ShiftMinutes,
    papers.QuarterMinutes,
)
COLUMNS = (
    papers.Column(head="Số và ký hiệu hồ sơ", width="26"),
    papers.Column(head="Tiêu đề hồ sơ"),
)


def make_table(
    kind: type[papers.FileTable] = papers.FileListPaper, lines: int = 1
) -> papers.FileTable:
    return kind(
        letterhead=make_letterhead(),
        note="Năm 2026",
        lines=(papers.Line(label="Bên giao", value="Quàng Thị Mai"),),
        columns=COLUMNS,
        entries=tuple((f"{number:02}.TCCB", "Hồ sơ tuyển dụng") for number in range(1, lines + 1)),
        closing=(f"Có {lines} hồ sơ.",),
        signers=(papers.Signer(title="Người lập", name="Cà Văn Tuấn"),),
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_says_its_name_and_all_its_values(kind: type[papers.FileTable]) -> None:
    said = text_of(make_table(kind))

    for words in (
        kind.title.upper(),
        "Năm 2026",
        "Bên giao: Quàng Thị Mai",
        "Số và ký hiệu hồ sơ Tiêu đề hồ sơ",
        "01.TCCB Hồ sơ tuyển dụng",
        "Có 1 hồ sơ.",
        "NGƯỜI LẬP (Ký và ghi rõ họ tên) Cà Văn Tuấn",
    ):
        assert words in said


def test_a_long_list_repeats_its_head_on_every_page() -> None:
    pdf = papers.render_paper(make_table(lines=90))

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    assert len(pages) > 1
    assert ["Tiêu đề hồ sơ" in page for page in pages if "TCCB" in page].count(False) == 0


def test_a_table_without_lines_is_refused() -> None:
    with pytest.raises(papers.PaperIncomplete, match="các dòng của bảng"):
        papers.render_paper(make_table(lines=0))
