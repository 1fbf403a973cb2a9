"""Several dossiers of one person in one go."""

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from motcua.casework.dossiers import api as dossiers
from motcua.casework.procedures.api import forget_kept
from motcua.casework.procedures.tests.make import TEXT, make_procedure

from .make import CARD, FORM, Desk, make_desk

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse

pytestmark = pytest.mark.django_db
PERSON = {
    name: FORM[name]
    for name in ("full_name", "personal_id", "birth_date", "sex", "phone", "address")
} | {
    "applicant_kind": "citizen",
    "authority": "self",
    "return_way": "counter",
    "channel": "counter",
}
SECOND = "1.000894"


def make_desk_of_two() -> Desk:
    """Return a desk that receives two procedures; the second costs 30.000 đồng."""
    desk = make_desk()
    text = TEXT.replace("amount_vnd: 15000, quantity: so_ban,", "amount_vnd: 30000,")
    make_procedure(code=SECOND, text=text)
    forget_kept()
    return desk


def line(desk: Desk, place: int, code: str = "1.004873", **more: str) -> dict[str, str]:
    """Return what is typed in one line."""
    values = {
        "procedure": code,
        "case": "thuong",
        "agency": str(desk.commune.agency_id),
        "number_of_sets": "1",
        "paper_to-khai_given": "on",
    }
    return {f"d{place}_{name}": value for name, value in (values | more).items()}


def send(desk: Desk, *lines: dict[str, str], **more: str) -> "_MonkeyPatchedWSGIResponse":
    data = {**PERSON, "return_unit": str(desk.commune.desk_id), **more}
    for one in lines:
        data |= one
    return desk.client.post(reverse("counter:several"), data)


def codes_of(desk: Desk) -> list[str]:
    return sorted(one.code for one in dossiers.dossiers_for(desk.commune.binh).rows)


def test_choosing_a_procedure_adds_a_line_and_keeps_the_person() -> None:
    desk = make_desk()

    page = send(desk, line(desk, 1), add="1.004873").content.decode()

    assert page.count("counter-line") == 2
    assert 'value="Lò Thị Lan"' in page


def test_a_line_is_dropped_and_the_others_stay() -> None:
    desk = make_desk_of_two()

    page = send(desk, line(desk, 1), line(desk, 2, SECOND), drop="1").content.decode()

    assert ("d1_procedure" in page, "d2_procedure" in page) == (False, True)


def test_all_lines_are_received_at_once_and_shown_together() -> None:
    desk = make_desk_of_two()
    paid = {"fee_le-phi_amount": "30.000", "fee_le-phi_receipt": "BL-1"}

    answer = send(desk, line(desk, 1), line(desk, 2, SECOND, **paid), act="receive")

    codes = codes_of(desk)
    assert len(codes) == 2
    assert answer.headers["Location"].endswith(f"/xong/?ma={codes[0]}&ma={codes[1]}")
    page = desk.client.get(answer.headers["Location"]).content.decode()
    assert [code in page for code in codes] == [True, True]
    fees = dossiers.whole(dossiers.get_dossier_for(desk.commune.binh, codes[1])).fees
    assert [(fee.amount_vnd, fee.receipt_number) for fee in fees] == [(30_000, "BL-1")]


def test_each_line_has_the_form_of_its_own_procedure() -> None:
    desk = make_desk_of_two()
    answered = {"a_ho_ten": "Lò Thị Lan", "a_muc_dich": "Vay vốn", "a_so_ban": "1"}
    paid = {"fee_le-phi_amount": "30.000", "fee_le-phi_receipt": "BL-1"}

    send(desk, line(desk, 1), line(desk, 2, SECOND, **paid, **answered), act="receive")

    first, second = (
        dossiers.whole(dossiers.get_dossier_for(desk.commune.binh, code)).answers
        for code in codes_of(desk)
    )
    assert ("muc_dich" in first, second["muc_dich"]) == (False, "Vay vốn")


