"""The accounts of the demo: everybody can be, nobody is made twice."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from demo import accounts, mandates
from demo.cast import Cast, founder
from demo.guide import guide
from motcua.foundation.access import api as access
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation

from .provinces import AT


def test_everybody_of_the_guide_can_sign_in_and_a_second_start_makes_nobody(cast: Cast) -> None:
    assert cast.seats
    for _ in range(2):
        accounts.open_accounts(by=founder(), at=AT)

    logins = [one.username for one in accounts.OFFICERS] + [c.email for c in accounts.CITIZENS]
    found = [identity.find_account(login) for login in logins]
    assert [one.full_name for one in found if one and one.check_password(accounts.PASSWORD)] == [
        *(one.name for one in accounts.OFFICERS),
        *(one.facts.full_name for one in accounts.CITIZENS),
    ]
    without_login = len(mandates.ON_PAPER)  # opened at the desk, to hold what is made for them
    assert identity.Account.objects.count() == len(logins) + without_login


def test_only_the_administrator_needs_and_has_a_second_factor(cast: Cast) -> None:
    assert cast.seats
    accounts.open_accounts(by=founder(), at=AT)

    protected, privileged = [], []
    for player in accounts.OFFICERS:
        account = identity.find_account(player.username)
        assert account is not None
        if identity.has_second_factor(account.pk):
            protected.append(player.username)
        if access.actor_now(account.pk, at=AT).is_privileged:
            privileged.append(player.username)

    assert (protected, privileged) == ([accounts.ADMINISTRATOR], [accounts.ADMINISTRATOR])


def test_the_six_digits_of_the_command_sign_the_administrator_in(cast: Cast) -> None:
    assert cast.seats
    accounts.open_accounts(by=founder(), at=AT)
    account = identity.find_account(accounts.ADMINISTRATOR)

    kept = Authenticator.objects.get(user=account, type=Authenticator.Type.TOTP)

    assert TOTP(kept).validate_code(accounts.administrator_code_now())


@pytest.mark.usefixtures("cast")
def test_lien_has_two_desks_to_choose_from() -> None:
    for _ in range(2):
        accounts.open_accounts(by=founder(), at=AT)
    account = identity.find_account("lien")
    assert account is not None

    units = access.actor_now(account.pk, at=AT).actor.unit_ids

    assert [organisation.tree().unit(unit).code for unit in units] == ["H18.101", "H18.01"]


def test_the_guide_names_every_account() -> None:
    told = guide(iter(()))

    logins = [one.username for one in accounts.OFFICERS] + [c.email for c in accounts.CITIZENS]
    assert [login for login in logins if login not in told] == []
