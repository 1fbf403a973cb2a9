"""Who may sign the papers of a dossier is known by the marks of the numbers that people left."""

import pytest

from motcua.casework.dossiers.api import Dossier, Holder, PartyRole, holders_of
from motcua.casework.dossiers.models import DossierParty
from motcua.foundation.identity.api import AccountKind
from motcua.foundation.identity.tests.make import make_account
from motcua.foundation.people import api as people
from motcua.foundation.people.tests.make import make_enterprise, make_person

from .make import get_dossier, make_all, make_filed

pytestmark = pytest.mark.django_db
NUMBER = "011198000123"


def marks(*numbers: str) -> frozenset[str]:
    return frozenset(people.mark_of_number(number) for number in numbers)


def make_dossier(**party: int) -> Dossier:
    """Return Lan's dossier, whose applicant is this person or enterprise."""
    code = make_filed(make_all())
    DossierParty.objects.filter(dossier__code=code, role=PartyRole.APPLICANT).update(**party)
    return get_dossier(code)


def test_a_person_is_known_by_the_personal_number() -> None:
    lan = make_person("Lò Thị Lan", number_hash=people.hash_number(NUMBER))

    holders = holders_of(make_dossier(person_id=lan.pk))

    assert list(holders) == [
        Holder(PartyRole.APPLICANT, "Lò Thị Lan", marks(f"personal_id:{NUMBER}")),
        Holder(PartyRole.SUBMITTER, "Lò Thị Lan"),
    ]


def test_an_enterprise_is_known_by_its_tax_code() -> None:
    company = make_enterprise(tax_code="5699000014")

    holders = holders_of(make_dossier(enterprise_id=company.pk))

    assert holders[0].marks == marks("tax_code:5699000014")


def test_who_hands_in_is_known_by_the_account() -> None:
    son = make_person("Lò Văn Sơn", number_hash=people.hash_number(NUMBER))
    account = make_account(kind=AccountKind.CITIZEN, person_id=son.pk)
    dossier = make_dossier()
    dossier.submitter_account_id = account.pk

    assert holders_of(dossier)[-1].marks == marks(f"personal_id:{NUMBER}")


def test_whose_number_nobody_knows_has_no_marks() -> None:
    assert [one.marks for one in holders_of(make_dossier())] == [frozenset(), frozenset()]
