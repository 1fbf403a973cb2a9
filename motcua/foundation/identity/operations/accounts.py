"""Open accounts, and end or renew the right to use them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.db.models.functions import Coalesce, Greatest
from django.utils.crypto import get_random_string

from motcua.foundation.audit import api as audit
from motcua.foundation.identity.choices import ADMINISTER, AccountKind, DisabledBecause, Language
from motcua.foundation.identity.errors import AccountDisabled, OfficerHasAccount
from motcua.foundation.identity.models import Account, OldPassword
from motcua.foundation.identity.permissions import check_administers, check_administers_officer
from motcua.foundation.identity.queries.accounts import (
    find_open_of_person,
    is_login_taken,
    limits,
)
from motcua.foundation.identity.rules.logins import check_free, tidy_phone, tidy_username
from motcua.foundation.organisation import api as organisation
from motcua.foundation.people import api as people
from motcua.lib import text, work
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput, NotAllowed
from motcua.lib.tongue import said

from .sign_in import cut_sessions

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class SignUp:
    """What a citizen gives to open an account: a name, and an e-mail address or a telephone."""

    full_name: str
    password: str
    email: str = ""
    phone: str = ""
    language: str = Language.VIETNAMESE


@dataclass(frozen=True, slots=True)
class PartnerPerson:
    """Who of a partner signs in, by which user name; the rest is for codes by e-mail."""

    full_name: str
    username: str
    email: str = ""
    phone: str = ""


@work.story
def open_citizen_account(facts: SignUp, *, at: datetime) -> Account:
    """Open the account of somebody who has declared who they are; nobody has checked it yet.

    Raises: BadInput, LoginTaken.
    """
    name, email, phone = text.tidy(facts.full_name), facts.email.lower(), tidy_phone(facts.phone)
    if not name:
        raise BadInput(said("Hãy ghi họ và tên."), field="full_name")
    if not (email or phone):
        message = said("Hãy ghi thư điện tử hoặc số điện thoại để đăng nhập.")
        raise BadInput(message, field="email")
    _check_logins(email=email, phone=phone)
    declared = people.PersonFacts(full_name=name, phone=phone, email=email)
    account = Account(
        username=f"cd-{get_random_string(10, _LETTERS)}",
        kind=AccountKind.CITIZEN,
        full_name=name,
        email=email,
        phone=phone,
        person=people.remember_person(declared, by=SYSTEM, at=at),
        language=facts.language,
        created_at=at,
        password_changed_at=at,
    )
    account.set_password(facts.password)
    account.save()
    OldPassword.objects.create(account=account, password=account.password, set_at=at)
    holder = Actor(id=account.pk, name=name)
    audit.record("identity.account_opened", f"account:{account.pk}", by=holder, at=at)
    return account


@work.story
def note_phone_confirmed(account: Account, *, at: datetime) -> Account:
    """Note that whoever has the telephone has read out what was sent to it."""
    account.phone_confirmed_at = at
    account.save(update_fields=["phone_confirmed_at"])
    return account


@work.story
def choose_language(language: Language, *, by: Actor, at: datetime) -> None:
    """Write to the holder of the own account in this language from now on."""
    account = work.lock(Account, id=by.id)
    account.language = language
    work.update(account, "language")
    audit.record("identity.language_chosen", f"account:{account.pk}", by=by, at=at)


@work.story
def create_officer_account(
    officer_id: int, username: str, *, by: Actor, at: datetime
) -> tuple[Account, str]:
    """Give an officer an account; return it with a first password, to be replaced at sign-in.

    Raises: NotAllowed, OfficerHasAccount, BadInput, LoginTaken, Officer.DoesNotExist.
    """
    by.require(ADMINISTER)
    officer = organisation.Officer.objects.select_for_update().get(pk=officer_id)
    check_administers_officer(officer.pk, by=by, on=local_day(at))
    if officer.left_on is not None and officer.left_on < local_day(at):
        raise AccountDisabled("Cán bộ này đã thôi việc.")
    if Account.objects.filter(officer=officer).exists():
        raise OfficerHasAccount("Cán bộ này đã có tài khoản.")
    username, email = tidy_username(username), officer.email.lower()
    phone = tidy_phone(officer.phone)
    _check_logins(username=username, email=email, phone=phone)
    account = Account(
        username=username,
        kind=AccountKind.OFFICER,
        full_name=officer.full_name,
        officer=officer,
        email=email,
        phone=phone,
        created_at=at,
    )
    password = first_password()
    account.set_password(password)
    account.save()
    if email:  # the agency vouches for its own addresses
        EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    subject = f"account:{account.pk}"
    audit.record(
        "identity.account_created", subject, by=by, at=at, detail={"officer": officer.code}
    )
    return account, password


@work.story
def create_partner_account(facts: PartnerPerson, *, by: Actor, at: datetime) -> tuple[Account, str]:
    """Give a person of a partner an account; return it with a first password.

    What the account may see is for the room that has contracts with the partner.

    Raises: NotAllowed, BadInput, LoginTaken.
    Source: docs/law/identity.md
    """
    if ADMINISTER not in by.province_powers:
        raise NotAllowed("Tài khoản của đối tác do quản trị viên của tỉnh mở.")
    name, email = text.tidy(facts.full_name), facts.email.strip().lower()
    phone, username = tidy_phone(facts.phone), tidy_username(facts.username)
    if not name:
        raise BadInput("Hãy ghi họ và tên người dùng tài khoản.", field="full_name")
    _check_logins(username=username, email=email, phone=phone)
    account = Account(
        username=username,
        kind=AccountKind.PARTNER,
        full_name=name,
        email=email,
        phone=phone,
        created_at=at,
    )
    password = first_password()
    account.set_password(password)
    account.save()
    if email:  # the administrator has it from the partner
        EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    audit.record("identity.account_created", f"account:{account.pk}", by=by, at=at)
    return account, password


@work.story
def create_officer_accounts(
    usernames: Mapping[int, str], password: str, *, by: Actor, at: datetime, is_final: bool = False
) -> list[Account]:
    """Give many officers accounts with one first password, hashed once.

    Each holder replaces it at the first sign-in, unless it `is_final`, which is for demonstrations.
    `usernames` names them by the officers' ids.

    Raises: NotAllowed, OfficerHasAccount, BadInput, LoginTaken.
    Costs: five queries, however many officers.
    """
    by.require(ADMINISTER)
    officers = organisation.Officer.objects.in_bulk(list(usernames))
    if Account.objects.filter(officer_id__in=officers).exists():
        raise OfficerHasAccount("Có cán bộ trong danh sách đã có tài khoản.")
    hashed, settled_at = make_password(password), at if is_final else None
    accounts = [
        Account(
            username=tidy_username(usernames[officer.pk]),
            kind=AccountKind.OFFICER,
            full_name=officer.full_name,
            officer=officer,
            email=officer.email.lower(),
            created_at=at,
            password=hashed,
            password_changed_at=settled_at,
        )
        for officer in officers.values()
    ]
    taken = Account.objects.filter(username__in=[one.username for one in accounts]).first()
    check_free("tên đăng nhập", "username", is_taken=taken is not None)
    Account.objects.bulk_create(accounts)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=one, email=one.email, verified=True, primary=True)
        for one in accounts
        if one.email
    )
    detail = {"count": len(accounts)}
    audit.record("identity.accounts_created", "accounts", by=by, at=at, detail=detail)
    return accounts


def first_password() -> str:
    """Return a password to be read out once: five groups of four letters."""
    return "-".join(get_random_string(4, _LETTERS) for _ in range(5))


@work.story
def reset_password(account_id: int, *, by: Actor, at: datetime) -> str:
    """Give the holder a new first password and sign the account out everywhere.

    Raises: NotAllowed, Account.DoesNotExist.
    """
    account = _locked(account_id, by=by, at=at)
    password = first_password()
    account.set_password(password)
    account.password_changed_at = None
    account.save(update_fields=["password", "password_changed_at"])
    cut_sessions(account_id)
    audit.record("identity.password_reset", f"account:{account_id}", by=by, at=at)
    return password


@work.story
def reset_second_factor(account_id: int, reason: str, *, by: Actor, at: datetime) -> None:
    """Take away a lost second factor with its recovery codes; the holder sets up a new one.

    Raises: NotAllowed, BadInput, Account.DoesNotExist.
    Source: docs/law/identity.md
    """
    if not reason.strip():
        raise BadInput("Hãy ghi lý do và cách đã xác minh người yêu cầu.", field="reason")
    _locked(account_id, by=by, at=at)
    Authenticator.objects.filter(user_id=account_id).delete()
    cut_sessions(account_id)
    subject, detail = f"account:{account_id}", {"reason": text.tidy(reason)}
    audit.record("identity.second_factor_reset", subject, by=by, at=at, detail=detail)


@work.story
def disable_account(account_id: int, *, by: Actor, at: datetime) -> None:
    """Take the right to sign in away and cut all sessions.

    Raises: NotAllowed, AccountDisabled, Account.DoesNotExist.
    """
    account = _locked(account_id, by=by, at=at)
    end_account(account, DisabledBecause.BY_ADMINISTRATOR, by=by, at=at)


@work.story
def enable_account(account_id: int, *, by: Actor, at: datetime) -> None:
    """Give the right to sign in back, also after idle days; not to somebody who has left.

    Raises: NotAllowed, AccountDisabled, Account.DoesNotExist.
    """
    account = _locked(account_id, by=by, at=at)
    if account.is_active:
        raise AccountDisabled("Tài khoản này đang hoạt động.")
    officer = account.officer
    if officer is not None and officer.left_on is not None and officer.left_on < local_day(at):
        raise AccountDisabled("Cán bộ này đã thôi việc; không mở lại tài khoản.")
    if account.person_id is not None and find_open_of_person(account.person_id) is not None:
        raise AccountDisabled("Người này đang dùng một tài khoản khác.")
    account.enable(at=at)
    account.save(update_fields=["disabled_at", "disabled_because", "enabled_at"])
    audit.record("identity.account_enabled", f"account:{account_id}", by=by, at=at)


@work.story
def close_account_of_leaver(officer_id: int, *, by: Actor, at: datetime) -> None:
    """Close the account of an officer who leaves, and cut all sessions; nothing if there is none.

    What the officer was working on is taken over by the rooms that own the work.

    Raises: NotAllowed.
    """
    account = Account.objects.select_for_update(of=("self",)).filter(officer_id=officer_id).first()
    if account is None or not account.is_active:
        return
    check_administers(account, by=by, on=local_day(at))
    end_account(account, DisabledBecause.LEFT, by=by, at=at)


@work.story
def close_own_account(*, by: Actor, at: datetime) -> None:
    """Close the account at its holder's wish; officers' accounts belong to their agency.

    Raises: NotAllowed.
    """
    account = Account.objects.select_for_update(of=("self",)).get(pk=by.id)
    if account.kind != AccountKind.CITIZEN:
        raise NotAllowed("Tài khoản này do quản trị viên đóng.")
    end_account(account, DisabledBecause.BY_HOLDER, by=by, at=at)


@work.story
def disable_idle_accounts(*, at: datetime) -> int:
    """Disable accounts of officers and partners that stood idle too long; return how many.

    Source: docs/law/identity.md
    """
    since = at - timedelta(days=limits(at=at).idle_days)
    seen = Greatest(
        "created_at", Coalesce("last_login", "created_at"), Coalesce("enabled_at", "created_at")
    )
    idle = (
        Account.objects.select_for_update(of=("self",))
        .filter(kind__in=(AccountKind.OFFICER, AccountKind.PARTNER), disabled_at=None)
        .annotate(seen=seen)
        .filter(Q(seen__lte=since))
        .order_by("pk")
    )
    accounts = list(idle)
    for account in accounts:
        end_account(account, DisabledBecause.IDLE, by=SYSTEM, at=at)
    return len(accounts)


def _locked(account_id: int, *, by: Actor, at: datetime) -> Account:
    account = Account.objects.select_for_update(of=("self",)).get(pk=account_id)
    check_administers(account, by=by, on=local_day(at))
    return account


def end_account(account: Account, because: DisabledBecause, *, by: Actor, at: datetime) -> None:
    """Disable a locked account, cut its sessions and leave the trace. Raises: AccountDisabled."""
    if not account.is_active:
        raise AccountDisabled("Tài khoản này đã bị khóa từ trước.")
    account.disable(because, at=at)
    account.save(update_fields=["disabled_at", "disabled_because"])
    cut_sessions(account.pk)
    subject, detail = f"account:{account.pk}", {"because": str(because)}
    audit.record("identity.account_disabled", subject, by=by, at=at, detail=detail)


def _check_logins(**logins: str) -> None:
    names = {"username": "tên đăng nhập", "email": "thư điện tử", "phone": "số điện thoại"}
    for field, login in logins.items():
        check_free(names[field], field, is_taken=bool(login) and is_login_taken(login))
