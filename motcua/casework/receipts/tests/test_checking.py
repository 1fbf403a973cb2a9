"""The file of a receipt: what it must say, sums, words, keys; everything wrong is named."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from motcua.casework.receipts.rules.checking import receipt_faults
from motcua.casework.receipts.rules.contents import (
    Body,
    Content,
    Delegate,
    Item,
    PaidBy,
    Related,
)
from motcua.casework.receipts.rules.forms import FormRule, Key
from motcua.casework.receipts.rules.xml import NotReceiptXml, read_receipt, write_receipt

RULES = (
    FormRule(
        "EBL01",
        "",
        "EBL01",
        "(?P<year>[0-9]{2})T[ABCDEGHKLMNPQRSTUVXY]{2}",
        "26TAA",
        8,
        date(2026, 7, 1),
        None,
        "",
    ),
    FormRule(
        "01BLP",
        "",
        "01BLP[0-9]-[0-9]{3}",
        "[A-Z]{2}-(?P<year>[0-9]{2})[TEP]",
        "BI-23T",
        7,
        date(2017, 1, 1),
        date(2026, 6, 30),
        "",
    ),
)
ON = date(2026, 7, 6)
CONTENT = Content(
    kind="fee",
    body=Body("UBND xã Mường Phăng", "0100109106", "Mường Phăng"),
    payer=PaidBy("Lò Thị Lan <b>&", "Bản Yên"),
    items=(Item("Phí chứng thực", 100_000, subject="H18.101-260706-0001"), Item("Bản sao", 4_000)),
    method="Tiền mặt",
    paid_at=datetime(2026, 7, 6, 2, tzinfo=UTC),
    order_code="TT26-1",
)


def written(content: Content = CONTENT, *, nature: str = "original", on: date = ON) -> bytes:
    return write_receipt(content, Key("EBL01", "26TAA", 1), on, nature=nature, code="ABC")


def faults(xml: bytes) -> list[str]:
    return list(receipt_faults(read_receipt(xml), RULES))


def test_what_we_write_is_in_order_and_says_what_it_should() -> None:
    said = read_receipt(written())

    assert list(receipt_faults(said, RULES)) == []
    assert (said.key, said.total, said.words, said.payer["Ten"]) == (
        "EBL01/26TAA/1",
        "104000",
        "Một trăm linh bốn nghìn đồng",
        "Lò Thị Lan <b>&",
    )


def test_the_same_content_gives_the_same_bytes() -> None:
    assert written() == written()


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("<TBLai>Biên lai thu phí</TBLai>", "", "Thiếu tên biên lai (TBLai)."),
        ("<Ten>UBND xã Mường Phăng</Ten>", "", "Thiếu tên cơ quan thu (Ten)."),
        ("<MST>0100109106</MST>", "", "Thiếu mã số thuế của cơ quan thu (MST)."),
        ("0100109106", "0100109107", "Mã số thuế của cơ quan thu “0100109107”: Chữ số kiểm tra"),
        ("<SBLai>1</SBLai>", "", "Thiếu số biên lai (SBLai)."),
        ("<SBLai>1</SBLai>", "<SBLai>123456789</SBLai>", "Số “123456789” phải là số dương"),
        ("26TAA", "26TAI", "Ký hiệu “26TAI” không đúng dạng"),
        ("26TAA", "25TAA", "Ký hiệu “25TAA” không phải của năm 2026."),
        ("EBL01", "EBL09", "Ký hiệu mẫu “EBL09” không dùng cho ngày 06/07/2026"),
        ("<NLap>2026-07-06</NLap>", "<NLap>2026-06-30</NLap>", "Ký hiệu mẫu “EBL01” không dùng"),
        ("<NLap>2026-07-06</NLap>", "<NLap>6/7/2026</NLap>", "Ngày lập “6/7/2026” không phải"),
        ("<LKThu>phi</LKThu>", "<LKThu>khac</LKThu>", "Loại khoản thu (LKThu)"),
        ("<STien>4000</STien>", "<STien>5000</STien>", "Tổng ghi 104.000 đồng, cộng các khoản"),
        ("<STien>4000</STien>", "<STien>4.000</STien>", "Số tiền “4.000” không phải"),
        ("<TgTien>104000<", "<TgTien>104,5<", "Tổng số tiền “104,5” không phải"),
        ("linh bốn", "bốn mươi", "Bằng chữ ghi “Một trăm bốn mươi nghìn đồng”"),
        ("<TgTienChu>Một trăm linh bốn nghìn đồng</TgTienChu>", "", "Thiếu số tiền bằng chữ"),
        ("<TCBLai>0<", "<TCBLai>1<", "Biên lai thay thế, điều chỉnh phải dẫn biên lai"),
        ("<TCBLai>0<", "<TCBLai>7<", "Tính chất biên lai (TCBLai) phải là"),
        ("<Ten>Bản sao</Ten>", "", "Khoản thu thứ 2 thiếu tên."),
    ],
)
def test_what_is_wrong_is_named(before: str, after: str, fault: str) -> None:
    changed = written().decode().replace(before, after)

    (found,) = faults(changed.encode())

    assert found.startswith(fault)


@pytest.mark.parametrize("words", ["Một trăm lẻ bốn ngàn đồng chẵn", "một trăm linh tư nghìn"])
def test_other_spellings_of_the_amount_are_in_order(words: str) -> None:
    changed = written().decode().replace("Một trăm linh bốn nghìn đồng", words)

    assert faults(changed.encode()) == []


def test_a_replacement_speaks_of_an_older_receipt_even_of_the_older_form() -> None:
    related = Related("01BLP0-001", "BI-26T", 12, date(2026, 6, 30))
    content = _with(related=related, reason="Sai tên")

    assert faults(written(content, nature="replacement")) == []


def test_the_receipt_it_speaks_of_is_checked_too() -> None:
    related = Related("EBL01", "26TAI", 12, date(2026, 7, 9))

    found = faults(written(_with(related=related), nature="adjustment"))

    assert [one[:40] for one in found] == [
        "Biên lai liên quan: Ký hiệu “26TAI” khôn",
        "Biên lai liên quan lập sau biên lai này.",
    ]


def test_a_delegated_receipt_names_who_collects() -> None:
    content = _with(delegate=Delegate("Bưu điện tỉnh", ""))

    assert faults(written(content)) == ["Thiếu địa chỉ bên nhận ủy nhiệm (DChi)."]


def _with(**changes: Any) -> Content:
    names = ("kind", "body", "payer", "items", "method", "paid_at", "order_code")
    kept = {name: getattr(CONTENT, name) for name in names}
    return Content(**{**kept, **changes})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<BLai", "bị hỏng"),
        (b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "DTD"),
        (b"<HDon/>", "không phải biên lai điện tử"),
        (b"<BLai xmlns='urn:motcua:bien-lai:1'/>", "không phải biên lai điện tử"),
        (b"", "bị hỏng"),
    ],
)
def test_what_is_no_receipt_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(NotReceiptXml, match=said):
        read_receipt(content)
