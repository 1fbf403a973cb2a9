"""Which passwords will do."""

from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError

from motcua.foundation.identity.models import Account, SignInPolicy
from motcua.foundation.identity.operations.passwords import change_password
from motcua.foundation.identity.permissions import LongEnough, NotUsedBefore

from .make import make_account

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(("length", "will_do"), [(13, False), (14, True)])
@pytest.mark.parametrize("is_known", [True, False])
def test_without_second_factor_fourteen_characters(
    length: int, *, will_do: bool, is_known: bool
) -> None:
    user = make_account() if is_known else None
    assert passes(LongEnough(), "x" * length, user) is will_do


@pytest.mark.parametrize(("length", "will_do"), [(7, False), (8, True)])
def test_with_second_factor_eight(length: int, *, will_do: bool) -> None:
    account = make_account()
    Authenticator.objects.create(user=account, type="totp", data={})

    assert passes(LongEnough(), "x" * length, account) is will_do


def test_the_policy_may_ask_for_more() -> None:
    SignInPolicy.objects.update(password_length=20)

    assert not passes(LongEnough(), "x" * 19, None)


def test_the_latest_passwords_are_refused_older_ones_are_not() -> None:
    SignInPolicy.objects.update(passwords_remembered=2)
    account = make_account()
    for password in ("mật-khẩu-một", "mật-khẩu-hai", "mật-khẩu-ba"):
        change_password(account, password, session_key="", at=MONDAY)

    rule = NotUsedBefore()
    answers = [passes(rule, f"mật-khẩu-{word}", account) for word in ("một", "hai", "ba", "bốn")]
    assert answers == [True, False, False, True]


def test_who_has_no_account_yet_has_no_old_password() -> None:
    assert passes(NotUsedBefore(), "mật-khẩu", None)


def test_the_rules_say_themselves_in_words() -> None:
    assert "14 ký tự" in LongEnough().get_help_text()
    assert "10 mật khẩu" in NotUsedBefore().get_help_text()


def passes(rule: LongEnough | NotUsedBefore, password: str, user: Account | None) -> bool:
    try:
        rule.validate(password, user)
    except ValidationError:
        return False
    return True
