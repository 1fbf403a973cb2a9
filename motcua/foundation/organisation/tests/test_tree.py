"""The tree in memory: look-ups, calendars, and how rarely it asks the database."""

from dataclasses import replace

import pytest
from pytest_django import DjangoAssertNumQueries

from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation import tasks
from motcua.foundation.organisation.choices import UnitKind
from motcua.foundation.organisation.errors import NoSuchUnit
from motcua.foundation.organisation.models import Unit, UnitClosure
from motcua.foundation.organisation.operations.trees import raise_tree_version, rebuild_closure
from motcua.foundation.organisation.queries import trees
from motcua.foundation.organisation.rules.tree import AgencyInfo, Tree, UnitInfo

from .actors import AT
from .make import make_agency, make_unit, root_of

PROVINCE = AgencyInfo(10, 1, "H18", "000.00.00.H18", "UBND tỉnh", "", "x", "province", None, "11")
COMMUNE = AgencyInfo(20, 2, "H18.101", "", "UBND xã", "", "x", "commune", 1, "03325")
PROVINCE_ROOT = UnitInfo(10, 1, "Lãnh đạo", "", "leadership", "H18.LD", None, 7, "11")
COMMUNE_ROOT = UnitInfo(20, 2, "Lãnh đạo", "", "leadership", "H18.101.LD", None, None, "03325")
DESK = UnitInfo(21, 2, "Trung tâm", "", "one_stop_desk", "H18.101", 20, None, "03325")
CORNER = UnitInfo(22, 2, "Góc hỗ trợ", "", "other", "H18.101.HT", 21, None, "03325")
SMALL = Tree(1, [PROVINCE, COMMUNE], [PROVINCE_ROOT, COMMUNE_ROOT, DESK, CORNER])


def test_ancestors_start_with_the_unit_and_stay_in_its_agency() -> None:
    assert SMALL.ancestors(22) == (22, 21, 20)


def test_descendants_include_the_unit_itself() -> None:
    assert SMALL.descendants(21) == frozenset({21, 22})


def test_a_unit_without_its_own_calendar_uses_that_of_the_nearest_above() -> None:
    assert SMALL.unit(22).calendar_id == 7


def test_an_own_calendar_goes_before_that_above() -> None:
    own = Tree(1, [PROVINCE, COMMUNE], [PROVINCE_ROOT, COMMUNE_ROOT, replace(DESK, calendar_id=8)])

    assert own.unit(21).calendar_id == 8


def test_an_agency_is_found_by_its_legacy_code_too() -> None:
    assert SMALL.agency_by_code("000.00.00.H18") is SMALL.agency_by_code("H18")


def test_a_living_unit_is_found_before_an_ended_one_with_its_code() -> None:
    ended = replace(DESK, id=30, is_living=False)
    reused = Tree(1, [PROVINCE, COMMUNE], [PROVINCE_ROOT, COMMUNE_ROOT, DESK, ended])

    found = reused.unit_by_code("H18.101")

    assert found is not None
    assert found.id == 21


def test_an_ended_desk_takes_no_dossiers() -> None:
    ended = Tree(
        1, [PROVINCE, COMMUNE], [PROVINCE_ROOT, COMMUNE_ROOT, replace(DESK, is_living=False)]
    )

    assert ended.desks() == ()


def test_an_unknown_unit_is_not_found() -> None:
    with pytest.raises(NoSuchUnit):
        SMALL.unit(99)


def test_an_unknown_agency_is_not_found() -> None:
    with pytest.raises(NoSuchUnit):
        SMALL.agency(99)


def test_every_other_question_is_one_look_up() -> None:
    assert SMALL.agency_of(22) is SMALL.agency(2)
    assert SMALL.desk_of(2) is SMALL.unit(21)
    assert SMALL.desk_of(1) is None
    assert SMALL.unit_by_code("X") is None
    assert [one.code for one in SMALL.agencies()] == ["H18", "H18.101"]
    assert [one.id for one in SMALL.units_of(2)] == [20, 21, 22]
    assert (SMALL.ancestors(99), SMALL.descendants(99)) == ((), frozenset())


@pytest.mark.django_db
def test_the_job_lets_the_day_begin() -> None:
    agency = make_agency()
    Unit.objects.filter(agency=agency).update(standing="planned")

    tasks.begin_the_day(AT)

    assert root_of(agency).standing == "living"


@pytest.mark.django_db
def test_the_tree_costs_three_queries_and_then_none(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    desk = make_unit(make_agency(), "H18.101", kind=UnitKind.ONE_STOP_DESK)

    with django_assert_num_queries(3):
        first = organisation.tree()
    with django_assert_num_queries(0):
        again = organisation.tree()

    assert first is again
    assert [unit.id for unit in first.desks()] == [desk.pk]


@pytest.mark.django_db
def test_after_two_seconds_one_query_asks_whether_the_tree_is_still_the_same(
    django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_agency()
    first = organisation.tree()
    monkeypatch.setattr(trees, "monotonic", lambda: 1e12)

    with django_assert_num_queries(1):
        again = organisation.tree()

    organisation.forget_tree()
    assert first is again


@pytest.mark.django_db
def test_a_change_is_seen_by_the_process_that_made_it() -> None:
    agency = make_agency()
    before = organisation.tree().version

    raise_tree_version()

    assert organisation.tree().version > before
    assert organisation.tree().agency(agency.pk).root_unit_id == root_of(agency).pk


@pytest.mark.django_db
def test_the_closure_holds_each_unit_with_all_above_it() -> None:
    agency = make_agency()
    desk = make_unit(agency, "H18.101")
    corner = make_unit(agency, "H18.101.HT", parent=desk)

    rebuild_closure([agency.pk])

    found = UnitClosure.objects.filter(descendant=corner).order_by("depth")
    assert [(row.ancestor_id, row.depth) for row in found] == [
        (corner.pk, 0),
        (desk.pk, 1),
        (root_of(agency).pk, 2),
    ]


@pytest.mark.django_db
def test_an_ended_unit_leaves_the_closure() -> None:
    agency = make_agency()
    desk = make_unit(agency, "H18.101")
    Unit.objects.filter(pk=desk.pk).update(standing="ended")

    rebuild_closure([agency.pk])

    assert not UnitClosure.objects.filter(descendant=desk).exists()
