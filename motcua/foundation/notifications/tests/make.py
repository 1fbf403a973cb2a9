"""Accounts with an address."""

from allauth.account.models import EmailAddress

from motcua.foundation.identity.api import AccountKind
from motcua.foundation.identity.tests.make import make_account
from motcua.lib.actor import Actor, ActorKind


def make_reader(username: str = "lan", *, verified: bool = True) -> Actor:
    """Return the actor of a stored account with one address."""
    email = f"{username}@example.vn"
    account = make_account(username=username, email=email, kind=AccountKind.CITIZEN)
    EmailAddress.objects.create(user=account, email=email, verified=verified, primary=True)
    return Actor(id=account.pk, name=username, kind=ActorKind.CITIZEN)
