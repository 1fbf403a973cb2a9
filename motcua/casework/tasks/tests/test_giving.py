from time import perf_counter

import pytest

from motcua.casework.processes.api import NO_LIMIT
from motcua.casework.tasks.choices import Act, Origin, PartRole, TaskState
from motcua.casework.tasks.errors import MoveNotAllowed, NobodyToGive, NoSuchTask, NotOursToGive
from motcua.casework.tasks.models import TaskMove, TaskPart, TaskScope
from motcua.casework.tasks.operations.doing import accept_part
from motcua.casework.tasks.operations.giving import add_parts, give_task
from motcua.casework.tasks.queries.chained import verify_moves
from motcua.casework.tasks.queries.one import get_task_for, seen_among, tasks_of
from motcua.casework.tasks.rules.giving import PartIn, TaskIn
from motcua.foundation.access.api import Secrecy
from motcua.foundation.audit import api as audit
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.tests.make import make_agency, root_of
from motcua.lib import work
from motcua.lib.errors import BadInput, NotAllowed

from .make import FRIDAY, MONDAY, ONE_HOUR, again, make_place, make_province, make_task, part_of

pytestmark = pytest.mark.django_db
COMMUNES = 45


def test_giving_leaves_parts_a_move_and_a_trace() -> None:
    place = make_place()

    task = make_task(place, together=[(place.root_id, None, "Cung cấp số liệu", None)])

    parts = list(TaskPart.objects.filter(task=task).order_by("seq"))
    assert [(p.role, p.unit_id, p.state, p.due_at) for p in parts] == [
        ("lead", place.division_id, "given", FRIDAY),
        ("together", place.root_id, "given", FRIDAY),
    ]
    moves = list(TaskMove.objects.filter(task=task))
    assert [(m.act, m.state, m.by_name) for m in moves] == [("give", "given", place.hoa.name)]
    trail = [(e.action, e.actor_name) for e in audit.trail_of(f"task:{task.code}")]
    assert trail == [("tasks.give", place.hoa.name)]


def test_a_task_without_a_limit_has_none() -> None:
    task = make_task(make_place(), due_at=None)

    assert (again(task).due_at, part_of(task).due_originally_at) == (NO_LIMIT, NO_LIMIT)


def test_who_heads_one_division_cannot_give_to_another_unit() -> None:
    place = make_place()

    with pytest.raises(NotOursToGive):
        make_task(place, by=place.nga, lead_unit_id=place.root_id)


def test_who_gives_no_tasks_cannot_give() -> None:
    place = make_place()

    with pytest.raises(NotAllowed):
        make_task(place, by=place.binh)


def test_anybody_gives_himself_a_task_and_has_taken_it() -> None:
    place = make_place()

    task = make_task(place, by=place.binh, origin_kind=Origin.OWN, lead_account_id=place.binh.id)

    part = part_of(task)
    assert (part.state, part.account_name, again(task).state) == (
        "accepted",
        place.binh.name,
        "accepted",
    )


def test_a_commune_does_not_give_to_another_commune() -> None:
    ours, other = make_place(), make_place("H18.102", "UBND xã Nà Tấu")

    with pytest.raises(NotOursToGive):
        make_task(ours, lead_unit_id=other.root_id)


def test_a_person_who_works_elsewhere_cannot_be_named() -> None:
    ours, other = make_place(), make_place("H18.102", "UBND xã Nà Tấu")

    with pytest.raises(BadInput, match="không làm việc tại"):
        make_task(ours, lead_account_id=other.binh.id)


def test_one_task_goes_to_forty_five_communes_at_once() -> None:
    province = make_province()
    parent = organisation.Agency.objects.get(pk=province.agency_id)
    made = [
        make_agency(f"H18.{200 + n}", f"UBND xã số {n}", parent=parent) for n in range(COMMUNES)
    ]
    organisation.forget_tree()
    leads = [PartIn(root_of(agency).pk) for agency in made]
    facts = TaskIn("Báo cáo", agency_id=province.agency_id, more_leads=leads, due_at=FRIDAY)
    organisation.tree()
    began = perf_counter()

    with work.metered() as spent:
        task = give_task(facts, by=province.hoa, at=MONDAY)

    assert perf_counter() - began < 1
    assert TaskPart.objects.filter(task=task, role=PartRole.LEAD).count() == COMMUNES
    assert TaskScope.objects.filter(task=task).count() == COMMUNES + 2
    assert (spent.statements <= 14, spent.round_trips <= 5) == (True, True)


