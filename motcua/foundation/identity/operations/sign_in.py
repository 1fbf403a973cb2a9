"""Count wrong passwords, and end sessions."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import F

from motcua.foundation.audit import api as audit
from motcua.foundation.identity.errors import NoSuchSession, SignInLocked
from motcua.foundation.identity.models import Account, Session, SignInLock
from motcua.foundation.identity.permissions import check_administers
from motcua.foundation.identity.queries.accounts import find_account, limits, locked_until
from motcua.foundation.identity.rules.logins import lock_key
from motcua.lib import work
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import local_day
from motcua.lib.tongue import said

COUNT_FAILURE = """
INSERT INTO identity_signinlock AS l (key, failures, latest_at, locked_until)
VALUES (%s, 1, %s, NULL)
ON CONFLICT (key) DO UPDATE SET
    failures = CASE WHEN l.latest_at < %s THEN 1 ELSE l.failures + 1 END,
    latest_at = EXCLUDED.latest_at
RETURNING failures
"""
FORGOTTEN_AFTER = timedelta(hours=24)


def key_of(login: str) -> str:
    """Return under which key failures of this login are counted."""
    account = find_account(login)
    return lock_key(account.pk if account else None, login, settings.SECRET_KEY)


def check_not_locked(login: str, *, at: datetime) -> None:
    """Refuse a locked login alike, whether or not there is such an account.

    Raises: SignInLocked.
    Source: docs/law/identity.md
    """
    until = locked_until(key_of(login), at=at)
    if until is not None:
        minutes = max(1, -int((at - until).total_seconds() // 60))
        message = said(
            "Đã nhập sai quá nhiều lần. Ông/bà thử lại sau %(count)s phút.", count=minutes
        )
        raise SignInLocked(message)


@work.story
def note_failure(login: str, *, at: datetime) -> None:
    """Count one wrong password; the last allowed one locks the login for a while."""
    key = key_of(login)
    with connection.cursor() as cursor:
        cursor.execute(COUNT_FAILURE, [key, at, at - FORGOTTEN_AFTER])
        failures = cursor.fetchone()[0]
    until = limits(at=at).locked_until(failures, at=at)
    if until is None:
        return
    SignInLock.objects.filter(pk=key).update(locked_until=until, failures=0)
    subject = key if key.startswith("account:") else "account:unknown"
    audit.record("identity.locked", subject, by=SYSTEM, at=at, detail={"until": f"{until:%FT%TZ}"})


@work.story
def note_success(account: Account, *, at: datetime) -> None:
    """Forget the failures of an account whose holder has come in."""
    SignInLock.objects.filter(pk=lock_key(account.pk, "", "")).delete()
    holder = Actor(id=account.pk, name=account.full_name)
    audit.record("identity.signed_in", f"account:{account.pk}", by=holder, at=at)


@work.story
def unlock_account(account_id: int, *, by: Actor, at: datetime) -> None:
    """Let the holder try again before the lock ends by itself.

    Raises: NotAllowed, Account.DoesNotExist.
    """
    account = Account.objects.get(pk=account_id)
    check_administers(account, by=by, on=local_day(at))
    SignInLock.objects.filter(pk=lock_key(account_id, "", "")).delete()
    audit.record("identity.unlocked", f"account:{account_id}", by=by, at=at)


@work.story
def end_session(session_key: str, *, by: Actor, at: datetime) -> None:
    """Sign one of the own browsers out.

    Raises: NoSuchSession.
    """
    gone, _ = Session.objects.filter(pk=session_key, account_id=by.id).delete()
    if not gone:
        raise NoSuchSession(said("Phiên đăng nhập này đã kết thúc."))
    audit.record("identity.session_ended", f"account:{by.id}", by=by, at=at)


@work.story
def sign_out_everywhere(account_id: int, *, by: Actor, at: datetime) -> int:
    """End all sessions of somebody's account; return how many.

    Raises: NotAllowed, Account.DoesNotExist.
    """
    check_administers(Account.objects.get(pk=account_id), by=by, on=local_day(at))
    gone = cut_sessions(account_id)
    audit.record("identity.sessions_cut", f"account:{account_id}", by=by, at=at)
    return gone


def cut_sessions(account_id: int, *, besides: str = "") -> int:
    """Sign an account out everywhere at once, except in one session if named."""
    gone, _ = Session.objects.filter(account_id=account_id).exclude(pk=besides).delete()
    return gone


@work.story
def set_acting_for(session_key: str, delegation_id: int | None, *, by: Actor) -> None:
    """Note under which delegation a session works; access has checked that it may."""
    mine = Session.objects.filter(pk=session_key, account_id=by.id)
    mine.update(acting_for=delegation_id)


def raise_actor_version(*, officer_id: int) -> None:
    """Make every process compile the officer's reach anew at the next request."""
    Account.objects.filter(officer_id=officer_id).update(actor_version=F("actor_version") + 1)


def raise_version_of_person(person_id: int) -> None:
    """Make every process compile the reach of a person's accounts anew at the next request."""
    Account.objects.filter(person_id=person_id).update(actor_version=F("actor_version") + 1)


@work.story
def purge_sessions(*, at: datetime) -> int:
    """Delete sessions that have ended, and failures nobody remembers."""
    SignInLock.objects.filter(latest_at__lt=at - FORGOTTEN_AFTER).exclude(
        locked_until__gt=at
    ).delete()
    gone, _ = Session.objects.filter(expire_date__lt=at).delete()
    return gone
