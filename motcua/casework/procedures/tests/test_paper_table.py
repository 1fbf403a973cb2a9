import pytest

from motcua.casework.procedures.rules.paper_table import (
    condition_of,
    count_quantities,
    read_cases,
    split_name,
)

from .sources import PAPERS


def test_papers_are_divided_at_their_quantities() -> None:
    (case,) = read_cases(f"--{PAPERS}Đơn đề nghị1 bản chính- Ảnh chim;0 bản chính,2 bản sao")

    assert [(p.name, p.originals, p.copies) for p in case.papers] == [
        ("Đơn đề nghị", 1, 0),
        ("- Ảnh chim;", 0, 2),
    ]
    assert case.name == ""


def test_what_stands_before_a_heading_names_its_case() -> None:
    table = f"Cấp mới:{PAPERS}Đơn1 bản chính* Cấp lại:{PAPERS}Giấy cũ1 bản chính"

    assert [(c.name, [p.name for p in c.papers]) for c in read_cases(table)] == [
        ("Cấp mới:", ["Đơn"]),
        ("* Cấp lại:", ["Giấy cũ"]),
    ]


@pytest.mark.parametrize("table", ["", "--", f"--{PAPERS}"])
def test_no_list_is_no_case(table: str) -> None:
    assert read_cases(table) == ()


@pytest.mark.parametrize(
    ("cell", "name", "originals"),
    [
        ("Đơn theo Mẫu số 011 bản chính", "Đơn theo Mẫu số 01", 1),
        ("Đơn theo Nghị định ngày 01/02/20262 bản chính", "Đơn theo Nghị định ngày 01/02/2026", 2),
        ("Ảnh màu12 bản chính", "Ảnh màu", 12),
        ("Tờ khai: 02 bản chính. Ký từng trang1 bản chính", None, 1),
        ("Hợp đồng (01 bản chính)1 bản chính", "Hợp đồng (01 bản chính)", 1),
        ("Hợp đồng: 01 bản chính1 bản chính", "Hợp đồng: 01 bản chính", 1),
    ],
    ids=["form number", "year", "two figures", "prose", "prose in brackets", "prose at the end"],
)
def test_figures_of_a_name_are_not_its_quantity(
    cell: str, name: str | None, originals: int
) -> None:
    ((paper,),) = (case.papers for case in read_cases(f"--{PAPERS}{cell}"))

    assert (paper.name, paper.originals) == (name or cell.removesuffix("1 bản chính"), originals)
    assert count_quantities(cell) == 1


def test_a_case_named_without_papers_is_kept() -> None:
    table = f"Cấp mới{PAPERS}Đơn1 bản chínhCấp lại: như cấp mới"

    assert [(case.name, len(case.papers)) for case in read_cases(table)] == [
        ("Cấp mới", 1),
        ("Cấp lại: như cấp mới", 0),
    ]


def test_a_row_without_copies_is_a_remark() -> None:
    (case,) = read_cases(f"--{PAPERS}* Lưu ý: ký từng trang.0 bản chính")

    assert [paper.is_remark for paper in case.papers] == [True]


@pytest.mark.parametrize(
    ("cell", "name", "files"),
    [
        ("Đơn đề nghịMẫu số 01.docx", "Đơn đề nghị", ("Mẫu số 01.docx",)),
        ("Đơn theo mẫu;MauDonNuoiChim.doc", "Đơn theo mẫu;", ("MauDonNuoiChim.doc",)),
        ("Đơn (Mẫu số 2)Phụ lục 1.docxPhụ lục 2.pdf", "Đơn (Mẫu số 2)",
         ("Phụ lục 1.docx", "Phụ lục 2.pdf")),
        ("Sơ đồ chuồngTTC-7 so do.pdf", "Sơ đồ chuồng", ("TTC-7 so do.pdf",)),
        ("Bản khai.mẫu 22 sửa.docx", "Bản khai.", ("mẫu 22 sửa.docx",)),
        ("Ảnh chim", "Ảnh chim", ()),
        ("ảnh chim bồ câu.pdf", "ảnh chim bồ câu.pdf", ()),
    ],
    ids=["known word", "one word", "two files", "glued capital", "small letters", "none", "unseen"],
)  # fmt: skip
def test_the_files_of_a_form_are_divided_from_the_name(
    cell: str, name: str, files: tuple[str, ...]
) -> None:
    assert split_name(cell) == (name, files)


@pytest.mark.parametrize(
    ("name", "condition"),
    [
        ("Giấy ủy quyền (nếu có)", "nếu có"),
        ("Ảnh (đối với chim non) cỡ 3x4", "đối với chim non"),
        ("- Trường hợp đổi chủ nuôi, nộp giấy bán", "Trường hợp đổi chủ nuôi"),
        ("Đơn đề nghị", ""),
    ],
)
def test_conditions_are_read_from_a_name(name: str, condition: str) -> None:
    assert condition_of(name) == condition
