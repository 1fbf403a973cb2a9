"""Whose dossier it is that was handed in at a desk."""

from dataclasses import replace
from typing import Any

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures.api import FilingChannel
from motcua.foundation.identity.api import Account, confirm_person
from motcua.foundation.identity.tests.make import make_account
from motcua.foundation.people import api as people
from motcua.lib.actor import Actor, ActorKind

from .make import MONDAY, Commune, get_dossier, make_all, make_application

pytestmark = pytest.mark.django_db
FACTS = people.PersonFacts(full_name="Lò Thị Lan", personal_id="011185001234")
NOBODYS = dossiers.SubmitterIn(name="Lò Thị Lan")


def make_lan(commune: Commune, *, is_seen: bool = True) -> tuple[Account, people.Person]:
    """Return Lan's account and what the desk knows of her; `is_seen` by an officer."""
    account = make_account(full_name="Lò Thị Lan")
    person = people.remember_person(FACTS, by=commune.binh, at=MONDAY)
    if is_seen:
        confirm_person(account.pk, person.pk, by=commune.binh, at=MONDAY)
    else:
        Account.objects.filter(pk=account.pk).update(person=person)
    return account, person


def receive(commune: Commune, person: people.Person, *, name: str = "Lò Thị Lan") -> str:
    party = dossiers.PartyIn(dossiers.PartyRole.APPLICANT, name, person_id=person.pk)
    application = make_application(
        commune,
        channel=FilingChannel.COUNTER,
        submitter=replace(NOBODYS, name=name),
        parties=(party,),
    )
    return dossiers.receive_in_person(
        application, desk_unit_id=commune.desk_id, by=commune.binh, at=MONDAY
    )


def seen_by(account: Account) -> list[str]:
    owner = Actor(id=account.pk, name=account.full_name, kind=ActorKind.CITIZEN)
    return [one.code for one in dossiers.dossiers_for(owner).rows]


def test_what_lan_hands_in_at_the_desk_stands_among_her_dossiers() -> None:
    commune = make_all()
    account, person = make_lan(commune)

    code = receive(commune, person)

    assert (seen_by(account), get_dossier(code).submitter_account_id) == ([code], account.pk)


def test_an_account_that_nobody_has_verified_sees_nothing_of_it() -> None:
    commune = make_all()
    account, person = make_lan(commune, is_seen=False)

    code = receive(commune, person)

    assert (seen_by(account), get_dossier(code).submitter_account_id) == ([], None)


def test_a_number_typed_for_somebody_else_shows_the_stranger_nothing() -> None:
    commune = make_all()
    account, person = make_lan(commune)

    receive(commune, person, name="Quàng Thị Hoa")

    assert seen_by(account) == []


def test_an_account_that_was_closed_gets_no_dossier() -> None:
    commune = make_all()
    account, person = make_lan(commune)
    Account.objects.filter(pk=account.pk).update(disabled_at=MONDAY, disabled_because="by_holder")

    code = receive(commune, person)

    assert get_dossier(code).submitter_account_id is None


@pytest.mark.parametrize(
    ("typed", "right", "is_hers"),
    [("Lò Thị Lan", "Quàng Thị Hoa", False), ("Lò Thị Lam", "Lò Thị Lan", True)],
)
def test_a_corrected_name_decides_anew_whose_it_is(typed: str, right: str, is_hers: Any) -> None:
    commune = make_all()
    account, person = make_lan(commune)
    code = receive(commune, person, name=typed)

    changes = {"applicant_name": right}
    dossiers.correct_reception(code, changes, "Gõ nhầm", by=commune.oanh, at=MONDAY)

    assert seen_by(account) == ([code] if is_hers else [])


def test_what_is_noted_at_the_desk_is_the_applicants_own_too() -> None:
    commune = make_all()
    account, person = make_lan(commune)
    party = dossiers.PartyIn(dossiers.PartyRole.APPLICANT, "Lò Thị Lan", person_id=person.pk)
    application = make_application(commune, submitter=NOBODYS, parties=(party,), papers=())

    code = dossiers.note_at_desk(
        application, desk_unit_id=commune.desk_id, by=commune.binh, at=MONDAY
    )

    assert seen_by(account) == [code]
