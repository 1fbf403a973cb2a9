"""Numbers as people in Vietnam write them: a comma before decimals, points between thousands."""

import re
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite
from typing import Any

MOST_DECIMALS = 4
_LONGEST = 20
_WRITTEN = re.compile(r"(-?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?")
_WITH_A_POINT = re.compile(r"-?\d+\.\d+")


def number_in(text: str, decimals: int) -> int | float | None:
    """Return the number that was typed, or None where it is none or has too many decimals.

    “1.234” is a thousand and more; “152.5”, which cannot be that, has a decimal if the field has.
    """
    bare = text.replace(" ", "").replace("\u00a0", "")
    if len(bare) > _LONGEST:
        return None
    found = _WRITTEN.fullmatch(bare)
    if found:
        sign, whole, rest = found.groups()
        return _kept(Decimal(f"{sign}{whole.replace('.', '')}.{rest or '0'}"), decimals)
    if decimals and _WITH_A_POINT.fullmatch(bare):
        return _kept(Decimal(bare), decimals)
    return None


def rounded(value: Decimal, decimals: int) -> int | float:
    """Return what was reckoned, to so many decimals."""
    return plain(value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def plain(value: Decimal | float) -> int | float:
    """Return a whole number where it is one: 3 and 3,0 are the same answer."""
    is_whole = isfinite(value) and value == int(value)
    return int(value) if is_whole else float(value)


def number_in_words(value: Any) -> str:
    """Return a number as it is written here."""
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def _kept(value: Decimal, decimals: int) -> int | float | None:
    fits = value == value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return plain(value) if fits else None
