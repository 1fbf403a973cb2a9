from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from motcua.casework.documents.api import NoSuchDocument
from motcua.casework.documents.tests.make import MONDAY, make_registered
from motcua.casework.documents.tests.make import Office as DocumentsOffice
from motcua.casework.tasks.api import NoSuchTask
from motcua.casework.tasks.tests.make import make_place, make_task
from motcua.casework.workfiles import api as workfiles
from motcua.casework.workfiles.api import Described, ItemIn, State
from motcua.casework.workfiles.models import WorkFile, WorkFileItem
from motcua.foundation.access.api import Secrecy
from motcua.lib.errors import BadInput, Conflict, NotAllowed

from .make import (
    PAPER,
    TODAY,
    Office,
    make_agency_office,
    make_closed,
    make_file,
    paper,
)

pytestmark = pytest.mark.django_db


def registered(office: Office) -> str:
    """Take in a document and put it before the leader; return its code."""
    units = (office.agency_id, office.root_id, office.registry_id, office.division_id)
    people = (office.dung, office.hoa, office.mai, office.tuan)
    return make_registered(DocumentsOffice(*units, *people)).code


def titles(code: str) -> list[str]:
    found = WorkFile.objects.get(code=code)
    return [item.title for item in workfiles.whole(found).items]


def test_a_file_is_opened_by_whom_it_belongs_to() -> None:
    office = make_agency_office()

    work_file = make_file(office)

    assert (work_file.person_name, work_file.state, work_file.year) == (
        "Cà Văn Tuấn",
        State.OPEN,
        2026,
    )
    assert [one.code for one in workfiles.my_files(office.tuan)] == [work_file.code]


def test_nobody_opens_files_in_another_unit() -> None:
    office = make_agency_office()

    with pytest.raises(NotAllowed):
        make_file(office, unit_id=office.registry_id)


def test_a_paper_is_put_in_and_counted() -> None:
    office = make_agency_office()
    code = make_file(office).code

    workfiles.put_in(code, paper(pages=3), by=office.tuan, at=MONDAY)
    workfiles.put_in(code, paper("Tờ trình", pages=4), by=office.mai, at=MONDAY)

    found = WorkFile.objects.get(code=code)
    whole = workfiles.whole(found)
    assert (found.documents, found.pages) == (2, 7)
    assert [item.title for item in whole.items] == [PAPER, "Tờ trình"]
    assert workfiles.verify_moves(whole.moves) is None


def test_of_a_task_its_own_room_says_what_it_is() -> None:
    place = make_place("H18.150", "UBND xã Nà Hỳ")
    task = make_task(place)
    nga = replace(place.nga, powers={"documents.draft": frozenset([place.division_id])})
    new = workfiles.FileIn("Rà soát hộ nghèo", 10, place.division_id)
    code = workfiles.open_file(new, by=nga, at=MONDAY).code

    item = workfiles.put_in(code, ItemIn("task", task.code), by=nga, at=MONDAY)

    assert (item.title, item.notation, item.author) == (task.title, task.code, "Nguyễn Thị Hoa")


def test_a_task_that_one_may_not_know_of_is_not_put_in() -> None:
    office = make_agency_office()
    task = make_task(make_place("H18.150", "UBND xã Nà Hỳ"))
    code = make_file(office).code

    with pytest.raises(NoSuchTask):
        workfiles.put_in(code, ItemIn("task", task.code), by=office.tuan, at=MONDAY)


def test_of_a_document_its_own_room_says_what_it_is() -> None:
    office = make_agency_office()
    document = registered(office)
    code = make_file(office, office.hoa).code

    item = workfiles.put_in(code, ItemIn("document", document), by=office.hoa, at=MONDAY)

    assert (item.notation, item.author, item.day, item.pages) == (
        "0123/SNV-CCHC",
        "Sở Nội vụ",
        date(2026, 2, 27),
        2,
    )
    assert [one.code for one in workfiles.files_of(document)] == [code]


def test_nobody_puts_in_a_document_he_may_not_know_of() -> None:
    office = make_agency_office()
    document = registered(office)
    code = make_file(office).code

    with pytest.raises(NoSuchDocument):
        workfiles.put_in(code, ItemIn("document", document), by=office.tuan, at=MONDAY)


