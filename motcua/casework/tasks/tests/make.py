"""A province with communes and departments, its people, and tasks at every stage."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from motcua.casework.tasks.choices import Origin
from motcua.casework.tasks.models import Task, TaskPart
from motcua.casework.tasks.operations.giving import give_task
from motcua.casework.tasks.rules.giving import TaskIn
from motcua.foundation.access.api import Power
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import AgencyKind, Level, PostRole
from motcua.foundation.organisation.tests.make import (
    make_agency,
    make_officer,
    make_post,
    make_unit,
    root_of,
)
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=HANOI)
FRIDAY = datetime(2026, 3, 6, 17, 0, tzinfo=HANOI)
NEXT_FRIDAY = datetime(2026, 3, 13, 17, 0, tzinfo=HANOI)
ONE_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Place:
    """One agency: its root unit and a division, with who leads, heads and handles there."""

    agency_id: int
    root_id: int
    division_id: int
    hoa: Actor
    nga: Actor
    binh: Actor


def make_place(
    code: str = "H18.101",
    name: str = "UBND xã Mường Phăng",
    *,
    kind: AgencyKind = AgencyKind.COMMUNE_COMMITTEE,
    level: Level = Level.COMMUNE,
    parent_id: int | None = None,
) -> Place:
    """Return an agency led by Hoa, with a division headed by Nga where Bình handles."""
    parent = organisation.Agency.objects.get(pk=parent_id) if parent_id else None
    agency = make_agency(code, name, kind=kind, level=level, parent=parent)
    root = root_of(agency)
    division = make_unit(agency, f"{code}.KT", "Phòng Kinh tế")
    organisation.forget_tree()
    both = (root.pk, division.pk)
    return Place(
        agency_id=agency.pk,
        root_id=root.pk,
        division_id=division.pk,
        hoa=make_person("Nguyễn Thị Hoa", code, root, PostRole.AGENCY_LEADER, both),
        nga=make_person("Lò Thị Nga", code, division, PostRole.UNIT_HEAD, (division.pk,)),
        binh=make_person("Trần Văn Bình", code, division, PostRole.HANDLER, ()),
    )


def make_province() -> Place:
    """Return the province's committee, led by Hoa."""
    kind, level = AgencyKind.PROVINCE_COMMITTEE, Level.PROVINCE
    return make_place("H18", "UBND tỉnh Điện Biên", kind=kind, level=level)


def make_person(
    name: str,
    code: str,
    unit: "organisation.Unit",
    role: PostRole,
    gives_in: tuple[int, ...],
) -> Actor:
    """Return an officer with a post and an account, who may give tasks in these units."""
    officer = make_officer(name, code=f"{code}-{unit.pk}-{role.value[:6]}")
    make_post(unit, role, holder=officer)
    account = identity.Account.objects.create(
        username=f"{officer.code}".lower(),
        kind=identity.AccountKind.OFFICER,
        full_name=name,
        officer=officer,
        created_at=MONDAY,
    )
    return Actor(
        id=account.pk,
        name=name,
        title="Công chức",
        agency_id=unit.agency_id,
        unit_ids=(unit.pk,),
        powers={Power.ASSIGN_TASKS.value: frozenset(gives_in)} if gives_in else {},
    )


def make_task(place: Place, **changes: Any) -> Task:
    """Return a task that Hoa gave to the division of her agency, due on Friday."""
    facts: dict[str, Any] = {
        "title": "Báo cáo rà soát hộ nghèo",
        "agency_id": place.agency_id,
        "lead_unit_id": place.division_id,
        "origin_kind": Origin.MEETING,
        "origin_words": "Kết luận giao ban ngày 02/3/2026",
        "due_at": FRIDAY,
    }
    by = changes.pop("by", place.hoa)
    at = changes.pop("at", MONDAY)
    return give_task(TaskIn(**{**facts, **changes}), by=by, at=at)


def part_of(task: Task, place: int = 0) -> TaskPart:
    """Return one part of the task as it stands now."""
    return TaskPart.objects.filter(task=task).order_by("seq")[place]


def again(task: Task) -> Task:
    """Return the task as it stands now."""
    return Task.objects.get(pk=task.pk)
