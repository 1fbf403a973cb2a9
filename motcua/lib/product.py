"""Which version of the product this is; packs say for which one they were made."""

import re

VERSION = "0.1.0"
_NUMBERS = re.compile(r"\d{1,6}(?:\.\d{1,6}){0,3}")


def numbers_of(version: str) -> tuple[int, ...]:
    """Return a version as numbers that compare: “0.1.0” → (0, 1, 0). Raises: ValueError."""
    if not _NUMBERS.fullmatch(version):
        raise ValueError(version)
    numbers = [int(one) for one in version.split(".")]
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
