from datetime import timedelta

import pytest

from motcua.casework.tasks.choices import Origin
from motcua.casework.tasks.operations.doing import ask_to_finish, refuse_part, report_progress
from motcua.casework.tasks.operations.extending import Decision, ask_extension, decide_extension
from motcua.casework.tasks.operations.following import approve_part
from motcua.casework.tasks.queries.figures import (
    Grouping,
    Side,
    month,
    report,
    report_lines,
    total_of,
)
from motcua.casework.tasks.queries.lists import (
    WorkFilter,
    given_tasks_for,
    open_tasks_for,
    tasks_for,
)
from motcua.casework.tasks.queries.one import get_task_file, task_page
from motcua.casework.tasks.rules.giving import FileIn, PartIn
from motcua.foundation.access.api import Secrecy
from motcua.foundation.files import api as files
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.errors import BadInput, NotFound

from .make import (
    FRIDAY,
    MONDAY,
    NEXT_FRIDAY,
    ONE_HOUR,
    make_place,
    make_province,
    make_task,
    part_of,
)

pytestmark = pytest.mark.django_db
LATER = MONDAY + ONE_HOUR
NEXT_MONDAY = MONDAY + timedelta(days=7)
APRIL = MONDAY + timedelta(days=35)


def test_a_unit_sees_its_open_work_the_nearest_limit_first() -> None:
    place = make_place()
    far = make_task(place, title="Xa", due_at=NEXT_FRIDAY)
    near = make_task(place, title="Gần")
    none = make_task(place, title="Không hạn", due_at=None)

    page = open_tasks_for(place.nga)

    assert [row.code for row in page.rows] == [near.code, far.code, none.code]
    assert open_tasks_for(make_place("H18.102", "Xã khác").nga).rows == ()


def test_pages_go_on_where_they_ended_and_back() -> None:
    place = make_place()
    made = [make_task(place, due_at=FRIDAY + timedelta(hours=n)) for n in range(5)]

    first = open_tasks_for(place.nga, limit=2)
    second = open_tasks_for(place.nga, limit=2, after=first.next)
    back = open_tasks_for(place.nga, limit=2, after=second.previous)

    assert [row.code for row in first.rows] == [made[0].code, made[1].code]
    assert [row.code for row in second.rows] == [made[2].code, made[3].code]
    assert [row.code for row in back.rows] == [row.code for row in first.rows]


def test_own_work_is_what_names_the_person() -> None:
    place = make_place()
    make_task(place)
    own = make_task(place, lead_account_id=place.binh.id)

    assert [row.code for row in open_tasks_for(place.binh, only=WorkFilter(mine=True)).rows] == [
        own.code
    ]


def test_work_lists_are_narrowed() -> None:
    place = make_place()
    late = make_task(place)
    own = make_task(place, lead_account_id=place.binh.id, due_at=NEXT_FRIDAY)

    by_person = open_tasks_for(place.nga, only=WorkFilter(account_id=place.binh.id))
    free = open_tasks_for(place.nga, only=WorkFilter(unassigned=True))
    overdue = open_tasks_for(place.nga, only=WorkFilter(late_before=NEXT_MONDAY))
    helping = open_tasks_for(place.nga, only=WorkFilter(together=True))

    found = [[row.code for row in page.rows] for page in (by_person, free, overdue, helping)]
    assert found == [[own.code], [late.code], [late.code], []]


def test_what_is_for_named_persons_is_in_no_list_of_the_unit() -> None:
    place = make_place()
    make_task(place, lead_account_id=place.binh.id, secrecy=Secrecy.NAMED)

    assert open_tasks_for(place.nga).rows == ()
    assert len(open_tasks_for(place.binh, only=WorkFilter(mine=True)).rows) == 1


def test_a_giver_sees_how_the_parts_of_his_tasks_stand() -> None:
    province = make_province()
    names = ("UBND xã Nà Tấu", "UBND xã Mường Nhé", "UBND xã Sín Thầu")
    places = [
        make_place(f"H18.{102 + n}", name, parent_id=province.agency_id)
        for n, name in enumerate(names)
    ]
    leads = [PartIn(place.root_id) for place in places]
    task = make_task(province, lead_unit_id=None, more_leads=leads)
    one, two, three = (part_of(task, n).seq for n in range(3))
    ask_to_finish(task.code, one, "Xong", by=places[0].hoa, at=LATER)
    refuse_part(task.code, two, "Không thuộc địa bàn", by=places[1].hoa, at=LATER)
    ask_extension(task.code, three, NEXT_FRIDAY, "Mưa lũ", by=places[2].hoa, at=LATER)

    (row,) = given_tasks_for(province.hoa, at=NEXT_MONDAY).rows

    counted = (row.leads, row.done, row.late, row.waiting, row.asking, row.refused)
    assert counted == (3, 0, 2, 1, 1, 1)


