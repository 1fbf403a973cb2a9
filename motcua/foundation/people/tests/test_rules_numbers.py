"""Personal numbers, papers and tax codes: the collected test vectors and their opposites."""

from datetime import date

import pytest

from motcua.foundation.people.choices import PaperKind, Sex
from motcua.foundation.people.errors import NumberNotUsable
from motcua.foundation.people.rules.numbers import (
    check_paper,
    check_personal_id,
    check_tax_code,
    read_personal_id,
    tidy_number,
)


@pytest.mark.parametrize(
    ("number", "sex", "year"),
    [
        ("011205000001", Sex.MALE, 2005),
        ("011305000001", Sex.FEMALE, 2005),
        ("077198000001", Sex.FEMALE, 1998),
        ("001012000001", Sex.MALE, 1912),
        ("001999000001", Sex.FEMALE, 2399),
    ],
)
def test_the_fourth_digit_tells_sex_and_century(number: str, sex: Sex, year: int) -> None:
    says = read_personal_id(number)

    assert (says.sex, says.birth_year) == (sex, year)


@pytest.mark.parametrize(
    "number", ["", "01120500000", "0112050000011", "01120500000a", "٠١١٢٠٥٠٠٠٠٠١"]
)
def test_a_number_has_twelve_plain_digits(number: str) -> None:
    with pytest.raises(NumberNotUsable, match="12 chữ số"):
        check_personal_id(number)


def test_a_number_that_agrees_with_everything_gives_no_warning() -> None:
    assert check_personal_id("011205000001", Sex.MALE, date(2005, 12, 31)) == []


def test_a_number_of_the_other_sex_is_refused() -> None:
    with pytest.raises(NumberNotUsable, match="giới tính"):
        check_personal_id("011205000001", Sex.FEMALE)


def test_a_number_of_another_year_is_refused() -> None:
    with pytest.raises(NumberNotUsable, match="sinh năm 2005"):
        check_personal_id("011205000001", Sex.MALE, date(2006, 1, 1))


@pytest.mark.parametrize(("number", "warnings"), [("003205000001", 1), ("101205000001", 0)])
def test_an_unknown_province_is_only_a_warning_and_abroad_is_none(
    number: str, warnings: int
) -> None:
    assert len(check_personal_id(number)) == warnings


def test_an_old_card_has_nine_digits() -> None:
    check_paper(PaperKind.OLD_ID_CARD, "040123456")

    with pytest.raises(NumberNotUsable, match="9 chữ số"):
        check_paper(PaperKind.OLD_ID_CARD, "0401234567")


def test_a_passport_has_letters_and_digits() -> None:
    check_paper(PaperKind.PASSPORT, "P1234567")

    with pytest.raises(NumberNotUsable, match="chữ cái"):
        check_paper(PaperKind.PASSPORT, "P-1")


@pytest.mark.parametrize("code", ["0100109106", "0100109106-001", "011205000001"])
def test_tax_codes_that_can_be(code: str) -> None:
    check_tax_code(code)


@pytest.mark.parametrize("code", ["0100109107", "0100109106-01", "010010910", ""])
def test_tax_codes_that_cannot_be(code: str) -> None:
    with pytest.raises(NumberNotUsable):
        check_tax_code(code)


def test_spaces_and_dots_are_left_out() -> None:
    assert tidy_number(" 011 205.000 001 ") == "011205000001"