def test_nothing_lies_in_a_file_twice() -> None:
    office = make_agency_office()
    document = ItemIn("document", registered(office))
    code = make_file(office, office.hoa).code
    workfiles.put_in(code, document, by=office.hoa, at=MONDAY)

    with pytest.raises(Conflict, match="đã có"):
        workfiles.put_in(code, document, by=office.hoa, at=MONDAY)


@pytest.mark.parametrize(
    "item",
    [ItemIn("letter", "1"), ItemIn("document"), ItemIn("file", title="Không có tệp")],
)
def test_what_is_nothing_is_not_put_in(item: ItemIn) -> None:
    office = make_agency_office()
    code = make_file(office).code

    with pytest.raises(BadInput):
        workfiles.put_in(code, item, by=office.tuan, at=MONDAY)


def test_what_does_not_belong_is_taken_out_for_a_reason() -> None:
    office = make_agency_office()
    code = make_file(office).code
    item = workfiles.put_in(code, paper(), by=office.tuan, at=MONDAY)
    workfiles.put_in(code, paper("Tờ trình"), by=office.tuan, at=MONDAY)

    workfiles.take_out(code, item.seq, "để nhầm", by=office.tuan, at=MONDAY)

    found = WorkFile.objects.get(code=code)
    whole = workfiles.whole(found)
    assert ([one.title for one in whole.items], found.documents, found.pages) == (
        ["Tờ trình"],
        1,
        2,
    )
    assert whole.moves[-1].note == f"{PAPER}: để nhầm"


def test_without_a_reason_nothing_is_taken_out() -> None:
    office = make_agency_office()
    code = make_file(office).code
    item = workfiles.put_in(code, paper(), by=office.tuan, at=MONDAY)

    with pytest.raises(BadInput, match="lý do"):
        workfiles.take_out(code, item.seq, " ", by=office.tuan, at=MONDAY)


def test_items_are_put_into_another_order() -> None:
    office = make_agency_office()
    code = make_file(office).code
    for number, day in enumerate((5, 3, 4), 1):
        workfiles.put_in(
            code, paper(f"Số {number}", day=date(2026, 2, day)), by=office.tuan, at=MONDAY
        )
    seqs = [item.seq for item in workfiles.whole(WorkFile.objects.get(code=code)).items]

    workfiles.arrange(code, [seqs[2], seqs[0], seqs[1]], by=office.tuan, at=MONDAY)
    by_hand = titles(code)
    workfiles.arrange_by_day(code, by=office.tuan, at=MONDAY)

    assert (by_hand, titles(code)) == (["Số 3", "Số 1", "Số 2"], ["Số 2", "Số 3", "Số 1"])


def test_an_order_of_other_items_is_refused() -> None:
    office = make_agency_office()
    code = make_file(office).code
    workfiles.put_in(code, paper(), by=office.tuan, at=MONDAY)

    with pytest.raises(Conflict, match="tải lại"):
        workfiles.arrange(code, [], by=office.tuan, at=MONDAY)


def test_a_file_is_closed_when_all_is_in_order() -> None:
    office = make_agency_office()

    closed = make_closed(office)

    assert (closed.state, closed.is_open, closed.due_on) == (
        State.CLOSED,
        False,
        TODAY.replace(year=2027),
    )


def test_a_file_with_nothing_in_it_is_not_closed() -> None:
    office = make_agency_office()
    code = make_file(office).code

    with pytest.raises(workfiles.NotInOrder, match="chưa có tài liệu"):
        workfiles.close_file(code, TODAY, by=office.tuan, at=MONDAY)


def test_what_lacks_its_day_or_pages_is_named_and_mended() -> None:
    office = make_agency_office()
    code = make_file(office).code
    item = workfiles.put_in(code, paper(day=None, pages=None), by=office.tuan, at=MONDAY)
    with pytest.raises(workfiles.NotInOrder, match="mục 1 thiếu ngày và số trang"):
        workfiles.close_file(code, TODAY, by=office.tuan, at=MONDAY)

    described = Described(date(2026, 2, 1), 6)
    workfiles.describe_item(code, item.seq, described, by=office.tuan, at=MONDAY)
    closed = workfiles.close_file(code, TODAY, by=office.tuan, at=MONDAY)

    assert (closed.pages, closed.state) == (6, State.CLOSED)