def test_a_wrong_answer_is_marked_in_its_line_and_stays_typed() -> None:
    desk = make_desk_of_two()

    answer = send(desk, line(desk, 1), line(desk, 2, SECOND, a_so_ban="hai"), act="receive")

    second = answer.content.decode().partition('aria-label="Hồ sơ 2"')[2]
    marked = 'id="id_d2_a_so_ban-error"' in second
    assert (answer.status_code, marked, 'value="hai"' in second) == (422, True, True)


def test_a_fee_due_at_filing_is_taken_in_its_line() -> None:
    desk = make_desk()
    first = "amount_vnd: 30000, collected: at_filing,"
    text = TEXT.replace("amount_vnd: 15000, quantity: so_ban,", first)
    make_procedure(code=SECOND, text=text)
    forget_kept()
    paid = {"fee_le-phi_amount": "30000", "fee_le-phi_receipt": "BL-7"}

    unpaid = send(
        desk, line(desk, 1), line(desk, 2, SECOND, **{"fee_le-phi_amount": ""}), act="receive"
    )
    answer = send(desk, line(desk, 1), line(desk, 2, SECOND, **paid), act="receive")

    assert ("Phải thu khi nộp hồ sơ" in unpaid.content.decode(), answer.status_code) == (True, 302)


def test_one_wrong_line_stops_all_and_says_which() -> None:
    desk = make_desk()
    wrong = line(desk, 2)
    del wrong["d2_paper_to-khai_given"]

    answer = send(desk, line(desk, 1), wrong, act="receive")

    second = answer.content.decode().partition('aria-label="Hồ sơ 2"')[2]
    assert (answer.status_code, codes_of(desk)) == (422, [])
    assert "Hồ sơ còn thiếu: Tờ khai" in second


def test_money_without_a_receipt_is_said_at_its_line() -> None:
    desk = make_desk_of_two()
    paid = {"fee_le-phi_amount": "30000"}

    answer = send(desk, line(desk, 1), line(desk, 2, SECOND, **paid), act="receive")

    second = answer.content.decode().partition('aria-label="Hồ sơ 2"')[2]
    assert (answer.status_code, codes_of(desk)) == (422, [])
    assert "ghi số biên lai giấy cho khoản “Lệ phí xác nhận”." in second


def test_a_wrong_number_of_the_person_stands_beside_its_field_once() -> None:
    desk = make_desk()

    answer = send(desk, line(desk, 1), line(desk, 2), act="receive", personal_id="123")

    page = answer.content.decode()
    assert (answer.status_code, codes_of(desk)) == (422, [])
    assert page.count('id="id_personal_id-error"') == 1


def test_without_a_line_nothing_is_received() -> None:
    desk = make_desk()

    answer = send(desk, act="receive")

    assert "Hãy chọn ít nhất một thủ tục." in answer.content.decode()


def test_a_card_fills_the_person_and_the_lines_stay() -> None:
    desk = make_desk()

    page = send(desk, line(desk, 1), act="card", card=CARD, full_name="").content.decode()

    assert 'value="Lò Thị Lan"' in page
    assert "d1_procedure" in page


def test_what_was_typed_for_one_dossier_becomes_the_first_line() -> None:
    desk = make_desk()

    answer = desk.client.post(reverse("counter:several"), desk.form())

    page = answer.content.decode()
    assert 'name="d1_paper_to-khai_given" data-select checked' in page


def test_a_double_click_receives_once() -> None:
    desk = make_desk()

    places = {
        send(desk, line(desk, 1), act="receive", request_key="k1").headers["Location"]
        for _ in range(2)
    }

    assert (len(places), len(codes_of(desk))) == (1, 1)


def test_the_list_is_a_pdf_and_only_for_who_may_see_all_of_it() -> None:
    desk = make_desk()
    send(desk, line(desk, 1), line(desk, 2), act="receive")
    codes = codes_of(desk)

    printed = desk.client.get(reverse("counter:print_several", query={"ma": codes}))
    guessed = [*codes, "H18.101-260101-0001"]
    refused = desk.client.get(reverse("counter:print_several", query={"ma": guessed}))

    assert (printed.headers["Content-Type"], printed.content[:5]) == ("application/pdf", b"%PDF-")
    assert refused.status_code == 404
