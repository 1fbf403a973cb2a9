"""Opening an account, codes by e-mail, passwords, the own profile, sessions, standing in."""

import re
from datetime import timedelta
from typing import TYPE_CHECKING, cast

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client

from motcua.channels.kit.tongues import COOKIE
from motcua.foundation.access import api as access
from motcua.foundation.identity import api as identity
from motcua.foundation.identity.tests.make import (
    PASSWORD,
    make_account,
    make_officer_account,
    make_session,
)
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.organisation.tests.make import make_agency, make_post, make_unit
from motcua.foundation.people.tests.make import make_person
from motcua.lib.clock import local_day, now

if TYPE_CHECKING:
    from motcua.channels.kit.requests import ActorRequest

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "bản-Co-Mạ-mùa-hoa-ban-nở"  # noqa: S105 -- of test accounts
LAN = {
    "full_name": "Nguyễn Thị Lan",
    "email": "lan@example.vn",
    "phone": "",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


@pytest.fixture(autouse=True)
def _forget_rates() -> None:
    cache.clear()


def mailed_code() -> str:
    match = re.search(r"là: (\S+)", str(mail.outbox[-1].body))
    assert match is not None
    return match[1]


def open_account(client: Client, **change: str) -> str:
    return str(client.post("/tai-khoan/dang-ky/", LAN | change).headers.get("Location"))


@pytest.mark.parametrize(
    "page", ["dang-nhap/", "dang-ky/", "mat-khau/quen/", "bi-khoa/", "mat-khau/quen/xong/"]
)
def test_a_stranger_sees_the_way_in(client: Client, page: str) -> None:
    assert client.get(f"/tai-khoan/{page}").status_code == 200


def test_a_citizen_opens_an_account_and_confirms_the_email(client: Client) -> None:
    assert open_account(client) == "/tai-khoan/thu-dien-tu/xac-nhan/"
    assert client.get("/tai-khoan/thu-dien-tu/xac-nhan/").status_code == 200

    answer = client.post("/tai-khoan/thu-dien-tu/xac-nhan/", {"code": mailed_code()})

    assert answer.headers["Location"] == "/"
    assert client.get("/con-lam-viec/").status_code == 204


def test_before_the_code_nobody_is_in(client: Client) -> None:
    open_account(client)

    client.post("/tai-khoan/thu-dien-tu/xac-nhan/", {"code": "SAI-MA"})

    assert client.get("/con-lam-viec/").status_code == 302


def test_a_telephone_will_do(client: Client) -> None:
    assert open_account(client, email="", phone="0912 345 678") == "/"
    assert client.get("/con-lam-viec/").status_code == 204


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": ""}, "Hãy ghi thư điện tử hoặc số điện thoại"),
        ({"password1": "ngắn", "password2": "ngắn"}, "ít nhất 14 ký tự"),
        ({"password2": "khác"}, "govuk-error-message"),
        ({"phone": "12"}, "Số điện thoại chưa đúng"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_opened(
    client: Client, change: dict[str, str], words: str
) -> None:
    page = client.post("/tai-khoan/dang-ky/", LAN | change).content.decode()

    assert (words in page, identity.Account.objects.count()) == (True, 0)
    assert 'value="Nguyễn Thị Lan"' in page


def test_a_taken_email_is_not_betrayed(client: Client) -> None:
    first = open_account(client)
    cache.clear()

    again = open_account(Client())

    assert (first, again) == ("/tai-khoan/thu-dien-tu/xac-nhan/",) * 2
    assert identity.Account.objects.count() == 1
    assert mail.outbox[-1].subject == "Ông/bà đã có tài khoản"


def test_who_asks_too_quickly_is_told_to_wait(client: Client) -> None:
    open_account(client)

    answer = Client().post("/tai-khoan/dang-ky/", LAN)

    assert (answer.status_code, "đợi ít phút" in answer.content.decode()) == (429, True)


def with_email(account: identity.Account) -> identity.Account:
    email = "lan@example.vn"
    identity.Account.objects.filter(pk=account.pk).update(email=email)
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    return account


def test_a_forgotten_password_is_replaced_by_a_code(client: Client) -> None:
    account = with_email(make_account())
    make_session(account, at=now())
    client.post("/tai-khoan/mat-khau/quen/", {"email": "lan@example.vn"})
    assert client.get("/tai-khoan/mat-khau/quen/ma/").status_code == 200
    client.post("/tai-khoan/mat-khau/quen/ma/", {"code": mailed_code()})
    assert client.get("/tai-khoan/mat-khau/quen/dat-moi/").status_code == 200

    client.post(
        "/tai-khoan/mat-khau/quen/dat-moi/",
        {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )

    assert identity.get_account(account.pk).check_password(NEW_PASSWORD)
    assert list(identity.sessions_of(account.pk, at=now())) == []


@pytest.mark.parametrize(("own", "chosen"), [("en", "vi"), ("vi", "en")])
def test_a_mail_is_in_the_language_of_the_account_not_of_the_page(
    client: Client, own: str, chosen: str
) -> None:
    account = with_email(make_account())
    identity.Account.objects.filter(pk=account.pk).update(language=own)
    client.cookies[COOKIE] = chosen

    client.post("/tai-khoan/mat-khau/quen/", {"email": "lan@example.vn"})

    is_english = mail.outbox[-1].subject != "Mã đặt lại mật khẩu"
    assert is_english == (own == "en")


def test_a_mail_to_a_stranger_is_in_the_language_of_the_page(client: Client) -> None:
    client.cookies[COOKIE] = "en"

    client.post("/tai-khoan/mat-khau/quen/", {"email": "ai-do@example.vn"})

    assert "Kính gửi" not in mail.outbox[-1].body


def test_an_unknown_email_is_answered_like_a_known_one(client: Client) -> None:
    with_email(make_account())

    answers = [
        client.post("/tai-khoan/mat-khau/quen/", {"email": email}).headers["Location"]
        for email in ("lan@example.vn", "ai-do@example.vn")
    ]

    assert answers == ["/tai-khoan/mat-khau/quen/ma/"] * 2
    assert [m.subject for m in mail.outbox] == ["Mã đặt lại mật khẩu", "Yêu cầu đặt lại mật khẩu"]


def change_password(client: Client, new: str) -> str:
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    return client.post("/tai-khoan/mat-khau/doi/", fields).content.decode()


def test_a_changed_password_signs_the_other_browsers_out(client: Client) -> None:
    account = make_account()
    client.force_login(account)
    make_session(account, at=now())

    change_password(client, NEW_PASSWORD)

    assert identity.get_account(account.pk).check_password(NEW_PASSWORD)
    assert len(identity.sessions_of(account.pk, at=now())) == 1
    assert client.get("/con-lam-viec/").status_code == 204


def test_an_old_password_is_not_used_again(client: Client) -> None:
    account = make_account()
    identity.change_password(account, PASSWORD, session_key="", at=now())
    client.force_login(account)

    assert "đã dùng gần đây" in change_password(client, PASSWORD)


def test_people_change_how_they_are_reached_and_addressed(client: Client) -> None:
    person = make_person()
    client.force_login(make_account(person=person))
    fields = {"addressed_as": "madam", "phone": "0912345678", "email": "", "address": "Bản Co Mạ"}

    client.post("/tai-khoan/ho-so-ca-nhan/", fields)

    person.refresh_from_db()
    assert (person.addressed_as, person.phone, person.address) == (
        "madam",
        "0912345678",
        "Bản Co Mạ",
    )
    assert client.get("/tai-khoan/ho-so-ca-nhan/").status_code == 200


@pytest.mark.parametrize(("is_seen", "word"), [(False, "chưa xác nhận"), (True, "đã xác nhận")])
def test_the_account_page_says_whether_a_desk_has_seen_the_holder(
    client: Client, is_seen: object, word: str
) -> None:
    person = make_person(confirmed_at=now() if is_seen else None)
    client.force_login(make_account(person=person))

    assert word in client.get("/tai-khoan/").content.decode()


def test_an_officer_has_no_profile_here(client: Client) -> None:
    client.force_login(make_officer_account())

    assert client.get("/tai-khoan/ho-so-ca-nhan/").headers["Location"] == "/tai-khoan/"


@pytest.mark.parametrize(
    "page", ["", "phien-dang-nhap/", "lam-thay/", "mat-khau/doi/", "thu-dien-tu/", "dang-xuat/"]
)
def test_every_page_about_the_own_account_is_shown(client: Client, page: str) -> None:
    client.force_login(with_email(make_account(person=make_person())))

    assert client.get(f"/tai-khoan/{page}").status_code == 200


@pytest.mark.parametrize(
    "page", ["", "ho-so-ca-nhan/", "phien-dang-nhap/", "lam-thay/", "bat-dau/"]
)
def test_strangers_see_no_account(client: Client, page: str) -> None:
    answer = client.get(f"/tai-khoan/{page}")

    assert answer.headers["Location"].startswith("/tai-khoan/dang-nhap/?next=")


def test_one_browser_is_signed_out_from_another(client: Client) -> None:
    account = make_account()
    client.force_login(account)
    other = make_session(account, at=now(), device="Firefox/1 Android")
    assert "Firefox, Android" in client.get("/tai-khoan/phien-dang-nhap/").content.decode()

    client.post("/tai-khoan/phien-dang-nhap/dang-xuat/", {"key": other.session_key})

    assert identity.signed_in(other.session_key, at=now()) is None
    assert client.get("/con-lam-viec/").status_code == 204


def test_nobody_signs_another_account_out(client: Client) -> None:
    client.force_login(make_account())
    other = make_session(make_account(username="dung"), at=now())

    client.post("/tai-khoan/phien-dang-nhap/dang-xuat/", {"key": other.session_key})

    assert identity.signed_in(other.session_key, at=now()) is not None


def test_all_other_browsers_are_signed_out(client: Client) -> None:
    account = make_account()
    client.force_login(account)
    make_session(account, at=now())

    client.post("/tai-khoan/phien-dang-nhap/dang-xuat-khac/")

    assert len(identity.sessions_of(account.pk, at=now())) == 1


def make_delegation() -> tuple[identity.Account, int]:
    hoa = make_officer_account("Quàng Thị Hoa", username="hoa")
    binh = make_officer_account()
    post = make_post(make_unit(make_agency()), PostRole.UNIT_HEAD, holder=hoa.officer)
    today = local_day(now())
    assert binh.officer_id is not None
    facts = access.DelegationFacts(post.pk, binh.officer_id, today, today + timedelta(days=5))
    by = access.actor_now(hoa.pk, at=now()).actor
    return binh, access.delegate_post(facts, by=by, at=now()).pk


def on_behalf_of(client: Client) -> str:
    request = cast("ActorRequest", client.get("/con-lam-viec/").wsgi_request)
    return request.actor.on_behalf_of


def test_an_officer_stands_in_for_somebody_and_stops_again(client: Client) -> None:
    binh, delegation = make_delegation()
    client.force_login(binh)
    assert "Quàng Thị Hoa" in client.get("/tai-khoan/lam-thay/").content.decode()

    client.post("/tai-khoan/lam-thay/chon/", {"delegation": str(delegation)})
    behalf = on_behalf_of(client)
    client.post("/tai-khoan/lam-thay/chon/")

    assert (behalf, on_behalf_of(client)) == ("Quàng Thị Hoa", "")


def test_a_stranger_to_the_delegation_does_not_stand_in(client: Client) -> None:
    _, delegation = make_delegation()
    client.force_login(make_officer_account("Lê Quang Dũng", username="dung"))

    answer = client.post("/tai-khoan/lam-thay/chon/", {"delegation": str(delegation)})

    assert answer.status_code == 404
