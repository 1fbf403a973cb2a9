"""The printed file: its pages, its promises as an archive file, and what it refuses."""

import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import typst
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from pytest_django.fixtures import Settings

from motcua.foundation.papers import api as papers
from motcua.foundation.papers.operations import press, typesetting

from . import make, make_books
from .said import letters_of, printed, reader, text_of
from .test_fields import FIELDS

# Looked at in tests of their own.
ELSEWHERE = {
    "document",
    "document_parts",
    "file_table",
    "house",
    "list_extract",
    "reference_copy",
    "minutes",
    "register_book",
    "routing_slip",
    "task_report",
    "transfer_slip",
    "word",
    "work_week",
}
STAMPS = {"stamp_arrival", "stamp_image", "stamp_mark", "stamp_qr", "stamp_value"}
A5 = (420, 595)
A4 = (595, 842)
A4_ACROSS = (842, 595)
SIZES: dict[Callable[[], papers.OfficialPaper], tuple[int, int]] = {
    make.make_reception_slip: A5,
    make.make_supplement_request: A5,
    make.make_refusal: A5,
    make.make_apology: A5,
    make.make_stop_notice: A5,
    make.make_submission_receipt: A5,
    make.make_outcome: A4,
    make_books.make_money_receipt: A5,
    make_books.make_progress_sheet: A5,
    make_books.make_register: A4_ACROSS,
    make_books.make_certification_book: A4_ACROSS,
    make_books.make_hand_over_list: A4,
    make_books.make_received_list: A4,
    make_books.make_report: A4_ACROSS,
    make_books.make_application_form: A4,
    make_books.make_verification_report: A4,
}
every_paper = pytest.mark.parametrize(
    "make_paper", FIELDS, ids=lambda make_paper: make_paper.__name__.removeprefix("make_")
)


@every_paper
def test_a_paper_fits_one_page_of_its_legal_size(
    make_paper: Callable[[], papers.OfficialPaper],
) -> None:
    boxes = [page.mediabox for page in reader(make_paper()).pages]

    assert [(round(box.width), round(box.height)) for box in boxes] == [SIZES[make_paper]]


@every_paper
def test_a_paper_is_a_tagged_archive_file_in_vietnamese(
    make_paper: Callable[[], papers.OfficialPaper],
) -> None:
    pdf = reader(make_paper())
    catalogue = pdf.root_object
    about = pdf.xmp_metadata

    assert about is not None
    assert (about.pdfaid_part, about.pdfaid_conformance) == ("2", "A")
    assert f"{catalogue['/MarkInfo']}" == "{'/Marked': True, '/Suspects': False}"
    assert "/StructTreeRoot" in catalogue
    assert f"{catalogue['/Lang']}" == "vi-VN"
    assert pdf.metadata is not None
    assert pdf.metadata.title == make_paper().heading


@every_paper
def test_every_font_is_embedded_and_is_tinos(
    make_paper: Callable[[], papers.OfficialPaper],
) -> None:
    fonts = fonts_of(make_paper())

    assert {name.split("+")[1].split("-")[0] for name, _ in fonts} == {"Tinos"}
    assert {embedded for _, embedded in fonts} == {True}


def fonts_of(paper: papers.OfficialPaper) -> set[tuple[str, bool]]:
    found: set[tuple[str, bool]] = set()
    for page in reader(paper).pages:
        for font in inside(page, "/Resources", "/Font").values():
            inner = inside(font.get_object(), "/DescendantFonts", 0)
            embedded = "/FontFile2" in inside(inner, "/FontDescriptor")
            found.add((f"{inner['/BaseFont']}", embedded))
    return found


def inside(part: Any, *path: str | int) -> DictionaryObject:
    """Follow the keys down into a part of the file."""
    for key in path:
        part = part[key].get_object()
    assert isinstance(part, DictionaryObject)
    return part


def test_the_same_values_give_the_same_bytes_in_every_thread() -> None:
    slip = make.make_reception_slip()

    with ThreadPoolExecutor(4) as pool:
        copies = list(pool.map(papers.render_paper, [slip] * 8))

    assert set(copies) == {printed(slip)}


