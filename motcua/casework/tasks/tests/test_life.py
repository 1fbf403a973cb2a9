from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.casework.tasks.choices import ExtensionState
from motcua.casework.tasks.errors import MoveNotAllowed
from motcua.casework.tasks.models import ExtensionRequest, Task, TaskFile, TaskPart, TaskReport
from motcua.casework.tasks.operations.doing import (
    accept_part,
    ask_to_finish,
    assign_part,
    refuse_part,
    report_progress,
)
from motcua.casework.tasks.operations.extending import (
    Decision,
    ask_extension,
    change_due,
    decide_extension,
)
from motcua.casework.tasks.operations.following import (
    approve_part,
    cancel_part,
    cancel_task,
    reassign_part,
    remind,
    send_back,
    write_note,
)
from motcua.casework.tasks.rules.giving import FileIn, PartIn
from motcua.foundation.files import api as files
from motcua.lib.errors import BadInput, NotAllowed

from .make import (
    FRIDAY,
    MONDAY,
    NEXT_FRIDAY,
    ONE_HOUR,
    Place,
    again,
    make_place,
    make_province,
    make_task,
    part_of,
)

pytestmark = pytest.mark.django_db
LATER = MONDAY + ONE_HOUR
TUESDAY = MONDAY + timedelta(days=1)


def given() -> tuple[Place, Task, int]:
    place = make_place()
    task = make_task(place)
    return place, task, part_of(task).seq


def test_a_task_goes_its_way_to_the_end() -> None:
    place, task, seq = given()

    accept_part(task.code, seq, by=place.nga, at=LATER)
    assign_part(task.code, seq, place.division_id, place.binh.id, by=place.nga, at=LATER)
    report_progress(task.code, seq, 40, "Đã lập biểu", by=place.binh, at=TUESDAY)
    states = [again(task).state]
    ask_to_finish(task.code, seq, "Xong", by=place.binh, at=TUESDAY + ONE_HOUR)
    states.append(again(task).state)
    approve_part(task.code, seq, by=place.hoa, at=NEXT_FRIDAY)

    part = part_of(task)
    assert states == ["working", "reported"]
    assert (again(task).state, part.state, part.percent) == ("done", "done", 100)
    assert (part.finished_at, part.closed_at) == (TUESDAY + ONE_HOUR, NEXT_FRIDAY)


def test_a_report_keeps_its_words_and_files() -> None:
    place, task, seq = given()
    stored = files.keep_bytes(b"x", "application/pdf", by=place.nga, at=LATER)
    one = FileIn("bieu-1.pdf", stored.pk)

    report_progress(task.code, seq, 10, "Đã lập biểu", by=place.nga, at=LATER, files=[one])

    report = TaskReport.objects.get(task=task)
    kept = TaskFile.objects.get(task=task)
    assert (report.percent, report.words, report.by_name) == (10, "Đã lập biểu", place.nga.name)
    assert (kept.report_seq, kept.name, kept.file_id) == (report.seq, "bieu-1.pdf", stored.pk)


def test_somebody_else_of_the_unit_does_not_report() -> None:
    place, task, seq = given()

    with pytest.raises(NotAllowed):
        report_progress(task.code, seq, 10, "Đã lập biểu", by=place.binh, at=LATER)


def test_a_refused_part_goes_back_with_its_reason_and_to_another_unit() -> None:
    place, task, seq = given()

    refuse_part(task.code, seq, "Không đúng thẩm quyền", by=place.nga, at=LATER)
    assert again(task).state == "refused"
    reassign_part(task.code, seq, place.root_id, None, by=place.hoa, at=TUESDAY)

    part = part_of(task)
    assert (part.state, part.unit_id, part.desk_unit_id) == ("given", place.root_id, place.root_id)


def test_a_refusal_needs_its_reason() -> None:
    place, task, seq = given()

    with pytest.raises(BadInput, match="lý do không nhận"):
        refuse_part(task.code, seq, " ", by=place.nga, at=LATER)


def test_what_is_sent_back_no_longer_counts_as_finished() -> None:
    place, task, seq = given()
    ask_to_finish(task.code, seq, "Xong", by=place.nga, at=LATER)

    send_back(task.code, seq, "Thiếu biểu 2", by=place.hoa, at=TUESDAY)

    assert (again(task).state, part_of(task).finished_at) == ("returned", None)
    ask_to_finish(task.code, seq, "Đủ", by=place.nga, at=NEXT_FRIDAY)
    approve_part(task.code, seq, by=place.hoa, at=NEXT_FRIDAY)
    assert part_of(task).finished_at == NEXT_FRIDAY


def test_the_doer_does_not_confirm_his_own_work_for_others() -> None:
    place, task, seq = given()
    ask_to_finish(task.code, seq, "Xong", by=place.nga, at=LATER)

    with pytest.raises(NotAllowed):
        approve_part(task.code, seq, by=place.nga, at=TUESDAY)


def test_what_nobody_began_cannot_be_confirmed() -> None:
    place, task, seq = given()

    with pytest.raises(MoveNotAllowed, match="chưa có kết quả"):
        approve_part(task.code, seq, by=place.hoa, at=TUESDAY)


