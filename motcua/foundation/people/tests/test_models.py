"""What the database itself refuses about people."""

from datetime import date

import pytest
from django.db import IntegrityError

from motcua.foundation.people.choices import MemberRole
from motcua.foundation.people.models import Membership, Person

from .make import make_enterprise, make_person

pytestmark = pytest.mark.django_db


def test_two_persons_cannot_share_a_number() -> None:
    lan = make_person(number_hash=b"l" * 32)
    dung = make_person()

    with pytest.raises(IntegrityError, match="one_per_number"):
        Person.objects.filter(pk=dung.pk).update(
            personal_id_hash=lan.personal_id_hash,
            personal_id_cipher=b"x",
            personal_id_key="k1",
            personal_id_hint="123",
        )


def test_many_persons_may_have_no_number() -> None:
    make_person()
    make_person()

    assert Person.objects.filter(personal_id_hash=None).count() == 2


def test_a_number_is_stored_whole_or_not_at_all() -> None:
    lan = make_person()

    with pytest.raises(IntegrityError, match="whole_or_absent"):
        Person.objects.filter(pk=lan.pk).update(personal_id_hint="123")


def test_nobody_dies_before_birth() -> None:
    lan = make_person(birth_date=date(1990, 1, 1))

    with pytest.raises(IntegrityError, match="dies_after_birth"):
        Person.objects.filter(pk=lan.pk).update(died_on=date(1989, 12, 31))


@pytest.mark.parametrize("field", ["sex", "addressed_as"])
def test_choices_are_kept_by_the_database(field: str) -> None:
    lan = make_person()

    with pytest.raises(IntegrityError, match="is_known"):
        Person.objects.filter(pk=lan.pk).update(**{field: "other"})


def test_a_role_is_not_held_twice_at_a_time() -> None:
    lan, company = make_person(), make_enterprise()
    role = {"enterprise": company, "person": lan, "role": MemberRole.STAFF}
    Membership.objects.create(valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30), **role)
    Membership.objects.create(valid_from=date(2026, 7, 1), **role)

    with pytest.raises(IntegrityError, match="once_at_a_time"):
        Membership.objects.create(valid_from=date(2026, 6, 30), **role)
