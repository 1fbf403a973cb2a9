"""The text of a document as officers write it, and the blocks it consists of.

A line is a paragraph. What it is shows by how it begins, as in the law itself: “Chương I”,
“Mục 1”, “Điều 1. Tên”, “1. …”, “a) …”, “- …”, “I. …”. Two stars make letters bold, one italic, “^”
sets a line in the middle, lines between bars are a table. Nothing is evaluated.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

CHAPTER, SECTION, ARTICLE, NUMERAL = "chapter", "section", "article", "numeral"
CLAUSE, POINT, ITEM, PARAGRAPH = "clause", "point", "item", "paragraph"
CENTRED, TABLE, NEW_PAGE = "centred", "table", "new_page"
MOST_COLUMNS = 20

_ROMAN = r"[IVXLCDM]{1,8}"
_NEW_PAGE = re.compile(r"\s*={3,}\s*")
_CHAPTER = re.compile(rf"(?:Phần|Chương)\s+(?:{_ROMAN}|thứ\s+[\w ]{{1,20}})[.:]?")
_SECTION = re.compile(r"(?:Mục|Tiểu mục)\s+\d{1,3}[.:]?")
_STARTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (ARTICLE, re.compile(r"(Điều\s+\d{1,4}[a-zđ]?\.)\s*(.*)")),
    (NUMERAL, re.compile(rf"({_ROMAN}\.)\s+(.*)")),
    (CLAUSE, re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,3}\.)\s+(.*)")),
    (POINT, re.compile(r"([a-zđ]{1,2}\d?\))\s+(.*)")),
    (ITEM, re.compile(r"([-–+•])\s+(.*)")),
    (CENTRED, re.compile(r"(\^)\s*(.*)")),
)
_ENDS = (".", ";", ":", ",", "!", "?", "…", "/.")
_LONGEST_HEADING = 160
_RULE_CELL = re.compile(r"\s*:?-+:?\s*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """One part of a text: what it is, its number as written, its words.

    A heading of a chapter has its title in `title`; a table its cells in `rows`, how each column
    stands in `aligned`, and whether its first row is a head that every page repeats.
    """

    kind: str
    text: str = ""
    number: str = ""
    title: str = ""
    is_heading: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    aligned: tuple[str, ...] = ()
    has_head: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """Letters of one look."""

    text: str
    is_bold: bool = False
    is_italic: bool = False


def body_from(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text; whatever it says, nothing of it is lost or evaluated."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return tuple(_blocks(lines))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    place = 0
    while place < len(lines):
        line = lines[place]
        if _is_row(line):
            end = next((i for i in range(place, len(lines)) if not _is_row(lines[i])), len(lines))
            yield table_of([_cells(row) for row in lines[place:end]])
            place = end
            continue
        place += 1
        if kind := _heading_kind(line):
            title, place = _title_below(lines, place)
            yield Block(kind=kind, number=line.rstrip(".:"), title=title)
        elif line:
            yield block_of(line)


def _heading_kind(line: str) -> str:
    if _CHAPTER.fullmatch(line):
        return CHAPTER
    return SECTION if _SECTION.fullmatch(line) else ""


def _title_below(lines: Sequence[str], place: int) -> tuple[str, int]:
    """Return the title in the next line that says something, and the place after it."""
    while place < len(lines) and not lines[place]:
        place += 1
    if place < len(lines) and not _is_row(lines[place]):
        found = block_of(lines[place])
        if found.kind == PARAGRAPH and not _heading_kind(lines[place]):
            return found.text, place + 1
    return "", place


def block_of(line: str) -> Block:
    """Return one line as what its beginning says it is."""
    if _NEW_PAGE.fullmatch(line):
        return Block(kind=NEW_PAGE)
    for kind, pattern in _STARTS:
        if found := pattern.fullmatch(line):
            number, words = found.groups()
            return Block(kind=kind, number=number, text=words, is_heading=_is_title(kind, words))
    return Block(kind=PARAGRAPH, text=line)


def _is_title(kind: str, words: str) -> bool:
    """Say whether the words after a number are a title: short, and no sentence."""
    if kind == NUMERAL:
        return True
    is_short = 0 < len(words) <= _LONGEST_HEADING
    return kind in {ARTICLE, CLAUSE} and is_short and not words.endswith(_ENDS)


def _is_row(line: str) -> bool:
    return len(line) > 1 and line.startswith("|") and line.endswith("|")


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line[1:-1].split("|"))


def table_of(rows: Sequence[tuple[str, ...]]) -> Block:
    """Return a table; a second row of dashes makes the first a head and tells how columns stand."""
    has_head = len(rows) > 1 and all(_RULE_CELL.fullmatch(cell) for cell in rows[1])
    widest = len(rows[0]) if has_head else max(len(row) for row in rows)
    width = min(widest, MOST_COLUMNS)
    aligned = tuple(_side(cell) for cell in rows[1]) if has_head else ()
    kept = [rows[0], *rows[2:]] if has_head else rows
    return Block(
        kind=TABLE,
        rows=tuple(_as_wide(row, width) for row in kept),
        aligned=_as_wide(aligned, width, "left"),
        has_head=has_head,
    )


def _as_wide(row: tuple[str, ...], width: int, filler: str = "") -> tuple[str, ...]:
    """Return a row of so many cells; what is over stands in the last one."""
    if len(row) > width:
        return (*row[: width - 1], " | ".join(row[width - 1 :]))
    return row + (filler,) * (width - len(row))


def _side(cell: str) -> str:
    left, right = cell.strip().startswith(":"), cell.strip().endswith(":")
    if left and right:
        return "center"
    return "right" if right else "left"


_STARS = re.compile(r"\*\*(?=\S)(.{1,500}?)(?<=\S)\*\*|\*(?=[^\s*])([^*]{0,2000}[^\s*])\*")


def runs_of(text: str) -> tuple[Run, ...]:
    """Return the letters of a text by their look; a star that closes nothing is a star."""
    found: list[Run] = []
    place = 0
    for mark in _STARS.finditer(text):
        found.append(Run(text=text[place : mark.start()]))
        bold, italic = mark.groups()
        found.append(Run(text=bold or italic, is_bold=bool(bold), is_italic=bool(italic)))
        place = mark.end()
    found.append(Run(text=text[place:]))
    return tuple(run for run in found if run.text)
