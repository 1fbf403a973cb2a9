"""What the database itself refuses about accounts."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError

from motcua.foundation.identity.choices import AccountKind, DisabledBecause
from motcua.foundation.identity.models import Account

from .make import make_account, make_officer_account

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


def test_two_accounts_cannot_share_an_email() -> None:
    make_account(username="lan", email="lan@example.vn")

    with pytest.raises(IntegrityError, match="one_per_email"):
        make_account(username="lan2", email="lan@example.vn")


def test_two_accounts_cannot_share_a_phone() -> None:
    make_account(username="lan", phone="0912345678")

    with pytest.raises(IntegrityError, match="one_per_phone"):
        make_account(username="dung", phone="0912345678")


def test_many_accounts_may_have_neither_email_nor_phone() -> None:
    make_account(username="lan")
    make_account(username="dung")

    assert Account.objects.filter(email="", phone="").count() == 2


def test_the_kind_of_an_account_is_one_of_ours() -> None:
    account = make_account()

    with pytest.raises(IntegrityError, match="kind_is_known"):
        Account.objects.filter(pk=account.pk).update(kind="robot")


def test_a_user_name_is_stored_in_lower_case() -> None:
    account = make_account()

    with pytest.raises(IntegrityError, match="lower_case"):
        Account.objects.filter(pk=account.pk).update(username="Binh")


def test_an_account_is_not_disabled_without_a_reason() -> None:
    account = make_account()

    with pytest.raises(IntegrityError, match="disabled_with_reason"):
        Account.objects.filter(pk=account.pk).update(disabled_at=MONDAY)


def test_a_disabled_account_is_not_active_until_it_is_enabled() -> None:
    account = make_account()

    account.disable(DisabledBecause.IDLE, at=MONDAY)
    assert (account.is_active, account.disabled_because) == (False, "idle")

    account.enable(at=MONDAY)
    assert (account.is_active, account.enabled_at) == (True, MONDAY)


def test_an_officers_account_names_the_officer() -> None:
    account = make_account()

    with pytest.raises(IntegrityError, match="names_the_officer"):
        Account.objects.filter(pk=account.pk).update(kind=AccountKind.OFFICER)


def test_an_officer_has_at_most_one_account() -> None:
    binh = make_officer_account()
    other = make_account(username="binh2")

    with pytest.raises(IntegrityError, match="officer_id"):
        Account.objects.filter(pk=other.pk).update(
            kind=AccountKind.OFFICER, officer_id=binh.officer_id
        )
