"""Old names in what people type: found, followed to today, and told apart from living ones."""

from datetime import date

import pytest

from motcua.foundation.places.choices import PlaceChange, PlaceKind
from motcua.foundation.places.queries import former_names_in
from motcua.foundation.places.rules.naming import mentions_in
from motcua.foundation.places.rules.rows import LinkRow, PlaceList, PlaceRow

from .make import FIRST_NEW_DAY, LAST_OLD_DAY, SINCE, make_map

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("khai sinh xã Thanh Minh", ["xã"]),
        ("UBND P. Him Lam", ["phường"]),
        ("thi tran Muong Ang, huyen Muong Ang", ["thị trấn", "huyện"]),
        ("xã", []),
        ("Lò Thị Lan", []),
        ("xã a xã b xã c xã d", ["xã", "xã", "xã"]),
    ],
)
def test_a_place_is_named_behind_its_kind(text: str, kinds: list[str]) -> None:
    assert [one.kind for one in mentions_in(text)] == kinds


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("trích lục phường Him Lam năm 2020", "phường Him Lam"),
        ("UBND phuong him lam", "phuong him lam"),
        ("p. Thanh Bình", "p Thanh Bình"),
    ],
)
def test_an_old_name_leads_to_what_the_place_is_now(text: str, typed: str) -> None:
    make_map()

    (found,) = former_names_in(text, TODAY)

    assert (found.typed, found.new_names) == (typed, ("Phường Điện Biên Phủ",))
    assert found.since == FIRST_NEW_DAY


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        "phường Điện Biên Phủ",
        "xã Nà Tấu",
        "phường Hìm Lam",
        "thành phố Điện Biên Phủ",
        "phường không có thật",
    ],
)
def test_living_unknown_and_abolished_places_have_no_other_name(text: str) -> None:
    make_map()

    assert former_names_in(text, TODAY) == []


@pytest.mark.django_db
def test_before_the_change_the_old_name_is_the_name() -> None:
    make_map()

    assert former_names_in("phường Him Lam", LAST_OLD_DAY) == []


@pytest.mark.django_db
def test_a_name_of_several_provinces_is_read_in_ones_own() -> None:
    make_map()
    there = (SINCE, LAST_OLD_DAY)
    make_map(
        PlaceList(
            places=[
                PlaceRow("25", "Tỉnh Phú Thọ", PlaceKind.PROVINCE, "", SINCE),
                PlaceRow("07900", "Phường Him Lam", PlaceKind.WARD, "25", *there),
                PlaceRow("07901", "Phường Nông Trang", PlaceKind.WARD, "25", FIRST_NEW_DAY),
            ],
            links=[LinkRow("07900", "07901", PlaceChange.MERGE, FIRST_NEW_DAY, "NQ")],
        )
    )

    (everywhere,) = former_names_in("phường Him Lam", TODAY)
    (here,) = former_names_in("phường Him Lam", TODAY, below="11")

    assert set(everywhere.new_names) == {"Phường Điện Biên Phủ", "Phường Nông Trang"}
    assert here.new_names == ("Phường Điện Biên Phủ",)
