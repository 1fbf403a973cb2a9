"""One statement says who makes a request, and nobody else gets in."""

from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from pytest_django import DjangoAssertNumQueries

from motcua.foundation.identity.choices import DisabledBecause
from motcua.foundation.identity.models import Account, Session, SignInPolicy
from motcua.foundation.identity.queries.signed_in import signed_in
from motcua.foundation.organisation.tests.make import make_agency
from motcua.lib import work

from .make import NEW_YEAR, make_account, make_officer_account, make_session

pytestmark = pytest.mark.django_db


def later(**span: int) -> datetime:
    return NEW_YEAR + timedelta(**span)


def test_the_statement_names_the_account_of_the_session() -> None:
    binh = make_officer_account(actor_version=7)
    session = make_session(binh)

    found = signed_in(session.session_key, at=later(minutes=1))

    assert found is not None
    assert (found.account_id, found.kind, found.version[0]) == (binh.pk, "officer", 7)


def test_it_is_one_statement_even_when_it_notes_the_visit(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    session = make_session(make_officer_account())

    with work.metered() as meter, django_assert_num_queries(0):
        signed_in(session.session_key, at=later(minutes=5))

    assert (meter.statements, meter.round_trips) == (1, 1)


def test_a_session_without_account_is_nobodys() -> None:
    session = make_session(None)

    assert signed_in(session.session_key, at=later(minutes=1)) is None


def test_an_unknown_key_is_nobodys() -> None:
    assert signed_in("unknown", at=NEW_YEAR) is None


def test_a_disabled_account_is_out_at_the_next_request() -> None:
    account = make_officer_account()
    session = make_session(account)
    account.disable(DisabledBecause.LEFT, at=NEW_YEAR)
    account.save()

    assert signed_in(session.session_key, at=later(seconds=1)) is None


@pytest.mark.parametrize(("minutes", "is_in"), [(14, True), (15, False)])
def test_an_officer_may_idle_for_a_quarter_of_an_hour(minutes: int, *, is_in: bool) -> None:
    session = make_session(make_officer_account())

    assert (signed_in(session.session_key, at=later(minutes=minutes)) is not None) is is_in


@pytest.mark.parametrize(("minutes", "is_in"), [(29, True), (30, False)])
def test_a_citizen_may_idle_for_half_an_hour(minutes: int, *, is_in: bool) -> None:
    session = make_session(make_account())

    assert (signed_in(session.session_key, at=later(minutes=minutes)) is not None) is is_in


def test_no_session_lives_longer_than_twelve_hours() -> None:
    session = make_session(make_account(), seen_at=later(hours=12))

    assert signed_in(session.session_key, at=later(hours=12)) is None


def test_the_policy_in_force_on_the_day_decides() -> None:
    SignInPolicy.objects.update(valid_to=later(days=0).date())
    SignInPolicy.objects.create(
        valid_from=later(days=1).date(), basis="QĐ 1/2026", idle_minutes_staff=5
    )
    session = make_session(make_officer_account(), at=later(days=1))

    assert signed_in(session.session_key, at=later(days=1, minutes=5)) is None


def test_without_any_policy_the_strict_defaults_hold() -> None:
    SignInPolicy.objects.all().delete()
    session = make_session(make_officer_account())

    assert signed_in(session.session_key, at=later(minutes=14)) is not None
    assert signed_in(session.session_key, at=later(minutes=30)) is None


@pytest.mark.parametrize(("seconds", "written"), [(59, 0), (60, 60)])
def test_being_seen_is_written_once_a_minute(seconds: int, written: int) -> None:
    session = make_session(make_account())

    signed_in(session.session_key, at=later(seconds=seconds))

    assert Session.objects.get(pk=session.pk).seen_at == later(seconds=written)


def test_the_version_follows_the_account_and_the_tree() -> None:
    account = make_officer_account()
    session = make_session(account)
    before = signed_in(session.session_key, at=NEW_YEAR)

    make_agency()
    moved = signed_in(session.session_key, at=NEW_YEAR)
    Account.objects.filter(pk=account.pk).update(actor_version=2)
    promoted = signed_in(session.session_key, at=NEW_YEAR)

    assert before is not None
    assert moved is not None
    assert promoted is not None
    assert before.version[1] < moved.version[1] == promoted.version[1]
    assert (moved.version[0], promoted.version[0]) == (1, 2)


@pytest.mark.parametrize(("kind", "counts"), [("totp", True), ("recovery_codes", False)])
def test_recovery_codes_alone_are_no_second_factor(kind: str, *, counts: bool) -> None:
    account = make_officer_account()
    Authenticator.objects.create(user=account, type=kind, data={})
    session = make_session(account)

    found = signed_in(session.session_key, at=NEW_YEAR)

    assert found is not None
    assert found.has_second_factor is counts


def test_a_password_set_by_somebody_else_must_be_replaced() -> None:
    session = make_session(make_officer_account(password_changed_at=None))

    found = signed_in(session.session_key, at=NEW_YEAR)

    assert found is not None
    assert found.must_set_password is True
