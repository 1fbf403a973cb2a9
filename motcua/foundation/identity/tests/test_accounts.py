"""Opening accounts, and ending or renewing the right to use them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator

from motcua.foundation.audit import api as audit
from motcua.foundation.identity import api as identity
from motcua.foundation.identity.choices import ADMINISTER
from motcua.foundation.identity.errors import AccountDisabled, LoginTaken, OfficerHasAccount
from motcua.foundation.identity.models import Account, OldPassword, Session
from motcua.foundation.organisation.api import Officer
from motcua.foundation.organisation.tests.make import (
    make_agency,
    make_officer,
    make_post,
    make_unit,
)
from motcua.foundation.people.tests.make import make_person
from motcua.lib.actor import Actor
from motcua.lib.errors import Anticipated, BadInput, NotAllowed

from .make import PASSWORD, make_account, make_officer_account, make_session

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
ADMIN = Actor(id=900, name="Quản trị", province_powers=frozenset({ADMINISTER}))
DUNG = Actor(id=901, name="Lê Quang Dũng")
LAN = identity.SignUp("Nguyễn  Thị Lan", PASSWORD, email="Lan@Example.vn")


def actions(account: Account) -> list[str]:
    return [entry.action for entry in audit.trail_of(f"account:{account.pk}")]


def test_a_citizen_opens_an_account_with_an_email() -> None:
    account = identity.open_citizen_account(LAN, at=MONDAY)

    assert (account.kind, account.full_name, account.email) == (
        "citizen",
        "Nguyễn Thị Lan",
        "lan@example.vn",
    )
    assert account.person is not None
    assert (account.person.confirmed_at, account.username[:3]) == (None, "cd-")
    assert OldPassword.objects.filter(account=account).count() == 1


def test_a_citizen_opens_an_account_with_a_telephone() -> None:
    account = identity.open_citizen_account(
        replace(LAN, email="", phone="+84 912 345 678"), at=MONDAY
    )

    assert identity.find_account("0912 345 678") == account


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"full_name": " "}, "full_name"),
        ({"email": ""}, "email"),
        ({"phone": "12"}, "phone"),
    ],
)
def test_an_account_needs_a_name_and_a_login(change: dict[str, str], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        identity.open_citizen_account(replace(LAN, **change), at=MONDAY)

    assert refused.value.field == field


def test_a_login_belongs_to_one_account() -> None:
    identity.open_citizen_account(LAN, at=MONDAY)

    with pytest.raises(LoginTaken):
        identity.open_citizen_account(replace(LAN, full_name="Dũng"), at=MONDAY)


def test_an_administrator_creates_an_officers_account() -> None:
    officer = make_officer()

    account, password = identity.create_officer_account(officer.pk, "Binh.TV", by=ADMIN, at=MONDAY)

    assert (account.username, account.check_password(password)) == ("binh.tv", True)
    assert (account.password_changed_at, actions(account)) == (None, ["identity.account_created"])


def test_others_create_no_accounts() -> None:
    with pytest.raises(NotAllowed):
        identity.create_officer_account(make_officer().pk, "binh", by=DUNG, at=MONDAY)


@pytest.mark.parametrize("username", ["", "12", "011305000001", "bình", "a b"])
def test_a_user_name_is_a_word_and_never_a_number(username: str) -> None:
    with pytest.raises(BadInput):
        identity.create_officer_account(make_officer().pk, username, by=ADMIN, at=MONDAY)


def test_an_officer_gets_one_account_only() -> None:
    binh = make_officer_account()
    assert binh.officer_id is not None

    with pytest.raises(OfficerHasAccount):
        identity.create_officer_account(binh.officer_id, "binh2", by=ADMIN, at=MONDAY)


def test_who_has_left_gets_no_account() -> None:
    officer = make_officer()
    Officer.objects.update(left_on=date(2026, 1, 4))

    with pytest.raises(AccountDisabled):
        identity.create_officer_account(officer.pk, "binh", by=ADMIN, at=MONDAY)


def test_disabling_cuts_all_sessions_and_is_traced() -> None:
    binh = make_officer_account()
    make_session(binh)

    identity.disable_account(binh.pk, by=ADMIN, at=MONDAY)

    binh.refresh_from_db()
    assert (binh.is_active, Session.objects.count()) == (False, 0)
    assert actions(binh) == ["identity.account_disabled"]


def test_an_account_is_disabled_once_and_enabled_again() -> None:
    binh = make_officer_account()
    identity.disable_account(binh.pk, by=ADMIN, at=MONDAY)

    with pytest.raises(AccountDisabled):
        identity.disable_account(binh.pk, by=ADMIN, at=MONDAY)
    identity.enable_account(binh.pk, by=ADMIN, at=MONDAY)
    with pytest.raises(AccountDisabled):
        identity.enable_account(binh.pk, by=ADMIN, at=MONDAY)

    binh.refresh_from_db()
    assert binh.is_active


def test_the_account_of_a_leaver_is_closed_and_stays_so() -> None:
    binh = make_officer_account()
    assert binh.officer_id is not None
    session = make_session(binh, at=MONDAY)
    Officer.objects.update(left_on=date(2026, 1, 4))

    identity.close_account_of_leaver(binh.officer_id, by=ADMIN, at=MONDAY)

    assert identity.signed_in(session.session_key, at=MONDAY) is None
    with pytest.raises(AccountDisabled):
        identity.enable_account(binh.pk, by=ADMIN, at=MONDAY)


def test_a_leaver_without_account_needs_nothing() -> None:
    identity.close_account_of_leaver(make_officer().pk, by=ADMIN, at=MONDAY)

    assert Account.objects.count() == 0


def test_a_lost_second_factor_is_reset_with_a_reason() -> None:
    binh = make_officer_account()
    Authenticator.objects.create(user=binh, type="totp", data={})
    make_session(binh)

    identity.reset_second_factor(binh.pk, "Mất điện thoại, đã gặp", by=ADMIN, at=MONDAY)

    assert (identity.has_second_factor(binh.pk), Session.objects.count()) == (False, 0)
    (entry,) = audit.trail_of(f"account:{binh.pk}")
    assert (entry.action, entry.detail) == (
        "identity.second_factor_reset",
        {"reason": "Mất điện thoại, đã gặp"},
    )


def test_a_second_factor_is_not_reset_without_a_reason() -> None:
    binh = make_officer_account()
    Authenticator.objects.create(user=binh, type="totp", data={})

    with pytest.raises(BadInput):
        identity.reset_second_factor(binh.pk, " ", by=ADMIN, at=MONDAY)

    assert identity.has_second_factor(binh.pk)


def test_a_reset_password_must_be_replaced_by_the_holder() -> None:
    binh = make_officer_account()
    make_session(binh)

    password = identity.reset_password(binh.pk, by=ADMIN, at=MONDAY)

    binh.refresh_from_db()
    assert (binh.check_password(password), binh.password_changed_at) == (True, None)
    assert Session.objects.count() == 0


def test_nobody_administers_the_own_account() -> None:
    binh = make_officer_account()
    himself = replace(ADMIN, id=binh.pk)

    with pytest.raises(NotAllowed):
        identity.reset_second_factor(binh.pk, "Tự làm", by=himself, at=MONDAY)


def test_an_administrator_of_an_agency_stays_inside_it() -> None:
    unit, other = make_unit(make_agency()), make_unit(make_agency("H18.102"), "H18.102.KT")
    binh, dung = make_officer_account(), make_officer_account("Dũng", username="dung")
    make_post(unit, holder=binh.officer)
    make_post(other, holder=dung.officer)
    local = Actor(id=902, name="Quản trị xã", powers={ADMINISTER: frozenset({unit.pk})})

    identity.disable_account(binh.pk, by=local, at=MONDAY)
    with pytest.raises(NotAllowed):
        identity.disable_account(dung.pk, by=local, at=MONDAY)


def test_citizens_accounts_are_administered_by_the_province_only() -> None:
    lan = make_account()
    local = Actor(id=902, name="Quản trị xã", powers={ADMINISTER: frozenset({1})})

    with pytest.raises(NotAllowed):
        identity.disable_account(lan.pk, by=local, at=MONDAY)
    identity.disable_account(lan.pk, by=ADMIN, at=MONDAY)


@pytest.mark.parametrize(("days", "how_many"), [(44, 0), (45, 1)])
def test_officers_who_stay_away_for_45_days_are_disabled(days: int, how_many: int) -> None:
    binh = make_officer_account(last_login=MONDAY)
    make_account(last_login=MONDAY)

    assert identity.disable_idle_accounts(at=MONDAY + timedelta(days=days)) == how_many

    binh.refresh_from_db()
    assert binh.disabled_because == ("idle" if how_many else "")


def test_idle_days_count_anew_after_enabling() -> None:
    binh = make_officer_account(last_login=MONDAY)
    at = MONDAY + timedelta(days=50)
    identity.disable_idle_accounts(at=at)
    identity.enable_account(binh.pk, by=ADMIN, at=at)

    assert identity.disable_idle_accounts(at=at + timedelta(days=1)) == 0


def test_citizens_close_their_own_account_officers_do_not() -> None:
    lan, binh = make_account(), make_officer_account()

    identity.close_own_account(by=Actor(id=lan.pk, name="Lan"), at=MONDAY)
    with pytest.raises(NotAllowed):
        identity.close_own_account(by=Actor(id=binh.pk, name="Bình"), at=MONDAY)

    lan.refresh_from_db()
    assert lan.disabled_because == "by_holder"


DESK = Actor(id=903, name="Bình", powers={"dossiers.receive": frozenset({1})})


def test_the_desk_confirms_who_holds_an_account() -> None:
    lan, person = make_account(person=make_person("Lan Xinh")), make_person()

    identity.confirm_person(lan.pk, person.pk, desk_unit_id=1, by=DESK, at=MONDAY)

    lan.refresh_from_db()
    person.refresh_from_db()
    assert (lan.person_id, lan.full_name, lan.actor_version) == (person.pk, "Nguyễn Thị Lan", 2)
    assert person.confirmed_at == MONDAY


@pytest.mark.parametrize("who", ["stranger", "officer's account", "two accounts"])
def test_a_wrong_confirmation_is_refused(who: str) -> None:
    person = make_person()
    account = make_officer_account() if who == "officer's account" else make_account()
    if who == "two accounts":
        make_account(username="dung", person=person)

    with pytest.raises(Anticipated):
        identity.confirm_person(
            account.pk,
            person.pk,
            desk_unit_id=1,
            by=DUNG if who == "stranger" else DESK,
            at=MONDAY,
        )


def test_a_new_password_signs_other_browsers_out() -> None:
    lan = make_account()
    here, there = make_session(lan, at=MONDAY), make_session(lan, at=MONDAY)

    identity.change_password(lan, "một-mật-khẩu-mới", session_key=here.session_key, at=MONDAY)

    assert lan.check_password("một-mật-khẩu-mới")
    assert identity.signed_in(there.session_key, at=MONDAY) is None
    assert identity.signed_in(here.session_key, at=MONDAY) is not None


def test_only_ten_old_passwords_are_remembered() -> None:
    lan = make_account()

    for number in range(12):
        at = MONDAY + timedelta(minutes=number)
        identity.change_password(lan, f"mật-khẩu-số-{number}", session_key="", at=at)

    assert OldPassword.objects.filter(account=lan).count() == 10


def test_a_person_of_a_partner_gets_an_account_from_the_province_alone() -> None:
    facts = identity.PartnerPerson("Lường Thị Thúy", "Thuy.BD", "thuy@buudien.example")
    account, password = identity.create_partner_account(facts, by=ADMIN, at=MONDAY)
    assert (account.kind, account.username) == (identity.AccountKind.PARTNER, "thuy.bd")
    assert account.check_password(password)
    assert account.password_changed_at is None
    with pytest.raises(identity.LoginTaken):
        identity.create_partner_account(facts, by=ADMIN, at=MONDAY)
    with pytest.raises(BadInput, match="họ và tên"):
        identity.create_partner_account(replace(facts, full_name=" "), by=ADMIN, at=MONDAY)
    with pytest.raises(NotAllowed):
        identity.create_partner_account(facts, by=DUNG, at=MONDAY)


def test_a_partner_s_account_is_no_citizen_s_and_no_program_s() -> None:
    account = make_account(username="thuy", kind=identity.AccountKind.PARTNER)
    with pytest.raises(NotAllowed):
        identity.close_own_account(by=Actor(id=account.pk, name="Thúy"), at=MONDAY)
    with pytest.raises(identity.AccountDisabled, match="trang web"):
        identity.open_token("thuy", PASSWORD, at=MONDAY)
