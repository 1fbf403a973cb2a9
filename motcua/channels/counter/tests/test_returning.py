"""Results are handed out to whom they belong, once."""

import pytest
from django.urls import reverse

from motcua.casework.dossiers.api import PaperState, Status, whole
from motcua.casework.dossiers.tests.make import get_dossier, make_received, make_resolved

from .make import make_desk, sign_in_dung, told

pytestmark = pytest.mark.django_db
RETURNS = "/mot-cua/tra-ket-qua/"
TO_LAN = {"handed_to": "Lò Thị Lan", "checked": "card", "note": ""}


def hand_out(code: str) -> str:
    return reverse("counter:hand_out", args=[code])


def test_results_that_wait_are_listed() -> None:
    desk = make_desk()
    code = make_resolved(desk.commune)

    assert code in desk.client.get(RETURNS).content.decode()


def test_a_scanned_slip_opens_its_result() -> None:
    desk = make_desk()
    code = make_resolved(desk.commune)

    answer = desk.client.get(RETURNS, {"q": f"https://motcua.vidu.vn/tra-cuu/{code}/"})

    assert answer.headers["Location"] == hand_out(code)


def test_a_result_is_handed_out_and_the_originals_go_back() -> None:
    desk = make_desk()
    code = make_resolved(desk.commune)

    desk.client.post(hand_out(code), TO_LAN)

    kept = whole(get_dossier(code))
    assert (kept.dossier.status, kept.outcomes[0].handed_to, kept.papers[0].state) == (
        Status.RETURNED,
        "Lò Thị Lan",
        PaperState.GIVEN_BACK,
    )
    assert kept.outcomes[0].handed_how == "Chính chủ, đã xem thẻ căn cước"


def test_an_original_to_be_withdrawn_stays() -> None:
    desk = make_desk()
    code = make_resolved(desk.commune)
    seq = whole(get_dossier(code)).papers[0].seq

    desk.client.post(hand_out(code), {**TO_LAN, "withdrawn": str(seq)})

    assert whole(get_dossier(code)).papers[0].state == PaperState.WITHDRAWN


@pytest.mark.parametrize(
    ("absent", "complaint"),
    [("handed_to", "Hãy nhập người nhận kết quả."), ("checked", "Hãy chọn cách đã kiểm tra.")],
)
def test_nobody_gets_a_result_unchecked(absent: str, complaint: str) -> None:
    desk = make_desk()
    code = make_resolved(desk.commune)

    answer = desk.client.post(hand_out(code), {**TO_LAN, absent: ""})

    assert (complaint in answer.content.decode(), get_dossier(code).status) == (
        True,
        Status.RESOLVED,
    )


def test_an_authorised_person_comes_with_a_paper() -> None:
    desk = make_desk()
    code = make_resolved(desk.commune)
    to_inh = {"handed_to": "Lò Văn Inh", "checked": "authorised"}

    refused = desk.client.post(hand_out(code), {**to_inh, "note": ""}).content.decode()
    desk.client.post(hand_out(code), {**to_inh, "note": "Giấy 12/2026"})

    page = desk.client.get(reverse("counter:dossier", args=[code])).content.decode()
    assert ("Hãy ghi số, ngày của giấy ủy quyền" in refused, "(Giấy 12/2026)" in page) == (
        True,
        True,
    )


def test_the_applicant_is_nobodys_authorised_person() -> None:
    desk = make_desk()
    code = make_resolved(desk.commune)
    to_owner = {"handed_to": get_dossier(code).applicant_name, "checked": "authorised"}

    page = desk.client.post(hand_out(code), {**to_owner, "note": "Giấy 12/2026"})

    assert "Hãy ghi tên người được ủy quyền" in page.content.decode()


def test_a_result_is_handed_out_once() -> None:
    desk = make_desk()
    code = make_resolved(desk.commune)
    desk.client.post(hand_out(code), TO_LAN)

    answer = desk.client.post(hand_out(code), TO_LAN)

    assert told(answer)[-1] == (
        "Hồ sơ đang ở “Đã trả kết quả”, không thể chuyển sang “Đã trả kết quả”."
    )


def test_a_dossier_without_a_result_cannot_be_handed_out() -> None:
    desk = make_desk()
    code = make_received(desk.commune)

    page = desk.client.get(hand_out(code)).content.decode()

    assert "không có kết quả chờ trả" in page


def test_dung_hands_out_nothing_of_ours() -> None:
    desk, dung = make_desk(), sign_in_dung()
    code = make_resolved(desk.commune)

    answer = dung.post(hand_out(code), TO_LAN)

    assert (answer.status_code, get_dossier(code).status) == (404, Status.RESOLVED)


def test_money_taken_with_the_result_needs_a_receipt() -> None:
    desk = make_desk()
    code = make_resolved(desk.commune)

    answer = desk.client.post(hand_out(code), {**TO_LAN, "fee_le-phi_amount": "30000"})

    assert "ghi số biên lai giấy cho khoản “Lệ phí xác nhận”." in answer.content.decode()
    assert get_dossier(code).status == Status.RESOLVED


def test_money_taken_with_the_result_is_kept() -> None:
    desk = make_desk()
    code = make_resolved(desk.commune)
    fee = {"fee_le-phi_amount": "30.000", "fee_le-phi_receipt": "AA/26E-9"}

    desk.client.post(hand_out(code), {**TO_LAN, **fee})

    taken = whole(get_dossier(code)).fees
    assert [(fee.amount_vnd, fee.receipt_number) for fee in taken] == [(30_000, "AA/26E-9")]


def test_a_result_on_paper_only_is_handed_over_and_never_sent() -> None:
    desk = make_desk(text_change=("{code: xac-nhan,", "{code: xac-nhan, on_paper_only: true,"))
    code = make_resolved(desk.commune)

    page = desk.client.get(hand_out(code)).content.decode()
    answer = desk.client.post(hand_out(code), {**TO_LAN, "checked": "electronic"})

    offered = [words in page for words in ("Chỉ cấp bản giấy", "Gửi bản điện tử", "/ket-qua/")]
    assert offered == [True, False, False]
    assert (answer.status_code, get_dossier(code).status) == (422, Status.RESOLVED)


def test_a_desk_does_not_offer_a_file_of_what_is_on_paper_only() -> None:
    desk = make_desk(text_change=("{code: xac-nhan,", "{code: xac-nhan, on_paper_only: true,"))

    page = desk.client.get("/mot-cua/tiep-nhan/", {"procedure": "1.004873"}).content.decode()

    assert (
        "Bản điện tử</option>" in page.split('name="return_way"')[1].split("</select>")[0],
        "Chỉ cấp bản giấy: Giấy xác nhận" in page,
    ) == (False, True)
