"""A table as lines of our own on this machine, so that a run can go on at any of them.

A spool is no record: it is made anew from the kept table whenever it is not there.
"""

import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from motcua.casework.migration.errors import Unreadable
from motcua.casework.migration.models import Run, SourceFile
from motcua.casework.migration.rules.mapping import Mapping
from motcua.casework.migration.rules.sheets import Notes, Row

from .sources import headings_of, opened

MOST_ROWS = 2_000_000


class Spooled(NamedTuple):
    """What was spooled: where, the headings, how many rows, what is odd about the table."""

    path: Path
    headings: list[str]
    total: int
    notes: list[str]


def spool_of(run: Run, mapping: Mapping) -> Spooled:
    """Return the spool of a run's table, made if it is not there.

    Raises: Unreadable.
    """
    folder = Path(settings.FILES_DIR) / "migration"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{run.code}.ndjson"
    if not path.exists():
        _write(run.table, mapping, path)
    with path.open("rb") as content:
        head = json.loads(content.readline())
    return Spooled(path, head["headings"], head["total"], head["notes"])


def drop_spool(run: Run) -> None:
    """Remove the spool of a run that is over, and what a killed process left half written."""
    for path in (Path(settings.FILES_DIR) / "migration").glob(f"{run.code}.*"):
        path.unlink(missing_ok=True)


def _write(table: SourceFile, mapping: Mapping, path: Path) -> None:
    """Write rows first and the head last, then put both together in their order."""
    mine = secrets.token_hex(4)  # a command and the worker may both begin
    rows, made = path.with_suffix(f".{mine}.rows"), path.with_suffix(f".{mine}.made")
    headings, total = list[str](), 0
    try:
        with opened(table, mapping) as found, rows.open("wb") as out:
            for row in found.rows():
                if row.number == mapping.heading:
                    headings = headings_of(row)
                elif row.number > mapping.heading:
                    total += 1
                    if total > MOST_ROWS:
                        raise Unreadable(f"Bảng có quá {MOST_ROWS} dòng; hãy chia nhỏ bảng.")
                    out.write(_line(row))
        head = {"headings": headings, "total": total, "notes": notes_in_words(found.notes)}
        with made.open("wb") as out, rows.open("rb") as kept:
            out.write(json.dumps(head, ensure_ascii=False).encode() + b"\n")
            while chunk := kept.read(1 << 20):
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        made.replace(path)
    finally:
        rows.unlink(missing_ok=True)
        made.unlink(missing_ok=True)


def _line(row: Row) -> bytes:
    plain = [row.number, row.cells, row.odd] if row.odd else [row.number, row.cells]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def read_from(spool: Spooled, place: int, most: int) -> Iterator[tuple[Row, int]]:
    """Yield rows from a place on, each with the place of the next; 0 is the first row."""
    with spool.path.open("rb") as content:
        if place:
            content.seek(place)
        else:
            content.readline()
        for _ in range(most):
            line = content.readline()
            if not line:
                return
            number, cells, *odd = json.loads(line)
            yield Row(number, tuple(cells), tuple(odd[0]) if odd else ()), content.tell()


def notes_in_words(notes: Notes) -> list[str]:
    """Return what must be known of a table before its rows are believed."""
    words = []
    if notes.encoding and notes.encoding != "utf-8":
        words.append(f"Bảng mã nhận ra: {notes.encoding}.")
    if len(notes.sheets) > 1:
        others = [name for name in notes.sheets if name != notes.sheet]
        words.append(f"Đọc trang “{notes.sheet}”; không đọc: {', '.join(others)[:300]}.")
    if notes.formulas:
        words.append(f"{notes.formulas} ô công thức: chỉ lấy giá trị Excel đã lưu, không tự tính.")
    if notes.uncomputed:
        at = ", ".join(notes.uncomputed_at)
        words.append(f"{notes.uncomputed} ô công thức chưa có giá trị lưu sẵn, để trống: {at}.")
    if notes.errors:
        words.append(f"{notes.errors} ô lỗi (#REF!, #N/A …), để trống.")
    if notes.merged:
        at = ", ".join(notes.merged_at)
        words.append(f"{notes.merged} vùng ô gộp, chỉ ô đầu có giá trị: {at}.")
    if notes.odd_lines:
        words.append(f"{notes.odd_lines} dòng có chữ không đọc được hoặc không phải hồ sơ.")
    return words
