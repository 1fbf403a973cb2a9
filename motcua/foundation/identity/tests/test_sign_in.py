"""Wrong passwords lock a login, known or unknown alike; sessions end when they should."""

from datetime import UTC, datetime, timedelta

import pytest

from motcua.foundation.audit import api as audit
from motcua.foundation.identity.errors import NoSuchSession, SignInLocked
from motcua.foundation.identity.models import Account, Session, SignInLock, SignInPolicy
from motcua.foundation.identity.operations.sign_in import (
    check_not_locked,
    cut_sessions,
    end_session,
    note_failure,
    note_success,
    purge_sessions,
    unlock_account,
)
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed

from .make import make_account, make_officer_account, make_session

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
ADMIN = Actor(id=900, name="Quản trị", province_powers=frozenset({"identity.administer"}))


def fail(login: str, times: int) -> None:
    for _ in range(times):
        note_failure(login, at=MONDAY)


def is_locked(login: str, *, minutes: int = 1) -> bool:
    try:
        check_not_locked(login, at=MONDAY + timedelta(minutes=minutes))
    except SignInLocked:
        return True
    return False


@pytest.mark.parametrize(("times", "locked"), [(4, False), (5, True)])
def test_the_fifth_failure_locks(times: int, *, locked: bool) -> None:
    make_account()
    fail("lan", times)

    assert is_locked("lan") is locked


def test_an_unknown_login_is_locked_just_like_a_known_one() -> None:
    make_account()
    fail("lan", 5)
    fail("nobody", 5)

    messages = set()
    for login in ("lan", "nobody"):
        with pytest.raises(SignInLocked) as refused:
            check_not_locked(login, at=MONDAY)
        messages.add(str(refused.value))
    assert messages == {"Đã nhập sai quá nhiều lần. Ông/bà thử lại sau 15 phút."}


def test_failures_add_up_over_all_names_of_an_account() -> None:
    make_account(email="lan@example.vn", phone="0912345678")
    for login in ("lan", "LAN@example.vn", "+84 912 345 678", "0912.345.678", "lan"):
        note_failure(login, at=MONDAY)

    assert is_locked("lan@example.vn")


@pytest.mark.parametrize(("minutes", "locked"), [(14, True), (15, False)])
def test_a_lock_ends_by_itself(minutes: int, *, locked: bool) -> None:
    fail("lan", 5)

    assert is_locked("lan", minutes=minutes) is locked


def test_the_policy_may_demand_a_longer_lock() -> None:
    SignInPolicy.objects.update(lock_minutes=12 * 60, failures=3)
    fail("lan", 3)

    assert is_locked("lan", minutes=11 * 60)


def test_a_success_forgets_the_failures() -> None:
    account = make_account()
    fail("lan", 4)
    note_success(account, at=MONDAY)
    fail("lan", 4)

    assert not is_locked("lan")


def test_yesterdays_failures_are_forgotten() -> None:
    fail("lan", 4)

    note_failure("lan", at=MONDAY + timedelta(hours=25))

    assert SignInLock.objects.get().failures == 1


def test_nothing_typed_is_kept_of_an_unknown_login() -> None:
    fail("011305000001", 1)

    assert "011305000001" not in SignInLock.objects.get().key


def test_a_lock_and_its_end_by_an_administrator_are_traced() -> None:
    account = make_officer_account()
    fail("binh", 5)

    unlock_account(account.pk, by=ADMIN, at=MONDAY)

    assert not is_locked("binh")
    actions = [entry.action for entry in audit.trail_of(f"account:{account.pk}")]
    assert actions == ["identity.locked", "identity.unlocked"]


def test_others_do_not_unlock() -> None:
    account = make_officer_account()

    with pytest.raises(NotAllowed):
        unlock_account(account.pk, by=Actor(id=3, name="Dũng"), at=MONDAY)


def holder(account: Account) -> Actor:
    return Actor(id=account.pk, name=account.full_name)


def test_people_end_their_own_sessions_only() -> None:
    lan, dung = make_account(), make_account(username="dung")
    session = make_session(lan)

    with pytest.raises(NoSuchSession):
        end_session(session.session_key, by=holder(dung), at=MONDAY)
    end_session(session.session_key, by=holder(lan), at=MONDAY)

    assert Session.objects.count() == 0


def test_cutting_sessions_leaves_the_one_named() -> None:
    lan = make_account()
    here, _there = make_session(lan), make_session(lan)
    other = make_session(make_account(username="dung"))

    assert cut_sessions(lan.pk, besides=here.session_key) == 1
    assert {s.pk for s in Session.objects.all()} == {here.pk, other.pk}


def test_ended_sessions_and_forgotten_failures_are_purged() -> None:
    make_session(None, expire_date=MONDAY - timedelta(seconds=1))
    kept = make_session(None, expire_date=MONDAY + timedelta(days=3))
    fail("lan", 1)

    assert purge_sessions(at=MONDAY + timedelta(days=2)) == 1
    assert [s.pk for s in Session.objects.all()] == [kept.pk]
    assert SignInLock.objects.count() == 0
