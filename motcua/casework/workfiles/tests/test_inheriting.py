"""Work files pass on when an agency or a unit ends."""

from datetime import date, timedelta

import pytest

from motcua.casework.documents.tests.make import MONDAY
from motcua.casework.workfiles import api as workfiles
from motcua.casework.workfiles.models import WorkFile
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import Change, Link, PostRole, Unit
from motcua.foundation.organisation.tests.make import make_officer, make_post, make_unit
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotAllowed

from .make import Office, make_agency_office, make_closed, make_file

pytestmark = pytest.mark.django_db
REFORM = date(2026, 4, 1)
LATER = MONDAY + timedelta(days=40)
ADMINISTRATOR = Actor(id=9, name="Quản trị", province_powers=frozenset({"organisation.edit"}))


def make_heir(code: str = "H18.152", name: str = "UBND xã Nà Hỳ mới", first: int = 641) -> Office:
    """Return an agency whose registry has a clerk."""
    office = make_agency_office(code, name, first=first)
    registry = Unit.objects.get(pk=office.registry_id)
    make_post(registry, PostRole.REGISTRY_CLERK, holder=make_officer("Văn thư", code=code[-3:]))
    return office


def end_agency(office: Office, heir: Office, change: Change = Change.MERGE) -> None:
    link = Link(office.agency_id, heir.agency_id, change, REFORM)
    organisation.record_agency_succession(link, by=ADMINISTRATOR, at=LATER)
    organisation.forget_tree()


def end_division(office: Office, *heirs: int) -> None:
    for heir in heirs:
        link = Link(office.division_id, heir, Change.SPLIT if heirs[1:] else Change.MERGE, REFORM)
        organisation.record_unit_succession(link, by=ADMINISTRATOR, at=LATER)
    organisation.forget_tree()


def test_files_of_three_communes_pass_to_the_one_after_them() -> None:
    old = [make_agency_office(f"H18.15{n}", f"UBND xã {n}", first=700 + 10 * n) for n in range(2)]
    new = make_heir()
    for office in old:
        make_file(office)
        make_closed(office)
        end_agency(office, new)

    taken = [workfiles.inherit(one.agency_id, new.agency_id, by=new.dung, at=LATER) for one in old]

    held = list(WorkFile.objects.order_by("pk"))
    assert taken == [2, 2]
    assert {(one.agency_id, one.unit_id) for one in held} == {(new.agency_id, new.root_id)}
    assert [workfiles.get_file_for(new.hoa, one.code) for one in held] == held
    assert workfiles.verify_moves(workfiles.whole(held[0]).moves) is None
    assert workfiles.estates_of(new.agency_id) == []


def test_a_new_name_carries_everything_over_by_itself() -> None:
    old, new = make_agency_office(), make_heir()
    make_file(old)
    end_agency(old, new, Change.RENAME)

    moved = [workfiles.follow_heirs(at=LATER) for _ in range(2)]

    assert moved == [1, 0]
    assert WorkFile.objects.get().agency_id == new.agency_id


def test_files_of_a_division_go_to_its_one_heir() -> None:
    office = make_agency_office()
    code = make_file(office).code
    end_division(office, make_division(office))

    assert workfiles.follow_heirs(at=LATER) == 1
    assert WorkFile.objects.get(code=code).unit_id != office.division_id


def make_division(office: Office, tail: str = "KTHT") -> int:
    agency = organisation.Agency.objects.get(pk=office.agency_id)
    return make_unit(agency, f"H18.101.{tail}", "Phòng Kinh tế, Hạ tầng").pk


def test_of_a_divided_division_its_agencys_head_says_where_files_go() -> None:
    office = make_agency_office()
    make_file(office)
    first, second = make_division(office), make_division(office, "XD")
    end_division(office, first, second)

    assert workfiles.follow_heirs(at=LATER) == 0
    left = [(unit.id, count) for unit, count in workfiles.ended_units_of(office.agency_id)]
    with pytest.raises(NotAllowed):
        workfiles.take_unit(office.division_id, second, by=office.dung, at=LATER)
    with pytest.raises(BadInput):
        workfiles.take_unit(first, second, by=office.hoa, at=LATER)
    taken = workfiles.take_unit(office.division_id, second, by=office.hoa, at=LATER)

    assert (left, taken) == ([(office.division_id, 1)], 1)
    assert WorkFile.objects.get().unit_id == second
