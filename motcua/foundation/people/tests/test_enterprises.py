"""Enterprises, and who may act for them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from motcua.foundation.people.choices import MemberRole
from motcua.foundation.people.errors import NoSuchEnterprise, NumberNotUsable
from motcua.foundation.people.models import Membership, Person
from motcua.foundation.people.operations.enterprises import (
    add_member,
    end_membership,
    remember_enterprise,
)
from motcua.foundation.people.queries import get_enterprise, members_of, memberships_of
from motcua.foundation.people.rules.facts import EnterpriseFacts
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.errors import BadInput, Conflict, NotAllowed

from .make import make_enterprise, make_person

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
TODAY = date(2026, 1, 5)
BINH = Actor(id=1, name="Trần Văn Bình", powers={"dossiers.receive": frozenset({10})})
FACTS = EnterpriseFacts("0100109106", "Hợp tác xã Mường Thanh", phone="02153111222")


def citizen(person: Person) -> Actor:
    return Actor(id=5, name=person.full_name, kind=ActorKind.CITIZEN, person_id=person.pk)


def test_an_enterprise_is_noted_once_and_found_by_its_tax_code() -> None:
    first = remember_enterprise(FACTS, by=BINH, at=MONDAY)
    again = remember_enterprise(FACTS, by=BINH, at=MONDAY)

    assert first.pk == again.pk == get_enterprise("0100109106").pk


def test_a_stranger_does_not_rename_an_enterprise() -> None:
    remember_enterprise(FACTS, by=BINH, at=MONDAY)

    found = remember_enterprise(
        EnterpriseFacts("0100109106", "Công ty ma"), by=citizen(make_person()), at=MONDAY
    )

    assert found.name == "Hợp tác xã Mường Thanh"


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        (EnterpriseFacts("0100109107", "Sai số kiểm tra"), NumberNotUsable),
        (EnterpriseFacts("0100109106", " "), BadInput),
    ],
)
def test_what_cannot_be_is_refused(facts: EnterpriseFacts, error: type[BadInput]) -> None:
    with pytest.raises(error):
        remember_enterprise(facts, by=BINH, at=MONDAY)


def test_an_unknown_tax_code_is_said() -> None:
    with pytest.raises(NoSuchEnterprise):
        get_enterprise("0100109106")


def test_the_desk_names_the_representative_who_names_the_staff() -> None:
    company, lan, dung = make_enterprise(), make_person(), make_person("Lê Quang Dũng")
    add_member(company.pk, lan.pk, MemberRole.REPRESENTATIVE, by=BINH, at=MONDAY)

    add_member(company.pk, dung.pk, MemberRole.STAFF, by=citizen(lan), at=MONDAY)

    assert [m.person_id for m in members_of(company.pk, on=TODAY)] == [dung.pk, lan.pk]
    assert [m.role for m in memberships_of(dung.pk, on=TODAY)] == ["staff"]


def test_staff_and_strangers_name_nobody() -> None:
    company, dung = make_enterprise(), make_person("Lê Quang Dũng")
    add_member(company.pk, dung.pk, MemberRole.STAFF, by=BINH, at=MONDAY)

    for actor in (citizen(dung), Actor(id=9, name="Khách", kind=ActorKind.CITIZEN)):
        with pytest.raises(NotAllowed):
            add_member(company.pk, make_person().pk, MemberRole.STAFF, by=actor, at=MONDAY)


def test_a_role_is_not_given_twice() -> None:
    company, lan = make_enterprise(), make_person()
    add_member(company.pk, lan.pk, MemberRole.STAFF, by=BINH, at=MONDAY)

    with pytest.raises(Conflict):
        add_member(company.pk, lan.pk, MemberRole.STAFF, by=BINH, at=MONDAY)


@pytest.mark.parametrize(("days", "left"), [(0, 0), (3, 1)])
def test_a_role_ends_the_day_before(days: int, left: int) -> None:
    company, lan = make_enterprise(), make_person()
    role = add_member(company.pk, lan.pk, MemberRole.STAFF, by=BINH, at=MONDAY)

    end_membership(role.pk, by=BINH, at=MONDAY + timedelta(days=days))

    assert list(members_of(company.pk, on=TODAY + timedelta(days=days))) == []
    assert Membership.objects.count() == left
