"""Numbers and symbols are read however they are written."""

from datetime import date

import pytest

from motcua.casework.documents.rules.names import (
    Notation,
    identifier_of,
    match_key,
    new_code,
    padded,
    split_notation,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0123/SNV-CCHC", Notation("0123", "SNV-CCHC")),
        ("Số: 15/QĐ-UBND", Notation("15", "QĐ-UBND")),
        ("'34/2026/QĐ-UBND", Notation("34", "2026/QĐ-UBND")),
        ("12 / 2024 /QĐ--UBND ", Notation("12", "2024/QĐ-UBND")),
        ("07–KH/TU", Notation("07", "KH/TU")),
        ("Quyết định 40/2023/QĐ-UBND", Notation("40", "2023/QĐ-UBND")),
        ("21'/2025/QĐ-UBND.", Notation("21", "2025/QĐ-UBND")),
        ("45a/TB-UBND", Notation("45a", "TB-UBND")),
        ("QĐ-UBND", Notation("", "QĐ-UBND")),
        ("", Notation("", "")),
    ],
)
def test_a_number_and_symbol_are_taken_apart(text: str, expected: Notation) -> None:
    assert split_notation(text) == expected


def test_two_ways_of_writing_one_document_have_one_key() -> None:
    day = date(2026, 3, 1)

    written = match_key("0034", "2026/QĐ-UBND", "Ủy ban nhân dân tỉnh Quảng Trị", day)

    assert written == match_key("34", "2026/QĐ–UBND", "UBND tỉnh Quảng Trị", day)


def test_without_a_number_or_a_day_nothing_is_called_the_same() -> None:
    assert (match_key("", "QĐ", "Sở", date(2026, 3, 1)), match_key("3", "QĐ", "Sở", None)) == (
        "",
        "",
    )


def test_an_identifier_is_made_of_agency_day_and_number() -> None:
    found = identifier_of("H18.5", date(2026, 10, 1), "0123", "SNV-CCHC")

    assert found == "H18.5,2026/10/01,0123/SNV-CCHC"


def test_numbers_below_ten_have_a_nought_in_front() -> None:
    assert [padded(number) for number in (1, 9, 10, 123)] == ["01", "09", "10", "123"]


def test_codes_of_addresses_are_long_and_readable() -> None:
    code = new_code()

    assert (len(code), set(code) & set("ILOU")) == (10, set())
