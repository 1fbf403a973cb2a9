from datetime import date, datetime, timedelta

import pytest

from motcua.casework.tasks.models import Task, TaskMove
from motcua.casework.tasks.operations.alarming import warn_of_limits
from motcua.casework.tasks.operations.doing import ask_to_finish, assign_part
from motcua.casework.tasks.operations.following import remind
from motcua.casework.tasks.operations.notifying import tell_people
from motcua.casework.tasks.operations.taking_over import follow_heirs, take_over_parts
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.foundation.notifications import api as notifications
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import Change, Link
from motcua.foundation.organisation.tests.make import make_unit
from motcua.foundation.outbox import api as outbox
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI
from motcua.lib.errors import NotAllowed

from .make import FRIDAY, MONDAY, ONE_HOUR, Place, again, make_place, make_task, part_of

pytestmark = pytest.mark.django_db
LATER = MONDAY + ONE_HOUR
FRIDAY_MORNING = datetime(2026, 3, 6, 7, 10, tzinfo=HANOI)
SATURDAY = datetime(2026, 3, 7, 7, 10, tzinfo=HANOI)
NEXT_MONDAY = datetime(2026, 3, 9, 7, 10, tzinfo=HANOI)
ADMIN = Actor(
    id=900,
    name="Quản trị",
    province_powers=frozenset({Power.EDIT_ORGANISATION, Power.ADMINISTER_IDENTITY}),
)


def tell_latest(task: Task, by: Actor) -> None:
    """Deliver the task's latest move as the worker does."""
    move = TaskMove.objects.filter(task=task).latest("seq")
    fact = outbox.ReadFact(
        id=1,
        topic="tasks.moved",
        version=1,
        aggregate="task",
        aggregate_id=task.pk,
        seq=move.seq,
        at=move.at,
        by_id=by.id,
        is_silent=False,
        payload={"act": move.act},
    )
    tell_people([fact])


def subjects_of(who: Actor) -> list[str]:
    notices = notifications.Notice.objects.filter(account_id=who.id).order_by("id")
    return list(notices.values_list("subject", flat=True))


def test_the_head_hears_of_what_came_to_the_unit() -> None:
    place = make_place()
    task = make_task(place)

    tell_latest(task, place.hoa)

    assert subjects_of(place.nga) == ["Nhiệm vụ mới: Báo cáo rà soát hộ nghèo"]
    assert (subjects_of(place.binh), subjects_of(place.hoa)) == ([], [])


def test_the_assigned_and_the_giver_hear_of_each_other() -> None:
    place = make_place()
    task = make_task(place)
    seq = part_of(task).seq

    assign_part(task.code, seq, place.division_id, place.binh.id, by=place.nga, at=LATER)
    tell_latest(task, place.nga)
    ask_to_finish(task.code, seq, "Xong", by=place.binh, at=LATER)
    tell_latest(task, place.binh)

    assert subjects_of(place.binh) == ["Được phân công: Báo cáo rà soát hộ nghèo"]
    assert subjects_of(place.hoa) == ["Xin kết thúc: Báo cáo rà soát hộ nghèo"]


def test_pressing_reaches_who_has_the_work() -> None:
    place = make_place()
    task = make_task(place, lead_account_id=place.binh.id)

    remind(task.code, 0, "Cần trước 16 giờ", by=place.hoa, at=LATER)
    tell_latest(task, place.hoa)

    assert subjects_of(place.binh) == ["Đôn đốc: Báo cáo rà soát hộ nghèo"]


def test_each_limit_is_warned_of_once_near_and_once_late() -> None:
    place = make_place()
    make_task(place)

    counts = [
        warn_of_limits(at=at)
        for at in (MONDAY, FRIDAY_MORNING, FRIDAY_MORNING, SATURDAY, NEXT_MONDAY, NEXT_MONDAY)
    ]

    assert counts == [0, 1, 0, 0, 1, 0]
    assert subjects_of(place.nga) == [
        "Nhiệm vụ: 0 quá hạn, 1 sắp đến hạn",
        "Nhiệm vụ: 1 quá hạn, 0 sắp đến hạn",
    ]
    assert subjects_of(place.hoa) == ["Nhiệm vụ đã giao: 1 nơi mới quá hạn"]


def test_what_was_handed_in_is_warned_of_no_more() -> None:
    place = make_place()
    task = make_task(place)
    ask_to_finish(task.code, part_of(task).seq, "Xong", by=place.nga, at=LATER)

    assert warn_of_limits(at=NEXT_MONDAY) == 0


def take_over(place: Place, by: Actor) -> int:
    order = identity.TakeOver(place.binh.id, place.nga.id)
    return take_over_parts(order, by, LATER)


def test_who_leaves_hands_his_parts_to_a_colleague() -> None:
    place = make_place()
    task = make_task(place, lead_account_id=place.binh.id)

    moved = take_over(place, ADMIN)

    assert (moved, part_of(task).account_name) == (1, place.nga.name)


def test_not_everybody_hands_over_the_work_of_others() -> None:
    place = make_place()
    make_task(place, lead_account_id=place.binh.id)

    with pytest.raises(NotAllowed):
        take_over(place, place.nga)


def end_division(place: Place, *heirs: int) -> None:
    on = date(2026, 3, 4)
    for heir in heirs:
        kind = Change.MERGE if len(heirs) == 1 else Change.SPLIT
        link = Link(place.division_id, heir, kind, on)
        organisation.record_unit_succession(link, by=ADMIN, at=MONDAY + timedelta(days=3))
    organisation.forget_tree()


def test_open_work_of_an_ended_unit_goes_to_its_heir() -> None:
    place = make_place()
    task = make_task(place)
    agency = organisation.Agency.objects.get(pk=place.agency_id)
    heir = make_unit(agency, "H18.101.TH", "Phòng Tổng hợp")
    end_division(place, heir.pk)

    moved = [follow_heirs(at=FRIDAY), follow_heirs(at=FRIDAY)]

    part = part_of(task)
    assert moved == [1, 0]
    assert (part.unit_id, part.desk_unit_id) == (heir.pk, heir.pk)
    move = TaskMove.objects.filter(task=task).latest("seq")
    assert (move.act, move.detail) == (
        "carry_over",
        {"from": "Phòng Kinh tế", "to": "Phòng Tổng hợp"},
    )


def test_where_there_are_two_heirs_the_giver_decides() -> None:
    place = make_place()
    task = make_task(place)
    agency = organisation.Agency.objects.get(pk=place.agency_id)
    heirs = [make_unit(agency, f"H18.101.T{n}", f"Phòng {n}").pk for n in (1, 2)]
    end_division(place, *heirs)

    moved = follow_heirs(at=NEXT_MONDAY)

    assert (moved, again(task).version) == (0, 1)
    assert subjects_of(place.hoa) == ["Cần giao lại 1 phần việc của đơn vị đã chấm dứt"]
