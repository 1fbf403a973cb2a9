import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.db import IntegrityError

from motcua.casework.documents.tests.make import MONDAY
from motcua.casework.workfiles import api as workfiles
from motcua.casework.workfiles.api import FileIn, ListState
from motcua.casework.workfiles.models import FileList, ListedFile
from motcua.lib.errors import BadInput, NotAllowed

from .make import Office, line, make_agency_office

pytestmark = pytest.mark.django_db
HEADS = ("Số và ký hiệu hồ sơ", "Tiêu đề hồ sơ", "Thời hạn bảo quản", "Đơn vị", "Ghi chú")


def make_list(office: Office, *symbols: str, year: int = 2026) -> FileList:
    listed = workfiles.open_list(office.agency_id, year, by=office.dung, at=MONDAY)
    for symbol in symbols:
        workfiles.write_line(
            office.agency_id, year, line(office, symbol), by=office.tuan, at=MONDAY
        )
    return listed


def approve(office: Office, year: int = 2026) -> FileList:
    decided = date(2026, 1, 5)
    return workfiles.approve_list(
        office.agency_id, year, "12/QĐ-UBND", decided, by=office.hoa, at=MONDAY
    )


def symbols_of(listed: FileList) -> list[str]:
    return [one.symbol for one in workfiles.lines_of(listed)]


def sheet(*rows: tuple[object, ...], heads: tuple[str, ...] = HEADS) -> bytes:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.append(("DANH MỤC HỒ SƠ NĂM 2026",))
    page.append(heads)
    for row in rows:
        page.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_units_draft_lines_and_they_stand_by_their_symbols() -> None:
    office = make_agency_office()

    listed = make_list(office, "10.KT", "2.KT", "02.KT1")

    assert symbols_of(listed) == ["2.KT", "02.KT1", "10.KT"]


def test_a_symbol_stands_once_in_a_year() -> None:
    office = make_agency_office()
    make_list(office, "01.KT")

    with pytest.raises(BadInput, match="đã có"):
        make_list(office, "01.kt")


def test_nobody_writes_lines_of_another_unit() -> None:
    office = make_agency_office()
    make_list(office)

    with pytest.raises(NotAllowed, match="đơn vị đó"):
        workfiles.write_line(
            office.agency_id,
            2026,
            line(office, unit_id=office.registry_id),
            by=office.tuan,
            at=MONDAY,
        )


def test_the_head_approves_by_a_decision() -> None:
    office = make_agency_office()
    make_list(office, "01.KT")

    listed = approve(office)

    assert (listed.state, listed.decision_number, listed.approved_by_name) == (
        ListState.APPROVED,
        "12/QĐ-UBND",
        "Nguyễn Thị Hoa",
    )


def test_nobody_else_approves_and_nothing_empty() -> None:
    office = make_agency_office()
    make_list(office)
    with pytest.raises(workfiles.WorkFileError, match="chưa có dòng"):
        approve(office)
    make_list(office, "01.KT")

    with pytest.raises(NotAllowed, match="người đứng đầu"):
        workfiles.approve_list(
            office.agency_id, 2026, "12/QĐ", date(2026, 1, 5), by=office.mai, at=MONDAY
        )


def test_what_comes_after_the_approval_is_added_by_the_head_and_says_so() -> None:
    office = make_agency_office()
    make_list(office, "01.KT")
    approve(office)
    with pytest.raises(NotAllowed, match="người đứng đầu"):
        make_list(office, "02.KT")

    workfiles.write_line(office.agency_id, 2026, line(office, "02.KT"), by=office.hoa, at=MONDAY)

    later = ListedFile.objects.get(symbol="02.KT")
    assert later.added_later_at == MONDAY


def test_a_list_is_copied_from_the_year_before() -> None:
    office = make_agency_office()
    make_list(office, "01.KT", "02.KT", year=2025)
    listed = make_list(office, "02.KT")

    added = workfiles.copy_list(office.agency_id, 2026, by=office.tuan, at=MONDAY)

    assert (added, symbols_of(listed)) == (1, ["01.KT", "02.KT"])


