"""Places on a day: right before and after the reform, found with and without tones."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError
from pytest_django import DjangoAssertNumQueries

from motcua.foundation.audit import api as audit
from motcua.foundation.places import api as places
from motcua.foundation.places.choices import PlaceChange, PlaceKind
from motcua.foundation.places.errors import BadPlaces
from motcua.foundation.places.models import Place, PlaceSuccession, PlaceVersion
from motcua.lib.errors import NotAllowed

from .make import AT, DUNG, FIRST_NEW_DAY, LAST_OLD_DAY, SMALL_MAP, make_map

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "name"),
    [(LAST_OLD_DAY, "Phường Him Lam"), (FIRST_NEW_DAY, "Phường Điện Biên Phủ")],
)
def test_a_code_used_again_means_another_place_from_the_first_new_day(day: date, name: str) -> None:
    make_map()

    found = places.place_on("03127", day)

    assert found is not None
    assert found.name == name


def test_a_place_that_goes_on_keeps_its_identity_under_another_parent() -> None:
    make_map()

    before = places.place_on("03316", LAST_OLD_DAY)
    after = places.place_on("03316", FIRST_NEW_DAY)

    assert before is not None
    assert after is not None
    assert (before.place_id, before.parent_id) != (after.place_id, after.parent_id)
    assert before.place_id == after.place_id


def test_no_place_has_a_code_before_it_was_founded() -> None:
    make_map()

    assert places.place_on("03127", date(2003, 12, 31)) is None


def test_an_old_ward_leads_to_what_it_was_merged_into() -> None:
    make_map()

    heirs = places.successors_of("03130", LAST_OLD_DAY)

    assert [(kin.place.name, kin.change, kin.on) for kin in heirs] == [
        ("Phường Điện Biên Phủ", PlaceChange.MERGE, FIRST_NEW_DAY)
    ]


def test_a_new_ward_knows_what_it_was_made_from() -> None:
    make_map()

    ancestors = places.predecessors_of("03127", FIRST_NEW_DAY)

    assert [kin.place.name for kin in ancestors] == ["Phường Him Lam", "Phường Thanh Bình"]


@pytest.mark.parametrize("code", ["094", "03316", "99999"])
def test_nothing_comes_after_an_abolished_a_living_or_an_unknown_place(code: str) -> None:
    make_map()

    assert places.successors_of(code, LAST_OLD_DAY) == []


def test_an_unknown_place_has_no_predecessors() -> None:
    assert places.predecessors_of("99999", FIRST_NEW_DAY) == []


def test_the_parts_of_a_province_are_communes_after_the_reform() -> None:
    make_map()

    found = places.parts_of("11", FIRST_NEW_DAY)

    assert [place.name for place in found] == ["Phường Điện Biên Phủ", "Xã Nà Tấu"]


def test_the_version_of_an_ended_place_is_not_found_afterwards() -> None:
    make_map()
    ward = places.place_on("03130", LAST_OLD_DAY)
    assert ward is not None

    assert places.version_on(ward.place_id, FIRST_NEW_DAY) is None
    assert places.version_on(ward.place_id, LAST_OLD_DAY) == ward


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("thanh binh", ["Phường Thanh Bình"]),
        ("Thanh Bình", ["Phường Thanh Bình"]),
        ("nà  tấu", ["Xã Nà Tấu"]),
        ("him lam 2", []),
        ("", []),
    ],
)
def test_places_are_found_with_and_without_tones(words: str, names: list[str]) -> None:
    make_map()

    found = places.find_places(words, LAST_OLD_DAY)

    assert [place.name for place in found] == names


def test_a_name_with_exactly_these_tones_comes_first() -> None:
    one = replace(SMALL_MAP.places[2], code="00001", name="Phường Bình Thanh")
    other = replace(one, code="00002", name="Phường Bính Thành")
    make_map(replace(SMALL_MAP, places=[*SMALL_MAP.places, one, other]))

    found = places.find_places("Bính Thành", LAST_OLD_DAY)

    assert [place.name for place in found] == ["Phường Bính Thành", "Phường Bình Thanh"]


@pytest.mark.parametrize("code", ["03127", "03130"])
def test_successors_cost_three_queries(
    code: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_map()

    with django_assert_num_queries(3):
        heirs = places.successors_of(code, LAST_OLD_DAY)

    assert len(heirs) == 1


def test_loading_leaves_a_trace_and_loading_again_changes_nothing() -> None:
    first = make_map()
    again = make_map()

    assert (first.created, first.updated, first.linked) == (7, 0, 3)
    assert (again.created, again.updated, again.unchanged, again.linked) == (0, 0, 7, 0)
    assert [entry.action for entry in audit.trail_of("places")] == ["places.loaded"]


def test_a_corrected_name_is_taken_over() -> None:
    make_map()
    corrected = replace(SMALL_MAP.places[3], name="Phường Thanh Bình Mới")

    report = make_map(replace(SMALL_MAP, places=[corrected], links=[]))

    assert report.updated == 1
    assert places.find_places("thanh binh moi", LAST_OLD_DAY)[0].code == "03130"


def test_a_later_law_ends_the_version_before_it() -> None:
    make_map()
    renamed = replace(
        SMALL_MAP.places[-1], name="Phường Nà Tấu", kind=PlaceKind.WARD, valid_from=date(2027, 1, 1)
    )

    make_map(replace(SMALL_MAP, places=[renamed], links=[]))

    days = [date(2026, 12, 31), date(2027, 1, 1)]
    found = [places.place_on("03316", day) for day in days]
    assert [place and place.name for place in found] == ["Xã Nà Tấu", "Phường Nà Tấu"]


def test_a_place_in_an_unknown_parent_is_refused_and_nothing_is_written() -> None:
    lost = replace(SMALL_MAP.places[2], parent_code="999")

    with pytest.raises(BadPlaces, match="999"):
        make_map(replace(SMALL_MAP, places=[SMALL_MAP.places[0], lost]))

    assert not Place.objects.exists()


def test_power_over_one_unit_does_not_reach_the_map() -> None:
    with pytest.raises(NotAllowed):
        places.load_places(SMALL_MAP, by=DUNG, at=AT)


def test_the_database_refuses_two_places_with_one_code_on_one_day() -> None:
    make_map()
    ended = PlaceVersion.objects.filter(code="03127", valid_to=LAST_OLD_DAY)

    with pytest.raises(IntegrityError, match="places_one_place_per_code"):
        ended.update(valid_to=FIRST_NEW_DAY)


def test_the_database_refuses_two_versions_of_one_place_on_one_day() -> None:
    make_map()
    ended = PlaceVersion.objects.filter(code="03316", valid_to=LAST_OLD_DAY)

    with pytest.raises(IntegrityError, match="places_one_version_at_a_time"):
        ended.update(code="03999", valid_to=None)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"valid_to": date(2003, 1, 1)}, "places_days_in_order"),
        ({"kind": "village"}, "places_kind_is_known"),
        ({"code": "3130"}, "places_code_is_digits"),
        ({"parent": None}, "places_only_a_province_has_no_parent"),
    ],
)
def test_the_database_refuses_an_impossible_version(
    change: dict[str, object], constraint: str
) -> None:
    make_map()

    with pytest.raises(IntegrityError, match=constraint):
        PlaceVersion.objects.filter(code="03130").update(**change)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"kind": "sold"}, "places_change_is_known"),
        ({"to_place": None}, "places_only_the_abolished_have_no_successor"),
    ],
)
def test_the_database_refuses_an_impossible_link(
    change: dict[str, object], constraint: str
) -> None:
    make_map()

    with pytest.raises(IntegrityError, match=constraint):
        PlaceSuccession.objects.filter(kind=PlaceChange.MERGE).update(**change)


def test_the_database_refuses_the_same_link_twice() -> None:
    make_map()
    link = PlaceSuccession.objects.get(kind=PlaceChange.ABOLISH)
    link.pk = None

    with pytest.raises(IntegrityError, match="places_one_link_per_pair"):
        link.save()
