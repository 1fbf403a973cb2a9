"""What is still to be added: said once with every reason, taken in, looked at again."""

import re

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import Dossier, Status, SubState, SupplementItemIn, whole
from motcua.casework.dossiers.tests.make import MONDAY, get_dossier, make_filed
from motcua.channels.counter.tests.make import Desk
from motcua.lib import work

from .make import make_desk, sign_in_dung, told

pytestmark = pytest.mark.django_db
LIST = "/mot-cua/bo-sung/"
WITHDRAWAL = {"reason": "Không còn nhu cầu", "is_sure": "on"}
ITEMS = {
    "act": "guide",
    "what": ["Tờ khai theo mẫu", ""],
    "reason_code": ["form_incomplete", ""],
    "reason": ["thiếu ngày sinh", ""],
    "spec": ["to-khai", ""],
    "answer_on": "",
}


def page_of(name: str, code: str) -> str:
    return reverse(f"counter:{name}", args=[code])


def make_guided(desk: Desk) -> str:
    code = make_filed(desk.commune)
    items = [SupplementItemIn("Tờ khai theo mẫu", "Thiếu ngày sinh", "to-khai")]
    dossiers.guide_applicant(code, items, by=desk.commune.binh, at=MONDAY)
    return code


def test_every_item_is_kept_with_its_reason_and_blank_rows_are_left_out() -> None:
    desk = make_desk()
    code = make_filed(desk.commune)

    answer = desk.client.post(page_of("guide", code), ITEMS)

    items = [(item.what, item.reason) for item in whole(get_dossier(code)).supplement_items]
    assert items == [("Tờ khai theo mẫu", "Tờ khai còn để trống mục bắt buộc: thiếu ngày sinh")]
    assert answer.headers["Location"] == page_of("dossier", code)


def test_an_item_without_a_reason_is_refused_and_stays_typed() -> None:
    desk = make_desk()
    code = make_filed(desk.commune)
    form = {**ITEMS, "reason_code": ["", ""], "reason": ["", ""]}

    answer = desk.client.post(page_of("guide", code), form)

    page = answer.content.decode()
    assert ("phải ghi rõ cần gì và vì sao" in page, 'value="Tờ khai theo mẫu"' in page) == (
        True,
        True,
    )
    assert get_dossier(code).status == Status.SUBMITTED


def test_papers_not_ticked_as_right_are_proposed() -> None:
    desk = make_desk()
    code = make_filed(desk.commune)

    page = desk.client.post(page_of("guide", code), {}).content.decode()

    assert 'value="Tờ khai theo mẫu"' in page


def test_papers_ticked_as_right_are_not_proposed() -> None:
    desk = make_desk()
    code = make_filed(desk.commune)
    looked = desk.client.get(page_of("dossier", code)).content.decode()
    ticks = re.findall(r'name="ok"\s+value="(\d+)"', looked)

    page = desk.client.post(page_of("guide", code), {"ok": ticks}).content.decode()

    assert (len(ticks), 'value="Tờ khai theo mẫu"' in page) == (1, False)


def test_what_was_noted_with_a_missing_paper_proposes_it() -> None:
    desk = make_desk()
    form = desk.form(act="guide")
    del form["paper_to-khai_given"]
    answer = desk.client.post("/mot-cua/tiep-nhan/", form, follow=True)

    page = answer.content.decode()
    assert (answer.redirect_chain[0][0], 'value="Tờ khai theo mẫu"' in page) == (
        page_of("guide", Dossier.objects.get().code),
        True,
    )


def test_the_paper_of_the_guidance_can_be_printed() -> None:
    desk = make_desk()
    code = make_guided(desk)

    answer = desk.client.get(f"/mot-cua/ho-so/{code}/giay/02/")

    assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_two_statements_beside_the_sign_in(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    desk = make_desk()
    codes = [make_guided(desk) for _ in range(count)]
    desk.client.get(LIST)

    with work.metered() as meter, django_assert_num_queries(0):
        page = desk.client.get(LIST).content.decode()

    assert ([code in page for code in codes], meter.statements) == ([True] * count, 3)


def test_what_the_applicant_brings_is_taken_in_and_can_be_received() -> None:
    desk = make_desk()
    code = make_guided(desk)

    desk.client.post(page_of("supply", code), {"paper_to-khai_given": "on"})
    supplied = get_dossier(code).sub_state
    desk.client.post(page_of("accept", code))

    assert (supplied, get_dossier(code).status) == (SubState.SUPPLIED, Status.RECEIVED)


def test_nothing_brought_is_nothing_supplied() -> None:
    desk = make_desk()
    code = make_guided(desk)

    answer = desk.client.post(page_of("supply", code), {})

    assert "Hãy gửi ít nhất một giấy tờ" in answer.content.decode()


def test_the_applicant_withdraws_at_the_desk() -> None:
    desk = make_desk()
    code = make_filed(desk.commune)

    desk.client.post(page_of("withdraw", code), WITHDRAWAL)

    assert get_dossier(code).status == Status.WITHDRAWN


def test_a_withdrawal_is_signed_by_its_applicant() -> None:
    desk = make_desk()
    code = make_filed(desk.commune)

    answer = desk.client.post(page_of("withdraw", code), {"reason": "Không còn nhu cầu"})

    assert (answer.status_code, get_dossier(code).status) == (422, Status.SUBMITTED)


def test_what_was_withdrawn_is_not_withdrawn_again() -> None:
    desk = make_desk()
    code = make_filed(desk.commune)
    desk.client.post(page_of("withdraw", code), WITHDRAWAL)

    answer = desk.client.post(page_of("withdraw", code), WITHDRAWAL)

    assert "không thể chuyển sang" in told(answer)[-1]


@pytest.mark.parametrize(
    ("name", "form"),
    [("guide", ITEMS), ("supply", {"paper_to-khai_given": "on"}), ("withdraw", {"is_sure": "on"})],
)
def test_dung_does_nothing_to_our_dossier(name: str, form: dict[str, str]) -> None:
    desk, dung = make_desk(), sign_in_dung()
    code = make_guided(desk)

    answer = dung.post(page_of(name, code), form)

    assert (answer.status_code, get_dossier(code).sub_state) == (404, SubState.GUIDED)