def test_there_must_be_a_list_to_copy() -> None:
    office = make_agency_office()
    make_list(office)

    with pytest.raises(workfiles.NoSuchWorkFile, match="2025"):
        workfiles.copy_list(office.agency_id, 2026, by=office.tuan, at=MONDAY)


def test_a_line_from_which_a_file_was_opened_stays() -> None:
    office = make_agency_office()
    listed = make_list(office, "01.KT", "02.KT")
    first, second = workfiles.lines_of(listed)
    workfiles.drop_line(office.agency_id, 2026, second.pk, by=office.tuan, at=MONDAY)
    approve(office)

    opened = workfiles.open_file(FileIn("", 1, 0, line_id=first.pk), by=office.tuan, at=MONDAY)

    assert (opened.symbol, opened.title, opened.retention_years) == ("01.KT", first.title, 20)
    assert symbols_of(listed) == ["01.KT"]
    assert [one.pk for one in workfiles.lines_to_open(office.tuan, 2026)] == [first.pk]


def test_no_file_is_opened_from_a_list_not_yet_approved() -> None:
    office = make_agency_office()
    (only,) = workfiles.lines_of(make_list(office, "01.KT"))

    with pytest.raises(workfiles.NoSuchWorkFile, match="chưa được ban hành"):
        workfiles.open_file(FileIn("", 1, 0, line_id=only.pk), by=office.tuan, at=MONDAY)


def test_a_rehearsal_of_an_import_writes_nothing() -> None:
    office = make_agency_office()
    listed = make_list(office, "01.KT")
    content = sheet(
        ("01.KT", "Đã có", "5 năm", "Phòng Kinh tế", ""),
        ("02.KT", "Chợ phiên", "Vĩnh viễn", "phong kinh te", "mới"),
    )

    tried = workfiles.import_lines(
        office.agency_id, 2026, content, dry_run=True, by=office.tuan, at=MONDAY
    )
    after_trying = symbols_of(listed)
    done = workfiles.import_lines(
        office.agency_id, 2026, content, dry_run=False, by=office.tuan, at=MONDAY
    )

    assert (tried.added, tried.unchanged, tried.errors, after_trying) == (1, 1, [], ["01.KT"])
    assert (done.is_written, symbols_of(listed)) == (True, ["01.KT", "02.KT"])


def test_wrong_rows_are_named_and_nothing_is_written() -> None:
    office = make_agency_office()
    listed = make_list(office)
    content = sheet(
        ("01.KT", "Chợ", "5 năm", "Phòng Kinh tế", ""),
        ("sai", "Chợ", "5 năm", "Phòng Kinh tế", ""),
        ("03.KT", "Chợ", "lâu", "Phòng Kinh tế", ""),
        ("04.KT", "Chợ", "5", "Phòng Không Có", ""),
    )

    report = workfiles.import_lines(
        office.agency_id, 2026, content, dry_run=False, by=office.tuan, at=MONDAY
    )

    assert [error.partition(":")[0] for error in report.errors] == ["Dòng 4", "Dòng 5", "Dòng 6"]
    assert (report.is_written, symbols_of(listed)) == (False, [])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no sheet", "Không đọc được"),
        (sheet(heads=("Một", "Hai")), "Không thấy dòng tiêu đề"),
        (sheet(heads=("Ký hiệu", "Tiêu đề")), "thiếu cột: Thời hạn bảo quản, Đơn vị"),
        (b"x" * 5_000_001, "5 MB"),
    ],
    ids=["bytes", "heads", "columns", "large"],
)
def test_what_is_no_list_is_refused(content: bytes, said: str) -> None:
    office = make_agency_office()
    make_list(office)

    with pytest.raises(workfiles.BadList, match=said):
        workfiles.import_lines(
            office.agency_id, 2026, content, dry_run=True, by=office.tuan, at=MONDAY
        )


def test_the_database_refuses_a_list_in_force_without_its_decision() -> None:
    office = make_agency_office()
    make_list(office, "01.KT")

    with pytest.raises(IntegrityError, match="approved_by_decision"):
        FileList.objects.update(state=ListState.APPROVED)
