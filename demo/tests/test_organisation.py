"""The demo's organisation: complete, lawful, and the same each time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from demo import places
from demo.names import officer_name
from demo.organisation import build_organisation
from motcua.foundation.calendar import api as calendar
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import AgencyKind, PostRole, UnitKind
from motcua.foundation.places import api as map_of_places
from motcua.lib.actor import SYSTEM

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
FOUNDER = replace(SYSTEM, province_powers=frozenset({"organisation.edit"}))
COMMUNE_UNITS = [
    UnitKind.LEADERSHIP,
    UnitKind.ONE_STOP_DESK,
    UnitKind.DIVISION,
    UnitKind.DIVISION,
    UnitKind.OFFICE,
]


@pytest.fixture(scope="module")
def tree(
    django_db_setup: None,  # noqa: ARG001 -- asked for so that it runs first
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[organisation.Tree]:
    """Build once for all these tests, and take it back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        build_organisation(by=FOUNDER, at=AT)
        yield organisation.tree()
        transaction.set_rollback(True)
    organisation.forget_tree()


def test_there_are_forty_five_communes_each_with_its_desk(tree: organisation.Tree) -> None:
    communes = [one for one in tree.agencies() if one.kind == AgencyKind.COMMUNE_COMMITTEE]

    assert len(communes) == 45
    with_later_ones = tree.units_of(communes[0].id)
    assert {len(tree.units_of(one.id)) for one in communes[1:]} == {5}
    assert len(with_later_ones) == 7
    assert [desk.code for desk in tree.desks()] == ["H18.01", *(one.code for one in communes)]


def test_a_commune_has_the_four_units_of_each_below_its_leadership(
    tree: organisation.Tree,
) -> None:
    commune = tree.agency_by_code("H18.128")
    assert commune is not None

    units = tree.units_of(commune.id)

    assert commune.name == "Ủy ban nhân dân xã Pú Nhung"
    assert [unit.kind for unit in units] == COMMUNE_UNITS
    assert [unit.name for unit in units][1:] == [
        "Trung tâm Phục vụ hành chính công",
        "Phòng Kinh tế",
        "Phòng Văn hóa – Xã hội",
        "Văn phòng HĐND và UBND",
    ]


def test_a_ward_has_the_division_of_economy_infrastructure_and_town(
    tree: organisation.Tree,
) -> None:
    unit = tree.unit_by_code("H18.101.KT")

    assert unit is not None
    assert unit.name == "Phòng Kinh tế, Hạ tầng và Đô thị"


def test_every_seat_is_taken_and_every_role_is_there(
    tree: organisation.Tree,
) -> None:
    units = [unit.id for agency in tree.agencies() for unit in tree.units_of(agency.id)]

    seats = organisation.seats_of_units(units, TODAY)

    assert [seat.post_code for seat in seats if seat.officer_id is None] == []
    assert {seat.role for seat in seats} == set(PostRole)


def test_the_people_of_the_stories_sit_where_they_belong(tree: organisation.Tree) -> None:
    desks = [unit.id for code in ("H18.101", "H18.135") if (unit := tree.unit_by_code(code))]

    seats = organisation.seats_of_units(desks, TODAY, roles=[PostRole.DESK_OFFICER])

    assert [seat.officer_name for seat in seats] == ["Trần Văn Bình", "Vàng A Dũng"]


@pytest.mark.parametrize(("day", "is_there"), [("2025-06-30", True), ("2025-07-01", False)])
def test_districts_end_with_the_thirtieth_of_june(
    tree: organisation.Tree, day: str, is_there: object
) -> None:
    found = organisation.agency_on("000.00.21.H18", date.fromisoformat(day))

    assert tree.agency_by_code("H18.21") is not None
    assert (found is not None) is is_there


def test_a_district_and_its_desk_lead_to_the_communes_after_them(tree: organisation.Tree) -> None:
    town, desk = tree.agency_by_code("H18.21"), tree.unit_by_code("H18.21")
    assert town is not None
    assert desk is not None

    agencies = organisation.heirs_of_agency(town.id, TODAY)
    desks = organisation.heirs_of_unit(desk.id, TODAY)

    assert [tree.agency(one).place_code for one in agencies] == ["03127", "03316", "03325", "03334"]
    assert [tree.unit(one).agency_id for one in desks] == agencies


def test_the_map_answers_before_and_after_the_reform(tree: organisation.Tree) -> None:
    days = (places.LAST_OLD_DAY, places.REFORM_DAY)

    found = [map_of_places.place_on("03127", day) for day in days]
    parts = [len(map_of_places.parts_of("11", day)) for day in days]

    assert tree.agencies()
    assert [place and place.name for place in found] == ["Phường Him Lam", "Phường Điện Biên Phủ"]
    assert parts == [10, 45]


def test_everybody_works_by_the_national_calendar(tree: organisation.Tree) -> None:
    assert tree.desks()
    assert organisation.facts_of_agency("H18.101") == calendar.facts_of(None)


def test_building_again_changes_nothing(tree: organisation.Tree) -> None:
    build_organisation(by=FOUNDER, at=AT)

    assert organisation.tree().version == tree.version


def test_names_are_the_same_each_time_and_seldom_repeat() -> None:
    names = [officer_name(number) for number in range(600)]

    assert names[:3] == [officer_name(number) for number in range(3)]
    assert len(set(names)) > 350
