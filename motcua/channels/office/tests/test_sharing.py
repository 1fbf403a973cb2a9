"""How a head shares the work of the unit."""

import pytest

from motcua.casework.dossiers.tests.make import make_received, open_step
from motcua.lib.clock import now

from .make import Office, address, make_office, text_of

pytestmark = pytest.mark.django_db


def unit_page(office: Office, part: str = "") -> str:
    return f"/xu-ly/don-vi/{office.commune.justice_id}/{part}"


def test_new_work_goes_round_as_the_head_has_said() -> None:
    office = make_office()
    parts = [str(office.mai_id), str(office.nam_id)]
    office.thu.post(unit_page(office, "cach-giao/"), {"way": "turn", "part": parts})

    codes = [make_received(office.commune, at=now()) for _ in range(2)]

    given = {open_step(code).assignee_name for code in codes}
    assert given == {"Quàng Thị Mai", "Lường Văn Nam"}


def test_a_way_without_anybody_in_it_is_refused() -> None:
    office = make_office()

    office.thu.post(unit_page(office, "cach-giao/"), {"way": "load"})

    assert "Hãy đánh dấu ít nhất một người" in text_of(office.thu, unit_page(office))


def test_the_work_of_a_sick_colleague_is_shared() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())
    office.mai.post(address(code, "nhan"))

    typed = {"from": str(office.mai_id), "to": [str(office.nam_id)], "note": "Nghỉ ốm"}
    office.thu.post(unit_page(office, "chia-lai/"), typed)

    assert open_step(code).assignee_name == "Lường Văn Nam"


@pytest.mark.parametrize("part", ["", "cach-giao/", "chia-lai/"])
def test_only_the_head_of_the_unit_shares_its_work(part: str) -> None:
    office = make_office()
    path = unit_page(office, part)

    answers = [
        (client.post(path) if part else client.get(path)).status_code
        for client in (office.mai, office.dung)
    ]

    assert answers == [403, 403]