@pytest.mark.parametrize(
    "name",
    [
        "#panic()",
        '#read("/etc/passwd")',
        "]#[*",
        "\\",
        '"; #sys.inputs //',
        "$x^2$ _a_ *b* `c` <d> @e",
        "= Tiêu đề",
        "{{ lan }} {% raw %}",
        "</text><script>",
        "Nguyễn  “Thị”  Lan’",
        "%PDF-1.7",
    ],
)
def test_a_hostile_name_is_printed_as_it_is(name: str) -> None:
    slip = make.make_reception_slip(applicant=make.make_party(name=name))

    assert f"của:{''.join(name.split())}Địachỉ:" in letters_of(slip)


@pytest.mark.parametrize("name", ["Nguyễn Thị Hồng Ánh " * 55, "a" * 1094], ids=["words", "one"])
def test_a_name_of_a_thousand_letters_is_printed_whole(name: str) -> None:
    slip = make.make_reception_slip(applicant=make.make_party(name=name[:1094]))

    assert "".join(name[:1094].split()) in letters_of(slip)


def test_a_word_wider_than_the_page_is_broken() -> None:
    slip = make.make_reception_slip(applicant=make.make_party(name="W" * 1094))
    lines = reader(slip).pages[0].extract_text().splitlines()

    # At this size a line holds 33 of them.
    assert 24 <= max(line.count("W") for line in lines) <= 33


def test_a_decomposed_name_is_printed_composed() -> None:
    slip = make.make_reception_slip(
        applicant=make.make_party(name="Nguye\u0302\u0303n Thi\u0323 A\u0301nh Du\u031bo\u031bng")
    )

    assert "của: Nguyễn Thị Ánh Dương Địa" in text_of(slip)


def test_another_script_leaves_a_visible_gap() -> None:
    slip = make.make_reception_slip(applicant=make.make_party(name="Trương 张 Mỹ"))

    assert "của: Trương \ufffd Mỹ Địa" in text_of(slip)


def test_a_procedure_without_limit_promises_no_moment() -> None:
    slip = make.make_reception_slip(due_at=None)

    assert "Thời gian trả kết quả giải quyết hồ sơ: không quy định thời hạn" in text_of(slip)


def test_a_long_register_repeats_its_head_on_every_page() -> None:
    register = make_books.make_register(lines=120)
    pages = [page.extract_text() for page in reader(register).pages]

    assert [page.count("Mã hồ sơ") for page in pages] == [1] * len(pages)
    assert f"120 hồ sơ, {len(pages)} trang" in text_of(register)
    assert len(pages) > 3


def test_an_open_register_says_that_it_is_open() -> None:
    assert "chưa khóa sổ" in text_of(make_books.make_register(is_closed=False))


def test_a_book_set_in_its_own_process_is_the_same_book(monkeypatch: pytest.MonkeyPatch) -> None:
    register = make_books.make_register(lines=40)
    here = papers.render_paper(register)

    monkeypatch.setattr(typesetting, "LONG_VALUES", 0)

    assert papers.render_paper(register) == here


def test_the_press_run_as_a_program_prints_what_it_is_handed(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    values = typesetting.values_of(make.make_refusal())
    order = {"layout": "refusal", "values": values, "fonts_dir": typesetting.fonts_dir()}
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(order | {"stamp": 0})))

    press.main()

    assert capfdbinary.readouterr().out == press.press(**order, stamp=0)


@pytest.mark.parametrize("longest_kept_here", [0, 10**9], ids=["other process", "this process"])
def test_a_fault_of_a_layout_is_reported(
    monkeypatch: pytest.MonkeyPatch, longest_kept_here: int
) -> None:
    monkeypatch.setattr(typesetting, "LONG_VALUES", longest_kept_here)
    monkeypatch.setattr(papers.FollowUpRegister, "layout", "no_such_layout")

    with pytest.raises(papers.LayoutBroken, match="no_such_layout"):
        papers.render_paper(make_books.make_register())


