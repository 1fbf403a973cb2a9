"""A fee table on paper: its text, its days, its rows in words."""

from datetime import datetime

from motcua.casework.fees import api as fees
from motcua.channels.backoffice.fee_grid import NOTES, POLICIES, Grid, grid_of
from motcua.channels.kit.words import short_day, stamp
from motcua.foundation.papers import api as papers
from motcua.lib.actor import Actor
from motcua.lib.decisions import Formula, Model, Table, read_dmn
from motcua.lib.errors import BadInput

from .fee_words import examples_of

NARROW, NOTE = "12", "45"


def printed(version: fees.FeeTableVersion, *, by: Actor, at: datetime) -> bytes:
    """Return the version as PDF. Raises: BadInput without a post."""
    if by.agency_id is None:
        raise BadInput("Ông/bà chưa giữ vị trí nào để in bảng thu.")
    model = read_dmn(version.model.encode())
    grids = [grid_of(one) for one in model.decisions if isinstance(one, Table)]
    paper = papers.FeeTablePaper(
        letterhead=papers.letterhead_of_agency(by.agency_id, at),
        note=f"{version.table.name} (mã {version.table.code}, phiên bản {version.number})",
        lines=_lines(version, grids),
        columns=_columns(grids[-1]),
        entries=_entries(grids[-1]),
        closing=_closing(version, model, grids, at),
    )
    return papers.render_paper(paper)


def _lines(version: fees.FeeTableVersion, grids: list[Grid]) -> tuple[papers.Line, ...]:
    until = f" đến hết {short_day(version.valid_to)}" if version.valid_to else ""
    state = (
        "" if version.state == fees.TableState.PUBLISHED else f" ({version.get_state_display()})"
    )
    return (
        papers.Line(label="Văn bản quy định", value=version.basis_words or "chưa ghi"),
        papers.Line(label="Hiệu lực", value=f"từ {short_day(version.valid_from)}{until}{state}"),
        papers.Line(
            label="Cách chọn hàng", value=dict(POLICIES).get(grids[-1].policy, grids[-1].policy)
        ),
    )


def _columns(grid: Grid) -> tuple[papers.Column, ...]:
    return (
        papers.Column(head="TT", width=NARROW),
        *(
            papers.Column(head=one.words, width=NOTE if one.side == NOTES else "")
            for one in grid.columns
        ),
    )


def _entries(grid: Grid) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (f"{place}", *(words for _, words in row)) for place, row in enumerate(grid.read, 1)
    )


def _closing(
    version: fees.FeeTableVersion, model: Model, grids: list[Grid], at: datetime
) -> tuple[str, ...]:
    said = [f"Công thức “{one.name}”: {one.expression}" for one in _formulas(model)]
    for grid in grids[:-1]:
        rows = "; ".join(" | ".join(row) for row in grid.rows)
        said.append(f"Bảng “{grid.name}” tính trước: {rows}")
    examples = "; ".join(
        f"{one.name}: {one.wanted}" for one in examples_of(model, version.examples, version.basis)
    )
    if examples:
        said.append(f"Ví dụ tính tay: {examples}.")
    if version.published_at:
        said.append(f"Công bố lúc {stamp(version.published_at)}, {version.published_by_name}.")
    said.append(f"In lúc {stamp(at)}.")
    return tuple(said)


def _formulas(model: Model) -> list[Formula]:
    return [one for one in model.decisions if isinstance(one, Formula)]
