"""Recognise a source by its content and read its procedures one by one."""

import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from motcua.casework.procedures.errors import RowBroken, SourceBroken
from motcua.casework.procedures.rules.catalogue_json import read_answer
from motcua.casework.procedures.rules.official_list import read_list
from motcua.casework.procedures.rules.published import PublishedProcedure
from motcua.casework.procedures.rules.published_text import read_text
from motcua.casework.procedures.rules.spreadsheet import read_rows

LARGEST_TEXT = 512 * 2**20
LONGEST_LINE = 8 * 2**20

_GZIP, _ZIP, _OLE = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that could not be read, with its place and the reason for a person."""

    position: int
    reason: str


Read = PublishedProcedure | RefusedRow
Reader = Callable[[Mapping[str, object], int], PublishedProcedure]


def read_source(content: bytes) -> Iterator[Read]:
    """Give every procedure of a source, whatever its form; the name of a file does not matter.

    Raises: SourceBroken.
    """
    if content.startswith(_GZIP):
        content = unpack(content)
    if content.startswith(_ZIP):
        return _from_list(content)
    if content.startswith(_OLE):
        raise SourceBroken("Tệp .xls đời cũ hoặc có mật khẩu; hãy lưu lại thành .xlsx.")
    return _from_text(content)


def unpack(content: bytes) -> bytes:
    """Unpack gzip, but never beyond the limit.

    Raises: SourceBroken.
    """
    unpacker = zlib.decompressobj(wbits=31)
    try:
        text = unpacker.decompress(content, LARGEST_TEXT)
    except zlib.error as error:
        raise SourceBroken("Tệp nén .gz hỏng.") from error
    if unpacker.unconsumed_tail:
        raise SourceBroken(f"Tệp giải nén quá {LARGEST_TEXT // 2**20} MB, không đọc.")
    if not unpacker.eof:
        raise SourceBroken("Tệp nén .gz bị cắt giữa chừng.")
    return text


def _from_list(content: bytes) -> Iterator[Read]:
    for read in read_list(read_rows(content)):
        yield read if isinstance(read, PublishedProcedure) else RefusedRow(read[0], str(read[1]))


def _from_text(content: bytes) -> Iterator[Read]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceBroken("Tệp không phải văn bản UTF-8, cũng không phải .xlsx.") from error
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines:
        raise SourceBroken("Tệp rỗng.")
    first = _parsed(lines[0])
    if isinstance(first, dict) and "ma_thu_tuc" in first:
        return _from_lines(lines)
    whole = _parsed(text)
    if whole is None:
        raise SourceBroken("Không đọc được JSON: tệp hỏng hoặc bị cắt.")
    return _from_answer(whole)


def _from_lines(lines: list[str]) -> Iterator[Read]:
    for position, line in enumerate(lines, start=1):
        row = _parsed(line) if len(line) <= LONGEST_LINE else None
        if isinstance(row, dict):
            yield _tried(read_text, row, position)
        else:
            yield RefusedRow(position, "Dòng không phải một đối tượng JSON, hoặc quá dài.")


def _from_answer(whole: object) -> Iterator[Read]:
    """Read the answer of the service, one object of it, or a list of them."""
    found = whole.get("result", [whole]) if isinstance(whole, dict) else whole
    if not isinstance(found, list) or not any(isinstance(r, dict) and "MATTHC" in r for r in found):
        raise SourceBroken("JSON này không phải câu trả lời LayThuTuc (thiếu MATTHC).")
    for position, row in enumerate(found, start=1):
        if isinstance(row, dict):
            yield _tried(read_answer, row, position)
        else:
            yield RefusedRow(position, "Phần tử không phải một đối tượng JSON.")


def _tried(reader: Reader, row: Mapping[str, object], position: int) -> Read:
    try:
        return reader(row, position)
    except RowBroken as error:
        return RefusedRow(position, str(error))


def _parsed(text: str) -> object:
    """Return what the text holds, or nothing if it is no JSON or nested beyond reason."""
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found
