"""Filings that wait at the desk: listed with their clock, looked at, received or refused."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from motcua.casework.dossiers.api import Dossier, IssuedForm, Status, whole
from motcua.casework.dossiers.tests.make import get_dossier, make_filed, make_received
from motcua.foundation.audit import api as audit
from motcua.foundation.identity.tests.make import make_officer_account
from motcua.lib import work

from .make import make_desk, sign_in_dung, told

pytestmark = pytest.mark.django_db
WAITING = "/mot-cua/truc-tuyen/"
REFUSAL = {"reason_code": "not_competent", "reason_more": "", "basis": "Điều 17 NĐ 61/2018"}


def page_of(name: str, code: str) -> str:
    return reverse(f"counter:{name}", args=[code])


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_two_statements_beside_the_sign_in(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk = make_desk()
    codes = [make_filed(desk.commune) for _ in range(count)]
    desk.client.get(WAITING)

    with work.metered() as meter, django_assert_num_queries(0):
        answer = desk.client.get(WAITING)

    assert ([code in answer.content.decode() for code in codes], meter.statements) == (
        [True] * count,
        3,
    )


def test_another_office_does_not_see_our_filings() -> None:
    desk, dung = make_desk(), sign_in_dung()
    code = make_filed(desk.commune)

    assert code not in dung.get(WAITING).content.decode()


def test_an_empty_list_says_so() -> None:
    answer = make_desk().client.get(WAITING)

    assert "Không còn hồ sơ nào chờ tiếp nhận." in answer.content.decode()


def test_a_filing_is_shown_with_answers_and_papers_and_the_look_is_logged() -> None:
    desk = make_desk()
    code = make_filed(desk.commune)

    page = desk.client.get(page_of("dossier", code)).content.decode()

    assert ("Đăng ký kết hôn" in page, "Tờ khai theo mẫu" in page) == (True, True)
    assert [one.purpose for one in audit.accesses_of(f"dossier:{code}")] == ["dossiers.desk"]


def test_a_filing_is_received() -> None:
    desk = make_desk()
    code = make_filed(desk.commune)

    answer = desk.client.post(page_of("accept", code))

    assert (answer.headers["Location"], get_dossier(code).status) == (
        page_of("received", code),
        Status.RECEIVED,
    )


def test_a_second_click_says_that_it_was_received() -> None:
    desk = make_desk()
    code = make_received(desk.commune)

    answer = desk.client.post(page_of("accept", code))

    assert told(answer) == [f"Hồ sơ {code} đang ở “Được tiếp nhận”, không còn chờ tiếp nhận."]


def test_a_filing_is_refused_with_its_reason_and_paper() -> None:
    desk = make_desk()
    code = make_filed(desk.commune)

    desk.client.post(page_of("refuse", code), REFUSAL)

    kept = whole(get_dossier(code))
    paper = kept.latest_issued(IssuedForm.REFUSAL)
    assert paper is not None
    assert (kept.dossier.status, paper.data["reason"], paper.data["basis"]) == (
        Status.REFUSED,
        "Không thuộc thẩm quyền giải quyết",
        "Điều 17 NĐ 61/2018",
    )


@pytest.mark.parametrize(
    ("absent", "complaint"),
    [("reason_code", "Hãy chọn lý do từ chối."), ("basis", "Hãy nhập căn cứ pháp lý.")],
)
def test_a_refusal_without_reason_or_basis_is_none(absent: str, complaint: str) -> None:
    desk = make_desk()
    code = make_filed(desk.commune)

    answer = desk.client.post(page_of("refuse", code), {**REFUSAL, absent: ""})

    assert (complaint in answer.content.decode(), get_dossier(code).status) == (
        True,
        Status.SUBMITTED,
    )


@pytest.mark.parametrize("name", ["dossier", "refuse", "received", "hand_out"])
def test_dung_does_not_know_of_our_dossier(name: str) -> None:
    desk, dung = make_desk(), sign_in_dung()
    code = make_filed(desk.commune)

    assert dung.get(page_of(name, code)).status_code == 404


@pytest.mark.parametrize(("name", "form"), [("accept", {}), ("refuse", REFUSAL)])
def test_dung_does_nothing_to_our_dossier(name: str, form: dict[str, str]) -> None:
    desk, dung = make_desk(), sign_in_dung()
    code = make_filed(desk.commune)

    answer = dung.post(page_of(name, code), form)

    assert (answer.status_code, Dossier.objects.get().status) == (404, Status.SUBMITTED)


def test_the_start_page_shows_the_oldest_filing() -> None:
    desk = make_desk()
    code = make_filed(desk.commune)

    assert code in desk.client.get("/mot-cua/").content.decode()


def test_the_desk_sees_what_was_done_so_that_it_can_answer_a_citizen() -> None:
    desk = make_desk()
    code = make_received(desk.commune)

    page = desk.client.get(page_of("dossier", code)).content.decode()

    assert ("Tiếp nhận hồ sơ" in page, f"/mot-cua/ho-so/{code}/giay/06/" in page) == (True, True)


def test_who_does_no_desk_work_is_told_so() -> None:
    client = Client()
    client.force_login(make_officer_account("Quàng Thị Mai", username="mai"))

    answer = client.get("/mot-cua/")

    page = answer.content.decode()
    assert (
        answer.status_code,
        "Trang này dành cho người làm việc tại bộ phận một cửa." in page,
    ) == (
        403,
        True,
    )


def test_the_start_page_says_until_when_its_figures_are_complete() -> None:
    page = make_desk().client.get("/mot-cua/").content.decode()

    assert re.search(r"Số đếm trên trang này tính đến \d\d:\d\d\.", page)
