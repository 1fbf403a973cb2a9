"""Units, posts and officers from a spreadsheet: all of it or nothing, with a rehearsal."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from motcua.foundation.audit import api as audit
from motcua.foundation.organisation.choices import PostRole, UnitKind
from motcua.foundation.organisation.errors import BadOrganisation
from motcua.foundation.organisation.models import Agency, Officer, Post, PostHolding, Unit
from motcua.foundation.organisation.permissions import EDIT
from motcua.foundation.organisation.rules.facts import OfficerFacts, PostFacts, Term, UnitFacts
from motcua.foundation.organisation.rules.spreadsheet import (
    OFFICERS,
    POSTS,
    UNITS,
    Row,
    read_sheets,
)
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import Anticipated
from motcua.lib.text import fold

from .posts import add_officer, add_post, fill_post
from .units import add_unit

BASIS = "Nhập từ bảng tính"
_NO_TRICKS = "Ô có công thức thì dán lại thành giá trị; ô gộp thì tách ra."


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with one row, for the person who filled it in."""

    sheet: str
    row: int
    message: str


@dataclass(slots=True)
class ImportReport:
    """What an import added or would add; with errors, or as a rehearsal, nothing was written."""

    dry_run: bool
    units_added: int = 0
    posts_added: int = 0
    officers_added: int = 0
    posts_filled: int = 0
    unchanged: int = 0
    errors: list[RowError] = field(default_factory=list)

    @property
    def is_written(self) -> bool:
        """Say whether the organisation has changed."""
        return not self.dry_run and not self.errors


