import unicodedata
from time import process_time

import pytest

from motcua.casework.procedures.choices import Doubt, FilingChannel
from motcua.casework.procedures.errors import RowBroken
from motcua.casework.procedures.rules import published_text
from motcua.casework.procedures.rules.published import Level, Source, SourceForm
from motcua.casework.procedures.rules.published_text import read_text

from .sources import CHANNELS, PAPERS, text_row


def test_a_row_becomes_a_procedure() -> None:
    procedure = read_text(
        text_row(
            ma_thu_tuc="1.900001.000.00.00.H99",
            doi_tuong_thuc_hien="Tổ chức (không gồm hội, quỹ), Công dân Việt Nam",
            detail_url="https://vi.example/1",
        ),
        4,
    )

    assert (procedure.code, procedure.code_suffix) == ("1.900001", "000.00.00.H99")
    assert procedure.levels == (Level.PROVINCE, Level.COMMUNE)
    assert procedure.subjects == ("Tổ chức (không gồm hội, quỹ)", "Công dân Việt Nam")
    assert procedure.source == Source(SourceForm.TEXT, 4, "https://vi.example/1")
    assert not procedure.is_unclear


def test_words_are_kept_beside_what_was_read_from_them() -> None:
    table = f"{CHANNELS}Trực tiếp7Miễn phí"

    procedure = read_text(text_row(cach_thuc_thuc_hien=table), 1)

    assert procedure.raw["cach_thuc_thuc_hien"] == table
    assert [reason.doubt for reason in procedure.reasons()] == [Doubt.LIMIT_WITHOUT_UNIT]


def test_names_come_composed_on_one_line_without_control_characters() -> None:
    name = unicodedata.normalize("NFD", "Cấp phép\n nuôi\x00 chim")

    assert read_text(text_row(ten_thu_tuc=name), 1).name == "Cấp phép nuôi chim"


def test_a_name_of_a_thousand_letters_is_kept_whole() -> None:
    name = "Cấp phép " + "nuôi chim " * 120 + "câu"

    assert read_text(text_row(ten_thu_tuc=name), 1).name == name


def test_an_endless_field_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published_text, "LONGEST_FIELD", 50)

    with pytest.raises(RowBroken, match="dài 100 ký tự"):
        read_text(text_row(linh_vuc="chim " * 20), 1)


def test_ways_torn_off_into_the_legal_basis_come_back() -> None:
    procedure = read_text(
        text_row(
            cach_thuc_thuc_hien=f"{CHANNELS}Trực tuyến3 Ngày9,000 VNĐ(",
            can_cu_phap_ly=": Thông tư về chim.)Trực tiếp4 NgàyMiễn phí",
        ),
        1,
    )

    assert [c.channel for c in procedure.channels] == [FilingChannel.PORTAL, FilingChannel.COUNTER]
    assert procedure.legal_basis == ()


def test_papers_torn_off_into_the_conditions_come_back() -> None:
    procedure = read_text(
        text_row(
            thanh_phan_ho_so=f"--{PAPERS}Bản cam kết đáp ứng",
            yeu_cau_dieu_kien="nuôi chim1 bản chínhẢnh chuồng1 bản chính",
        ),
        1,
    )

    ((first, second),) = (case.papers for case in procedure.cases)
    assert (first.name, second.name) == (
        "Bản cam kết đáp ứng Yêu cầu, điều kiệnnuôi chim",
        "Ảnh chuồng",
    )


def test_steps_torn_off_into_the_papers_come_back_and_the_lost_list_is_a_doubt() -> None:
    procedure = read_text(
        text_row(
            trinh_tu_thuc_hien="Bước 1: Lập đơn theo mục 5 (",
            thanh_phan_ho_so="); nộp tại bàn 3.\nBước 2: Nhận giấy phép.",
        ),
        1,
    )

    (case,) = procedure.steps
    assert case.steps == (
        "Bước 1: Lập đơn theo mục 5 (Thành phần hồ sơ); nộp tại bàn 3.",
        "Bước 2: Nhận giấy phép.",
    )
    assert [reason.doubt for reason in procedure.unclear] == [Doubt.PAPERS_NOT_READ]


@pytest.mark.parametrize(
    ("field", "word"),
    [
        ("doi_tuong_thuc_hien", ","),
        ("thanh_phan_ho_so", "9"),
        ("can_cu_phap_ly", "9"),
        ("yeu_cau_dieu_kien", "Từ khóa"),
        ("ket_qua_xu_ly", ","),
        ("cach_thuc_thuc_hien", "Trực tiếp5 NgàyMiễn phí("),
    ],
)
def test_an_endless_repetition_does_not_stall_the_reader(field: str, word: str) -> None:
    started = process_time()

    read_text(text_row(**{field: word * (60_000 // len(word))}), 1)

    assert process_time() - started < 5
