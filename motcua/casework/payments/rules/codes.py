"""Codes of orders: short, ASCII, with a check digit, found again in the words of a transfer."""

import re

from motcua.lib.vietqr import purpose_of

_FORM = re.compile(r"TT[\s.-]?(\d{2})[\s.-]?(\d{6,9})[\s.-]?(\d)(?!\d)", re.IGNORECASE)
_WIDTH = 6


def order_code(year: int, number: int) -> str:
    """Return the code of the year's order with this number: “TT26-000123-5”."""
    digits = f"{year % 100:02d}{number:0{_WIDTH}d}"
    return f"TT{digits[:2]}-{digits[2:]}-{check_digit(digits)}"


def check_digit(digits: str) -> int:
    """Return the check digit by ISO 7064 MOD 11,10: it finds every single wrong digit."""
    carried = 10
    for digit in digits:
        rest = (carried + int(digit)) % 10 or 10
        carried = rest * 2 % 11
    return (11 - carried) % 10


def find_code(words: str) -> str | None:
    """Return the code of an order that stands in the words of a transfer, None without one.

    Banks take away hyphens, put in spaces and change the case; what does not pass the check digit
    is no code.
    """
    for found in _FORM.finditer(words):
        year, number, check = found.groups()
        if check_digit(year + number) == int(check):
            return f"TT{year}-{number}-{check}"
    return None


def compact(code: str) -> str:
    """Return a code without hyphens, as it stands in references at partners and in transfers."""
    return code.replace("-", "")


def attempt_ref(code: str, number: int) -> str:
    """Return the reference of an order's attempt: letters and digits, never used twice."""
    return f"{compact(code)}L{number}"


def purpose(code: str) -> str:
    """Return the words of a transfer: ASCII, the code first, no longer than banks carry."""
    return purpose_of(compact(code), "nop phi")
