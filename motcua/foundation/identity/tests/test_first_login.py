"""Accounts without a login: a desk gives one, or the holder's own account takes them in."""

import json
from datetime import UTC, datetime

import pytest

from motcua.foundation.identity import api as identity
from motcua.foundation.identity.choices import DisabledBecause
from motcua.foundation.identity.models import Account
from motcua.foundation.people import api as people
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, NotAllowed

from .make import make_account

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
BINH = Actor(id=903, name="Trần Văn Bình", powers={"dossiers.receive": frozenset({1})})
CARD = people.PersonFacts(full_name="Nguyễn Thị Lan", personal_id="011185001234")
PHONE = "0912000077"


def held() -> Account:
    """Return what a desk opened for Lan, who had no telephone."""
    person = people.remember_person(CARD, by=BINH, at=MONDAY)
    seen = people.confirm_person(person.pk, by=BINH, at=MONDAY)
    return identity.account_at_desk(seen, by=BINH, at=MONDAY)


def facts(topic: str) -> list[tuple[int, dict[str, object]]]:
    """Return of whom facts were announced, and what they say."""
    sql = "SELECT aggregate_id, payload FROM outbox_fact WHERE topic = %s ORDER BY id"
    rows = work.fetch(sql, [topic])
    return [(key, json.loads(said) if isinstance(said, str) else said) for key, said in rows]


def give(phone: str = PHONE, card: people.PersonFacts = CARD) -> Account:
    return identity.give_login(phone, card, desk_unit_id=1, by=BINH, at=MONDAY)


def test_what_a_desk_once_opened_gets_a_telephone_and_stays_the_same_account() -> None:
    first = held()

    account = give("+84 912 000 077")

    assert (account.pk, account.phone, account.has_usable_password()) == (first.pk, PHONE, False)
    assert account.phone_confirmed_at is None
    assert [row[0] for row in facts("identity.person_confirmed")] == [account.pk]


def test_whoever_has_no_account_gets_one_with_the_telephone() -> None:
    account = give()

    assert account.person is not None
    assert account.person.confirmed_at == MONDAY
    assert identity.find_account(PHONE) == account


@pytest.mark.parametrize(
    ("phone", "card", "said"),
    [
        ("", CARD, "Hãy ghi số điện thoại"),
        ("12", CARD, "10 hoặc 11 chữ số"),
        ("0912000011", CARD, "đã dùng cho một tài khoản"),
        (PHONE, people.PersonFacts("Lò Văn Tám", "011185001234"), "tên khác"),
    ],
)
def test_odd_logins_are_refused(phone: str, card: people.PersonFacts, said: str) -> None:
    held()
    make_account(username="other", phone="0912000011")

    with pytest.raises(BadInput, match=said):
        give(phone, card)


def test_who_can_sign_in_already_gets_no_second_way_here() -> None:
    give()

    with pytest.raises(identity.ConfirmedOtherwise, match="đã có tài khoản"):
        give("0912000078")


def test_only_who_receives_at_the_desk_gives_a_login() -> None:
    with pytest.raises(NotAllowed):
        identity.give_login(PHONE, CARD, desk_unit_id=1, by=Actor(id=904, name="Ai Đó"), at=MONDAY)


def test_the_own_account_takes_in_what_the_desk_once_opened() -> None:
    first = held()
    own = make_account(phone=PHONE, phone_confirmed_at=MONDAY)

    name = identity.confirm_holder(PHONE, CARD, desk_unit_id=1, by=BINH, at=MONDAY)

    first.refresh_from_db()
    own.refresh_from_db()
    assert (name, own.person_id) == ("Nguyễn Thị Lan", first.person_id)
    assert first.disabled_because == DisabledBecause.MERGED
    ((key, payload),) = facts("identity.account_merged")
    assert (key, payload["former_id"]) == (own.pk, first.pk)


def test_another_account_with_a_login_is_taken_in_by_nobody() -> None:
    give()
    make_account(username="lan-two", phone="0912000099")

    with pytest.raises(identity.ConfirmedOtherwise):
        identity.confirm_holder("0912000099", CARD, desk_unit_id=1, by=BINH, at=MONDAY)

    assert not Account.objects.exclude(disabled_at=None).exists()
