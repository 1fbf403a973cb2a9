"""The form is put right on its own page, after the applicant has found the draft wrong."""

import pytest

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import LAN, get_dossier, make_second_step
from motcua.lib.clock import now

from .make import Office, address, make_office, text_of

pytestmark = pytest.mark.django_db
CONFIRMS = (
    "name: Trình lãnh đạo, kind: approval, duty: justice, role: unit_head",
    "name: Xác nhận, kind: applicant_confirms, duty: justice, role: x",
)
TYPED = {"a_ho_ten": "Lò Thị Lan Anh", "a_muc_dich": "Đăng ký kết hôn", "a_so_ban": "2"}


def make_refused(office: Office) -> str:
    """Return the code of a dossier whose draft Lan has found wrong."""
    code = make_second_step(office.commune, at=now())
    dossiers.confirm_draft(code, is_right=False, comment="Thiếu chữ đệm", by=LAN, at=now())
    return code


def test_the_page_shows_what_lan_wrote_and_what_the_form_says() -> None:
    office = make_office(text_change=CONFIRMS)
    code = make_refused(office)

    page = text_of(office.mai, address(code, "sua-to-khai"))

    assert ("Thiếu chữ đệm" in page, 'value="Lò Thị Lan"' in page) == (True, True)


def test_what_was_corrected_stands_in_the_history() -> None:
    office = make_office(text_change=CONFIRMS)
    code = make_refused(office)

    office.mai.post(address(code, "sua-to-khai"), {**TYPED, "reason": "Theo giấy khai sinh"})

    trail = text_of(office.mai, f"{address(code)}?phan=nhat-ky")
    assert dossiers.whole(get_dossier(code)).answers["ho_ten"] == "Lò Thị Lan Anh"
    assert "“Lò Thị Lan” → “Lò Thị Lan Anh”" in trail


def test_a_wrong_answer_is_told_beside_its_field_and_stays_typed() -> None:
    office = make_office(text_change=CONFIRMS)
    code = make_refused(office)

    answer = office.mai.post(
        address(code, "sua-to-khai"), {**TYPED, "a_so_ban": "hai", "reason": "Sửa"}
    )

    page = answer.content.decode()
    assert (answer.status_code, 'value="hai"' in page, "#id_a_so_ban" in page) == (422, True, True)


def test_nobody_is_offered_a_correction_before_lan_asks_for_one() -> None:
    office = make_office(text_change=CONFIRMS)
    code = make_second_step(office.commune, at=now())

    assert "Sửa tờ khai" not in text_of(office.mai, address(code))
