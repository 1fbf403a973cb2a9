"""People of partners: opened, helped, ended by the province; disputes answered, months reopened."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from motcua.casework.contracts import api as contracts
from motcua.casework.contracts.tests.make import ADMIN, make_contract, make_person
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import local_day, now

from .people import page_of
from .test_contracts import post

pytestmark = pytest.mark.django_db
PEOPLE = "hop-dong/doi-tac/vnpay/nguoi/"


def opened(client: Client) -> str:
    """Open an account for Mạnh on the screen; return what the page says."""
    make_contract()
    return post(client, f"{PEOPLE}them/", full_name="Nguyễn Đức Mạnh", username="manh")


def seat() -> contracts.PartnerSeat:
    return contracts.seats_of("vnpay")[0]


def test_an_account_is_opened_and_its_first_password_shown_once(quan: Client) -> None:
    page = opened(quan)
    [password] = re.findall(r'class="secret">([a-z0-9-]+)<', page)
    account = identity.find_account("manh")
    assert account is not None
    assert account.check_password(password)
    rows = page_of(quan, PEOPLE)
    assert ("Nguyễn Đức Mạnh" in rows, "Chưa đăng nhập" in rows) == (True, True)
    assert "Tài khoản của đối tác" in page_of(quan, "hop-dong/")


def test_a_name_that_is_taken_is_named(quan: Client) -> None:
    opened(quan)
    page = post(quan, f"{PEOPLE}them/", full_name="Người khác", username="manh")
    assert "tên đăng nhập" in page.lower()
    assert len(contracts.seats_of("vnpay")) == 1


def test_password_and_second_factor_are_renewed_and_the_account_ended(quan: Client) -> None:
    opened(quan)
    there = f"{PEOPLE}{seat().pk}/"
    assert 'class="secret"' in post(quan, f"{there}mat-khau/")
    assert post(quan, f"{there}hai-lop/", reason="Mất điện thoại") == f"/quan-tri/{PEOPLE}"
    assert post(quan, f"{there}dong/") == f"/quan-tri/{PEOPLE}"
    assert "Đã đóng" in page_of(quan, PEOPLE)
    assert page_of(quan, f"{there}hai-lop/") == "404"


def test_an_agency_s_administrator_opens_no_account(
    xuan: Client, commune: organisation.Agency
) -> None:
    assert commune.pk
    make_contract()
    assert [page_of(xuan, f"{PEOPLE}{one}") for one in ("", "them/")] == ["403", "403"]


def test_a_dispute_is_answered_and_a_month_reopened(quan: Client) -> None:
    code, at = make_contract().code, now()
    month = (local_day(at).replace(day=1) - timedelta(days=1)).replace(day=1)
    manh, _ = make_person("vnpay", "Nguyễn Đức Mạnh", "manh", at=at)
    contracts.settle_month(code, month, by=ADMIN, at=at)
    contracts.agree_to_month(code, month, 0, by=ADMIN, at=at)
    contracts.dispute_month(code, month, "Thiếu giao dịch V9", by=manh, at=at)
    there = f"hop-dong/so/{code}/quyet-toan/{month:%Y-%m}/"
    assert "Thiếu giao dịch V9" in page_of(quan, there)
    assert "Bên nhận nêu: Thiếu giao dịch V9" in page_of(quan, f"{there}tra-loi/")
    post(quan, f"{there}tra-loi/", words="V9 là của tháng sau")
    assert "Chờ bên nhận đồng ý" in page_of(quan, there)
    post(quan, f"{there}mo-lai/", why="Tính thêm V9")
    page = page_of(quan, there)
    assert ("Chưa đồng ý" in page, "Tính thêm V9" in page) == (True, True)
