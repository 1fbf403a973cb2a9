import pytest

from motcua.casework.procedures.rules.references import (
    read_keywords,
    read_legal_basis,
    read_results,
)
from motcua.casework.procedures.rules.steps import read_steps

from .sources import BASIS


@pytest.mark.parametrize(
    ("flat", "pairs"),
    [
        ("Luật Chim câu11/2024/QH15", [("11/2024/QH15", "Luật Chim câu")]),
        ("Nghị định 9/2025/NĐ-CP9/2025/NĐ-CP", [("9/2025/NĐ-CP", "Nghị định 9/2025/NĐ-CP")]),
        ("Về chuồng trạiNghị định số 9/2025/NĐ-CP", [("9/2025/NĐ-CP", "Về chuồng trại")]),
        ("Luật về chim năm 202411/2024/QH15", [("11/2024/QH15", "Luật về chim năm 2024")]),
        (
            "Sửa Thông tư 3/2020/TT-BTC về phí4/2021/TT-BTCLUẬT THÚ Y5/2019/QH14",
            [("4/2021/TT-BTC", "Sửa Thông tư 3/2020/TT-BTC về phí"), ("5/2019/QH14", "LUẬT THÚ Y")],
        ),
        ("Tập quán nuôi chim", [("", "Tập quán nuôi chim")]),
    ],
)
def test_documents_are_divided_into_number_and_title(
    flat: str, pairs: list[tuple[str, str]]
) -> None:
    assert list(read_legal_basis(f"{BASIS}{flat}")) == pairs


def test_no_information_is_no_document() -> None:
    assert read_legal_basis("Không có thông tin") == ()


def test_results_lose_the_words_of_the_page() -> None:
    flat = (
        "Giấy phépMã: KQ.G99.00012Thông báo từ chốiMã: KQ.G99.00013Từ khóachim câuMô tả"
        "Không có thông tinChọn cơ quan thực hiệnTỉnh/ Thành phốNộp hồ sơ"
    )

    assert read_results(flat) == (
        ("KQ.G99.00012", "Giấy phép"),
        ("KQ.G99.00013", "Thông báo từ chối"),
    )
    assert read_keywords(flat) == "chim câu"


def test_a_result_without_a_code_keeps_its_name() -> None:
    assert read_results("Giấy phép") == (("", "Giấy phép"),)
    assert read_keywords("Giấy phép") == ""


def test_a_second_count_without_a_heading_opens_a_nameless_case() -> None:
    cases = read_steps("Bước 1: Nộp đơn\nBước 1: Gửi đơn")

    assert [(case.case, case.steps) for case in cases] == [
        ("", ("Bước 1: Nộp đơn",)),
        ("", ("Bước 1: Gửi đơn",)),
    ]


def test_steps_keep_the_lines_below_them() -> None:
    (case,) = read_steps("Bước 1: Nộp đơn\n- tại bàn 3\nBước 2: Nhận giấy phép")

    assert (case.case, case.steps) == (
        "",
        ("Bước 1: Nộp đơn\n- tại bàn 3", "Bước 2: Nhận giấy phép"),
    )


def test_a_count_that_starts_again_opens_a_case() -> None:
    text = (
        "Trường hợp nộp tại bàn:\nBước 1: Đến bàn\nBước 2: Chờ\n"
        "Trường hợp nộp qua cổng:\nBước 1: Đăng nhập"
    )

    assert [(case.case, case.steps) for case in read_steps(text)] == [
        ("Trường hợp nộp tại bàn:", ("Bước 1: Đến bàn", "Bước 2: Chờ")),
        ("Trường hợp nộp qua cổng:", ("Bước 1: Đăng nhập",)),
    ]


def test_without_numbered_steps_every_paragraph_is_one() -> None:
    (case,) = read_steps("Nộp đơn.\n\nNhận giấy phép.")

    assert case.steps == ("Nộp đơn.", "Nhận giấy phép.")
