"""Many steps at once: a result for each."""

import pytest
from django.test import Client

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import AssignmentWay
from motcua.casework.dossiers.tests.make import LAN_ID, get_dossier, make_received, open_step
from motcua.lib.clock import now

from .make import Office, address, make_office, text_of

pytestmark = pytest.mark.django_db
MANY = "/xu-ly/viec/nhieu/"


def key(code: str) -> str:
    return f"{code} {open_step(code).seq}"


def filed_from(place: str) -> dossiers.SubmitterIn:
    """Return Lan, living at the place."""
    return dossiers.SubmitterIn(name="Lò Thị Lan", account_id=LAN_ID, address=place)


def send(client: Client, act: str, *codes: str, **typed: str) -> str:
    """Do it with all of these and return the page."""
    answer = client.post(MANY, {"act": act, "viec": [key(code) for code in codes], **typed})
    return answer.content.decode()


def received(office: Office, count: int) -> list[str]:
    return [make_received(office.commune, at=now()) for _ in range(count)]


def test_a_handler_takes_many_at_once() -> None:
    office = make_office()
    codes = received(office, 2)

    send(office.mai, "nhan", *codes)

    assert [open_step(code).assignee_id for code in codes] == [office.mai_id, office.mai_id]


def test_what_somebody_else_has_does_not_hold_up_the_rest() -> None:
    office = make_office()
    taken, free = received(office, 2)
    send(office.nam, "nhan", taken)

    page = send(office.mai, "nhan", taken, free)

    assert ("xong 1 trong 2 hồ sơ" in page, "Lường Văn Nam đã nhận" in page) == (True, True)


def test_giving_by_load_spreads_the_work() -> None:
    office = make_office()
    codes = received(office, 3)

    send(office.thu, "giao", *codes, sure="yes", to="it-viec-nhat")

    given = {open_step(code).assignee_name for code in codes}
    assert given == {"Quàng Thị Mai", "Lường Văn Nam", "Bạc Thị Thu"}


def test_giving_by_turn_goes_round() -> None:
    office = make_office()
    codes = received(office, 3)

    send(office.thu, "giao", *codes, sure="yes", to="lan-luot")

    given = [open_step(code).assignee_name for code in codes]
    assert sorted(given) == ["Bạc Thị Thu", "Lường Văn Nam", "Quàng Thị Mai"]


def test_giving_by_area_finds_who_looks_after_it() -> None:
    office = make_office()
    here, elsewhere = (
        make_received(office.commune, at=now(), submitter=filed_from(address))
        for address in ("Bản Co Mạ, xã Mường Phăng", "Bản Phiêng Ban")
    )
    rule = dossiers.RuleIn(AssignmentWay.AREA, office.nam_id, "Lường Văn Nam", "bản Co Mạ")
    dossiers.set_assignment_rules(
        office.commune.justice_id, [rule], by=office.commune.hoa, at=now()
    )

    page = send(office.thu, "giao", here, elsewhere, sure="yes", to="dia-ban")

    given = [open_step(code).assignee_name for code in (here, elsewhere)]
    assert (given, "Chưa ghi ai phụ trách địa bàn" in page) == (["Lường Văn Nam", ""], True)


def test_all_ways_of_giving_are_on_the_page() -> None:
    office = make_office()

    page = send(office.thu, "giao", *received(office, 2))

    ways = ["it-viec-nhat", "lan-luot", "dia-ban", str(office.nam_id)]
    assert [f'value="{way}"' in page for way in ways] == [True] * 4


def test_signing_many_is_asked_once_more() -> None:
    office = make_office()
    codes = received(office, 2)

    page = send(office.mai, "xong", *codes)

    assert ("2 hồ sơ" in page, open_step(codes[0]).code) == (True, "tham-dinh")


def test_a_leader_signs_many_with_a_result_for_each() -> None:
    office = make_office()
    ready, waiting = received(office, 2)
    send(office.mai, "xong", ready, sure="yes")
    send(office.thu, "xong", ready, sure="yes")

    page = send(office.hoa, "xong", ready, waiting, sure="yes")

    assert (get_dossier(ready).status, "xong 1 trong 2 hồ sơ" in page) == ("resolved", True)


def test_an_officer_of_another_commune_can_do_nothing_with_them() -> None:
    office = make_office()
    (code,) = received(office, 1)

    page = send(office.dung, "nhan", code)

    assert ("xong 0 trong 1 hồ sơ" in page, open_step(code).assignee_id) == (True, None)


def test_nothing_chosen_leads_back_to_the_list() -> None:
    office = make_office()

    answer = office.mai.post(MANY, {"act": "nhan", "back": "/xu-ly/viec/?ai=chua"})

    assert answer.headers["Location"] == "/xu-ly/viec/?ai=chua"


def test_a_list_does_not_lead_away_from_the_office() -> None:
    office = make_office()

    answer = office.mai.post(MANY, {"act": "nhan", "back": "https://example.vn/"})

    assert answer.headers["Location"] == "/xu-ly/viec/"


def test_a_leader_reads_in_a_paragraph_what_is_proposed() -> None:
    office = make_office()
    (code,) = received(office, 1)
    typed = {"comment": "Đủ điều kiện theo Luật Hộ tịch.", "kind": "granted"}
    office.mai.post(address(code, "hoan-thanh"), typed)

    page = text_of(office.thu, "/xu-ly/cho-ky/")

    assert "Quàng Thị Mai: Đủ điều kiện theo Luật Hộ tịch." in page


def test_a_head_sees_how_much_each_officer_has() -> None:
    office = make_office()
    send(office.mai, "nhan", *received(office, 2))

    page = text_of(office.thu, "/xu-ly/don-vi/")

    assert ("Quàng Thị Mai" in page, f"ai={office.mai_id}" in page) == (True, True)
