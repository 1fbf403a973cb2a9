"""A few words of a page around what was looked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .texts import Asked, all_words, as_word

_TOKEN = re.compile(r"[0-9A-Za-zĐđÀ-ỹ]+")
_SPACES = re.compile(r"\s+")
_BEFORE, _WHOLE = 8, 36


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a snippet; `is_hit` where they were looked for."""

    text: str
    is_hit: bool


def snippet_of(body: str, asked: Asked, *, with_tones: bool) -> tuple[Piece, ...]:
    """Return the part of the page where most of what is asked stands together."""
    tokens = [(found.start(), found.end()) for found in _TOKEN.finditer(body)]
    if not tokens:
        return ()
    keys = [_key(body[start:end].lower(), with_tones=with_tones) for start, end in tokens]
    wanted = [_key(word, with_tones=with_tones) for word in all_words(asked)]
    begin = max(_best(keys, wanted) - _BEFORE, 0)
    end = min(begin + _WHOLE, len(tokens))
    marked = set(wanted)
    pieces = [Piece("… ", is_hit=False)] if begin else []
    pieces += _pieces(body, tokens[begin:end], [key in marked for key in keys[begin:end]])
    return tuple([*pieces, Piece(" …", is_hit=False)] if end < len(tokens) else pieces)


def _key(word: str, *, with_tones: bool) -> str:
    return as_word(word).exact if with_tones else as_word(word).folded


def _best(keys: Sequence[str], wanted: Sequence[str]) -> int:
    """Return where the longest run of the words asked for begins."""
    best, best_length = 0, 0
    places = (place for place, key in enumerate(keys) if key in set(wanted))
    for place in places:
        length = _run(keys, place, wanted)
        if length > best_length:
            best, best_length = place, length
    return best


def _run(keys: Sequence[str], place: int, wanted: Sequence[str]) -> int:
    """Return how many words from here on follow the question; any other word asked for counts 1."""
    if keys[place] != wanted[0]:
        return 1
    length = 0
    for key, word in zip(keys[place:], wanted, strict=False):
        if key != word:
            break
        length += 1
    return length + 1


def _pieces(body: str, tokens: Sequence[tuple[int, int]], hits: Sequence[bool]) -> list[Piece]:
    """Join neighbours of one sort, so that a phrase is marked as one."""
    pieces: list[Piece] = []
    for index, ((start, end), is_hit) in enumerate(zip(tokens, hits, strict=True)):
        gap = body[tokens[index - 1][1] : start] if index else ""
        joins = bool(pieces) and pieces[-1].is_hit and is_hit
        if gap and not joins:
            pieces.append(Piece(_SPACES.sub(" ", gap), is_hit=False))
        text = (_SPACES.sub(" ", gap) if joins else "") + body[start:end]
        if pieces and pieces[-1].is_hit == is_hit:
            text = pieces.pop().text + text
        pieces.append(Piece(text, is_hit))
    return pieces