def test_work_cannot_end_tomorrow() -> None:
    office = make_agency_office()
    code = make_file(office).code
    workfiles.put_in(code, paper(), by=office.tuan, at=MONDAY)

    with pytest.raises(BadInput, match="sau hôm nay"):
        workfiles.close_file(code, TODAY + timedelta(days=1), by=office.tuan, at=MONDAY)


def test_a_closed_file_takes_nothing_until_it_is_opened_again() -> None:
    office = make_agency_office()
    code = make_closed(office).code
    with pytest.raises(workfiles.WorkFileError, match="mở lại"):
        workfiles.put_in(code, paper("Thêm"), by=office.tuan, at=MONDAY)

    workfiles.reopen_file(code, "còn công văn trả lời", by=office.mai, at=MONDAY)
    workfiles.put_in(code, paper("Thêm"), by=office.tuan, at=MONDAY)

    assert titles(code) == [PAPER, "Thêm"]


def test_only_its_person_and_the_heads_write_in_a_file() -> None:
    office = make_agency_office()
    code = make_file(office).code

    with pytest.raises(NotAllowed, match="Cà Văn Tuấn"):
        workfiles.put_in(code, paper(), by=office.dung, at=MONDAY)


def test_title_and_retention_are_corrected_and_what_they_were_is_kept() -> None:
    office = make_agency_office()
    code = make_file(office).code

    changed = workfiles.change_file(code, "Đường bản Hốc", 5, "", by=office.tuan, at=MONDAY)

    move = workfiles.whole(changed).moves[-1]
    assert (changed.title, changed.retention_years, move.detail) == (
        "Đường bản Hốc",
        5,
        {"title": "Sửa đường vào bản Hốc", "retention": 20},
    )


def test_officers_of_another_agency_know_nothing_of_a_file() -> None:
    office = make_agency_office()
    stranger = make_agency_office("H18.102", "UBND xã Nà Tấu", first=701)
    code = make_file(office).code

    with pytest.raises(workfiles.NoSuchWorkFile):
        workfiles.get_file_for(stranger.hoa, code)
    assert list(workfiles.files_for(stranger.hoa).rows) == []


def test_what_is_kept_closely_is_seen_by_its_unit_and_person_alone() -> None:
    office = make_agency_office()
    code = make_file(office, secrecy=Secrecy.NEED_TO_KNOW).code

    assert workfiles.get_file_for(office.mai, code).code == code
    with pytest.raises(workfiles.NoSuchWorkFile):
        workfiles.get_file_for(office.hoa, code)


def test_a_monitor_of_dossiers_reads_no_files() -> None:
    office = make_agency_office()
    code = make_file(office).code
    monitor = replace(office.hoa, id=999, unit_ids=(), sees_all=True)

    with pytest.raises(workfiles.NoSuchWorkFile):
        workfiles.get_file_for(monitor, code)


def test_open_files_are_suggested_by_symbol_and_words() -> None:
    office = make_agency_office()
    road = make_file(office)
    other = make_file(office, title="Tuyển dụng công chức", symbol="01.TCCB")
    make_closed(office, title="Đường đã xong")

    by_words = workfiles.suggest_for(office.tuan, "V/v sửa đường vào bản")
    by_symbol = workfiles.suggest_for(office.tuan, "12/QĐ-TCCB")

    assert ([one.code for one in by_words], [one.code for one in by_symbol]) == (
        [road.code],
        [other.code],
    )


def test_the_database_refuses_an_item_that_is_nothing() -> None:
    office = make_agency_office()
    code = make_file(office).code
    workfiles.put_in(code, paper(), by=office.tuan, at=MONDAY)

    with pytest.raises(IntegrityError, match="item_is_something"):
        WorkFileItem.objects.update(file=None)
