import zipfile
from datetime import timedelta

import pytest

from motcua.casework.documents.tests.make import MONDAY
from motcua.casework.workfiles import api as workfiles
from motcua.casework.workfiles.api import HandOverState, State
from motcua.casework.workfiles.models import WorkFile
from motcua.casework.workfiles.operations.warning import warn_of_hand_over
from motcua.lib.errors import BadInput, NotAllowed

from .make import (
    PAPER,
    TODAY,
    later,
    make_agency_office,
    make_closed,
    make_file,
    make_offered,
    paper,
    said_in,
)

pytestmark = pytest.mark.django_db


def test_closed_files_are_offered_and_accepted() -> None:
    office = make_agency_office()
    offered = make_offered(office)

    accepted = workfiles.accept(offered.code, by=office.dung, at=later(2))

    (handed,) = workfiles.handed_in(accepted)
    assert (accepted.state, accepted.receiver_name, handed.state) == (
        HandOverState.ACCEPTED,
        "Lò Văn Dũng",
        State.HANDED_OVER,
    )
    assert workfiles.verify_moves(workfiles.whole(handed).moves) is None


def test_the_archive_sees_what_was_offered_and_nothing_before() -> None:
    office = make_agency_office()
    open_code = make_file(office).code
    offered = make_offered(office)
    (handed,) = workfiles.handed_in(offered)

    assert workfiles.get_file_for(office.dung, handed.code).code == handed.code
    with pytest.raises(workfiles.NoSuchWorkFile):
        workfiles.get_file_for(office.dung, open_code)


def test_the_archive_gives_back_for_a_reason() -> None:
    office = make_agency_office()
    offered = make_offered(office)
    (handed,) = workfiles.handed_in(offered)

    workfiles.send_back(offered.code, "thiếu biên bản nghiệm thu", by=office.dung, at=later(2))

    back = WorkFile.objects.get(pk=handed.pk)
    assert (back.state, back.hand_over, workfiles.whole(back).moves[-1].note) == (
        State.CLOSED,
        None,
        "thiếu biên bản nghiệm thu",
    )


def test_a_hand_over_ends_once() -> None:
    office = make_agency_office()
    offered = make_offered(office)
    workfiles.accept(offered.code, by=office.dung, at=later(2))

    with pytest.raises(workfiles.WorkFileError, match="đã giao nhận"):
        workfiles.send_back(offered.code, "nhầm", by=office.dung, at=later(3))


def test_nobody_but_the_archive_accepts() -> None:
    office = make_agency_office()
    stranger = make_agency_office("H18.102", "UBND xã Nà Tấu", first=701)
    offered = make_offered(office)

    for actor in (office.mai, stranger.dung):
        with pytest.raises(NotAllowed, match="lưu trữ"):
            workfiles.accept(offered.code, by=actor, at=later(2))
    with pytest.raises(workfiles.NoSuchWorkFile):
        workfiles.get_hand_over_for(stranger.dung, offered.code)


def test_what_is_kept_less_than_five_years_stays_with_the_unit() -> None:
    office = make_agency_office()
    closed = make_closed(office, retention_years=2)

    with pytest.raises(workfiles.WorkFileError, match="dưới 5 năm"):
        workfiles.offer([closed.code], by=office.mai, at=MONDAY)


def test_an_open_file_is_not_offered() -> None:
    office = make_agency_office()

    with pytest.raises(workfiles.MoveNotAllowed):
        workfiles.offer([make_file(office).code], by=office.mai, at=MONDAY)


def test_a_unit_keeps_a_file_for_a_reason_and_not_beyond_two_years() -> None:
    office = make_agency_office()
    closed = make_closed(office)
    due = TODAY.replace(year=2027)

    kept = workfiles.keep_longer(
        closed.code, due.replace(year=2029), "đang tra cứu", by=office.mai, at=MONDAY
    )

    assert kept.hand_over_by == due.replace(year=2029)
    for until in (due, due.replace(year=2029) + timedelta(days=1)):
        with pytest.raises(BadInput, match="02/03/2029"):
            workfiles.keep_longer(closed.code, until, "tra cứu", by=office.mai, at=MONDAY)


def test_thirty_days_before_its_person_is_reminded_once() -> None:
    office = make_agency_office()
    make_closed(office)

    counted = [warn_of_hand_over(at=later(days)) for days in (334, 335, 336)]

    assert counted == [0, 1, 0]


def test_who_keeps_a_file_longer_is_reminded_later() -> None:
    office = make_agency_office()
    closed = make_closed(office)
    until = TODAY.replace(year=2028)
    workfiles.keep_longer(closed.code, until, "tra cứu", by=office.mai, at=MONDAY)

    counted = [warn_of_hand_over(at=later(days)) for days in (360, 365 + 366 - 30)]

    assert counted == [0, 1]


def test_the_papers_name_files_and_both_sides() -> None:
    office = make_agency_office()
    offered = make_offered(office)
    accepted = workfiles.accept(offered.code, by=office.dung, at=later(2))

    minutes = said_in(workfiles.minutes_pdf(accepted, later(2)))
    listed = said_in(workfiles.handed_over_pdf(accepted))

    assert "BIÊN BẢN GIAO NHẬN HỒ SƠ, TÀI LIỆU" in minutes
    assert "Bên giao: Quàng Thị Mai" in minutes
    assert "Bên nhận: Lò Văn Dũng" in minutes
    assert "1 07.KT Sửa đường vào bản Hốc 20/02/2026 20 năm 1 2" in listed


def test_the_contents_of_a_file_are_printed_in_order() -> None:
    office = make_agency_office()
    code = make_file(office).code
    workfiles.put_in(code, paper("Tờ trình", pages=3), by=office.tuan, at=MONDAY)
    workfiles.put_in(code, paper(), by=office.tuan, at=MONDAY)

    said = said_in(workfiles.contents_pdf(WorkFile.objects.get(code=code), MONDAY))

    first, second = said.index("1 20/02/2026 Tờ trình 3"), said.index(f"2 20/02/2026 {PAPER} 2")
    assert first < second
    assert "Hồ sơ có 2 văn bản, tài liệu; 5 trang" in said


def test_a_package_holds_metadata_contents_files_and_their_hashes() -> None:
    office = make_agency_office()
    closed = make_closed(office)

    with (
        workfiles.package_of(office.tuan, closed, MONDAY) as target,
        zipfile.ZipFile(target) as package,
    ):
        names = package.namelist()
        described = package.read("ho-so.xml").decode()
        sums = package.read("SHA256SUMS.txt").decode().splitlines()

    file_name = "tep/001-bien-ban.txt"
    assert names == ["ho-so.xml", "muc-luc-van-ban.pdf", file_name, "SHA256SUMS.txt"]
    assert "<Maintenance>20 năm</Maintenance>" in described
    stored = workfiles.whole(closed).items[0].file
    assert stored is not None
    assert sums[2] == f"{stored.sha256}  {file_name}"
