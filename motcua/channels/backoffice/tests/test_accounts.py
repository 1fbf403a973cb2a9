"""Accounts on the screen: open, lock, unlock, lost second factor, leavers, standing in."""

from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from motcua.foundation.access import api as access
from motcua.foundation.audit import api as audit
from motcua.foundation.identity import api as identity
from motcua.foundation.identity.tests.make import make_account, make_officer_account
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.organisation.tests.make import make_officer, make_post, make_unit
from motcua.foundation.people.tests.make import make_person
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now

from .people import page_of, seat, signed_in

pytestmark = pytest.mark.django_db
PAGES = [
    "tai-khoan/",
    "tai-khoan/them/",
    "tai-khoan/dung/",
    "tai-khoan/cong-dan/huy-xac-nhan/",
    "uy-quyen/",
    "uy-quyen/them/",
    "quyen/",
]


def post(client: Client, path: str, **values: str) -> str:
    """Send a form and return where it leads, or what the page says."""
    data = {"request_key": str(uuid4()), **values}
    answer = client.post(f"/quan-tri/{path}", data)
    return answer.headers.get("Location") or answer.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_who_administers_nothing_sees_none_of_it(dung: Client, path: str) -> None:
    assert page_of(dung, path) == "403"


@pytest.mark.parametrize("path", PAGES)
def test_an_administrator_sees_all_of_it(quan: Client, dung: Client, path: str) -> None:
    page = page_of(quan, path)

    assert (dung is not None, "<h1>" in page) == (True, True)


def test_an_account_is_opened_and_its_password_shown_once(
    xuan: Client, commune: organisation.Agency
) -> None:
    make_post(make_unit(commune), holder=make_officer("Trần Văn Bình"))

    page = post(xuan, "tai-khoan/them/", officer="CB0001", username="binh.tv")

    account = identity.find_account("binh.tv")
    assert account is not None
    assert (account.password_changed_at, 'class="secret"' in page) == (None, True)
    assert 'class="secret"' not in page_of(xuan, "tai-khoan/binh.tv/")


def test_a_taken_user_name_is_complained_about_beside_it(
    quan: Client, commune: organisation.Agency
) -> None:
    make_post(make_unit(commune), holder=make_officer("Trần Văn Bình"))

    page = post(quan, "tai-khoan/them/", officer="CB0001", username="quan")

    assert ('id="id_username-error"' in page, 'value="CB0001"' in page) == (True, True)


def test_no_account_is_opened_for_somebody_of_another_agency(
    xuan: Client, province: organisation.Agency
) -> None:
    make_post(make_unit(province, "H18.VP"), holder=make_officer("Trần Văn Bình"))
    values = {"officer": "CB0001", "username": "binh.tv"}

    answer = xuan.post("/quan-tri/tai-khoan/them/", values)

    assert (answer.status_code, identity.find_account("binh.tv")) == (403, None)


def test_an_account_is_locked_and_opened_again(quan: Client, dung: Client) -> None:
    post(quan, "tai-khoan/dung/khoa/")
    locked = page_of(dung, "")
    went = post(quan, "tai-khoan/dung/mo-lai/")

    account = identity.find_account("dung")
    assert account is not None
    assert (locked, went, account.is_active) == ("302", "/quan-tri/tai-khoan/dung/", True)


def test_a_lost_second_factor_is_taken_away_with_a_reason(quan: Client, dung: Client) -> None:
    account = identity.find_account("dung")
    assert account is not None

    without = post(quan, "tai-khoan/dung/xac-thuc-hai-lop/", reason="")
    kept = Authenticator.objects.filter(user=account).count()
    post(quan, "tai-khoan/dung/xac-thuc-hai-lop/", reason="Mất điện thoại, đã đối chiếu thẻ.")

    assert (dung is not None, 'id="id_reason-error"' in without, kept) == (True, True, 1)
    assert not identity.has_second_factor(account.pk)
    assert audit.trail_of(f"account:{account.pk}")[-1].action == "identity.second_factor_reset"


def test_a_password_is_set_anew_and_shown_once(quan: Client, dung: Client) -> None:
    page = post(quan, "tai-khoan/dung/mat-khau/")

    assert ('class="secret"' in page, page_of(dung, "")) == (True, "302")


def test_all_sessions_are_cut(quan: Client, dung: Client) -> None:
    post(quan, "tai-khoan/dung/dang-xuat/")

    assert page_of(dung, "") == "302"


def test_a_temporary_lock_is_lifted(quan: Client, dung: Client) -> None:
    account = identity.find_account("dung")
    assert (account is not None, dung is not None) == (True, True)
    for _ in range(5):
        identity.note_failure("dung", at=now())
    locked = page_of(quan, "tai-khoan/?state=locked")

    post(quan, "tai-khoan/dung/mo-khoa-tam/")

    pages = locked, page_of(quan, "tai-khoan/?state=locked")
    assert ["Đỗ Văn Dũng" in page for page in pages] == [True, False]


