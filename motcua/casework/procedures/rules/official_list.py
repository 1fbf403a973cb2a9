"""One row of an official list: a procedure named with its agencies and sector, no more."""

from collections.abc import Iterator, Sequence

from motcua.casework.procedures.errors import RowBroken, SourceBroken
from motcua.casework.procedures.rules.published import PublishedProcedure, Source, SourceForm
from motcua.casework.procedures.rules.wording import clean, one_line, split_code

COLUMNS = ("mã số", "tên", "cơ quan ban hành", "cơ quan thực hiện", "lĩnh vực")
LATEST_HEADER_ROW = 20


def find_columns(row: Sequence[str]) -> dict[str, int] | None:
    """Return where the known columns stand, if this row is the heading of the table."""
    places = {one_line(cell).lower(): place for place, cell in enumerate(row)}
    if "mã số" in places and "tên" in places:
        return {name: places[name] for name in COLUMNS if name in places}
    return None


def read_list(
    rows: Iterator[Sequence[str]],
) -> Iterator[PublishedProcedure | tuple[int, RowBroken]]:
    """Read the rows under the heading; a row that cannot be read is given with its place.

    Raises: SourceBroken if no heading is found.
    """
    columns: dict[str, int] | None = None
    for position, row in enumerate(rows, start=1):
        if columns is None:
            columns = find_columns(row)
            if columns is None and position >= LATEST_HEADER_ROW:
                break
        elif any(cell.strip() for cell in row):
            yield _read(row, columns, position)
    if columns is None:
        raise SourceBroken("Không thấy dòng tiêu đề có cột “Mã số” và “Tên” trong bảng tính.")


def _read(
    row: Sequence[str], columns: dict[str, int], position: int
) -> PublishedProcedure | tuple[int, RowBroken]:
    raw = {name: clean(row[place]) if place < len(row) else "" for name, place in columns.items()}
    try:
        code, suffix = split_code(raw["mã số"])
    except RowBroken as error:
        return position, error
    if not raw["tên"]:
        return position, RowBroken("Thiếu tên thủ tục.")
    return PublishedProcedure(
        code=code,
        code_suffix=suffix,
        name=one_line(raw["tên"]),
        source=Source(SourceForm.LIST, position),
        raw=raw,
        sector="; ".join(_lines(raw.get("lĩnh vực", ""))),
        authority=one_line(raw.get("cơ quan ban hành", "")),
        executing=_lines(raw.get("cơ quan thực hiện", "")),
    )


def _lines(cell: str) -> tuple[str, ...]:
    """Return the lines of a cell, each once."""
    return tuple(dict.fromkeys(one_line(line) for line in cell.split("\n") if line.strip()))
