"""VietQR: published vectors, what is refused, and that what is written can be read."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.lib.errors import BadInput
from motcua.lib.vietqr import (
    Transfer,
    bank_name,
    check_sum,
    payload_of,
    purpose_of,
    read_payload,
)

HEAD = "00020101021138570010A0000007270127000697040301"
TAIL = "0208QRIBFTTA53037045802VN6304"
CIRCULATING = f"{HEAD}12{'0011012345678'}{TAIL}"
CONSISTENT = f"{HEAD}13{'0011012345678'}{TAIL}"
WITH_AMOUNT = (
    "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA"
    "530370454061800005802VN62340107NPS68690819thanh toan don hang6304"
)
SACOMBANK = Transfer("970403", "0011012345678")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("123456789", "29B1"), (CIRCULATING, "F4E5"), (CONSISTENT, "9E6F"), (WITH_AMOUNT, "2E2E")],
)
def test_the_check_sum_of_the_published_vectors(text: str, expected: str) -> None:
    assert check_sum(text) == expected


def test_a_static_code_is_the_published_one() -> None:
    assert payload_of(SACOMBANK) == f"{CONSISTENT}9E6F"


def test_a_code_with_amount_and_purpose_is_the_published_one() -> None:
    transfer = replace(SACOMBANK, amount_vnd=180_000, purpose="thanh toan don hang", bill="NPS6869")

    assert payload_of(transfer) == f"{WITH_AMOUNT}2E2E"
    assert read_payload(f"{WITH_AMOUNT}2E2E") == transfer


def test_the_widely_circulating_code_is_refused_for_its_inner_length() -> None:
    with pytest.raises(BadInput, match=r"Độ dài ghi trong trường 38\.01 không khớp"):
        read_payload(f"{CIRCULATING}F4E5")


def test_a_changed_digit_is_refused() -> None:
    with pytest.raises(BadInput, match="sai mã kiểm tra"):
        read_payload(f"{WITH_AMOUNT.replace('180000', '190000')}2E2E")


def summed(said: str) -> str:
    return said + check_sum(said)


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        ("", "không kết thúc bằng mã kiểm tra"),
        ("x" * 600, "quá dài hoặc có ký tự lạ"),
        (summed("000201" + "0102116304"), "tiền tệ là đồng"),
        (summed("00020100020111" + "6304"), "Trường 00 có hai lần"),
        (summed(CONSISTENT.replace("A000000727", "A000000728")), "không thuộc NAPAS"),
        (summed(CONSISTENT.replace("QRIBFTTA", "QRPUSHXX")), "dịch vụ khác"),
        (summed(CONSISTENT.replace("010211", "010212")), "mã động"),
        (summed(WITH_AMOUNT.replace("5406180000", "54061800.5")), "đồng chẵn"),
        (summed(CONSISTENT.replace("5802VN", "5802US")), "nước là VN"),
        (summed("000x016304"), "Độ dài ghi trong mã VietQR"),
    ],
)
def test_what_is_no_consistent_code_is_refused_with_a_reason(payload: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        read_payload(payload)


@pytest.mark.parametrize(
    ("transfer", "field"),
    [
        (replace(SACOMBANK, bank_bin="97040"), "bin"),
        (replace(SACOMBANK, bank_bin="٩٧٠٤٠٣"), "bin"),
        (replace(SACOMBANK, account=""), "account"),
        (replace(SACOMBANK, account="0" * 20), "account"),
        (replace(SACOMBANK, account="0011 012"), "account"),
        (replace(SACOMBANK, is_card=True), "account"),
        (replace(SACOMBANK, amount_vnd=0), "amount"),
        (replace(SACOMBANK, amount_vnd=-5), "amount"),
        (replace(SACOMBANK, amount_vnd=10**13), "amount"),
        (replace(SACOMBANK, purpose="x" * 26), "purpose"),
        (replace(SACOMBANK, purpose="nộp phí"), "purpose"),
        (replace(SACOMBANK, bill="x" * 26), "bill"),
    ],
)
def test_a_transfer_no_bank_takes_is_refused(transfer: Transfer, field: str) -> None:
    with pytest.raises(BadInput) as refused:
        payload_of(transfer)

    assert refused.value.field == field


def test_a_purpose_begins_with_the_code_and_has_no_tones() -> None:
    assert purpose_of("TT26-000123-7", "Nộp lệ phí Đất đai") == "TT26-000123-7 Nop le phi"
    assert len(purpose_of("TT26-000123-7", "Đ" * 40)) == 25


def test_a_code_is_never_cut_from_a_purpose() -> None:
    assert purpose_of("H15.50.05.13-261008-00975", "phí") == "H15.50.05.13-261008-00975"
    with pytest.raises(BadInput):
        purpose_of("H15.50.05.13-261008-0000975")


ALNUM = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


@given(
    st.builds(
        Transfer,
        bank_bin=st.from_regex(r"\A[0-9]{6}\Z"),
        account=st.text(ALNUM, min_size=1, max_size=19),
        amount_vnd=st.none() | st.integers(1, 10**13 - 1),
        purpose=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=25),
        bill=st.text(ALNUM, max_size=25),
    )
)
def test_what_is_written_is_read_again(transfer: Transfer) -> None:
    assert read_payload(payload_of(transfer)) == transfer


@given(st.text(max_size=200))
def test_any_text_is_either_read_or_refused(text: str) -> None:
    said = summed(text) if text.isascii() else text
    try:
        read_payload(said)
    except BadInput as error:
        assert str(error)  # noqa: PT017 -- whichever it is, it must be told


def test_banks_are_known_by_their_number() -> None:
    assert (bank_name("970403"), bank_name("111111")) == ("Sacombank", "")
