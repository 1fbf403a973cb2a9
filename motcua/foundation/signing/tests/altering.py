"""Alter files at random, in ways that reach deep into those who read them."""

from collections.abc import Callable, Sequence
from random import Random

Alteration = Callable[[Random, bytes, Sequence[bytes]], bytes]
MOST_CHANGES = 4
_LONGEST_PIECE = 400
# Words that mean something to those who read such files.
_WORDS = (
    *(b"0", b"-1", b"65535", b"4294967296", b"99999999999999999999", b"\x00", b"\xff" * 8),
    *(b"null", b"true", b"<<", b">>", b"[", b"]", b"(", b")", b"<", b">", b"0 R", b"1 0 R"),
    *(b"/Kids", b"/Prev", b"/V", b"/T", b"/FT", b"/Sig", b"/ByteRange", b"/Contents", b"/Length"),
    *(b"endobj", b"stream", b"startxref", b"trailer", b"%%EOF", b"/Type/DocTimeStamp"),
    *(b'Id="p1"', b'URI=""', b'URI="#p1"', b"<!--x-->", b"<?x y?>", b"&amp;", b"]]>", b"<x/>"),
)


def altered(random: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """Return a file with one to four alterations."""
    for _ in range(random.randint(1, MOST_CHANGES)):
        content = random.choice(_ALTERATIONS)(random, content, others)
    return content


def _flip(random: Random, content: bytes, _: Sequence[bytes]) -> bytes:
    place = random.randrange(len(content) or 1)
    return content[:place] + bytes([random.randrange(256)]) + content[place + 1 :]


def _drop(random: Random, content: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _piece(random, content)
    return content[:start] + content[end:]


def _double(random: Random, content: bytes, _: Sequence[bytes]) -> bytes:
    start, end = _piece(random, content)
    return content[:end] + content[start:end] + content[end:]


def _insert(random: Random, content: bytes, _: Sequence[bytes]) -> bytes:
    place = random.randrange(len(content) + 1)
    return content[:place] + random.choice(_WORDS) + content[place:]


def _replace_word(random: Random, content: bytes, _: Sequence[bytes]) -> bytes:
    """Put one word that means something in the place of another."""
    old, new = random.choice(_WORDS), random.choice(_WORDS)
    place = content.find(old, random.randrange(len(content) + 1))
    return content if place < 0 else content[:place] + new + content[place + len(old) :]


def _replace_number(random: Random, content: bytes, _: Sequence[bytes]) -> bytes:
    """Change a number where one stands."""
    place = random.randrange(len(content) + 1)
    digits = [
        at for at in range(place, min(place + 200, len(content))) if content[at : at + 1].isdigit()
    ]
    if not digits:
        return content
    return content[: digits[0]] + b"%d" % random.randrange(10**6) + content[digits[0] + 1 :]


def _splice(random: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """Set in a piece of another file."""
    other = random.choice(others)
    start, end = _piece(random, other)
    place = random.randrange(len(content) + 1)
    return content[:place] + other[start:end] + content[place:]


def _cut(random: Random, content: bytes, _: Sequence[bytes]) -> bytes:
    return content[: random.randrange(len(content) + 1)]


def _piece(random: Random, content: bytes) -> tuple[int, int]:
    start = random.randrange(len(content) + 1)
    return start, min(len(content), start + random.randint(1, _LONGEST_PIECE))


_ALTERATIONS: Sequence[Alteration] = (
    *(_flip, _flip, _drop, _double, _insert, _insert),
    *(_replace_word, _replace_number, _splice, _cut),
)
