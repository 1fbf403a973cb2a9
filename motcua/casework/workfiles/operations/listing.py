"""The yearly list of files: drafted by units, put together, approved by the head.

Source: docs/law/workfiles.md
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from motcua.casework.workfiles.choices import ListState
from motcua.casework.workfiles.errors import NoSuchWorkFile, WorkFileError
from motcua.casework.workfiles.models import FileList, ListedFile, WorkFile
from motcua.casework.workfiles.permissions import can_approve_list, can_propose
from motcua.casework.workfiles.queries.lists import find_list, lines_of
from motcua.casework.workfiles.rules.sheets import SheetRow, read_sheet
from motcua.casework.workfiles.rules.values import (
    LineIn,
    check_line,
    checked_symbol,
    checked_title,
)
from motcua.foundation.audit import api as audit
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import Anticipated, BadInput, NotAllowed
from motcua.lib.text import fold, tidy

_NUMBER = re.compile(r"\d+")
_YEARS = range(2000, 2101)


@work.story
def open_list(agency_id: int, year: int, *, by: Actor, at: datetime) -> FileList:
    """Begin the agency's list of a year, or return the one there is.

    Raises: NotAllowed, BadInput.
    """
    if by.agency_id != agency_id and not can_approve_list(by, agency_id):
        raise NotAllowed("Chỉ người của cơ quan được lập danh mục hồ sơ của cơ quan.")
    if year not in _YEARS:
        raise BadInput("Năm của danh mục chưa đúng.", field="year")
    found = find_list(agency_id, year)
    if found is not None:
        return found
    listed = FileList.objects.create(agency_id=agency_id, year=year, state=ListState.DRAFT)
    _trace("list_opened", listed, by=by, at=at)
    return listed


@work.story
def copy_list(agency_id: int, year: int, *, by: Actor, at: datetime) -> int:
    """Write the lines of the year before into a list that is being drafted; return how many.

    Symbols that stand there already are left as they are.
    Raises: NoSuchWorkFile, NotAllowed, WorkFileError.
    """
    listed = _draft(agency_id, year)
    source = find_list(agency_id, year - 1)
    if source is None:
        raise NoSuchWorkFile(f"Chưa có danh mục hồ sơ năm {year - 1} để chép.")
    known = {line.symbol for line in lines_of(listed)}
    units = {unit.id for unit in organisation.tree().units_of(agency_id)}
    added = 0
    for line in lines_of(source):
        is_ours = can_propose(by, listed, line.unit_id)
        if line.symbol not in known and line.unit_id in units and is_ours:
            line.pk, line.list, line.added_later_at = None, listed, None
            line._state.adding = True
            line.save()
            added += 1
    _trace("list_copied", listed, by=by, at=at, detail={"lines": added})
    return added


@work.story
def write_line(
    agency_id: int, year: int, line: LineIn, *, by: Actor, at: datetime, line_id: int | None = None
) -> ListedFile:
    """Add a line to the list, or change one; in an approved list only its head may.

    Raises: NoSuchWorkFile, NotAllowed, BadInput.
    """
    listed = _of_year(agency_id, year)
    _check_unit(by, listed, line.unit_id)
    check_line(line)
    row = _line_to_write(by, listed, line, line_id)
    row.added_later_at = at if listed.is_approved and line_id is None else row.added_later_at
    _fill(row, line)
    row.save()
    _trace("list_line_written", listed, by=by, at=at, detail={"symbol": row.symbol})
    return row


def _line_to_write(by: Actor, listed: FileList, line: LineIn, line_id: int | None) -> ListedFile:
    lines = ListedFile.objects.filter(list=listed)
    row = lines.filter(pk=line_id).first() if line_id is not None else ListedFile(list=listed)
    if row is None:
        raise NoSuchWorkFile("Không còn dòng này trong danh mục; hãy mở lại danh mục.")
    if row.pk:
        _check_unit(by, listed, row.unit_id)
    symbol = checked_symbol(line.symbol)
    if lines.filter(symbol=symbol).exclude(pk=row.pk).exists():
        message = f"Ký hiệu {symbol} đã có trong danh mục năm {listed.year}."
        raise BadInput(message, field="symbol")
    return row


def _fill(row: ListedFile, line: LineIn) -> None:
    row.symbol, row.title = checked_symbol(line.symbol), checked_title(line.title)
    row.sort_key = _NUMBER.sub(lambda found: found[0].zfill(6), fold(row.symbol))[:60]
    row.heading, row.note = tidy(line.heading)[:200], tidy(line.note)[:500]
    row.retention_years, row.unit_id = line.retention_years, line.unit_id
    row.account_id, row.person_name = line.account_id, tidy(line.person_name)[:200]


@work.story
def drop_line(agency_id: int, year: int, line_id: int, *, by: Actor, at: datetime) -> None:
    """Take a line out of a list that is being drafted, if no file was opened from it.

    Raises: NoSuchWorkFile, NotAllowed, WorkFileError.
    """
    listed = _draft(agency_id, year)
    row = ListedFile.objects.filter(list=listed, pk=line_id).first()
    if row is None:
        return
    _check_unit(by, listed, row.unit_id)
    if WorkFile.objects.filter(line=row).exists():
        raise WorkFileError(f"Đã có hồ sơ mở theo dòng {row.symbol} nên không bỏ dòng này được.")
    row.delete()
    _trace("list_line_dropped", listed, by=by, at=at, detail={"symbol": row.symbol})


@work.story
def approve_list(
    agency_id: int, year: int, decision: str, decided_on: date, *, by: Actor, at: datetime
) -> FileList:
    """Put the list into force by a decision of the agency's head.

    Raises: NoSuchWorkFile, NotAllowed, WorkFileError, BadInput.
    """
    listed = _draft(agency_id, year)
    if not can_approve_list(by, agency_id):
        raise NotAllowed("Chỉ người đứng đầu cơ quan được ban hành danh mục hồ sơ.")
    number = tidy(decision)[:60]
    if not number:
        raise BadInput("Hãy ghi số, ký hiệu của quyết định ban hành.", field="decision")
    if not ListedFile.objects.filter(list=listed).exists():
        raise WorkFileError("Danh mục chưa có dòng nào nên chưa ban hành được.")
    listed.state, listed.decision_number, listed.decided_on = (
        ListState.APPROVED,
        number,
        decided_on,
    )
    listed.approved_at, listed.approved_by_name = at, by.name
    listed.save()
    _trace("list_approved", listed, by=by, at=at, detail={"decision": number})
    return listed


# --- From a spreadsheet ---


@dataclass(slots=True)
class SheetReport:
    """What an import wrote or would write; with errors, or as a rehearsal, nothing was written."""

    dry_run: bool
    added: int = 0
    unchanged: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def is_written(self) -> bool:
        return not self.dry_run and not self.errors


class _TakenBack(Exception):
    """Undoes everything written."""


def import_lines(
    agency_id: int, year: int, content: bytes, *, dry_run: bool, by: Actor, at: datetime
) -> SheetReport:
    """Add the lines of a spreadsheet that are not in the list yet; with any error none.

    Raises: BadList, NoSuchWorkFile, NotAllowed.
    """
    rows = read_sheet(content)
    report = SheetReport(dry_run)
    try:
        _import(agency_id, year, rows, report, by=by, at=at)
    except _TakenBack:
        return report
    return report


@work.story
def _import(
    agency_id: int,
    year: int,
    rows: Sequence[SheetRow],
    report: SheetReport,
    *,
    by: Actor,
    at: datetime,
) -> None:
    listed = _of_year(agency_id, year)
    known = {line.symbol for line in lines_of(listed)}
    units = _units_by_name(agency_id)
    for row in rows:
        try:
            line = _line_of(row, units)
            if checked_symbol(line.symbol) in known:
                report.unchanged += 1
                continue
            write_line(agency_id, year, line, by=by, at=at)
            known.add(checked_symbol(line.symbol))
            report.added += 1
        except Anticipated as error:
            report.errors.append(f"Dòng {row.number}: {error}")
    if report.dry_run or report.errors:
        raise _TakenBack


def _units_by_name(agency_id: int) -> dict[str, int]:
    units = organisation.tree().units_of(agency_id)
    named = {fold(unit.name): unit.id for unit in units}
    return named | {fold(unit.code): unit.id for unit in units}


def _line_of(row: SheetRow, units: dict[str, int]) -> LineIn:
    unit = units.get(fold(row.unit))
    if unit is None:
        raise BadInput(f"Không có đơn vị “{row.unit}” trong cơ quan.")
    return LineIn(
        row.symbol, row.title, row.retention_years(), unit, row.heading, row.person, note=row.note
    )


# --- Shared ---


def _of_year(agency_id: int, year: int) -> FileList:
    found = FileList.objects.select_for_update(of=("self",)).filter(agency_id=agency_id, year=year)
    listed = found.first()
    if listed is None:
        raise NoSuchWorkFile(f"Chưa có danh mục hồ sơ năm {year}.")
    return listed


def _draft(agency_id: int, year: int) -> FileList:
    listed = _of_year(agency_id, year)
    if listed.is_approved:
        raise WorkFileError(f"Danh mục hồ sơ năm {year} đã được ban hành.")
    return listed


def _check_unit(by: Actor, listed: FileList, unit_id: int) -> None:
    units = {unit.id for unit in organisation.tree().units_of(listed.agency_id)}
    if unit_id not in units:
        raise BadInput("Đơn vị này không thuộc cơ quan.", field="unit")
    if not can_propose(by, listed, unit_id):
        words = "người đứng đầu cơ quan" if listed.is_approved else "người của đơn vị đó"
        raise NotAllowed(f"Chỉ {words} được sửa dòng này của danh mục.")


def _trace(
    what: str,
    listed: FileList,
    *,
    by: Actor,
    at: datetime,
    detail: dict[str, object] | None = None,
) -> None:
    subject = f"file_list:{listed.agency_id}/{listed.year}"
    audit.record(f"workfiles.{what}", subject, by=by, at=at, detail=detail or {})