def test_missing_fonts_are_named(settings: Settings, tmp_path: Path) -> None:
    settings.PAPER_FONTS_DIR = tmp_path

    with pytest.raises(papers.FontsMissing) as refusal:
        papers.render_paper(make.make_refusal())

    assert f"{refusal.value}" == (
        "Thiếu phông chữ in giấy tờ (Tinos-Regular.ttf, Tinos-Bold.ttf, Tinos-Italic.ttf, "
        f"Tinos-BoldItalic.ttf) trong thư mục {tmp_path}. "
        "Hãy chạy lại ./run để cài phông chữ, hoặc đặt PAPER_FONTS_DIR."
    )


@pytest.mark.parametrize(
    "source",
    [
        '#read("/etc/passwd")',
        '#read("../api.py")',
        '#read("../../../../../../../../etc/passwd")',
        '#import "@preview/cetz:0.3.4": *',
        '#import "@local/motcua:0.1.0": *',
    ],
)
def test_a_layout_reads_nothing_outside_its_folder(source: str) -> None:
    with pytest.raises(typst.TypstError):
        press.compiler(typesetting.fonts_dir()).compile(source.encode(), format="pdf")


def test_every_layout_belongs_to_a_paper() -> None:
    layouts = {layout.stem for layout in press.LAYOUTS.glob("*.typ")}

    beside = STAMPS | ELSEWHERE
    assert layouts == {make_paper().layout for make_paper in FIELDS} | beside


def test_the_qr_mark_says_the_address_of_the_dossier() -> None:
    drawing = typesetting.qr_svg(make.LOOKUP)

    assert drawing.startswith("<svg")
    assert drawing != typesetting.qr_svg(make.LOOKUP.replace("0007", "0008"))
    assert typesetting.qr_svg("") == ""


def test_an_outcome_is_printed_like_any_paper() -> None:
    outcome = make.make_outcome()

    assert papers.render_outcome_pdf(outcome) == printed(outcome)


def opened(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


@pytest.mark.parametrize("has_fields", [False, True])
@pytest.mark.parametrize("count", [3, 5, 8])
def test_an_ordinary_slip_stays_on_one_page(count: int, has_fields: bool) -> None:  # noqa: FBT001 -- a value of the table
    listed = papers.ListedPaper(
        name="Giấy tờ chứng minh nơi cư trú hiện tại của người yêu cầu cấp giấy xác nhận",
        kind=papers.PaperKind.ELECTRONIC,
        digest="ab12" * 16,
    )
    slip = replace(make.make_reception_slip(), papers=(listed,) * count)

    pdf = papers.render_paper(slip, has_fields=has_fields)

    assert len(opened(pdf).pages) == 1


@pytest.mark.parametrize(
    "make_paper", [make.make_outcome, make.make_apology, make.make_stop_notice]
)
def test_initials_stand_after_the_last_words(
    make_paper: Callable[[], papers.OfficialPaper],
) -> None:
    pdf = papers.render_paper(make_paper(), has_fields=True, initials=2)

    marks = [
        str(note.get_object()["/A"]["/URI"])
        for page in opened(pdf).pages
        for note in page.get("/Annots", ())
    ]
    first = marks.index("motcua-field:SIG_INITIAL_1")
    assert marks[first : first + 3] == [
        "motcua-field:SIG_INITIAL_1",
        "motcua-field:SIG_INITIAL_2",
        "motcua-field:SIG_LEADER_1",
    ]


def test_each_line_of_capacity_stands_on_its_own() -> None:
    signer = papers.Signer(
        title="Phó Chủ tịch", name="Lường Văn Nam", capacity="TM. Ủy ban nhân dân\nKT. Chủ tịch"
    )

    paper = opened(papers.render_paper(replace(make.make_outcome(), signer=signer)))

    text = "\n".join(page.extract_text() for page in paper.pages)
    lines = [line.strip() for line in text.split("\n")]
    start = lines.index("TM. ỦY BAN NHÂN DÂN")
    assert lines[start : start + 3] == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
