"""Setting up, using and giving up the second factor; every page of it is rendered."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.test import Client

from motcua.foundation.identity import api as identity
from motcua.foundation.identity.tests.make import PASSWORD, make_account, make_officer_account
from motcua.foundation.organisation.api import Level, PostRole
from motcua.foundation.organisation.tests.make import make_agency, make_post, make_unit

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 -- of test accounts
AUTHENTICATE = "/tai-khoan/bao-mat/xac-thuc/"


@pytest.fixture(autouse=True)
def _forget_rates() -> None:
    cache.clear()


def code_now(secret: str = SECRET) -> str:
    """Return what the app on the telephone shows."""
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def with_app(account: identity.Account) -> identity.Account:
    TOTP.activate(account, SECRET)
    return account


def confirm(client: Client) -> None:
    """Type the password once more, as for everything about the account's safety."""
    client.post("/tai-khoan/xac-nhan-lai/", {"password": PASSWORD})


def sign_in(client: Client, username: str = "binh") -> str:
    answer = client.post(
        "/tai-khoan/dang-nhap/", {"login": username, "password": PASSWORD, "next": "/xu-ly/"}
    )
    return str(answer.headers.get("Location"))


def test_with_a_second_factor_the_password_alone_opens_nothing(client: Client) -> None:
    with_app(make_officer_account())

    assert sign_in(client) == AUTHENTICATE
    assert client.get("/con-lam-viec/").status_code == 302
    assert client.get(AUTHENTICATE).status_code == 200


def test_the_code_of_the_app_lets_in(client: Client) -> None:
    with_app(make_officer_account())
    sign_in(client)

    answer = client.post(AUTHENTICATE, {"code": code_now()})

    assert answer.headers["Location"] == "/xu-ly/"
    assert client.get("/con-lam-viec/").status_code == 204


def test_a_wrong_code_does_not(client: Client) -> None:
    with_app(make_officer_account())
    sign_in(client)

    page = client.post(AUTHENTICATE, {"code": "000000"}).content.decode()

    assert "Mã không đúng" in page
    assert client.get("/con-lam-viec/").status_code == 302


def test_a_recovery_code_lets_in_once(client: Client) -> None:
    codes = RecoveryCodes.activate(with_app(make_officer_account())).get_unused_codes()
    sign_in(client)
    client.post(AUTHENTICATE, {"code": codes[0]})
    assert client.get("/con-lam-viec/").status_code == 204
    client.post("/tai-khoan/dang-xuat/")

    sign_in(client)
    client.post(AUTHENTICATE, {"code": codes[0]})

    assert client.get("/con-lam-viec/").status_code == 302


def test_an_administrator_sets_up_the_app_and_gets_to_work(client: Client) -> None:
    admin = make_officer_account("Vàng A Sò", username="so", email="so@example.vn")
    EmailAddress.objects.create(user=admin, email=admin.email, verified=True, primary=True)
    unit = make_unit(make_agency(level=Level.PROVINCE))
    make_post(unit, PostRole.ADMINISTRATOR, holder=admin.officer)
    sign_in(client, "so")
    confirm(client)
    page = client.get("/tai-khoan/bao-mat/ung-dung/bat/").content.decode()
    (secret,) = re.findall(r'class="kit-code">(\w+)<', page)

    answer = client.post("/tai-khoan/bao-mat/ung-dung/bat/", {"code": code_now(secret)})

    assert answer.headers["Location"] == "/tai-khoan/bao-mat/ma-du-phong/"
    assert client.get("/con-lam-viec/").status_code == 204


def test_the_holder_is_told_by_mail_when_the_second_factor_goes(client: Client) -> None:
    account = with_app(make_officer_account(email="binh@example.vn"))
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    sign_in(client)
    client.post(AUTHENTICATE, {"code": code_now()})
    confirm(client)

    client.post("/tai-khoan/bao-mat/ung-dung/tat/")

    assert [m.subject for m in mail.outbox] == ["Đã tắt ứng dụng xác thực"]


def test_the_secret_is_stored_encrypted() -> None:
    account = with_app(make_account())

    stored = Authenticator.objects.get(user=account).data["secret"]

    assert stored != SECRET
    assert identity.unseal_secret(stored) == SECRET


@pytest.mark.parametrize(("role", "kept"), [(PostRole.ADMINISTRATOR, 1), (PostRole.HANDLER, 0)])
def test_only_administrators_must_keep_theirs(client: Client, role: PostRole, kept: int) -> None:
    account = with_app(make_officer_account())
    make_post(make_unit(make_agency(level=Level.PROVINCE)), role, holder=account.officer)
    sign_in(client)
    client.post(AUTHENTICATE, {"code": code_now()})
    confirm(client)

    client.post("/tai-khoan/bao-mat/ung-dung/tat/")

    assert Authenticator.objects.filter(user=account, type="totp").count() == kept


PAGES = [
    "",
    "ma-du-phong/",
    "ma-du-phong/tao/",
    "ma-du-phong/tai-ve/",
    "khoa/",
    "khoa/them/",
    "ung-dung/tat/",
]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_about_the_second_factor_is_shown(client: Client, page: str) -> None:
    RecoveryCodes.activate(with_app(make_officer_account()))
    sign_in(client)
    client.post(AUTHENTICATE, {"code": code_now()})
    confirm(client)

    assert client.get(f"/tai-khoan/bao-mat/{page}").status_code == 200


@pytest.mark.parametrize("page", ["khoa/", "khoa/{pk}/bo/", "khoa/{pk}/sua/"])
def test_keys_are_listed_renamed_and_removed(client: Client, page: str) -> None:
    account = make_officer_account()
    sign_in(client)
    data = {"name": "Điện thoại", "credential": {"clientExtensionResults": {}}}
    key = Authenticator.objects.create(user=account, type="webauthn", data=data)
    confirm(client)

    answer = client.get("/tai-khoan/bao-mat/" + page.format(pk=key.pk))

    assert (answer.status_code, "Điện thoại" in answer.content.decode()) == (200, True)


@pytest.mark.parametrize("page", ["ung-dung/tat/", "khoa/them/", "ma-du-phong/"])
def test_what_touches_safety_asks_for_the_password_again(client: Client, page: str) -> None:
    RecoveryCodes.activate(with_app(make_officer_account()))
    sign_in(client)
    client.post(AUTHENTICATE, {"code": code_now()})

    answer = client.get(f"/tai-khoan/bao-mat/{page}")

    assert answer.headers["Location"].startswith("/tai-khoan/xac-nhan-lai/?next=")
    assert client.get(answer.headers["Location"]).status_code == 200


def test_the_code_of_the_app_confirms_too(client: Client) -> None:
    with_app(make_officer_account())
    sign_in(client)
    client.post(AUTHENTICATE, {"code": code_now()})

    page = client.get("/tai-khoan/bao-mat/xac-nhan-lai/").content.decode()

    assert "Mã trong ứng dụng xác thực" in page
