"""Vietnamese words on an English page: official names, what people wrote, all marked `lang="vi"`.

Screen readers then read them as Vietnamese, and a line at the foot says once why they are there.
It is done where the page is whole, so that no template has to think of it, and only on English
pages, so that Vietnamese ones cost nothing.
"""

import re
from collections.abc import Callable, Collection, Mapping
from html import unescape

from markupsafe import escape

_LETTERS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
VIETNAMESE = re.compile(f"[{_LETTERS}{_LETTERS.upper()}]")
# A script or a style is one piece: what stands inside is no text.
_PIECE = re.compile(
    r"<script\b.*?</script\s*>|<style\b.*?</style\s*>|<!--.*?-->|<[^>]*>|[^<]+",
    re.DOTALL | re.IGNORECASE,
)
_NAME = re.compile(r"</?\s*([a-zA-Z0-9]+)")
# Up to a mark between phrases; the “;” that ends “&amp;” is none.
_PHRASE = re.compile(r"(?:&#?\w+;|[^:;.!?()“”·–,])+")
_IN_VIETNAMESE = re.compile(r'\slang="vi"')
_VOID = frozenset({"br", "img", "input", "use", "hr", "meta", "link", "script", "style"})
_ALONE = frozenset({"option", "textarea"})  # take the mark themselves, hold no elements
_PLAIN = frozenset({"title"})
_LETTER = re.compile(r"\w{2}")
_BETWEEN = re.compile(r"( · |; |: |, | – |“|”|/)")
NOTE = "<!--official-names-->"
Lookup = Callable[[Collection[str]], Mapping[str, str]]


def marked(page: str, note: str, english: Lookup) -> str:
    """Return the page with official names in English where there is one, all others marked.

    `english` gives the English of those Vietnamese words that have one; it is asked once.
    """
    pieces = _PIECE.findall(page)
    spoken = _translated(pieces, english)
    return _marked(spoken, note)


def _translated(pieces: list[str], english: Lookup) -> list[str]:
    """Return the pieces with the words that have an English said in it."""
    told = {
        n: unescape(one).strip()
        for n, one in enumerate(pieces)
        if one[0] != "<" and _LETTER.search(one) and not pieces[n - 1].startswith("<textarea")
    }
    whole = set(told.values())
    mixed = (one for one in whole if VIETNAMESE.search(one))
    parts = (part.strip() for one in mixed for part in _BETWEEN.split(one))
    known = english(whole.union(part for part in parts if VIETNAMESE.search(part)))
    if not known:
        return pieces
    return [_said(one, known) if n in told else one for n, one in enumerate(pieces)]


def _said(words: str, known: Mapping[str, str]) -> str:
    """Return words in English: as a whole, else part by part."""
    told = unescape(words).strip()
    if told in known:
        return words.replace(words.strip(), escape(known[told]), 1)
    parts = (
        escape(part.replace(part.strip(), known.get(part.strip(), part.strip()), 1))
        for part in _BETWEEN.split(unescape(words))
    )
    return "".join(parts)


def _marked(pieces: list[str], note: str) -> str:
    """Return the page with its Vietnamese words marked, and the note in its place if any are."""
    out: list[str] = []
    within, depth_of_marked, has_any = "", 0, False
    for piece in pieces:
        if piece[0] == "<":
            within, depth_of_marked = _entered(piece, within, depth_of_marked)
        is_plain = piece[0] == "<" or depth_of_marked or within in _PLAIN
        if is_plain or not VIETNAMESE.search(piece):
            out.append(piece)
            continue
        has_any = True
        if within in _ALONE:
            out[-1] = f'{out[-1][:-1]} lang="vi">'
        out.append(piece if within in _ALONE else _with_spans(piece))
    return "".join(out).replace(NOTE, note if has_any else "")


def _entered(tag: str, within: str, depth: int) -> tuple[str, int]:
    """Return in which element the next words stand, and how deep inside marked ones."""
    named = _NAME.match(tag)
    if named is None:
        return within, depth
    if tag.startswith("</"):
        return "", max(depth - 1, 0)
    if tag.endswith("/>") or named[1].lower() in _VOID:
        return named[1], depth
    is_marked = _IN_VIETNAMESE.search(tag) is not None and not tag.startswith("<html")
    return named[1], depth + (1 if depth or is_marked else 0)


def _with_spans(words: str) -> str:
    """Return a text with the phrases that are Vietnamese in spans, neighbours in one."""
    first, last = None, 0
    for phrase in _PHRASE.finditer(words):
        if VIETNAMESE.search(phrase[0]):
            first = phrase.start() if first is None else first
            last = phrase.end()
    if first is None:
        return words
    inner = words[first:last]
    before, after = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
    return f'{words[:first]}{before}<span lang="vi">{inner.strip()}</span>{after}{words[last:]}'
