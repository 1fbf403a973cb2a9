"""Finding accounts and their sessions."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from motcua.foundation.identity.choices import AccountKind, AccountState, DisabledBecause, Language
from motcua.foundation.identity.errors import NoSuchAccount
from motcua.foundation.identity.models import Account, Session, SignInLock, SignInPolicy
from motcua.foundation.identity.rules.limits import Limits
from motcua.foundation.identity.rules.logins import lock_key, tidy_login
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.clock import local_day
from motcua.lib.dated import holding_on
from motcua.lib.text import exact, fold, has_tones
from motcua.lib.tongue import said

FOUND = 50
SELDOM = timedelta(days=30)
_BY_ID = f"SELECT {work.columns(Account, 'a')} FROM identity_account a WHERE a.id = %s"  # noqa: S608 -- our own columns


def get_account(account_id: int) -> Account:
    """Raises: NoSuchAccount."""
    rows = work.fetch(_BY_ID, [account_id])
    if not rows:
        raise NoSuchAccount(said("Không tìm thấy tài khoản này."))
    return work.from_row(Account, rows[0])


def logins_of(account_ids: Collection[int]) -> dict[int, str]:
    """Return the user names of these accounts. Costs: one query."""
    found = Account.objects.filter(pk__in=account_ids)
    return dict(found.values_list("pk", "username"))


def find_account(login: str) -> Account | None:
    """Return the account with this user name, e-mail address or telephone number."""
    tidy = tidy_login(login)
    if not tidy:
        return None
    return Account.objects.filter(Q(username=tidy) | Q(email=tidy) | Q(phone=tidy)).first()


def find_account_of_officer(officer_id: int) -> Account | None:
    """Return the officer's account, if there is one."""
    return Account.objects.filter(officer_id=officer_id).first()


def find_account_of_person(person_id: int, full_name: str) -> int | None:
    """Return the open account of a person of this name, if an officer has seen who holds it.

    A number typed wrongly may be a stranger's: the name must be the same.

    Costs: one statement.
    """
    rows = work.fetch(_OF_PERSON, [person_id])
    return next((key for key, name in rows if exact(name) == exact(full_name)), None)


_OF_PERSON = """
SELECT a.id, p.full_name FROM identity_account a JOIN people_person p ON p.id = a.person_id
WHERE a.person_id = %s AND a.kind = 'citizen' AND a.disabled_at IS NULL
  AND p.confirmed_at IS NOT NULL
"""


def find_open_of_person(person_id: int, *, besides: int | None = None) -> Account | None:
    """Return the account the person can sign in with now, besides one."""
    accounts = Account.objects.filter(person_id=person_id, disabled_at=None)
    return (accounts.exclude(pk=besides) if besides else accounts).first()


def open_of_person(person_id: int) -> Sequence[Account]:
    """Return the person's accounts that are not closed, the oldest first."""
    return list(Account.objects.filter(person_id=person_id, disabled_at=None).order_by("pk"))


def held_of_person(person_id: int) -> list[Account]:
    """Return those that a desk opened and nobody can sign in with: no login, no password."""
    return [
        one
        for one in open_of_person(person_id)
        if one.kind == AccountKind.CITIZEN
        and not (one.phone or one.email or one.has_usable_password())
    ]


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


def accounts_seen(account_ids: Iterable[int], *, since: datetime) -> frozenset[int]:
    """Return those of the accounts that have been at work in a browser since that moment.

    Costs: one query.
    """
    seen = Session.objects.filter(account_id__in=list(account_ids), seen_at__gte=since)
    return frozenset(key for key in seen.values_list("account_id", flat=True) if key is not None)


def locked_until(key: str, *, at: datetime) -> datetime | None:
    """Return until when the login with this key is locked, if it is."""
    rows = SignInLock.objects.filter(key=key, locked_until__gt=at)
    return next(iter(rows.values_list("locked_until", flat=True)), None)


def limits(*, at: datetime) -> Limits:
    """Return the limits of signing in that hold on the day."""
    return SignInPolicy.objects.limits_on(local_day(at))


def lock_of(account_id: int, *, at: datetime) -> datetime | None:
    """Return until when the account is locked after wrong passwords, if it is."""
    return locked_until(lock_key(account_id, "", ""), at=at)


def find_officer_accounts(
    text: str = "",
    *,
    at: datetime,
    state: AccountState | None = None,
    unit_ids: Collection[int] | None = None,
    after: str = "",
    limit: int = FOUND,
) -> Sequence[Account]:
    """Return officers' accounts by user name: those with these words, in that state, after a name.

    With `unit_ids` only those whose holders sit there today or, like newcomers, nowhere.

    Costs: one query, and one over all names if there is a text.
    """
    accounts = Account.objects.filter(kind=AccountKind.OFFICER, username__gt=after)
    if state is not None:
        accounts = _in_state(accounts, state, at)
    if text.strip():
        accounts = accounts.filter(pk__in=_named(text))
    if unit_ids is not None:
        held = organisation.PostHolding.objects.filter(holding_on(local_day(at)))
        here = Q(officer__in=held.filter(post__unit__in=unit_ids).values("officer"))
        accounts = accounts.filter(here | ~Q(officer__in=held.values("officer")))
    return list(accounts.select_related("officer").order_by("username")[:limit])


def _in_state(accounts: QuerySet[Account], state: AccountState, at: datetime) -> QuerySet[Account]:
    if state is AccountState.SELDOM:
        seen = accounts.filter(disabled_at=None).alias(seen=Coalesce("last_login", "created_at"))
        return seen.filter(seen__lte=at - SELDOM)
    if state is AccountState.LOCKED:
        keys = SignInLock.objects.filter(locked_until__gt=at).values_list("key", flat=True)
        numbers = [key.rpartition(":")[2] for key in keys]
        return accounts.filter(pk__in=[int(number) for number in numbers if number.isdecimal()])
    conditions = {
        AccountState.ACTIVE: Q(disabled_at=None),
        AccountState.DISABLED: Q(disabled_at__isnull=False),
        AccountState.IDLE: Q(disabled_because=DisabledBecause.IDLE),
    }
    return accounts.filter(conditions[state])


def _named(text: str) -> list[int]:
    """Return the accounts whose name has the words, with tones only if any are typed."""
    spell = exact if has_tones(text) else fold
    asked = spell(text.strip())
    rows = Account.objects.filter(kind=AccountKind.OFFICER)
    names = rows.values_list("id", "full_name", "username", "officer__code")
    return [pk for pk, *words in names if any(asked in spell(word) for word in words)]


def english_readers(account_ids: Collection[int]) -> set[int]:
    """Return those of the accounts whose holders want to be written to in English.

    Costs: one statement.
    """
    found = Account.objects.filter(pk__in=account_ids, language=Language.ENGLISH)
    return set(found.values_list("pk", flat=True))
