"""What is printed about cash says who, how much, in which notes."""

import io

import pytest
from pypdf import PdfReader

from motcua.casework.cashbook.operations.closing import close_desk
from motcua.casework.cashbook.operations.deposits import DepositIn, deposit
from motcua.casework.cashbook.operations.drawers import CountIn, close_drawer, hand_over
from motcua.casework.cashbook.queries.papers import deposit_pdf, desk_pdf, drawer_pdf

from .make import EVENING, NOON, make_place, opened, taken

pytestmark = pytest.mark.django_db


def said(pdf: bytes) -> str:
    return " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())


def test_a_deposit_list_counts_its_notes() -> None:
    place = make_place()
    opened(place)
    asked = DepositIn(
        place.desk_id, {50_000: 2, 10_000: 3}, "Kho bạc", "3511.0.1", from_drawer=True
    )

    text = said(deposit_pdf(deposit(asked, by=place.binh, at=NOON)))

    for words in (
        "BẢNG KÊ NỘP TIỀN",
        "Nộp tại: Kho bạc",
        "1 50.000 2 100.000",
        "2 10.000 3 30.000",
        "Tổng cộng 5 130.000",
        "Trần Văn Bình",
    ):
        assert words in text


def test_the_minutes_of_a_hand_over_name_both() -> None:
    place = make_place()
    drawer = opened(place)
    hand_over(drawer.code, CountIn({100_000: 2}), to=place.lan_anh, by=place.binh, at=NOON)
    drawer.refresh_from_db()

    text = said(drawer_pdf(drawer))

    assert "BIÊN BẢN GIAO NHẬN CA THU" in text
    assert "NGƯỜI GIAO CA (Ký và ghi rõ họ tên) Trần Văn Bình" in text
    assert "NGƯỜI NHẬN CA (Ký và ghi rõ họ tên) Lò Lan Anh" in text


def test_a_closed_day_says_what_was_missing_and_why() -> None:
    place = make_place()
    drawer = opened(place)
    taken(place, 15_000, "A")
    close_drawer(drawer.code, CountIn({100_000: 2}, "trả nhầm"), by=place.binh, at=EVENING)
    count = CountIn({100_000: 1}, "mất tờ 100.000")

    text = said(desk_pdf(close_desk(place.desk_id, count, by=place.binh, at=EVENING)))

    assert "Chênh lệch: thiếu 100.000 đồng; lý do: mất tờ 100.000" in text
    assert "Thu lệ phí: 15.000 đồng" in text
