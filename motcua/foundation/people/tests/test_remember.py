"""Who is remembered, found again, changed and left alone."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from motcua.foundation.audit import api as audit
from motcua.foundation.people.choices import PaperKind, Sex
from motcua.foundation.people.errors import NumberNotUsable
from motcua.foundation.people.models import Person, PersonPaper
from motcua.foundation.people.operations.persons import (
    confirm_person,
    correct_person,
    remember_person,
    update_contacts,
)
from motcua.foundation.people.rules.facts import Contacts, Paper, PersonFacts
from motcua.lib import work
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.errors import BadInput, NotAllowed

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
DESK = {"dossiers.receive": frozenset({10}), "people.unmask": frozenset({10})}
BINH = Actor(id=1, name="Trần Văn Bình", powers=DESK)
DUNG = Actor(id=2, name="Lê Quang Dũng", kind=ActorKind.CITIZEN, person_id=-99)
LAN = PersonFacts(
    "Nguyễn Thị Lan", "011305000001", date(2005, 3, 27), Sex.FEMALE, phone="0912345678"
)


def remember(facts: PersonFacts, by: Actor = BINH) -> Person:
    return remember_person(facts, by=by, at=MONDAY)


def test_a_person_is_noted_once_however_often_named() -> None:
    first, again = remember(LAN), remember(replace(LAN, personal_id="0113 0500 0001"))

    assert (first.pk, Person.objects.count()) == (again.pk, 1)


def test_remembering_costs_one_statement() -> None:
    with work.metered() as meter:
        remember(LAN)

    assert meter.statements == 1


def test_the_number_is_nowhere_in_the_clear() -> None:
    person = remember(LAN)

    row = Person.objects.values().get(pk=person.pk)
    assert [name for name, value in row.items() if LAN.personal_id in str(value)] == []
    assert LAN.personal_id.encode() not in bytes(row["personal_id_cipher"] or b"")
    assert row["personal_id_hint"] == "001"


def test_people_without_a_number_are_never_taken_for_one_another() -> None:
    child = PersonFacts("Lò Văn Minh")

    assert remember(child).pk != remember(child).pk


def test_what_an_officer_enters_replaces_what_was_declared() -> None:
    remember(LAN, by=DUNG)

    person = remember(replace(LAN, full_name="Nguyễn Thị Lan Anh", phone="0987654321"))

    assert (person.full_name, person.name_folded, person.phone) == (
        "Nguyễn Thị Lan Anh",
        "nguyen thi lan anh",
        "0987654321",
    )


def test_what_is_not_given_is_left_as_it_was() -> None:
    remember(LAN)

    person = remember(PersonFacts(LAN.full_name, LAN.personal_id))

    assert (person.phone, person.birth_date, person.sex) == (LAN.phone, LAN.birth_date, Sex.FEMALE)


def test_a_stranger_changes_nothing_that_is_known() -> None:
    remember(LAN)

    person = remember(replace(LAN, full_name="Kẻ Mạo Danh", phone="0900000000"), by=DUNG)

    person.refresh_from_db()
    assert (person.full_name, person.phone) == (LAN.full_name, LAN.phone)


def test_people_bring_their_own_contacts_up_to_date_but_not_their_name() -> None:
    lan = remember(LAN)
    herself = Actor(id=5, name=LAN.full_name, kind=ActorKind.CITIZEN, person_id=lan.pk)

    person = remember(replace(LAN, full_name="Lan Xinh", phone="0987654321"), by=herself)

    assert (person.full_name, person.phone) == (LAN.full_name, "0987654321")


def test_a_confirmed_name_is_not_changed_by_typing() -> None:
    lan = remember(LAN)
    confirm_person(lan.pk, by=BINH, at=MONDAY)

    assert remember(replace(LAN, full_name="Nguyễn Thị Lam")).full_name == LAN.full_name


def test_a_correction_is_traced_without_the_number() -> None:
    lan = remember(LAN)

    correct_person(
        lan.pk, replace(LAN, full_name="Nguyễn Thị Lam", personal_id=""), by=BINH, at=MONDAY
    )

    traces = [(e.action, e.detail) for e in audit.trail_of(f"person:{lan.pk}")]
    fields = ["full_name", "sort_key", "name_exact", "name_folded", "name_words"]
    assert traces == [("people.corrected", {"fields": fields})]
    assert Person.objects.get(pk=lan.pk).personal_id_hint == "001"


def test_a_citizen_neither_confirms_nor_corrects() -> None:
    lan = remember(LAN)

    with pytest.raises(NotAllowed):
        confirm_person(lan.pk, by=DUNG, at=MONDAY)
    with pytest.raises(NotAllowed):
        correct_person(lan.pk, LAN, by=DUNG, at=MONDAY)


def test_people_say_how_to_reach_and_address_them() -> None:
    lan = remember(LAN)
    herself = Actor(id=5, name=LAN.full_name, kind=ActorKind.CITIZEN, person_id=lan.pk)

    update_contacts(
        lan.pk,
        Contacts("0987654321", "Lan@Example.vn", "Bản  Co Mạ", "madam"),
        by=herself,
        at=MONDAY,
    )

    lan.refresh_from_db()
    assert (lan.phone, lan.email, lan.address, lan.addressed_as) == (
        "0987654321",
        "lan@example.vn",
        "Bản Co Mạ",
        "madam",
    )


def test_nobody_changes_another_persons_contacts() -> None:
    lan = remember(LAN)

    with pytest.raises(NotAllowed):
        update_contacts(lan.pk, Contacts(), by=DUNG, at=MONDAY)


def test_a_foreigner_is_found_by_passport_and_country() -> None:
    lao = PersonFacts(
        "Bounmy Sisouk", nationality="LA", paper=Paper(PaperKind.PASSPORT, "P1234567", "LA")
    )
    thai = replace(lao, full_name="Somchai", paper=Paper(PaperKind.PASSPORT, "P1234567", "TH"))

    assert remember(lao).pk == remember(lao).pk != remember(thai).pk


def test_somebody_known_by_the_old_card_gets_the_personal_number_later() -> None:
    card = Paper(PaperKind.OLD_ID_CARD, "040123456")
    old = remember(PersonFacts(LAN.full_name, paper=card))

    new = remember(replace(LAN, paper=card))

    assert new.pk == old.pk
    assert (remember(LAN).pk, PersonPaper.objects.count()) == (old.pk, 1)


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        (replace(LAN, sex=Sex.MALE), NumberNotUsable),
        (replace(LAN, personal_id="123"), NumberNotUsable),
        (replace(LAN, full_name="  "), BadInput),
        (replace(LAN, paper=Paper(PaperKind.OLD_ID_CARD, "1")), NumberNotUsable),
    ],
)
def test_what_cannot_be_is_refused(facts: PersonFacts, error: type[BadInput]) -> None:
    with pytest.raises(error):
        remember(facts)

    assert Person.objects.count() == 0