class _TakenBack(Exception):
    """Undoes everything written and carries the report out."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__()
        self.report = report


def import_staff(content: bytes, *, dry_run: bool, by: Actor, at: datetime) -> ImportReport:
    """Add the units, posts and officers of a spreadsheet that are not there yet.

    A row that differs from what is on record is an error: changes are made on their own screens,
    from a day on. With any error nothing is written.

    Raises: NotAllowed, BrokenSpreadsheet.
    """
    by.require(EDIT)
    sheets = read_sheets(content)
    try:
        return _write(sheets, ImportReport(dry_run), by=by, at=at)
    except _TakenBack as taken:
        return taken.report


@work.story
def _write(
    sheets: Mapping[str, Sequence[Row]], report: ImportReport, *, by: Actor, at: datetime
) -> ImportReport:
    desk = _Clerk(report, by, at)
    for sheet, take in ((UNITS, desk.take_unit), (POSTS, desk.take_post), (OFFICERS, desk.seat)):
        for row in sheets.get(sheet, ()):
            _try(take, row, report)
    if not report.is_written:
        raise _TakenBack(report)
    counts = {
        "units": report.units_added,
        "posts": report.posts_added,
        "officers": report.officers_added,
        "filled": report.posts_filled,
    }
    audit.record("organisation.staff_imported", "organisation", by=by, at=at, detail=counts)
    return report


def _try(take: Callable[[Row], None], row: Row, report: ImportReport) -> None:
    try:
        take(row)
    except Anticipated as error:
        report.errors.append(RowError(row.sheet, row.number, str(error)))


@dataclass(slots=True)
class _Clerk:
    """Takes one row after the other and counts."""

    report: ImportReport
    by: Actor
    at: datetime

    def take_unit(self, row: Row) -> None:
        """Raises: Anticipated."""
        code, name = _needed(row, "Mã đơn vị"), _needed(row, "Tên đơn vị")
        kind = UnitKind(_choice(row, "Loại", UnitKind.choices))
        agency = _agency(_needed(row, "Mã cơ quan"))
        above = row.text("Mã đơn vị cấp trên")
        parent_id = _unit(above).pk if above else None
        known = Unit.objects.filter(code=code, agency=agency).first()
        if known is not None:
            self._compare((known.name, known.kind), (name, kind))
            return
        facts = UnitFacts(code, name, kind, parent_id, row.text("Tên ngắn"))
        add_unit(agency.pk, facts, Term(_day(row, "Từ ngày"), basis=BASIS), by=self.by, at=self.at)
        self.report.units_added += 1

    def take_post(self, row: Row) -> None:
        """Raises: Anticipated."""
        code, title = _needed(row, "Mã vị trí"), _needed(row, "Chức vụ")
        role = PostRole(_choice(row, "Vai trò", PostRole.choices))
        unit = _unit(_needed(row, "Mã đơn vị"))
        known = Post.objects.filter(code=code).first()
        if known is not None:
            self._compare((known.title, known.role, known.unit_id), (title, role, unit.pk))
            return
        facts = PostFacts(unit.pk, title, role, code)
        add_post(facts, Term(_day(row, "Từ ngày"), basis=BASIS), by=self.by, at=self.at)
        self.report.posts_added += 1

    def seat(self, row: Row) -> None:
        """Take on the officer if need be, and put the officer into the post of the row, if any.

        Raises: Anticipated.
        """
        officer = self._officer(row)
        code = row.text("Mã vị trí")
        if not code:
            return
        post = Post.objects.filter(code=code).first()
        if post is None:
            raise BadOrganisation(f"Không có vị trí nào mang mã “{code}”.")
        if PostHolding.objects.filter(post=post, officer=officer).exists():
            self.report.unchanged += 1
            return
        since = _optional_day(row, "Giữ vị trí từ ngày") or max(post.valid_from, officer.joined_on)
        fill_post(post.pk, officer.pk, Term(since, basis=BASIS), by=self.by, at=self.at)
        self.report.posts_filled += 1

    def _officer(self, row: Row) -> Officer:
        code, name = _needed(row, "Mã cán bộ"), _needed(row, "Họ và tên")
        known = Officer.objects.filter(code=code).first()
        if known is not None:
            self._compare((known.full_name,), (name,))
            return known
        facts = OfficerFacts(
            code,
            name,
            _day(row, "Vào làm ngày"),
            row.text("Điện thoại"),
            row.text("Thư điện tử"),
        )
        self.report.officers_added += 1
        return add_officer(facts, by=self.by, at=self.at)

    def _compare(self, stored: tuple[object, ...], entered: tuple[object, ...]) -> None:
        """Raises: BadOrganisation if a row differs from what is on record."""
        if stored != entered:
            message = "Mã này đã có với nội dung khác; hãy sửa trên màn hình, kèm ngày hiệu lực."
            raise BadOrganisation(message)
        self.report.unchanged += 1


def _needed(row: Row, column: str) -> str:
    text = row.text(column)
    if not text:
        raise BadOrganisation(f"Chưa có chữ ở {row.place(column)}. {_NO_TRICKS}")
    return text


def _optional_day(row: Row, column: str) -> date | None:
    try:
        return row.day(column)
    except ValueError as error:
        message = (
            f"“{row.text(column)}” ở {row.place(column)} không phải một ngày, ví dụ 01/7/2025."
        )
        raise BadOrganisation(message) from error


def _day(row: Row, column: str) -> date:
    day = _optional_day(row, column)
    if day is None:
        raise BadOrganisation(f"Chưa có ngày ở {row.place(column)}. {_NO_TRICKS}")
    return day


def _choice(row: Row, column: str, choices: Sequence[tuple[str, str]]) -> str:
    """Return the stored word for a cell that holds it or its Vietnamese label."""
    asked = fold(_needed(row, column))
    for value, label in choices:
        if asked in (value, fold(label)):
            return value
    known = ", ".join(label for _, label in choices)
    place = row.place(column)
    raise BadOrganisation(f"“{row.text(column)}” ở {place} phải là một trong: {known}.")


def _agency(code: str) -> Agency:
    agency = Agency.objects.filter(code=code).order_by("-standing").first()
    if agency is None:
        raise BadOrganisation(f"Không có cơ quan nào mang mã “{code}”.")
    return agency


def _unit(code: str) -> Unit:
    unit = Unit.objects.filter(code=code).order_by("-standing").first()
    if unit is None:
        raise BadOrganisation(f"Không có đơn vị nào mang mã “{code}”.")
    return unit
