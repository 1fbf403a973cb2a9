"""An old system that hands over its dossiers, and who brings them over."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import openpyxl

from motcua.casework.dossiers.tests.make import MONDAY, Commune, make_all
from motcua.casework.migration.choices import Field, RunKind, RunState
from motcua.casework.migration.models import Line, Run, Source, SourceFile
from motcua.casework.migration.operations.asking import approve_run, ask_run
from motcua.casework.migration.operations.sources import add_source, add_table, set_mapping
from motcua.casework.migration.operations.turns import go_on_with_next
from motcua.casework.migration.rules.mapping import Mapping, as_text, from_text
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor

POWERS = frozenset({str(Power.MIGRATE_DATA)})
QUAN = Actor(id=901, name="Vũ Thị Quản", province_powers=POWERS)
TRI = Actor(id=902, name="Đỗ Văn Trị", province_powers=POWERS)
LATER = MONDAY + timedelta(days=30)
HEAD = (
    "Mã hồ sơ",
    "Mã TTHC",
    "Cơ quan",
    "Chủ hồ sơ",
    "Số CCCD",
    "Điện thoại",
    "Trạng thái",
    "Ngày tiếp nhận",
    "Ngày hẹn trả",
    "Ngày xong",
    "Ngày trả",
    "Người xử lý",
    "Tệp đính kèm",
)
PAST = (
    "H18.101-240105-0003",
    "1.004873",
    "H18.101",
    "Lò Văn Pâng",
    "011095000123",
    "0912345678",
    "Đã trả kết quả",
    "05/01/2024 08:30",
    "10/01/2024",
    "09/01/2024 15:00",
    "10/01/2024 09:00",
    "Quàng Thị Mai",
    "",
)
OPEN = (
    "H18.101-260225-0007",
    "1.004873",
    "H18.101",
    "Cà Thị Inh",
    "",
    "",
    "Đang xử lý",
    "25/02/2026 09:10",
    "20/03/2026",
    "",
    "",
    "",
    "",
)


def changed(row: Sequence[str], **values: str) -> tuple[str, ...]:
    """Return a row with other words in the columns named."""
    names = {
        "code": 0,
        "procedure": 1,
        "agency": 2,
        "name": 3,
        "identity": 4,
        "status": 6,
        "received": 7,
        "due": 8,
        "finished": 9,
        "returned": 10,
        "handler": 11,
        "files": 12,
    }
    cells = list(row)
    for name, value in values.items():
        cells[names[name]] = value
    return tuple(cells)


def make_csv(*rows: Sequence[str], encoding: str = "utf-8") -> bytes:
    """Return a table as CSV."""
    lines = [";".join(row) for row in (HEAD, *rows)]
    return "\n".join(lines).encode(encoding)


def make_xlsx(*rows: Sequence[object]) -> bytes:
    """Return a table as a workbook."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, *rows):
        sheet.append(list(row))
    book.save(out)
    return out.getvalue()


def make_source(name: str = "Một cửa điện tử cũ") -> Source:
    return add_source(name, "", by=QUAN, at=LATER)


def make_table(source: Source, content: bytes, name: str = "ho-so.csv") -> SourceFile:
    table = add_table(source, name, io.BytesIO(content), by=QUAN, at=LATER)
    source.refresh_from_db()
    return table


def run_table(
    source: Source, table: SourceFile, kind: RunKind = RunKind.CARRY, *, at: datetime = LATER
) -> Run:
    """Return a run through the table, over."""
    run = ask_run(source, table, kind, by=QUAN, at=at)
    if run.state == RunState.ASKED:
        approve_run(run.code, by=TRI, at=at)
    while go_on_with_next(at=at, seconds=60):
        pass
    run.refresh_from_db()
    return run


def bring(
    source: Source, *rows: Sequence[str], kind: RunKind = RunKind.CARRY, at: datetime = LATER
) -> Run:
    """Return a run through a table of these rows, over."""
    return run_table(source, make_table(source, make_csv(*rows)), kind, at=at)


def lines(run: Run) -> list[tuple[int, str, str]]:
    """Return row, verdict and reason of each line."""
    found = Line.objects.filter(run=run).order_by("row")
    return [(one.row, one.verdict, one.reason) for one in found]


def map_values(source: Source, one: Field, **words: str) -> None:
    """Say what some words of the old system are with us."""
    mapping = from_text(source.mapping)
    set_mapping(source.code, as_text(mapping.with_values(one, words)), by=QUAN, at=LATER)
    source.refresh_from_db()


def map_columns(source: Source, **changes: object) -> Mapping:
    mapping = replace(from_text(source.mapping), **changes)  # type: ignore[arg-type]  # -- fields by name
    set_mapping(source.code, as_text(mapping), by=QUAN, at=LATER)
    source.refresh_from_db()
    return mapping


__all__ = ["Commune", "make_all"]