def test_the_first_limit_stays_when_more_time_is_granted() -> None:
    place, task, seq = given()

    ask_extension(task.code, seq, NEXT_FRIDAY, "Chờ số liệu", by=place.nga, at=LATER)
    decide_extension(task.code, seq, Decision(is_granted=True), by=place.hoa, at=TUESDAY)

    part = part_of(task)
    assert (part.due_originally_at, part.due_at) == (FRIDAY, NEXT_FRIDAY)
    assert (again(task).due_originally_at, again(task).due_at) == (FRIDAY, NEXT_FRIDAY)
    row = ExtensionRequest.objects.get(task=task)
    assert (row.state, row.due_was, row.due_now, row.decided_by_name) == (
        ExtensionState.GRANTED,
        FRIDAY,
        NEXT_FRIDAY,
        place.hoa.name,
    )


def test_refused_more_time_leaves_the_limit_and_gives_a_reason() -> None:
    place, task, seq = given()
    ask_extension(task.code, seq, NEXT_FRIDAY, "Chờ số liệu", by=place.nga, at=LATER)

    with pytest.raises(BadInput, match="lý do không cho"):
        decide_extension(task.code, seq, Decision(is_granted=False), by=place.hoa, at=TUESDAY)
    decide_extension(
        task.code, seq, Decision(is_granted=False, words="Gấp"), by=place.hoa, at=TUESDAY
    )

    part = part_of(task)
    assert (part.due_at, part.asks_extension) == (FRIDAY, False)


def test_more_time_is_asked_once_and_beyond_the_limit() -> None:
    place, task, seq = given()

    with pytest.raises(BadInput, match="sau hạn đang có"):
        ask_extension(task.code, seq, FRIDAY, "Chờ", by=place.nga, at=LATER)
    ask_extension(task.code, seq, NEXT_FRIDAY, "Chờ", by=place.nga, at=LATER)
    with pytest.raises(MoveNotAllowed, match="đang chờ"):
        ask_extension(task.code, seq, NEXT_FRIDAY, "Chờ", by=place.nga, at=LATER)


def test_the_giver_changes_a_limit_in_a_row_of_its_own() -> None:
    place, task, seq = given()

    change_due(task.code, seq, NEXT_FRIDAY, "Trung ương lùi hạn", by=place.hoa, at=LATER)

    row = ExtensionRequest.objects.get(task=task)
    assert (row.state, row.due_was, part_of(task).due_at) == ("changed", FRIDAY, NEXT_FRIDAY)


def test_helpers_are_done_at_once_or_end_with_the_task() -> None:
    place = make_place()
    both = [(place.root_id, None, "", None), (place.root_id, place.hoa.id, "", None)]
    task = make_task(place, together=both)
    lead, done, left = (part_of(task, index) for index in range(3))

    ask_to_finish(task.code, done.seq, "Đã gửi", by=place.hoa, at=LATER)
    ask_to_finish(task.code, lead.seq, "Xong", by=place.nga, at=LATER)
    approve_part(task.code, lead.seq, by=place.hoa, at=TUESDAY)

    states = [p.state for p in TaskPart.objects.filter(task=task).order_by("seq")]
    assert states == ["done", "done", "ended"]
    assert left.seq == 1002


def test_a_task_ends_when_the_last_of_many_leads_does() -> None:
    province = make_province()
    one = make_place(parent_id=province.agency_id)
    two = make_place("H18.102", "UBND xã Nà Tấu", parent_id=province.agency_id)
    task = make_task(
        province, lead_unit_id=None, more_leads=[PartIn(one.root_id), PartIn(two.root_id)]
    )
    first, second = part_of(task, 0), part_of(task, 1)

    ask_to_finish(task.code, first.seq, "Xong", by=one.hoa, at=LATER)
    approve_part(task.code, first.seq, by=province.hoa, at=TUESDAY)
    states = [again(task).state]
    cancel_part(task.code, second.seq, "Sáp nhập", by=province.hoa, at=TUESDAY)

    assert [*states, again(task).state] == ["working", "done"]


def test_a_stopped_task_takes_no_more_acts() -> None:
    place, task, seq = given()

    cancel_task(task.code, "Không còn cần", by=place.hoa, at=LATER)

    assert (again(task).state, part_of(task).state) == ("cancelled", "cancelled")
    with pytest.raises(MoveNotAllowed):
        report_progress(task.code, seq, 10, "Muộn", by=place.nga, at=TUESDAY)
    with pytest.raises(MoveNotAllowed):
        remind(task.code, 0, "", by=place.hoa, at=TUESDAY)


def test_only_those_concerned_talk_in_a_task() -> None:
    place, task, _ = given()
    other = make_place("H18.102", "UBND xã Nà Tấu")

    write_note(task.code, "Gửi thêm biểu 2", by=place.nga, at=LATER)

    with pytest.raises(NotAllowed):
        write_note(task.code, "Tôi cũng muốn nói", by=other.hoa, at=LATER)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"state": "lost"}, "tasks_part_"),
        ({"percent": 101}, "tasks_part_percent"),
        ({"state": "done"}, "tasks_part_"),
        ({"closed_at": MONDAY}, "tasks_part_closed"),
        ({"role": "boss"}, "tasks_part_role"),
    ],
)
def test_the_database_refuses_a_part_that_cannot_be(changes: dict[str, object], name: str) -> None:
    _, task, seq = given()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        TaskPart.objects.filter(task=task, seq=seq).update(**changes)
