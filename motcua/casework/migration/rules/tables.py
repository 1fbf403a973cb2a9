"""Tables of every kind as rows of words: xlsx, CSV, JSON, one JSON object a line."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import IO, Self, cast

from motcua.casework.migration.errors import Unreadable
from motcua.lib.text import fold

from .scripts import ENCODINGS, UTF16, decode, guess, guess_script, repaired
from .sheets import LONGEST_CELL, MOST_COLUMNS, Notes, Row, Workbook

_SAMPLE = 1 << 18
_LONGEST_OBJECT = 2_000_000
_HEADINGS_AMONG = 30
_LEAST_HEADINGS = 3
_DELIMITERS = ",;\t|"
_BETWEEN = re.compile(r"[\s,]*")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_JSON_START = re.compile(r"\s*(?:\{\s*\"[^\"]{0,60}\"\s*:\s*)?\[")


def kind_of(name: str, start: bytes) -> str:
    """Return “xlsx”, “csv” or “json” by how a file begins, then by its name. Raises: Unreadable."""
    lowered = name.lower()
    if start.startswith(b"\x1f\x8b"):
        raise Unreadable("Tệp nén .gz chỉ đọc được bằng lệnh; hãy giải nén rồi tải lên.")
    if start.startswith(b"PK"):
        return "xlsx"
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            "Tệp .xls kiểu cũ hoặc có mật khẩu; hãy lưu lại thành .xlsx không mật khẩu."
        )
    head = start[:2000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if lowered.endswith((".json", ".ndjson", ".jsonl")) or head[:1] in {b"{", b"["}:
        return "json"
    if lowered.endswith((".csv", ".txt", ".tsv")):
        return "csv"
    raise Unreadable("Chỉ đọc được bảng .xlsx, .csv, .json, .ndjson.")


class Table:
    """One table that is read from its beginning as often as wanted, each time row by row.

    Raises: Unreadable from every method.
    """

    def __init__(
        self, name: str, content: IO[bytes], *, sheet: str = "", encoding: str = ""
    ) -> None:
        self.notes = Notes()
        self._sheet, self._encoding = sheet, encoding
        self._content = content
        start = self._content.read(_SAMPLE)
        self._content.seek(0)
        if not start:
            raise Unreadable("Tệp rỗng.")
        self.kind = kind_of(name, start)
        self._book = Workbook(self._content) if self.kind == "xlsx" else None
        self._start = start

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._book is not None:
            self._book.close()

    def rows(self) -> Iterator[Row]:
        """Yield every row that holds anything, the heading among them."""
        self.notes = Notes()
        if self._book is not None:
            rows = self._of_sheet(self._book)
        else:
            rows = self._of_lines() if self.kind == "csv" else self._of_objects()
        for row in rows:
            yield self._writable(row) if any(map(_UNWRITABLE.search, row.cells)) else row

    def _writable(self, row: Row) -> Row:
        """Return a row without letters that no database, and no workbook of ours, takes."""
        self.notes.odd_lines += 1
        cells = tuple(_UNWRITABLE.sub("\ufffd", cell) for cell in row.cells)
        return Row(row.number, cells, (*row.odd, "có ký tự điều khiển, đã thay bằng “\ufffd”"))

    def _of_sheet(self, book: Workbook) -> Iterator[Row]:
        rows = book.rows(self._sheet, self.notes)
        first = list(islice(rows, 200))
        script = self._encoding
        if not script:
            script = guess_script(cell for row in first for cell in row.cells if not cell.isascii())
        self.notes.encoding = script
        for row in chain(first, rows):
            yield (
                Row(row.number, tuple(repaired(c, script) for c in row.cells), row.odd)
                if script
                else row
            )

    def _words(self) -> "_Decoded":
        encoding = self._encoding or guess(self._start)
        self.notes.encoding = encoding
        self._content.seek(0)
        return _Decoded(self._content, encoding)

    def _of_lines(self) -> Iterator[Row]:
        lines = self._words()
        first = list(islice(lines, _HEADINGS_AMONG))
        csv.field_size_limit(LONGEST_CELL * 10)
        reader = csv.reader(chain(first, lines), delimiter=_delimiter(first))
        number = 0
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise Unreadable(f"Dòng {reader.line_num}: không đọc được ({error}).") from error
            kept = tuple(cell[:LONGEST_CELL].strip() for cell in cells[:MOST_COLUMNS])
            if any(kept):
                yield Row(reader.line_num, kept, self._odd(kept))

    def _odd(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        if not any("\ufffd" in cell for cell in cells):
            return ()
        self.notes.odd_lines += 1
        return ("có chữ không đọc được theo bảng mã đã chọn",)

    def _of_objects(self) -> Iterator[Row]:
        """Yield objects as rows; the first yields the names, later names are added at the end."""
        names: dict[str, int] = {}
        objects = _objects(self._words())
        first = list(islice(objects, 1000))
        for _, found in first:
            for name in _flat(found) if isinstance(found, dict) else ():
                if len(names) < MOST_COLUMNS:
                    names.setdefault(name, len(names))
        yield Row(0, tuple(names))
        for number, found in chain(first, objects):
            if not isinstance(found, dict):
                self.notes.odd_lines += 1
                yield Row(number, ("",), (str(found),))
                continue
            flat = _flat(found)
            cells = [""] * len(names)
            for name, value in flat.items():
                if name in names:
                    cells[names[name]] = value
            late = [name for name in flat if name not in names and flat[name]]
            odd = (
                (f"trường chưa gặp ở đầu tệp, không đọc: {', '.join(late)[:200]}",) if late else ()
            )
            yield Row(number, tuple(cells), odd)


def _delimiter(lines: Sequence[str]) -> str:
    """Return what stands between cells, in most lines; a title above the headings says nothing."""

    def worth(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines]
        return sum(1 for count in counts if count >= _LEAST_HEADINGS - 1), sum(counts)

    return max(_DELIMITERS, key=worth)


class _Decoded:
    """Lines of a file in one of our encodings, read a stretch at a time."""

    def __init__(self, content: IO[bytes], encoding: str) -> None:
        is_unicode = encoding.startswith(("utf-8", UTF16))
        self._lines = _wide(content, encoding) if is_unicode else _narrow(content, encoding)

    def line(self) -> str:
        """Return the next line, or two million letters of one that is longer; "" at the end."""
        return next(self._lines, "")

    def __iter__(self) -> Iterator[str]:
        return self._lines


def _wide(content: IO[bytes], encoding: str) -> Iterator[str]:
    with io.TextIOWrapper(
        cast("IO[bytes]", _Open(content)), encoding, "replace", newline=""
    ) as lines:
        while line := lines.readline(_LONGEST_OBJECT):
            yield unicodedata.normalize("NFC", line.removeprefix("\ufeff"))


def _narrow(content: IO[bytes], encoding: str) -> Iterator[str]:
    while line := content.readline(_LONGEST_OBJECT):
        yield decode(line, encoding)


class _Open(io.BufferedIOBase):
    """Lends a file to a reader that closes what it reads."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content = content

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        return self._content.read(-1 if size is None else size)

    def read1(self, size: int = -1, /) -> bytes:
        return self._content.read(size)


