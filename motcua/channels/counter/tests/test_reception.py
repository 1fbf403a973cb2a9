"""The reception screen: choose, type, receive; what is wrong stays beside its field."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from motcua.casework.dossiers.api import Dossier, Status, whole
from motcua.casework.dossiers.tests.make import CERTIFICATION
from motcua.casework.procedures.api import forget_kept
from motcua.casework.procedures.tests.make import TEXT, make_procedure
from motcua.foundation.audit import api as audit

from .make import CARD, make_desk, sign_in_dung

pytestmark = pytest.mark.django_db
RECEIVE = "/mot-cua/tiep-nhan/"


def test_the_screen_lists_procedures_before_one_is_chosen() -> None:
    answer = make_desk().client.get(RECEIVE)

    assert "Cấp giấy xác nhận tình trạng hôn nhân" in answer.content.decode()


def test_choosing_a_procedure_keeps_what_was_typed() -> None:
    desk = make_desk()

    answer = desk.client.post(RECEIVE, {"full_name": "Lò Thị Lan", "choose": "1.004873"})

    page = answer.content.decode()
    assert ("Tờ khai theo mẫu" in page, 'value="Lò Thị Lan"' in page) == (True, True)


def test_a_person_is_received_with_a_promise() -> None:
    desk = make_desk()

    answer = desk.client.post(RECEIVE, desk.form(act="receive"))

    dossier = Dossier.objects.get()
    assert answer.headers["Location"] == reverse("counter:received", args=[dossier.code])
    assert (dossier.status, dossier.applicant_name, dossier.applicant_hint) == (
        Status.RECEIVED,
        "Lò Thị Lan",
        "234",
    )


def test_the_received_page_shows_code_and_promise() -> None:
    desk = make_desk()
    answer = desk.client.post(RECEIVE, desk.form(act="receive"), follow=True)

    page = answer.content.decode()
    assert (Dossier.objects.get().code in page, "Hẹn trả trước 17 giờ" in page) == (True, True)


def test_a_double_click_receives_once() -> None:
    desk = make_desk()
    form = desk.form(act="receive", request_key="mot-lan")

    places = {desk.client.post(RECEIVE, form).headers["Location"] for _ in range(2)}

    assert (len(places), Dossier.objects.count()) == (1, 1)


def test_a_missing_paper_is_named_and_everything_typed_stays() -> None:
    desk = make_desk()
    form = desk.form(act="receive")
    del form["paper_to-khai_given"]

    answer = desk.client.post(RECEIVE, form)

    page = answer.content.decode()
    assert (answer.status_code, "Hồ sơ còn thiếu: Tờ khai theo mẫu." in page) == (422, True)
    assert 'value="Lò Thị Lan"' in page


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"full_name": ""}, "Hãy nhập chủ hồ sơ"),
        ({"personal_id": "12345"}, "Số định danh cá nhân có đúng 12 chữ số"),
        ({"birth_date": "31/2/1985"}, "Không có ngày 31/2/1985."),
        ({"authority": "written"}, "Hãy ghi tên người nộp thay."),
        ({"return_way": "post"}, "Hãy ghi địa chỉ để gửi kết quả qua bưu chính."),
        ({"channel": "post"}, "Hãy ghi ngày nhận thực tế"),
        ({"is_late_entry": "on", "legal_on": "2/3/2026"}, "Hãy ghi số giấy tiếp nhận"),
        ({"outside_code": "G01-1"}, "Hãy chọn hệ thống đã cấp mã."),
        ({"legal_on": "2/3/2099"}, "Thời điểm nhận phải trước bây giờ"),
        ({"a_so_ban": "99"}, "phải là một số nguyên, từ 1 đến 10"),
        ({"a_so_ban": "1", "fee_le-phi_amount": "15000"}, "ghi số biên lai giấy"),
        ({"a_so_ban": "1", "fee_le-phi_amount": "nhiều"}, "chỉ gồm chữ số"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_received(
    changes: dict[str, str], complaint: str
) -> None:
    desk = make_desk()

    answer = desk.client.post(RECEIVE, desk.form(act="receive", **changes))

    assert (complaint in answer.content.decode(), Dossier.objects.count()) == (True, 0)


def test_a_scanned_card_fills_the_person() -> None:
    answer = make_desk().client.post(RECEIVE, {"act": "card", "card": CARD})

    page = answer.content.decode()
    for value in ("Lò Thị Lan", "011185001234", "27/03/1985", "bản Co Mạ, xã Mường Phăng"):
        assert f'value="{value}"' in page


def test_something_else_scanned_is_said() -> None:
    answer = make_desk().client.post(RECEIVE, {"act": "card", "card": "https://vidu.vn"})

    assert "Đây không phải mã QR trên căn cước" in answer.content.decode()


def test_earlier_dossiers_stand_beside_a_known_person_and_the_search_is_logged_once() -> None:
    desk = make_desk()
    desk.client.post(RECEIVE, desk.form(act="receive"))
    code = Dossier.objects.get().code

    first = desk.client.post(RECEIVE, {"act": "card", "card": CARD})
    known = re.findall(r'name="known" value="([^"]+)"', first.content.decode())[0]
    again = desk.client.post(RECEIVE, desk.form(act="refresh", known=known))

    assert (code in first.content.decode(), code in again.content.decode()) == (True, True)
    assert len(audit.accesses_of("people")) == 2


def test_the_next_dossier_of_a_person_needs_no_card() -> None:
    desk = make_desk()
    desk.client.post(RECEIVE, desk.form(act="receive"))
    first = Dossier.objects.get()
    form = desk.form(act="receive", same_as=first.code, personal_id="", request_key="hai")

    desk.client.post(RECEIVE, form)

    second = Dossier.objects.exclude(pk=first.pk).get()
    assert second.applicant_person_id == first.applicant_person_id


def test_what_was_taken_and_typed_is_kept() -> None:
    desk = make_desk()
    more = {"a_so_ban": "2", "fee_le-phi_amount": "30.000", "fee_le-phi_receipt": "AA/26E-7"}

    desk.client.post(RECEIVE, desk.form(act="receive", **more))

    kept = whole(Dossier.objects.get())
    assert (kept.answers, [(f.amount_vnd, f.receipt_number) for f in kept.fees]) == (
        {"so_ban": 2, "ho_ten": "Lò Thị Lan"},
        [(30_000, "AA/26E-7")],
    )


def test_a_filing_by_post_counts_from_its_minutes() -> None:
    desk = make_desk()
    more = {"channel": "post", "legal_on": "2/3/2026", "legal_time": "8h30"}

    desk.client.post(RECEIVE, desk.form(act="receive", **more))

    dossier = Dossier.objects.get()
    assert f"{dossier.clock_from:%d/%m/%Y %H:%M}" == "02/03/2026 01:30"


def test_a_paper_taken_while_the_line_was_down_is_marked() -> None:
    desk = make_desk()
    more = {"is_late_entry": "on", "legal_on": "2/3/2026", "legal_time": "830", "hand_slip": "17"}

    desk.client.post(RECEIVE, desk.form(act="receive", **more))

    kept = whole(Dossier.objects.get())
    assert (kept.dossier.entered_late_at is not None, kept.papers[-1].name) == (
        True,
        "Giấy tiếp nhận viết tay số 17",
    )


def test_the_code_of_another_system_is_kept_as_the_official_one() -> None:
    desk = make_desk()
    more = {"origin": "police", "outside_code": "G01.18-260302-000017"}

    desk.client.post(RECEIVE, desk.form(act="receive", **more))

    assert Dossier.objects.get().code == "G01.18-260302-000017"


def test_what_cannot_be_received_is_noted_and_goes_on_to_the_refusal() -> None:
    desk = make_desk()
    form = desk.form(act="refuse")
    del form["paper_to-khai_given"]

    answer = desk.client.post(RECEIVE, form)

    dossier = Dossier.objects.get()
    assert (dossier.status, answer.headers["Location"]) == (
        Status.SUBMITTED,
        reverse("counter:refuse", args=[dossier.code]),
    )


def test_dung_may_not_receive_at_our_desk() -> None:
    desk, dung = make_desk(), sign_in_dung()

    dung.post(RECEIVE, desk.form(act="receive", desk=str(desk.commune.desk_id)))

    receiving = Dossier.objects.values_list("receiving_unit_id", flat=True)
    assert desk.commune.desk_id not in receiving


def test_dung_cannot_take_over_the_person_of_our_dossier() -> None:
    desk, dung = make_desk(), sign_in_dung()
    desk.client.post(RECEIVE, desk.form(act="receive"))

    answer = dung.get(RECEIVE, {"same_as": Dossier.objects.get().code})

    assert answer.status_code == 404


def test_strangers_sign_in_first(client: Client) -> None:
    assert client.get(RECEIVE).status_code == 302


def test_any_desk_receives_for_any_agency() -> None:
    desk, dung = make_desk(), sign_in_dung()

    dung.post(RECEIVE, desk.form(act="receive", return_unit=str(desk.commune.desk_id)))

    dossier = Dossier.objects.get()
    assert (dossier.agency_id, dossier.return_unit_id) == (
        desk.commune.agency_id,
        desk.commune.desk_id,
    )
    assert dossier.receiving_unit_id not in {0, desk.commune.desk_id}


def test_a_ticked_paper_stays_ticked_when_something_else_is_wrong() -> None:
    desk = make_desk()

    page = desk.client.post(RECEIVE, desk.form(act="receive", full_name="")).content.decode()

    tick = re.findall(r'<input[^>]*name="paper_to-khai_given"[^>]*>', page)[0]
    assert re.findall(r"\s(data-select|checked)(?=\s)", tick) == ["data-select", "checked"]


def test_the_number_of_a_person_known_here_fills_the_rest_and_is_logged() -> None:
    desk = make_desk()
    desk.client.post(RECEIVE, desk.form(act="receive"))

    answer = desk.client.post(RECEIVE, {"act": "card", "card": "011185001234"})

    page = answer.content.decode()
    assert 'value="Lò Thị Lan"' in page
    assert 'value="bản Co Mạ, xã Mường Phăng"' in page
    looks = [(one.purpose, one.detail["found"]) for one in audit.accesses_of("people")]
    assert looks[:1] == [("people.search", 1)]


def test_a_number_nobody_has_yet_stays_and_asks_for_the_name() -> None:
    desk = make_desk()

    page = desk.client.post(RECEIVE, {"act": "card", "card": "011185001234"}).content.decode()

    assert 'value="011185001234"' in page
    assert "Chưa có người này trong hệ thống" in page


def test_words_that_fit_one_procedure_choose_it() -> None:
    desk = make_desk()

    page = desk.client.post(RECEIVE, {"q": "doc than"}).content.decode()

    assert 'name="procedure" id="id_procedure" value="1.004873"' in " ".join(page.split())


def test_what_the_desk_takes_in_most_stands_first() -> None:
    desk = make_desk()
    rare = make_procedure(code="1.000894", text=TEXT.replace("giấy xác nhận", "A giấy xác nhận"))
    forget_kept()
    desk.client.post(RECEIVE, desk.form(act="receive"))

    page = desk.client.get(RECEIVE).content.decode()

    places = [page.index(f'value="{code}"') for code in ("1.004873", rare.code)]
    assert places == sorted(places)


def test_certification_leads_to_its_own_screen() -> None:
    desk = make_desk()
    make_procedure(code="2.000815", text=CERTIFICATION)
    forget_kept()

    page = desk.client.get(RECEIVE).content.decode()

    assert ('href="/mot-cua/chung-thuc/"' in page.partition("counter-results")[2]) is True
    assert 'value="2.000815"' not in page
