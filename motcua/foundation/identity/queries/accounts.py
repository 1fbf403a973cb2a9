"""Finding accounts and their sessions."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Q

from motcua.foundation.identity.errors import NoSuchAccount
from motcua.foundation.identity.models import Account, Session, SignInLock, SignInPolicy
from motcua.foundation.identity.rules.limits import Limits
from motcua.foundation.identity.rules.logins import tidy_login
from motcua.lib.clock import local_day


def get_account(account_id: int) -> Account:
    """Raises: NoSuchAccount."""
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise NoSuchAccount("Không tìm thấy tài khoản này.")
    return account


def find_account(login: str) -> Account | None:
    """Return the account with this user name, e-mail address or telephone number."""
    tidy = tidy_login(login)
    if not tidy:
        return None
    return Account.objects.filter(Q(username=tidy) | Q(email=tidy) | Q(phone=tidy)).first()


def find_account_of_officer(officer_id: int) -> Account | None:
    """Return the officer's account, if there is one."""
    return Account.objects.filter(officer_id=officer_id).first()


def accounts_of_officers(officer_ids: Collection[int]) -> dict[int, int]:
    """Return the account of each of these officers who has one.

    Costs: one query.
    """
    found = Account.objects.filter(officer_id__in=officer_ids, disabled_at__isnull=True)
    return {
        officer_id: key for officer_id, key in found.values_list("officer_id", "pk") if officer_id
    }


def is_login_taken(login: str, *, besides: int | None = None) -> bool:
    """Say whether another account has this user name, e-mail address or telephone number."""
    same = Q(username=login) | Q(email=login) | Q(phone=login)
    others = Account.objects.filter(same)
    return (others.exclude(pk=besides) if besides else others).exists()


def sessions_of(account_id: int, *, at: datetime) -> Sequence[Session]:
    """Return the account's sessions that have not ended, the latest seen first."""
    alive = Session.objects.filter(account_id=account_id, expire_date__gt=at)
    return list(alive.order_by("-seen_at", "session_key"))


def locked_until(key: str, *, at: datetime) -> datetime | None:
    """Return until when the login with this key is locked, if it is."""
    rows = SignInLock.objects.filter(key=key, locked_until__gt=at)
    return next(iter(rows.values_list("locked_until", flat=True)), None)


def limits(*, at: datetime) -> Limits:
    """Return the limits of signing in that hold on the day."""
    return SignInPolicy.objects.limits_on(local_day(at))