def test_an_office_gives_in_the_name_of_the_committee_it_serves() -> None:
    province = make_province()
    office = make_place(
        "H18.01",
        "Văn phòng UBND tỉnh",
        kind=organisation.AgencyKind.OFFICE,
        level=organisation.Level.PROVINCE,
        parent_id=province.agency_id,
    )
    commune = make_place(parent_id=province.agency_id)

    task = make_task(office, lead_unit_id=commune.root_id)

    assert part_of(task).agency_id == commune.agency_id


def test_a_part_is_given_on_and_both_name_each_other() -> None:
    place = make_place()
    parent = make_task(place, origin_ref="document:ABC", origin_kind=Origin.DOCUMENT)
    seq = part_of(parent).seq

    child = make_task(place, by=place.nga, title="Tổng hợp biểu 1", parent=(parent.code, seq))

    assert (child.parent_id, child.parent_seq, child.origin_ref) == (parent.pk, seq, "")
    acts = list(TaskMove.objects.filter(task=parent).order_by("seq").values_list("act", "note"))
    assert acts == [(Act.GIVE, ""), (Act.GIVE_ON, "Tổng hợp biểu 1")]


def test_a_stranger_does_not_give_on_what_others_have() -> None:
    ours, other = make_place(), make_place("H18.102", "UBND xã Nà Tấu")
    parent = make_task(ours)

    with pytest.raises(NotAllowed):
        make_task(other, parent=(parent.code, part_of(parent).seq))


def test_more_places_can_be_added_but_nobody_twice() -> None:
    province = make_province()
    commune = make_place(parent_id=province.agency_id)
    task = make_task(province)

    add_parts(task.code, [PartIn(commune.root_id, due_at=FRIDAY)], by=province.hoa, at=MONDAY)

    assert [p.unit_id for p in TaskPart.objects.filter(task=task).order_by("seq")] == [
        province.division_id,
        commune.root_id,
    ]
    with pytest.raises(NobodyToGive):
        add_parts(task.code, [PartIn(commune.root_id)], by=province.hoa, at=MONDAY)


def test_only_those_concerned_know_of_a_task() -> None:
    ours, other = make_place(), make_place("H18.102", "UBND xã Nà Tấu")
    task = make_task(ours)

    assert get_task_for(ours.nga, task.code) == task
    assert seen_among(ours.nga, [task.code]) == {task.code}
    assert seen_among(other.hoa, [task.code]) == frozenset()
    with pytest.raises(NoSuchTask):
        get_task_for(other.hoa, task.code)


def test_what_is_for_named_persons_is_not_for_their_unit() -> None:
    place = make_place()
    task = make_task(place, lead_account_id=place.binh.id, secrecy=Secrecy.NAMED)

    assert get_task_for(place.binh, task.code) == task
    with pytest.raises(NoSuchTask):
        get_task_for(place.nga, task.code)


def test_tasks_are_found_by_what_they_came_from() -> None:
    place = make_place()
    task = make_task(place, origin_kind=Origin.DOCUMENT, origin_ref="document:ABC")
    make_task(place)

    (found,) = tasks_of("document:ABC")

    assert (found.code, found.state, [p.unit_name for p in found.parts]) == (
        task.code,
        TaskState.GIVEN,
        ["Phòng Kinh tế"],
    )


def test_a_changed_move_is_named() -> None:
    place = make_place()
    task = make_task(place)
    accept_part(task.code, part_of(task).seq, by=place.nga, at=MONDAY + ONE_HOUR)
    assert verify_moves(list(TaskMove.objects.filter(task=task).order_by("seq"))) is None

    TaskMove.objects.filter(task=task, seq=2).update(at=MONDAY)

    assert verify_moves(list(TaskMove.objects.filter(task=task).order_by("seq"))) == 2


def test_a_unit_that_has_ended_gets_no_task() -> None:
    place = make_place()
    organisation.Unit.objects.filter(pk=place.division_id).update(standing="ended")
    organisation.forget_tree()

    with pytest.raises(BadInput, match="đã chấm dứt"):
        make_task(place)


def test_what_has_ended_is_not_given_further() -> None:
    place = make_place()
    task = make_task(place, by=place.binh, origin_kind=Origin.OWN, lead_account_id=place.binh.id)
    TaskPart.objects.filter(task=task).update(state="cancelled", closed_at=MONDAY)

    with pytest.raises(MoveNotAllowed):
        make_task(place, parent=(task.code, part_of(task).seq), by=place.nga)
