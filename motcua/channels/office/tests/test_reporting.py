"""The report of reception and settlement, of any unit in one's hands, for any period."""

import pytest

from motcua.casework.dossiers.tests.make import MONDAY, make_received

from .make import make_office, text_of

pytestmark = pytest.mark.django_db
REPORT, MARCH = "/xu-ly/bao-cao/", {"first": "1/3/2026", "latest": "31/3/2026"}


def test_the_leader_chooses_unit_and_period() -> None:
    office = make_office()
    make_received(office.commune, at=MONDAY)

    page = office.hoa.get(REPORT, {**MARCH, "unit": str(office.commune.desk_id)}).content.decode()
    later = office.hoa.get(REPORT, {"first": "1/4/2027", "latest": "2/4/2027"}).content.decode()

    chosen = f'value="{office.commune.desk_id}" selected'
    assert ("Hộ tịch" in page, chosen in page) == (True, True)
    assert "Hộ tịch" in later


def test_a_unit_of_another_commune_is_not_offered_nor_answered() -> None:
    office = make_office()
    make_received(office.commune, at=MONDAY)

    page = office.dung.get(REPORT, {**MARCH, "unit": str(office.commune.root_id)}).content.decode()

    assert ("UBND xã Mường Phăng" in page, "Hộ tịch" in page) == (False, False)


def test_it_is_printed_as_chosen() -> None:
    office = make_office()

    answer = office.thu.get(f"{REPORT}in/", MARCH)

    assert answer.content[:5] == b"%PDF-"


def test_a_handler_has_no_report() -> None:
    office = make_office()

    assert office.mai.get(REPORT).status_code == 403
    assert "Báo cáo" not in text_of(office.mai, "/xu-ly/")
