"""Codes, and who is of age."""

from datetime import date

import pytest

from motcua.foundation.mandates.rules import is_minor
from motcua.lib.codes import DIGITS, digest_of, is_code, new_code


def test_a_code_is_six_digits_and_never_kept_itself() -> None:
    code = new_code()

    assert (len(code), code.isdecimal()) == (DIGITS, True)
    assert code not in digest_of(code, "salt")


@pytest.mark.parametrize(
    ("typed", "right"),
    [("123456", True), (" 123 456 ", True), ("123457", False), ("", False), ("١٢٣٤٥٦", False)],
)
def test_spaces_do_not_matter_but_digits_do(typed: str, right: bool) -> None:  # noqa: FBT001 -- a case
    assert is_code(typed, "salt", digest_of("123456", "salt")) is right


@pytest.mark.parametrize(
    ("born", "minor"),
    [
        (date(2008, 3, 2), False),
        (date(2008, 3, 3), True),
        (date(2008, 2, 29), False),
        (None, False),
    ],
)
def test_eighteen_is_reached_on_the_birthday(born: date | None, minor: bool) -> None:  # noqa: FBT001 -- a case
    assert is_minor(born, date(2026, 3, 2)) is minor
