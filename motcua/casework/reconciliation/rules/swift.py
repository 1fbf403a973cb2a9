"""Statements in SWIFT's MT940."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import IO

from motcua.casework.reconciliation.errors import BadStatement
from motcua.lib.clock import HANOI

from .encodings import HEAD_BYTES, encoding_of, text_lines
from .lines import LineIn, Trouble, trimmed

_TAG = re.compile(r":([0-9]{2}[A-Z]?):(.*)", re.DOTALL)
_MOVE = re.compile(
    r"([0-9]{6})([0-9]{4})?(RC|RD|C|D)[A-Z]?([0-9]{1,15}),([0-9]{0,2})[A-Z][A-Z0-9]{3}"
    r"([^/\n]{0,40}?)(?://([^\n]{0,40}))?(?:\n.*)?",
    re.DOTALL,
)
_ACCOUNT = re.compile(r"[0-9A-Za-z]{4,34}")
_MOST_FIELD = 4_000
_PLACE_OF_86 = re.compile(r"\?[0-9]{2}")


def mt940_items(content: IO[bytes]) -> Iterator[LineIn | Trouble]:
    """Yield what a statement in MT940 says. Raises: BadStatement."""
    head = content.read(HEAD_BYTES)
    content.seek(0)
    codec = encoding_of(head, is_whole=len(head) < HEAD_BYTES)
    account, waiting = "", None
    for row, tag, value in _fields(text_lines(content, codec)):
        if tag == "25":
            account = _account_in(value)
        if tag == "86" and isinstance(waiting, LineIn):
            waiting = replace(waiting, words=trimmed(_PLACE_OF_86.sub(" ", value)))
        elif waiting is not None and tag in ("61", "62F", "62M", "20", "86"):
            yield waiting
            waiting = None
        if tag == "61":
            waiting = _move(value, row, account)
    if waiting is not None:
        yield waiting


def _fields(lines: Iterable[str]) -> Iterator[tuple[int, str, str]]:
    """Yield each field with the number of its first line."""
    row, tag, value = 0, "", ""
    for number, line in enumerate(lines, start=1):
        bare = line.rstrip("\r\n")
        found = _TAG.match(bare.rpartition("{4:")[2])
        if found is not None or bare.startswith("-}"):
            if tag:
                yield row, tag, value
            row, tag, value = (number, found[1], found[2]) if found else (0, "", "")
        elif tag:
            value = f"{value}\n{bare}"
            if len(value) > _MOST_FIELD:
                raise BadStatement(f"Trường :{tag}: ở dòng {row} dài quá mức, không phải MT940.")
    if tag:
        yield row, tag, value


def _account_in(value: str) -> str:
    found: list[str] = _ACCOUNT.findall(value.split(maxsplit=1)[0] if value.split() else "")
    return found[-1] if found else ""


def _move(value: str, row: int, account: str) -> LineIn | Trouble:
    found = _MOVE.fullmatch(value)
    if found is None:
        return Trouble(row, f"Dòng {row}: trường :61: sai dạng “{value[:40]}”.")
    day, _, mark, whole, part, ours, theirs = found.groups()
    if part.strip("0"):
        return Trouble(row, f"Dòng {row}: số tiền {whole},{part} không phải đồng chẵn.")
    try:
        at = datetime.strptime(day, "%y%m%d").replace(tzinfo=HANOI)
    except ValueError:
        return Trouble(row, f"Dòng {row}: không có ngày {day}.")
    ref = (theirs or ours or "").strip()
    return LineIn(
        row=row,
        account=account,
        ref="" if ref == "NONREF" else ref,
        booked_at=at,
        amount_vnd=int(whole) if mark in ("C", "RD") else -int(whole),
        words="",
    )