def test_a_commune_administrator_does_not_reach_the_province(xuan: Client, quan: Client) -> None:
    answer = xuan.post("/quan-tri/tai-khoan/quan/mat-khau/")

    assert (page_of(xuan, "tai-khoan/quan/"), answer.status_code) == ("403", 403)
    assert "Vũ Thị Quản" not in page_of(xuan, "tai-khoan/")
    assert page_of(quan, "") != "302"


def test_a_post_in_the_commune_does_not_hand_the_province_over(
    xuan: Client, commune: organisation.Agency, province: organisation.Agency
) -> None:
    account = seat(province, PostRole.ADMINISTRATOR, "Vũ Thị Quản", "quan")
    make_post(make_unit(commune), holder=account.officer)

    assert page_of(xuan, "tai-khoan/quan/") == "403"


def test_seldom_used_accounts_are_listed(quan: Client) -> None:
    make_officer_account("Tòng Văn Vắng", username="vang", last_login=now() - timedelta(days=40))

    page = page_of(quan, "tai-khoan/?state=seldom")

    assert ("Tòng Văn Vắng" in page, 'href="/quan-tri/tai-khoan/quan/"' in page) == (True, False)


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_of_accounts_costs_one_statement(
    quan: Client, how_many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(how_many):
        make_officer_account(username=f"can-bo-{number}")
    page_of(quan, "tai-khoan/")

    with django_assert_num_queries(1):
        page_of(quan, "tai-khoan/")


def test_a_post_is_stood_in_for_and_taken_back(xuan: Client, commune: organisation.Agency) -> None:
    hoa = make_post(make_unit(commune), PostRole.UNIT_HEAD, holder=make_officer("Lê Thị Hoa"))
    make_officer("Trần Văn Bình", code="CB0002")
    today = local_day(now())
    days = {"valid_from": f"{today:%d/%m/%Y}", "valid_to": f"{today + timedelta(days=3):%d/%m/%Y}"}

    went = post(xuan, "uy-quyen/them/", post=hoa.code, to_officer="CB0002", **days)
    [delegation] = access.delegations_of_post(hoa.pk)
    post(xuan, f"uy-quyen/{delegation.pk}/thu-hoi/")

    [revoked] = access.delegations_of_post(hoa.pk)
    assert (went, revoked.revoked_at is None) == ("/quan-tri/uy-quyen/", False)


def test_standing_in_without_end_is_complained_about(
    xuan: Client, commune: organisation.Agency
) -> None:
    hoa = make_post(make_unit(commune), holder=make_officer("Lê Thị Hoa"))

    page = post(xuan, "uy-quyen/them/", post=hoa.code, to_officer="CB0001", valid_from="1/7/2026")

    assert 'id="id_valid_to-error"' in page


def test_who_holds_a_power_is_listed(quan: Client, xuan: Client) -> None:
    page = page_of(quan, "quyen/?power=organisation.edit")

    assert [name in page for name in ("Vũ Thị Quản", "Lò Thị Xuân")] == [True, True]
    assert "Vũ Thị Quản" not in page_of(xuan, "quyen/?power=organisation.edit")


def test_nothing_lies_with_somebody_new(quan: Client, dung: Client) -> None:
    page = page_of(quan, "tai-khoan/dung/viec-do-dang/")

    assert (dung is not None, "Không có việc nào đang dở" in page) == (True, True)


def test_the_own_account_is_for_others_to_administer(province: organisation.Agency) -> None:
    quan = signed_in(seat(province, PostRole.ADMINISTRATOR, "Vũ Thị Quản", "quan"))

    answer = quan.post("/quan-tri/tai-khoan/quan/khoa/")

    assert ("do người khác làm" in page_of(quan, "tai-khoan/quan/"), answer.status_code) == (
        True,
        403,
    )


def test_an_administrator_undoes_that_an_account_was_confirmed_as_the_wrong_person(
    quan: Client,
) -> None:
    lan = make_account(full_name="Lò Thị Lan", email="lan@example.vn")
    person = make_person("Lò Thị Lan")
    binh = Actor(id=0, name="Trần Văn Bình", province_powers=frozenset({"dossiers.receive"}))
    identity.confirm_person(lan.pk, person.pk, desk_unit_id=1, by=binh, at=now())
    path, login = "tai-khoan/cong-dan/huy-xac-nhan/", {"login": "lan@example.vn"}

    shown = post(quan, path, act="look", **login)
    leads_to = post(quan, path, act="undo", reason="Trùng họ tên", **login)

    lan.refresh_from_db()
    assert ("Tài khoản đã xác nhận" in shown, leads_to) == (True, "/quan-tri/tai-khoan/")
    assert (lan.person_id == person.pk, lan.actor_version) == (False, 3)
