"""Coming in: by any login, through lock and second factor, to where one's work begins."""

from datetime import timedelta
from typing import cast

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from motcua.foundation.identity import api as identity
from motcua.foundation.identity.tests.make import (
    PASSWORD,
    make_account,
    make_officer_account,
)
from motcua.foundation.organisation.api import Level, PostRole
from motcua.foundation.organisation.tests.make import make_agency, make_post, make_unit
from motcua.lib.clock import now

pytestmark = pytest.mark.django_db
SIGN_IN = "/tai-khoan/dang-nhap/"
WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."


@pytest.fixture(autouse=True)
def _forget_rates() -> None:
    cache.clear()


def sign_in(client: Client, login: str, password: str = PASSWORD, **more: str) -> HttpResponse:
    answer = client.post(SIGN_IN, {"login": login, "password": password, **more})
    return cast("HttpResponse", answer)


@pytest.mark.parametrize("login", ["binh", "BINH", "binh@example.vn", "+84 912.345.678"])
def test_an_officer_comes_in_by_any_login_and_starts_at_the_counter(
    client: Client, login: str
) -> None:
    binh = make_officer_account(email="", phone="0912345678")
    identity.Account.objects.filter(pk=binh.pk).update(email="")
    if "@" in login:
        confirm_email(binh, login)
    make_post(make_unit(make_agency()), PostRole.DESK_OFFICER, holder=binh.officer)

    answer = sign_in(client, login)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/mot-cua/")


def confirm_email(account: identity.Account, email: str) -> None:
    identity.Account.objects.filter(pk=account.pk).update(email=email)
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (PostRole.HANDLER, "/xu-ly/"),
        (PostRole.AGENCY_LEADER, "/xu-ly/"),
        (PostRole.PROVINCE_MONITOR, "/xu-ly/"),
        (PostRole.ADMINISTRATOR, "/quan-tri/"),
        (PostRole.HELPER, "/giup-dan/"),
    ],
)
def test_everybody_starts_where_their_work_is(client: Client, role: PostRole, page: str) -> None:
    binh = make_officer_account()
    make_post(make_unit(make_agency()), role, holder=binh.officer)

    assert sign_in(client, "binh").headers["Location"] == page


def test_after_signing_in_one_goes_on_where_one_was(client: Client) -> None:
    make_account()

    answer = sign_in(client, "lan", next="/ho-so/H18.101-260105-0001/")

    assert answer.headers["Location"] == "/ho-so/H18.101-260105-0001/"


def test_the_sign_in_page_lets_what_was_typed_pass_through(client: Client) -> None:
    page = client.get("/tai-khoan/dang-nhap/").content.decode()

    assert "<body data-passing>" in page


def test_nobody_is_sent_to_a_strangers_site(client: Client) -> None:
    make_account()

    assert sign_in(client, "lan", next="https://example.com/").headers["Location"] == "/"


@pytest.mark.parametrize("login", ["lan", "nobody"])
def test_a_wrong_password_and_an_unknown_login_are_answered_alike(
    client: Client, login: str
) -> None:
    make_account()

    page = sign_in(client, login, "sai-mật-khẩu")

    assert (page.status_code, WRONG in page.content.decode()) == (200, True)


def test_an_unknown_login_costs_a_password_check_too(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    monkeypatch.setattr(identity.Account, "set_password", lambda _self, raw: hashed.append(raw))

    sign_in(client, "nobody", "sai-mật-khẩu")

    assert hashed == ["sai-mật-khẩu"]


def test_after_five_failures_even_the_right_password_waits(client: Client) -> None:
    make_account()
    for _ in range(5):
        identity.note_failure("lan", at=now())

    page = sign_in(client, "lan").content.decode()

    assert "Đã nhập sai quá nhiều lần" in page


def test_a_failed_sign_in_is_counted(client: Client) -> None:
    make_account()
    for _ in range(5):
        sign_in(client, "lan", "sai-mật-khẩu")

    with pytest.raises(identity.SignInLocked):
        identity.check_not_locked("lan", at=now())


def test_a_disabled_account_is_told_so_only_with_the_right_password(client: Client) -> None:
    account = make_account()
    account.disable(identity.DisabledBecause.IDLE, at=now())
    account.save()

    assert sign_in(client, "lan").headers["Location"] == "/tai-khoan/bi-khoa/"
    assert WRONG in sign_in(client, "lan", "sai-mật-khẩu").content.decode()


def test_the_session_says_where_and_when_it_began(client: Client) -> None:
    account = make_account()
    sign_in(client, "lan")

    (session,) = identity.sessions_of(account.pk, at=now())
    assert (session.account_id, session.ip_address) == (account.pk, "127.0.0.1")
    assert now() - session.started_at < timedelta(minutes=1)


def test_signing_out_ends_the_session(client: Client) -> None:
    account = make_account()
    sign_in(client, "lan")

    client.post("/tai-khoan/dang-xuat/")

    assert list(identity.sessions_of(account.pk, at=now())) == []
    assert client.get("/con-lam-viec/").status_code == 302


def make_administrator() -> identity.Account:
    admin = make_officer_account("Vàng A Sò", username="so")
    make_post(
        make_unit(make_agency(level=Level.PROVINCE)), PostRole.ADMINISTRATOR, holder=admin.officer
    )
    return admin


def test_an_administrator_without_second_factor_can_do_nothing_else(client: Client) -> None:
    make_administrator()
    sign_in(client, "so")

    assert client.get("/con-lam-viec/").headers["Location"] == "/tai-khoan/bao-mat/"
    assert client.get("/tai-khoan/bao-mat/").status_code == 200


def test_a_first_password_must_be_replaced_before_anything_else(client: Client) -> None:
    make_officer_account(password_changed_at=None)
    sign_in(client, "binh")

    assert client.get("/con-lam-viec/").headers["Location"] == "/tai-khoan/mat-khau/doi/"
