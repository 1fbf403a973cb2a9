"""Whose account it is: what a desk may find out, and when it may say so."""

from datetime import UTC, datetime

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.foundation.identity import api as identity
from motcua.foundation.identity.operations import confirming
from motcua.foundation.people import api as people
from motcua.foundation.people.tests.make import make_person
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

from .make import make_account

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
BINH = Actor(id=903, name="Trần Văn Bình", powers={"dossiers.receive": frozenset({1})})
CARD = people.PersonFacts(full_name="Nguyễn Thị Lan", personal_id="011185001234")


def make_lan(number_hash: bytes | None = None) -> identity.Account:
    lan = make_account(email="lan@example.vn", person=make_person(number_hash=number_hash))
    EmailAddress.objects.create(user=lan, email=lan.email, verified=True, primary=True)
    return lan


def look(login: str = "lan@example.vn", *, desk: int = 1) -> identity.Holder:
    return identity.look_at_holder(login, CARD, desk_unit_id=desk, by=BINH, at=MONDAY)


def confirm(card: people.PersonFacts = CARD, *, desk: int = 1) -> str:
    return identity.confirm_holder("lan@example.vn", card, desk_unit_id=desk, by=BINH, at=MONDAY)


def test_nobody_tries_one_address_after_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confirming, "MOST_LOOKS", 2)
    make_lan()
    for login in ("an@example.vn", "0912345678"):
        with pytest.raises(identity.NoSuchAccount):
            look(login)

    with pytest.raises(identity.TooManyLooks):
        look()


def test_a_power_held_elsewhere_opens_nothing() -> None:
    make_lan()

    with pytest.raises(NotAllowed):
        look(desk=2)
    with pytest.raises(NotAllowed):
        confirm(desk=2)


def test_the_fact_names_the_person_and_the_desk_once() -> None:
    lan = make_lan()

    names = [confirm() for _ in range(2)]

    person = people.find_person_by_number(CARD.personal_id)
    told = [(lan.pk, str(person.pk if person else 0), "1")]
    facts = work.fetch(_FACTS, ["identity.person_confirmed"])
    assert (names, facts) == (["Nguyễn Thị Lan"] * 2, told)


_FACTS = (
    "SELECT aggregate_id, payload->>'person_id', payload->>'desk_unit_id' FROM outbox_fact"
    " WHERE topic = %s"
)


def test_what_the_holder_gave_as_contacts_goes_on_with_the_person() -> None:
    make_lan()

    confirm()

    person = people.find_person_by_number(CARD.personal_id)
    assert person is not None
    assert person.email == "lan@example.vn"


def make_closed() -> identity.Account:
    """Return the account that Lan had before and closed."""
    return make_account(
        username="lan-cu",
        person=people.remember_person(CARD, by=BINH, at=MONDAY),
        disabled_at=MONDAY,
        disabled_because="by_holder",
    )


def test_a_closed_account_leaves_room_for_another_one() -> None:
    make_closed()
    make_lan()

    assert confirm() == "Nguyễn Thị Lan"


def test_the_closed_one_is_not_opened_again_beside_it() -> None:
    before = make_closed()
    make_lan()
    confirm()
    power = frozenset({"identity.administer"})

    with pytest.raises(identity.AccountDisabled):
        identity.enable_account(
            before.pk, by=Actor(id=904, name="Quản trị", province_powers=power), at=MONDAY
        )


def test_a_look_shows_numbers_masked() -> None:
    make_lan(number_hash=b"1" * 32)

    holder = look()

    shown = (holder.email, holder.phone, holder.personal_id, holder.confirmed_at)
    assert shown == ("l•••@example.vn", "", "•••••••••123", None)


def test_a_look_costs_few_statements() -> None:
    make_lan()
    look()

    with work.metered() as meter, CaptureQueriesContext(connection) as queries:
        look()

    assert meter.statements + len(queries) <= 10