@pytest.mark.parametrize("how_many", [1, 3])
def test_lists_cost_one_statement_each_however_long(how_many: int) -> None:
    place = make_place()
    for _ in range(how_many):
        make_task(place)
    organisation.tree()

    with work.metered() as spent:
        mine = open_tasks_for(place.nga)
        given = given_tasks_for(place.hoa, at=LATER)

    assert (len(mine.rows), len(given.rows), spent.statements) == (how_many, how_many, 2)


def test_ended_tasks_stay_in_the_list_of_all() -> None:
    place = make_place()
    task = make_task(place)
    ask_to_finish(task.code, part_of(task).seq, "Xong", by=place.nga, at=LATER)
    approve_part(task.code, part_of(task).seq, by=place.hoa, at=LATER)

    assert [one.code for one in tasks_for(place.nga).rows] == [task.code]
    assert open_tasks_for(place.nga).rows == ()


def test_a_page_says_what_its_reader_may_do() -> None:
    place = make_place()
    task = make_task(place, lead_account_id=place.binh.id)

    pages = [task_page(who, task.code) for who in (place.hoa, place.nga, place.binh)]

    can = [(p.can_follow, p.parts[0].can_head, p.parts[0].can_do) for p in pages]
    assert can == [(True, True, True), (False, True, True), (False, False, True)]


def test_files_are_for_those_who_may_see_the_task() -> None:
    place, other = make_place(), make_place("H18.102", "UBND xã Nà Tấu")
    stored = files.keep_bytes(b"x", "application/pdf", by=place.hoa, at=MONDAY)
    task = make_task(place, files=[FileIn("ke-hoach.pdf", stored.pk)])

    assert get_task_file(place.nga, task.code, 1).name == "ke-hoach.pdf"
    with pytest.raises(NotFound):
        get_task_file(other.nga, task.code, 1)


def test_a_month_counts_what_was_late_as_late() -> None:
    place = make_place()
    in_time, extended, late, running, overdue = (
        make_task(place, title=f"Việc {n}", origin_kind=Origin.PLAN) for n in range(5)
    )
    seq = part_of(in_time).seq
    ask_to_finish(in_time.code, seq, "Xong", by=place.nga, at=FRIDAY)
    approve_part(in_time.code, seq, by=place.hoa, at=NEXT_FRIDAY)
    for task in (extended, running):
        ask_extension(task.code, seq, APRIL, "Chờ", by=place.nga, at=LATER)
        decide_extension(task.code, seq, Decision(is_granted=True), by=place.hoa, at=LATER)
    for task in (extended, late):
        ask_to_finish(task.code, seq, "Xong", by=place.nga, at=NEXT_MONDAY)
        approve_part(task.code, seq, by=place.hoa, at=NEXT_MONDAY)
    report_progress(overdue.code, seq, 10, "Đang làm", by=place.nga, at=LATER)

    (line,) = report(place.hoa, month(2026, 3), Side.RECEIVED, Grouping.UNIT, at=NEXT_FRIDAY)

    counted = (line.name, line.given, line.on_time, line.extended, line.late)
    assert counted == ("Phòng Kinh tế", 5, 1, 1, 1)
    assert (line.running, line.overdue, line.total, line.done) == (1, 1, 5, 3)


def test_time_granted_afterwards_does_not_mend_an_earlier_month() -> None:
    place = make_place()
    task = make_task(place)
    seq = part_of(task).seq
    ask_extension(task.code, seq, APRIL + ONE_HOUR, "Chờ", by=place.nga, at=APRIL - ONE_HOUR)
    decide_extension(task.code, seq, Decision(is_granted=True), by=place.hoa, at=APRIL - ONE_HOUR)

    (march,) = report(place.hoa, month(2026, 3), Side.GIVEN, Grouping.PERSON, at=APRIL)
    (april,) = report(place.hoa, month(2026, 4), Side.GIVEN, Grouping.PERSON, at=APRIL)

    assert (march.overdue, march.running, march.name) == (1, 0, "Chưa phân công cho ai")
    assert (april.overdue, april.running, april.carried) == (0, 1, 1)


def test_who_gives_no_tasks_reads_only_his_own_figures() -> None:
    place = make_place()
    make_task(place)
    own = make_task(place, lead_account_id=place.binh.id)

    lines = report(place.binh, month(2026, 3), Side.RECEIVED, Grouping.PERSON, at=LATER)
    behind = report_lines(place.binh, month(2026, 3), Side.RECEIVED, at=LATER)

    assert [(line.name, line.given) for line in lines] == [(place.binh.name, 1)]
    assert [line.code for line in behind] == [own.code]


def test_the_last_line_adds_all_up() -> None:
    place = make_place()
    make_task(place)
    make_task(place, lead_unit_id=place.root_id)

    lines = report(place.hoa, month(2026, 3), Side.RECEIVED, Grouping.UNIT, at=LATER)

    assert (len(lines), total_of(lines).given, total_of(lines).running) == (2, 2, 2)


def test_there_is_no_thirteenth_month() -> None:
    with pytest.raises(BadInput, match="Tháng không đúng"):
        month(2026, 13)
