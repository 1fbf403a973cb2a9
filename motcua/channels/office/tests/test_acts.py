"""What officers do with a dossier, through the pages."""

import pytest
from django.test import Client

from motcua.casework.dossiers.tests.make import get_dossier, make_received, open_step
from motcua.lib.clock import now

from .make import Office, address, make_office, text_of

pytestmark = pytest.mark.django_db
GRANT = {"comment": "Đủ điều kiện.", "kind": "granted"}


def do(client: Client, code: str, slug: str, **typed: str) -> int:
    """Do an act and return the status of the answer."""
    return client.post(address(code, slug), typed).status_code


def brought_to_leader(office: Office) -> str:
    """Return the code of a dossier that waits for Hoa's signature."""
    code = make_received(office.commune, at=now())
    do(office.mai, code, "hoan-thanh", **GRANT)
    do(office.thu, code, "duyet", comment="Đồng ý.")
    return code


def test_a_handler_takes_a_free_step() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    do(office.mai, code, "nhan")

    assert open_step(code).assignee_id == office.mai_id


def test_a_step_that_somebody_has_taken_is_not_offered_again() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())
    do(office.mai, code, "nhan")

    page = text_of(office.nam, address(code))

    assert ("Nhận xử lý" in page, "Hoàn thành bước" in page) == (False, False)


def test_a_colleague_cannot_finish_what_somebody_else_has_taken() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())
    do(office.mai, code, "nhan")

    assert do(office.nam, code, "hoan-thanh", **GRANT) == 403


def test_a_dossier_goes_from_the_handler_over_the_head_to_the_leader() -> None:
    office = make_office()
    code = brought_to_leader(office)

    do(office.hoa, code, "ky", comment="")

    assert get_dossier(code).status == "resolved"


@pytest.mark.parametrize("slug", ["ky", "tra-lai"])
def test_whoever_decides_on_a_draft_can_read_it_first(slug: str) -> None:
    office = make_office()
    code = brought_to_leader(office)

    page = text_of(office.hoa, address(code, slug))

    assert page.count(f'href="/xu-ly/ho-so/{code}/ket-qua/') == 1


def test_a_handler_cannot_sign() -> None:
    office = make_office()
    code = brought_to_leader(office)

    assert do(office.mai, code, "ky", comment="") == 403


def test_a_refusal_without_a_reason_stays_on_the_page_with_what_was_typed() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    answer = office.mai.post(
        address(code, "hoan-thanh"), {"comment": "Đã kết hôn ở nơi khác.", "kind": "refused"}
    )

    page = answer.content.decode()
    assert (answer.status_code, "Đã kết hôn ở nơi khác." in page) == (422, True)


def test_a_refusal_after_receipt_is_an_outcome() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())
    reason = "Đang có vợ, chồng."
    do(office.mai, code, "hoan-thanh", comment="", kind="refused", reason=reason)

    page = text_of(office.thu, address(code))

    assert ("Từ chối giải quyết" in page, reason in page) == (True, True)


def test_a_head_returns_a_dossier_with_what_is_wrong() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())
    do(office.mai, code, "hoan-thanh", **GRANT)

    do(office.thu, code, "tra-lai", comment="Thiếu xác minh nơi cư trú.")

    step = open_step(code)
    assert (step.code, step.round) == ("tham-dinh", 2)


def test_returning_needs_a_comment() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())
    do(office.mai, code, "hoan-thanh", **GRANT)

    assert do(office.thu, code, "tra-lai", comment=" ") == 422


def test_a_head_gives_a_step_to_an_officer() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    do(office.thu, code, "giao", to=str(office.nam_id))

    assert open_step(code).assignee_id == office.nam_id


def test_a_step_can_go_to_whoever_has_the_least_to_do() -> None:
    office = make_office()
    busy, code = (make_received(office.commune, at=now()) for _ in range(2))
    do(office.mai, busy, "nhan")
    do(office.thu, busy, "giao", to=str(office.mai_id))

    do(office.thu, code, "giao", to="it-viec-nhat")

    assert open_step(code).assignee_name == "Lường Văn Nam"


def test_a_handler_cannot_give_work_to_others() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    assert do(office.mai, code, "giao", to=str(office.nam_id)) == 403


def test_a_supplement_is_asked_with_a_reason_for_each_item() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    do(
        office.mai,
        code,
        "yeu-cau-bo-sung",
        what_1="Trích lục ly hôn",
        reason_1="Chưa chứng minh đã ly hôn.",
    )

    page = text_of(office.mai, f"{address(code)}?phan=giay-to")
    assert (get_dossier(code).status, "Trích lục ly hôn" in page) == ("awaiting_applicant", True)


def test_a_supplement_without_a_reason_is_refused_with_what_was_typed() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    answer = office.mai.post(address(code, "yeu-cau-bo-sung"), {"what_1": "Trích lục ly hôn"})

    page = answer.content.decode()
    assert (answer.status_code, "Trích lục ly hôn" in page) == (422, True)


def test_a_head_stops_a_dossier_for_a_ground_in_law() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    do(office.thu, code, "dung", ground="Người nộp đã mất.", basis="Điều 5 Luật Hộ tịch")

    assert get_dossier(code).status == "stopped"


def test_a_handler_cannot_stop_a_dossier() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    assert do(office.mai, code, "dung", ground="a", basis="b") == 403


def test_a_message_to_the_applicant_stands_in_the_thread() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    do(office.mai, code, "nhan-tin", text="Bà cho biết số điện thoại khác.")

    assert "số điện thoại khác" in text_of(office.mai, f"{address(code)}?phan=trao-doi")


def test_there_is_no_such_act() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    assert office.mai.get(address(code, "xoa")).status_code == 404


@pytest.mark.parametrize("path", ["viec/tra-loi-y-kien/", "ket-qua/7/"])
def test_what_cannot_be_done_leads_back_to_the_dossier(path: str) -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    answer = office.mai.get(f"{address(code)}{path}")

    assert answer.headers["Location"] == address(code)


def test_of_two_officers_at_once_the_second_is_told_who_has_it() -> None:
    office = make_office()
    code = make_received(office.commune)
    office.mai.post(address(code, "nhan"))

    answer = office.nam.post(address(code, "nhan"), follow=True)

    assert "Việc này Quàng Thị Mai đã nhận." in answer.content.decode()
