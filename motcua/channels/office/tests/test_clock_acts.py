"""Acts on the promise and on others: apologise, wait, money, ask, visit."""

from datetime import date, timedelta

import pytest
from django.test import Client

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import get_dossier, make_received, open_step
from motcua.casework.payments import api as payments
from motcua.channels.office.money_forms import PaymentForm
from motcua.foundation.calendar import api as calendar
from motcua.lib.clock import local_day, now

from .make import address, make_office, text_of

pytestmark = pytest.mark.django_db


def do(client: Client, code: str, slug: str, **typed: str) -> int:
    return client.post(address(code, slug), typed).status_code


def working_day(days: int) -> str:
    """Return a working day so many working days from now, as people type it."""
    day: date = calendar.add_working_days(local_day(now()), days, calendar.national_facts())
    return f"{day:%d/%m/%Y}"


def test_an_apology_shows_until_when_it_is_in_time() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    page = text_of(office.thu, address(code, "xin-loi"))

    assert "Phải xin lỗi chậm nhất" in page


def test_after_an_apology_both_promises_stay_visible() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    do(office.thu, code, "xin-loi", new_due_on=working_day(9), reason="Chờ xác minh.")

    page = text_of(office.thu, address(code))
    assert ("Hẹn trả lần đầu" in page, get_dossier(code).reappointed_at is None) == (True, False)


def test_an_apology_is_offered_only_once() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())
    do(office.thu, code, "xin-loi", new_due_on=working_day(9), reason="Chờ xác minh.")

    page = text_of(office.thu, address(code))

    assert "Xin lỗi và hẹn lại</a>" not in page


def test_a_new_promise_on_a_sunday_stays_on_the_page() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())
    today = local_day(now())
    sunday = today + timedelta(days=13 - today.weekday())

    answer = office.thu.post(
        address(code, "xin-loi"), {"new_due_on": f"{sunday:%d/%m/%Y}", "reason": "Bận."}
    )

    assert (answer.status_code, "phải là ngày làm việc" in answer.content.decode()) == (422, True)


def test_a_handler_cannot_apologise_for_the_office() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    assert office.mai.get(address(code, "xin-loi")).status_code == 403


def test_the_office_waits_for_the_tax_authority_and_goes_on() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    do(office.mai, code, "cho", ground="tax_authority", note="Phiếu chuyển 12")
    waiting = get_dossier(code).sub_state
    do(office.mai, code, "tiep-tuc", note="")

    assert (waiting, get_dossier(code).sub_state) == ("outside", "")


def test_money_is_asked_for_and_recorded_with_its_receipt() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    do(office.mai, code, "yeu-cau-nop-tien", name_1="Lệ phí trước bạ", amount_1="1.250.000")
    form = text_of(office.mai, address(code, "tien-da-nop"))
    do(office.mai, code, "tien-da-nop", name_1="Lệ phí", amount_1="1250000", receipt_1="0000123")

    assert ("Lệ phí trước bạ" in form, get_dossier(code).status) == (True, "processing")


def test_money_without_a_receipt_number_is_not_recorded() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())
    do(office.mai, code, "yeu-cau-nop-tien", name_1="Lệ phí", amount_1="5000")

    answer = do(office.mai, code, "tien-da-nop", name_1="Lệ phí", amount_1="5000")

    assert (answer, get_dossier(code).status) == (422, "awaiting_payment")


def test_each_notice_of_another_body_waits_for_its_own_evidence() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())
    today = f"{local_day(now()):%d/%m/%Y}"
    notice = {"body_name": "Thuế cơ sở 5", "name": "Lệ phí trước bạ", "amount": "9.000"}
    for number in ("TB-1", "TB-2"):
        do(office.mai, code, "thong-bao-thue", **notice, notice_number=number, notice_on=today)

    states = []
    for due in payments.obligations_of(dossiers.subject_of(code)):
        seen = {"evidence_number": f"GNT {due.notice_number}", "evidence_on": today}
        do(office.mai, code, "chung-tu", due=due.code, **seen)
        states.append(get_dossier(code).status)

    assert states == ["awaiting_payment", "processing"]


def test_more_amounts_than_the_form_has_rows_are_all_recorded() -> None:
    asked = [(f"Khoản {number}", 1_000) for number in range(5)]

    rows = PaymentForm(amounts=asked, receipts=True).rows()

    assert [row[0] for row in rows] == [f"name_{number}" for number in range(1, 6)]


def test_two_places_are_asked_at_once_and_one_answers() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())
    typed = {
        "units": str(office.commune.root_id),
        "outside_body": "Công an xã",
        "question": "Có tranh chấp không?",
        "due_on": working_day(2),
    }

    do(office.mai, code, "lay-y-kien", **typed)
    asked = text_of(office.hoa, "/xu-ly/y-kien/")
    link = asked.split("tra-loi-y-kien/?muc=")[1].split('"')[0]
    office.hoa.post(
        f"{address(code, 'tra-loi-y-kien')}?muc={link}", {"agrees": "yes", "answer": "Không."}
    )

    page = text_of(office.mai, address(code))
    assert ("Công an xã" in page, "Nguyễn Thị Hoa trả lời" in page) == (True, True)


def test_nobody_asked_stays_on_the_page() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    answer = do(office.mai, code, "lay-y-kien", question="Có không?", due_on=working_day(2))

    assert answer == 422


def test_a_visit_is_planned_and_its_minutes_written_on_the_phone() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())
    planned = {"planned_on": working_day(2), "planned_at": "8h30", "place": "Bản Co Mạ"}
    do(office.mai, code, "hen-thuc-dia", **planned)

    seq = text_of(office.mai, address(code)).split("bien-ban/?muc=")[1].split('"')[0]
    minutes = {"minutes": "Đúng hiện trạng."}
    office.mai.post(f"{address(code, 'bien-ban')}?muc={seq}", minutes)

    page = text_of(office.mai, address(code))
    assert ("Đúng hiện trạng." in page, "Bản Co Mạ" in page) == (True, True)


@pytest.mark.parametrize("odd", ["25:00", "sáng", "8:75"])
def test_an_odd_time_is_refused(odd: str) -> None:
    office = make_office()
    code = make_received(office.commune, at=now())
    typed = {"planned_on": working_day(2), "planned_at": odd, "place": "Bản Co Mạ"}

    assert do(office.mai, code, "hen-thuc-dia", **typed) == 422


def test_what_came_to_the_wrong_place_goes_back_to_the_desk() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    do(office.mai, code, "ve-mot-cua", reason="Không thuộc đơn vị.")

    assert open_step(code).unit_id == office.commune.desk_id


def test_an_extension_the_procedure_does_not_know_is_not_offered() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    assert "Gia hạn theo luật" not in text_of(office.thu, address(code))


def test_who_comes_back_to_an_apology_already_made_is_told() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())
    do(office.thu, code, "xin-loi", new_due_on=working_day(9), reason="Chờ xác minh.")

    answer = office.thu.get(address(code, "xin-loi"), follow=True)

    assert "không còn làm được" in answer.content.decode()
