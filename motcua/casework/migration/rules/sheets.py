"""A sheet of a workbook (xlsx), row by row in little memory: what is stored, nothing computed.

The words of a workbook stand apart from its sheets; they go to a file of our own, so that a
workbook of a million cells needs no more memory than a small one.
"""

import mmap
import re
import tempfile
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import IO, Any
from xml.parsers import expat

from motcua.casework.migration.errors import Unreadable
from motcua.lib.text import whole_number
from motcua.lib.zips import BROKEN_ZIP, Bounded, TooManyEntries

MOST_UNPACKED = 4 << 30
_MOST_PARTS = 5_000
_TOO_LARGE = "Tệp Excel giải nén ra quá lớn; hãy chia nhỏ hoặc xuất CSV."
MOST_SMALL = 64 << 20  # of the parts that are kept in memory
MOST_WORDS = 20_000_000
LAST_ROW = 1_048_576
MOST_COLUMNS = 500
LONGEST_CELL = 40_000
_CHUNK = 1 << 16
_BROKEN = (
    "Tệp Excel hỏng hoặc không phải .xlsx; hãy mở bằng Excel, lưu lại thành .xlsx rồi thử lại."
)
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_MERGE = re.compile(
    rb'<(?:\w{1,20}:)?mergeCell\s[^<>]{0,200}?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)
_LONGEST_MERGE = 400
_MOST_MERGED = 200_000  # rows that are told to lie in merged cells
_SHOWN = 20
_LETTERS = 3  # of the farthest column there is
_LONGEST_PLACE = 20
_LONGEST_FORMAT = 255
_EXACT = 1e15  # beyond, a number is no longer the one that was typed


@dataclass(slots=True)
class Notes:
    """What a reader of a table must know before believing it."""

    sheets: list[str] = field(default_factory=list)
    sheet: str = ""
    encoding: str = ""
    formulas: int = 0
    uncomputed: int = 0
    uncomputed_at: list[str] = field(default_factory=list)
    errors: int = 0
    merged: int = 0
    merged_at: list[str] = field(default_factory=list)
    odd_lines: int = 0

    def warn_uncomputed(self, place: str) -> None:
        """Note a formula without a stored value."""
        self.uncomputed += 1
        if len(self.uncomputed_at) < _SHOWN:
            self.uncomputed_at.append(place)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the table, its cells as words, and what is odd about it."""

    number: int
    cells: tuple[str, ...]
    odd: tuple[str, ...] = ()


class Workbook:
    """One open workbook. Raises: Unreadable whenever what it holds is no workbook."""

    def __init__(self, content: IO[bytes]) -> None:
        try:
            self._zip = Bounded(content, _MOST_PARTS)
            self._check_size()
            self._sheets = self._read_sheets()
            self._dates = self._read_styles()
        except TooManyEntries as error:
            raise Unreadable(_TOO_LARGE) from error
        except (*BROKEN_ZIP, KeyError, expat.ExpatError) as error:
            raise Unreadable(_BROKEN) from error
        self._words: _Words | None = None

    def close(self) -> None:
        """Let go of what was opened."""
        if self._words is not None:
            self._words.close()
        self._zip.close()

    @property
    def sheets(self) -> list[str]:
        """Return the names of the sheets, in their order."""
        return [name for name, _ in self._sheets]

    def rows(self, sheet: str, notes: Notes) -> Iterator[Row]:
        """Yield the rows of a sheet that hold anything, the first sheet where none is named.

        Raises: Unreadable.
        """
        if sheet and sheet not in self.sheets:
            raise Unreadable(
                f"Không có trang “{sheet}”; tệp có: {', '.join(self.sheets)}.", field="sheet"
            )
        name, part = next(one for one in self._sheets if not sheet or one[0] == sheet)
        notes.sheets, notes.sheet = self.sheets, name
        try:
            if self._words is None:
                self._words = _Words()
                self._words.take(self._part("xl/sharedStrings.xml"))
            merged = self._merged(part, notes)
            yield from _SheetReader(self._words, self._dates, self._epoch, merged, notes).rows(
                self._open(part)
            )
        except (*BROKEN_ZIP, expat.ExpatError) as error:
            raise Unreadable(_BROKEN) from error

    def _check_size(self) -> None:
        if sum(one.file_size for one in self._zip.infolist()) > MOST_UNPACKED:
            raise Unreadable(_TOO_LARGE)

    def _open(self, part: str) -> IO[bytes]:
        return self._zip.open(part)

    def _small(self, part: str) -> IO[bytes]:
        """Open a part whose tags are kept in memory. Raises: KeyError, Unreadable."""
        if self._zip.getinfo(part).file_size > MOST_SMALL:
            raise Unreadable(_BROKEN)
        return self._zip.open(part)

    def _part(self, name: str) -> IO[bytes] | None:
        return self._zip.open(name) if name in self._zip.namelist() else None

    def _read_sheets(self) -> list[tuple[str, str]]:
        targets = {
            at["Id"]: at["Target"]
            for tag, at in _tags(self._small("xl/_rels/workbook.xml.rels"))
            if tag == "Relationship"
        }
        found, self._epoch = [], datetime(1899, 12, 30)  # noqa: DTZ001 -- as written, on no clock
        for tag, at in _tags(self._small("xl/workbook.xml")):
            if tag == "workbookPr" and at.get("date1904") in {"1", "true"}:
                self._epoch = datetime(1904, 1, 1)  # noqa: DTZ001 -- as written, on no clock
            if tag == "sheet":
                names = (at[name] for name in at if name.endswith(":id"))  # mostly “r:id”
                found.append((at["name"], _in_zip(targets[next(names, "")])))
        if not found:
            raise KeyError("sheet")
        return found

    def _read_styles(self) -> list[bool]:
        """Return for each style whether its numbers are moments."""
        if "xl/styles.xml" not in self._zip.namelist():
            return []
        own, styles, inside = dict[str, bool](), list[bool](), False
        for tag, at in _tags(self._small("xl/styles.xml"), ends=True):
            if tag == "numFmt":
                bare = re.sub(
                    r'"[^"]*"|\[[^\]]*\]|\\.', "", at.get("formatCode", "")[:_LONGEST_FORMAT]
                )
                own[at.get("numFmtId", "")] = any(letter in bare.lower() for letter in "dyh")
            inside = tag == "cellXfs" or (inside and tag != "/cellXfs")
            if inside and tag == "xf":
                number = at.get("numFmtId", "0")
                styles.append(own.get(number, whole_number(number) in _DATE_FORMATS))
        return styles

    def _merged(self, part: str, notes: Notes) -> dict[int, str]:
        """Return the rows that lie in merged cells but do not begin them. Reads the whole sheet."""
        rows, tail, left = dict[int, str](), b"", _MOST_MERGED
        with self._open(part) as content:
            while chunk := content.read(1 << 20):
                text = tail + chunk
                end = 0
                for found in _MERGE.finditer(text):
                    end = found.end()
                    left -= self._note_merge(found.groups(), rows, notes, left)
                tail = text[max(end, len(text) - _LONGEST_MERGE) :]
        return rows

    @staticmethod
    def _note_merge(found: Sequence[Any], rows: dict[int, str], notes: Notes, most: int) -> int:
        """Note merged cells and the rows they lie in, so many at most; return how many."""
        left, top, right, bottom = (part.decode() for part in found)
        place = f"{left}{top}:{right}{bottom}"
        notes.merged += 1
        if len(notes.merged_at) < _SHOWN:
            notes.merged_at.append(place)
        numbers = range(int(top), min(int(bottom) + 1, int(top) + most))
        for number in numbers:
            rows.setdefault(number, place)
        return len(numbers)


class _Words:
    """The shared words of a workbook, in a file that is gone when it is closed."""

    def __init__(self) -> None:
        self._ends = array("Q", [0])
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 -- lives as long as the workbook
        self._map: mmap.mmap | None = None
        self.word = lru_cache(maxsize=4096)(self._word)

    def close(self) -> None:
        """Remove the file."""
        if self._map is not None:
            self._map.close()
        self._file.close()

    def take(self, content: IO[bytes] | None) -> None:
        """Take in all words of a workbook that has any."""
        if content is None:
            return
        self._texts: list[str] = []
        self._size = 0
        self._is_text = self._is_spoken = False
        parser = _parser()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._add
        with content:
            while chunk := content.read(_CHUNK):
                parser.Parse(chunk, False)  # noqa: FBT003 -- expat takes no names
            parser.Parse(b"", True)  # noqa: FBT003 -- expat takes no names
        self._file.flush()
        if self._ends[-1]:
            self._map = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)

    def _start(self, tag: str, _at: dict[str, str]) -> None:
        bare = tag.rpartition(":")[2]
        self._is_text = bare == "t"
        self._is_spoken = self._is_spoken or bare == "rPh"  # how a word is read aloud

    def _end(self, tag: str) -> None:
        bare, self._is_text = tag.rpartition(":")[2], False
        if bare == "rPh":
            self._is_spoken = False
        if bare == "si":
            if len(self._ends) > MOST_WORDS:
                raise Unreadable("Tệp Excel có quá nhiều chữ; hãy chia nhỏ hoặc xuất CSV.")
            kept = "".join(self._texts)[:LONGEST_CELL].encode()
            self._texts.clear()
            self._size = 0
            self._file.write(kept)
            self._ends.append(self._ends[-1] + len(kept))

    def _add(self, text: str) -> None:
        if self._is_text and not self._is_spoken and self._size < LONGEST_CELL:
            self._texts.append(text)
            self._size += len(text)

    def _word(self, index: int) -> str:
        if self._map is None or not 0 <= index < len(self._ends) - 1:
            return ""
        return self._map[self._ends[index] : self._ends[index + 1]].decode()


class _SheetReader:
    """Turns the tags of a sheet into rows."""

    def __init__(
        self,
        words: _Words,
        dates: list[bool],
        epoch: datetime,
        merged: dict[int, str],
        notes: Notes,
    ) -> None:
        self._words, self._dates, self._epoch = words, dates, epoch
        self._merged, self._notes = merged, notes
        self._done: list[Row] = []
        self._number = 0
        self._cells: dict[int, str] = {}
        self._odd: list[str] = []
        self._begin_cell({})

    def rows(self, content: IO[bytes]) -> Iterator[Row]:
        """Yield the rows that hold anything."""
        parser = _parser()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        with content:
            while chunk := content.read(_CHUNK):
                parser.Parse(chunk, False)  # noqa: FBT003 -- expat takes no names
                yield from self._done
                self._done.clear()
            parser.Parse(b"", True)  # noqa: FBT003 -- expat takes no names
        yield from self._done

    def _begin_cell(self, at: dict[str, str]) -> None:
        self._place, self._type = at.get("r", "")[:_LONGEST_PLACE], at.get("t", "n")
        self._style = whole_number(at.get("s", "0"))
        self._raw: list[str] = []
        self._size = 0
        self._is_value = self._is_formula = False

    def _start(self, tag: str, at: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self._begin_cell(at)
        elif tag == "row":
            given = whole_number(at.get("r", ""))
            self._number = self._number + 1 if given is None else given
            if self._number > LAST_ROW:
                raise Unreadable(_BROKEN)
            self._cells, self._odd = {}, []
        elif tag in {"v", "t"}:
            self._is_value = True
        elif tag == "f":
            self._is_formula = True

    def _text(self, text: str) -> None:
        if self._is_value and self._size < LONGEST_CELL:
            self._raw.append(text)
            self._size += len(text)

    def _end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag in {"v", "t"}:
            self._is_value = False
        elif tag == "c":
            self._end_cell()
        elif tag == "row" and any(self._cells.values()):
            self._end_row()

    def _end_cell(self) -> None:
        raw = "".join(self._raw)[:LONGEST_CELL]
        if self._is_formula:
            self._notes.formulas += 1
            if not raw:
                self._notes.warn_uncomputed(self._place)
                self._note(f"ô {self._place} là công thức chưa có giá trị lưu sẵn")
        if self._type == "e":
            self._notes.errors += 1
            self._note(f"ô {self._place} là lỗi {raw[:_LONGEST_PLACE]}")
            raw = ""
        column = _column(self._place) if self._place else len(self._cells)
        if column < MOST_COLUMNS:
            self._cells[column] = self._value(raw)

    def _note(self, what: str) -> None:
        if len(self._odd) < _SHOWN:
            self._odd.append(what)

    def _value(self, raw: str) -> str:
        if not raw:
            return ""
        if self._type == "s":
            index = whole_number(raw)
            return "" if index is None else self._words.word(index)
        if self._type in {"str", "inlineStr", "d"}:
            return raw
        if self._type == "b":
            return "có" if raw == "1" else "không"
        style = self._style
        is_moment = style is not None and style < len(self._dates) and self._dates[style]
        return self._moment(raw) if is_moment else _number(raw)

    def _moment(self, raw: str) -> str:
        try:
            moment = self._epoch + timedelta(seconds=round(float(raw) * 86400))
        except (ValueError, OverflowError):
            return raw
        if not moment.hour and not moment.minute and not moment.second:
            return f"{moment:%Y-%m-%d}"
        return f"{moment:%Y-%m-%dT%H:%M:%S}"

    def _end_row(self) -> None:
        width = max(self._cells) + 1
        cells = tuple(self._cells.get(column, "") for column in range(width))
        place = self._merged.get(self._number)
        if place:
            self._odd.append(f"dòng có ô gộp {place}; chỉ ô đầu của vùng gộp có giá trị")
        self._done.append(Row(self._number, cells, tuple(self._odd)))


def _parser() -> expat.XMLParserType:
    """Return a parser that refuses declarations of types, and with them every entity."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_args: object) -> None:
        raise Unreadable("Tệp Excel có khai báo kiểu tài liệu (DTD); không đọc tệp như vậy.")

    parser.StartDoctypeDeclHandler = refuse
    return parser


def _tags(content: IO[bytes], *, ends: bool = False) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the tags of a small part with what they bear; ends as “/name” where asked."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = _parser()
    parser.StartElementHandler = lambda tag, at: found.append((tag.split(":")[-1], at))
    if ends:
        parser.EndElementHandler = lambda tag: found.append((f"/{tag.split(':')[-1]}", {}))
    with content:
        while chunk := content.read(_CHUNK):
            parser.Parse(chunk, False)  # noqa: FBT003 -- expat takes no names
            yield from found
            found.clear()
        parser.Parse(b"", True)  # noqa: FBT003 -- expat takes no names
    yield from found


def _in_zip(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


@lru_cache(maxsize=1024)
def _column_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _column(place: str) -> int:
    letters = place.rstrip("0123456789")
    is_column = letters.isascii() and letters.isupper() and len(letters) <= _LETTERS
    return _column_of(letters) if is_column else MOST_COLUMNS


def _number(raw: str) -> str:
    """Return a number as people write it: no “.0”, no “E”."""
    if raw.isdecimal():
        return raw
    try:
        value = float(raw)
    except ValueError:
        return raw
    is_whole = value == int(value) if abs(value) < _EXACT else False
    return str(int(value)) if is_whole else raw
