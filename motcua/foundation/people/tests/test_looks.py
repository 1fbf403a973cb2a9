"""Who sees whose data, and what is noted of it."""

from datetime import UTC, date, datetime

import pytest

from motcua.foundation.audit import api as audit
from motcua.foundation.people.errors import NoSuchPerson, NumberAbsent, RevealNotAllowed
from motcua.foundation.people.models import Person
from motcua.foundation.people.operations.looks import reveal_number, search_people
from motcua.foundation.people.operations.persons import remember_person
from motcua.foundation.people.queries import (
    find_people_by_name,
    find_person_by_number,
    mask,
)
from motcua.foundation.people.rules.facts import PersonFacts
from motcua.lib.actor import SYSTEM, Actor, ActorKind
from motcua.lib.errors import BadInput, NotAllowed

from .make import make_person

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
POWERS = {"people.unmask": frozenset({10}), "people.search": frozenset({10})}
BINH = Actor(id=1, name="Trần Văn Bình", title="Chuyên viên", agency_id=7, powers=POWERS)
HELPER = Actor(id=3, name="Lò Văn Dũng")


def make_lan() -> Person:
    facts = PersonFacts(
        "Nguyễn Thị Lan",
        "011305000001",
        date(2005, 3, 27),
        phone="0912345678",
        email="lan@example.vn",
    )
    return remember_person(facts, by=SYSTEM, at=MONDAY)


def test_a_list_shows_only_the_end_of_numbers() -> None:
    masked = mask(make_lan(), BINH)

    assert (masked.personal_id, masked.phone, masked.email, masked.birth_year) == (
        "•••••••••001",
        "•••••••678",
        "l•••@example.vn",
        2005,
    )


def test_people_see_their_own_telephone_whole() -> None:
    lan = make_lan()
    herself = Actor(id=5, name="Lan", kind=ActorKind.CITIZEN, person_id=lan.pk)

    assert mask(lan, herself).phone == "0912345678"


def test_a_person_without_number_shows_none() -> None:
    assert mask(make_person(), BINH).personal_id == ""


def test_revealing_a_number_is_noted_with_who_and_why() -> None:
    lan = make_lan()

    number = reveal_number(lan.pk, by=BINH, at=MONDAY, purpose="Đối chiếu căn cước")

    assert number == "011305000001"
    (entry,) = audit.accesses_to_person(lan.pk)
    assert (entry.purpose, entry.actor_name, entry.actor_title, entry.agency_id, entry.detail) == (
        "people.reveal",
        "Trần Văn Bình",
        "Chuyên viên",
        7,
        {"purpose": "Đối chiếu căn cước"},
    )


def test_without_the_power_nothing_is_revealed() -> None:
    lan = make_lan()

    with pytest.raises(RevealNotAllowed):
        reveal_number(lan.pk, by=HELPER, at=MONDAY, purpose="Tò mò")


def test_without_a_purpose_nothing_is_revealed() -> None:
    lan = make_lan()

    with pytest.raises(BadInput, match="mục đích"):
        reveal_number(lan.pk, by=BINH, at=MONDAY, purpose=" ")


def test_there_is_nothing_to_reveal_where_there_is_no_number() -> None:
    with pytest.raises(NumberAbsent):
        reveal_number(make_person().pk, by=BINH, at=MONDAY, purpose="Đối chiếu")


def test_nobody_is_revealed_who_does_not_exist() -> None:
    with pytest.raises(NoSuchPerson):
        reveal_number(404, by=BINH, at=MONDAY, purpose="Đối chiếu")


def test_a_search_by_number_is_noted_with_the_number_hidden() -> None:
    lan = make_lan()

    found = search_people("0113 0500 0001", by=BINH, at=MONDAY, purpose="Tiếp nhận")

    assert [one.id for one in found] == [lan.pk]
    (entry,) = audit.accesses_of("people")
    assert entry.detail == {"asked": "•••••••••001", "found": 1, "purpose": "Tiếp nhận"}


def test_a_search_by_name_is_noted_too() -> None:
    search_people("lan", by=BINH, at=MONDAY, purpose="Tiếp nhận")

    assert [entry.detail["asked"] for entry in audit.accesses_of("people")] == ["lan"]


def test_only_who_has_the_power_searches_people() -> None:
    with pytest.raises(NotAllowed):
        search_people("lan", by=HELPER, at=MONDAY, purpose="Tò mò")


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Nguyễn Thị Lan", ["Nguyễn Thị Lan"]),
        ("nguyen thi lan", ["Nguyễn Thị Lân", "Nguyễn Thị Lan"]),
        ("NGUYỄN", ["Nguyễn Thị Lân", "Nguyễn Thị Lan"]),
        ("lan", ["Nguyễn Thị Lân", "Nguyễn Thị Lan"]),
        ("Lân", ["Nguyễn Thị Lân"]),
        ("lo thi", ["Lò Thị Hoà"]),
        ("Hòa", ["Lò Thị Hoà"]),
        ("duong", ["Đặng Đình Dương"]),
        ("thi lo", ["Lò Thị Hoà"]),
        ("", []),
        ("zzz", []),
    ],
)
def test_names_are_found_with_tones_exactly_without_tones_all(typed: str, names: list[str]) -> None:
    for name in ("Nguyễn Thị Lan", "Nguyễn Thị Lân", "Lò Thị Hoà", "Đặng Đình Dương"):
        make_person(name)

    assert [person.full_name for person in find_people_by_name(typed)] == names


def test_names_that_begin_so_come_before_names_that_hold_the_word() -> None:
    holder, beginner = make_person("Trần Văn An"), make_person("Văn An Bình")
    later_holder = make_person("Lê Văn Tám")

    assert [p.pk for p in find_people_by_name("van")] == [beginner.pk, later_holder.pk, holder.pk]


def test_an_unknown_number_finds_nobody() -> None:
    assert find_person_by_number("011305000009") is None
