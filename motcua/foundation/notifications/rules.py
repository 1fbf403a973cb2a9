"""Texts with named places, such as “Hồ sơ {code} đã được tiếp nhận”."""

import re
from collections.abc import Mapping

from motcua.lib.text import tidy

_PLACE = re.compile(r"\{([a-z_]+)\}")


def places(*texts: str) -> frozenset[str]:
    """Return the names that stand in braces."""
    return frozenset(name for text in texts for name in _PLACE.findall(text))


def fill(text: str, values: Mapping[str, object]) -> str:
    """Return the text with each place filled; values are never read as text with places.

    Raises: KeyError for a place without a value.
    """
    return _PLACE.sub(lambda place: str(values[place[1]]), text)


def one_line(text: str) -> str:
    """Return the text fit for a subject: no line of it can become a line of a mail's head."""
    return tidy(text)[:200]
