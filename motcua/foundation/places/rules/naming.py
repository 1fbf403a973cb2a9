"""Names of places within what somebody typed: a kind of place and the words behind it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from motcua.lib.text import fold, tidy

_KINDS = ("xã", "phường", "thị trấn", "huyện", "quận", "thị xã", "thành phố", "tỉnh")
_ABBREVIATED = {"tt": "thị trấn", "tx": "thị xã", "tp": "thành phố", "p": "phường", "x": "xã"}
_LONGEST = 4  # words of a name behind its kind
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_MOST = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """A kind of place, how it was typed, and up to four words behind it.

    The first of them are the name; how many is to be found out.
    """

    kind: str
    kind_typed: str
    words: tuple[str, ...]

    def readings(self) -> Iterator[tuple[str, str]]:
        """Yield the names it may be with the words as typed, the longest first."""
        for count in range(len(self.words), 0, -1):
            name = " ".join(self.words[:count])
            yield f"{self.kind} {name}", f"{self.kind_typed} {name}"


def mentions_in(text: str) -> list[Mention]:
    """Return where a text names a kind of place with words behind it, at most three times."""
    words = _WORD.findall(tidy(text))
    found: list[Mention] = []
    place = 0
    while place < len(words) and len(found) < _MOST:
        kind, length = _kind_at(words, place)
        begins = place + length
        behind = tuple(words[begins : begins + _LONGEST])
        if kind and behind:
            found.append(Mention(kind, " ".join(words[place:begins]), behind))
        place += length or 1
    return found


def _kind_at(words: Sequence[str], place: int) -> tuple[str, int]:
    """Return the kind of place that is named there and how many words it takes, or nothing."""
    for kind in sorted(_KINDS, key=len, reverse=True):
        length = len(kind.split())
        if fold(" ".join(words[place : place + length])) == fold(kind):
            return kind, length
    short = _ABBREVIATED.get(words[place].lower(), "")
    return short, 1 if short else 0