def _objects(lines: _Decoded) -> Iterator[tuple[int, object]]:
    """Yield what stands in one array, or in one object a line, with its number.

    What is no JSON on a line of its own is yielded as words that say so; an array ends there.
    """
    first = lines.line()
    while first and not first.strip():
        first = lines.line()
    whole = None if first.lstrip().startswith("[") else _one(first)
    if not isinstance(whole, dict) and (_JSON_START.match(first) or first.strip() in {"{", "["}):
        yield from _of_array(first, lines)
        return
    second = lines.line()
    inner = _list_in(whole) if not second.strip() else None
    if inner is not None:
        yield from enumerate(inner, 1)
        return
    for number, line in enumerate(chain((first, second), lines), 1):
        if line.strip():
            yield number, _one(line)


def _list_in(whole: object) -> list[object] | None:
    """Return the list of objects that an answer of a service wraps."""
    values = whole.values() if isinstance(whole, dict) else ()
    lists = (one for one in values if isinstance(one, list) and one and isinstance(one[0], dict))
    return next(lists, None)


def _one(line: str) -> object:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return "dòng không phải JSON; mỗi dòng là một hồ sơ trong ngoặc nhọn"
    return found if isinstance(found, dict) else "dòng không phải một hồ sơ trong ngoặc nhọn"


