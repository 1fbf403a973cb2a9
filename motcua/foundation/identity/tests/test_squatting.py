"""Whoever opens an account with the telephone of somebody else keeps nothing of it."""

from datetime import UTC, datetime
from functools import partial

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from pytest_django import Settings

from motcua.foundation.identity import api as identity
from motcua.foundation.identity.models import Account
from motcua.foundation.people import api as people
from motcua.lib import work
from motcua.lib.actor import Actor

from .make import PASSWORD

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
BINH = Actor(id=903, name="Trần Văn Bình", powers={"dossiers.receive": frozenset({1})})
CARD = people.PersonFacts(full_name="Nguyễn Thị Lan", personal_id="011185001234")
PHONE, NAME, NEW = "0912000077", "Nguyễn Thị Lan", "một câu dài dễ nhớ với Lan"


class Texts:
    """Keeps the latest code."""

    def send(self, phone: str, text: str) -> None:  # noqa: ARG002 -- the port's shape
        self.code = "".join(one for one in text.split(":", maxsplit=1)[0] if one.isdecimal())


@pytest.fixture
def texts(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Texts:
    kept = Texts()
    settings.TEXT_CARRIER = "kept"
    monkeypatch.setitem(identity.text_carriers, "kept", lambda: kept)
    return kept


def squatted(email: str = "") -> Account:
    """Return what a stranger opened with Lan's telephone and name."""
    facts = identity.SignUp(full_name=NAME, password=PASSWORD, phone=PHONE, email=email)
    return identity.open_citizen_account(facts, at=MONDAY)


def confirm() -> str:
    return identity.confirm_holder(PHONE, CARD, desk_unit_id=1, by=BINH, at=MONDAY)


def set_by_phone(texts: Texts) -> None:
    token = identity.send_sign_in_code(PHONE, network="net", at=MONDAY)
    identity.prove_code(token, texts.code, NAME, at=MONDAY)
    identity.set_password_by_phone(token, NEW, at=MONDAY)


def reclaimed() -> list[int]:
    """Return of which accounts other rooms were told."""
    sql = "SELECT aggregate_id FROM outbox_fact WHERE topic = 'identity.account_reclaimed'"
    return [int(row[0]) for row in work.fetch(sql, [])]


def test_a_desk_confirms_no_account_whose_telephone_nobody_has_proven(texts: Texts) -> None:
    account = squatted()

    with pytest.raises(identity.LoginNotProven, match="mã"):
        confirm()

    account.refresh_from_db()
    assert account.confirmed_unit_id is None
    set_by_phone(texts)
    assert confirm() == NAME


def test_a_desk_confirms_no_account_whose_address_nobody_has_proven() -> None:
    account = squatted(email="nan-nhan@example.vn")
    login = EmailAddress.objects.create(user=account, email=account.email, primary=True)
    ask = partial(identity.look_at_holder, desk_unit_id=1, by=BINH, at=MONDAY)

    with pytest.raises(identity.LoginNotProven):
        ask(account.email, CARD)
    login.verified = True
    login.save()
    assert ask(account.email, CARD).account_id == account.pk


def test_who_first_proves_the_telephone_leaves_a_stranger_no_way_back(texts: Texts) -> None:
    account = squatted(email="ke-gian@example.vn")
    for kind in ("webauthn", "totp", "recovery_codes"):
        Authenticator.objects.create(user=account, type=kind, data={})
    EmailAddress.objects.create(user=account, email=account.email, primary=True)

    set_by_phone(texts)

    account.refresh_from_db()
    assert account.email == ""
    assert not Authenticator.objects.filter(user=account).exists()
    assert not EmailAddress.objects.filter(user=account).exists()
    assert reclaimed() == [account.pk]
    set_by_phone(texts)
    assert reclaimed() == [account.pk]


def test_a_telephone_beside_a_confirmed_address_is_no_way_in_until_proven(texts: Texts) -> None:
    account = squatted(email="chu@example.vn")
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)

    with pytest.raises(identity.WrongSignInCode):
        set_by_phone(texts)


def test_a_token_asks_for_the_confirmed_address_as_the_web_does() -> None:
    account = squatted(email="nan-nhan@example.vn")
    EmailAddress.objects.create(user=account, email=account.email, primary=True)

    with pytest.raises(identity.AccountDisabled):
        identity.open_token(account.email, PASSWORD, at=MONDAY)
    EmailAddress.objects.filter(user=account).update(verified=True)
    assert identity.open_token(account.email, PASSWORD, at=MONDAY)