def _of_array(first: str, lines: _Decoded) -> Iterator[tuple[int, object]]:
    buffer = first
    while not (start := _JSON_START.match(buffer)):
        more = lines.line()
        if not more or len(buffer) > _LONGEST_OBJECT:
            raise Unreadable("Tệp JSON phải là một danh sách hồ sơ, hoặc mỗi dòng một hồ sơ.")
        buffer += more
    place, number, decoder = start.end(), 0, json.JSONDecoder()
    while True:
        place = _BETWEEN.match(buffer, place).end()  # type: ignore[union-attr]  # -- matches nothing, too
        if buffer.startswith("]", place):
            return
        try:
            found, place = decoder.raw_decode(buffer, place)
        except (ValueError, RecursionError) as error:
            more = _stretch(lines)
            if not more or len(buffer) - place > _LONGEST_OBJECT:
                raise Unreadable(f"Tệp JSON hỏng sau hồ sơ thứ {number}.") from error
            buffer, place = buffer[place:] + more, 0
            continue
        number += 1
        yield number, found if isinstance(found, dict) else "không phải một hồ sơ trong ngoặc nhọn"


def _stretch(lines: _Decoded) -> str:
    """Return some hundred lines more, or about two million letters of longer ones."""
    taken, size = list[str](), 0
    for line in islice(lines, 100):
        taken.append(line)
        size += len(line)
        if size >= _LONGEST_OBJECT:
            break
    return "".join(taken)


def _flat(found: dict[str, object]) -> dict[str, str]:
    """Return an object as words: what is nested by “a.b”, lists joined by semicolons."""
    flat: dict[str, str] = {}
    for name, value in found.items():
        if isinstance(value, dict):
            flat |= {f"{name}.{inner}": _word(one) for inner, one in value.items()}
        else:
            flat[str(name)[:200]] = _word(value)
    return dict(islice(flat.items(), MOST_COLUMNS))


def _word(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return "; ".join(filter(None, map(_word, value)))[:LONGEST_CELL]
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)[:LONGEST_CELL]
    return str(value)[:LONGEST_CELL].strip()


def heading_of(rows: list[Row], known: frozenset[str]) -> int:
    """Return the number of the row that looks like the heading. Raises: Unreadable.

    It is the one with most names we know; else the first with several cells of words.
    """

    def score(row: Row) -> int:
        return sum(1 for cell in row.cells if plain_name(cell) in known)

    among = rows[:_HEADINGS_AMONG]
    best = max(among, key=score, default=None)
    if best is not None and score(best) >= _LEAST_HEADINGS - 1:
        return best.number
    for row in among:
        if sum(1 for cell in row.cells if cell and not cell[:1].isdigit()) >= _LEAST_HEADINGS:
            return row.number
    raise Unreadable(
        "Không thấy dòng tiêu đề nào trong 30 dòng đầu; hãy chọn dòng tiêu đề.", field="heading"
    )


def plain_name(heading: str) -> str:
    """Return a heading without tones, blanks and strokes, for comparing."""
    return re.sub(r"[^a-z0-9]", "", fold(heading))


__all__ = ["ENCODINGS", "Notes", "Row", "Table", "heading_of", "plain_name"]
