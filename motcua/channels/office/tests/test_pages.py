"""Every page of the office is shown to those who may see it, and to nobody else."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.casework.dossiers.tests.make import MONDAY, get_dossier, make_received
from motcua.channels.office import parts
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import AgencyKind, Level, PostRole
from motcua.foundation.organisation.tests.make import make_agency, root_of
from motcua.lib import work
from motcua.lib.clock import now

from .make import address, make_office, signed_in, text_of

pytestmark = pytest.mark.django_db
LISTS = [
    "",
    "viec/",
    "viec/?ai=toi",
    "viec/?ai=chua&han=qua",
    "cho-ky/",
    "don-vi/",
    "ho-so/",
    "y-kien/",
]


def spent(client: Client, path: str) -> int:
    """Return how many statements a page costs, the sign-in included."""
    with work.metered() as meter, CaptureQueriesContext(connection) as queries:
        text_of(client, path)
    return meter.statements + len(queries)


@pytest.mark.parametrize("path", LISTS)
def test_a_list_costs_the_same_for_one_dossier_and_for_four(path: str) -> None:
    office = make_office()
    make_received(office.commune, at=now())
    text_of(office.thu, f"/xu-ly/{path}")
    with_one = spent(office.thu, f"/xu-ly/{path}")

    for _ in range(3):
        make_received(office.commune, at=now())

    assert spent(office.thu, f"/xu-ly/{path}") == with_one


@pytest.mark.parametrize("path", ["viec/", "viec/?ai=chua", "ho-so/", "cho-ky/"])
def test_a_list_costs_two_statements_beside_the_sign_in_at_most(path: str) -> None:
    office = make_office()
    make_received(office.commune, at=now())
    text_of(office.thu, f"/xu-ly/{path}")

    assert spent(office.thu, f"/xu-ly/{path}") <= 3


@pytest.mark.parametrize("part", ["viec", "giay-to", "trao-doi", "nhat-ky"])
def test_each_part_of_a_dossier_is_shown_to_its_handler(part: str) -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    page = text_of(office.mai, f"{address(code)}?phan={part}")

    assert "Lò Thị Lan" in page


def test_a_handler_of_another_commune_does_not_know_of_the_dossier() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())
    paths = [address(code), address(code, "nhan"), f"{address(code)}mau/06/0/"]

    answers = [office.dung.get(path).status_code for path in paths]

    assert answers == [404, 404, 404]


def test_a_handler_of_another_commune_cannot_act_on_it() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    answer = office.dung.post(address(code, "nhan"))

    assert answer.status_code == 404


def test_a_stranger_is_led_to_the_sign_in_page() -> None:
    answer = Client().get("/xu-ly/viec/")

    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (
        302,
        "/tai-khoan/dang-nhap/",
    )


@pytest.mark.parametrize("path", ["cho-ky/", "don-vi/"])
def test_a_handler_has_no_pages_of_a_head(path: str) -> None:
    office = make_office()

    assert office.mai.get(f"/xu-ly/{path}").status_code == 403


def test_opening_a_dossier_is_told_in_its_trail() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())
    text_of(office.nam, address(code))

    trail = text_of(office.mai, f"{address(code)}?phan=nhat-ky")

    assert "Lường Văn Nam" in trail


def test_a_full_code_leads_to_its_dossier() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    answer = office.mai.get("/xu-ly/tim/", {"q": code.lower()})

    assert answer.headers["Location"] == address(code)


def test_a_code_of_another_commune_is_not_found() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    page = office.dung.get("/xu-ly/tim/", {"q": code})

    assert (page.status_code, "Không thấy hồ sơ nào" in page.content.decode()) == (200, True)


def test_the_progress_sheet_is_a_pdf() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    answer = office.mai.get(f"{address(code)}mau/06/0/")

    assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_kept_list_is_offered_again_and_can_be_dropped() -> None:
    office = make_office()
    office.mai.post("/xu-ly/viec/giu/", {"name": "Gấp của tôi", "query": "ai=toi&han=gap"})

    page = text_of(office.mai, "/xu-ly/viec/")
    drop = page.split("/xu-ly/viec/giu/")[1].split("/")[0]
    office.mai.post(f"/xu-ly/viec/giu/{drop}/bo/")

    after = text_of(office.mai, "/xu-ly/viec/?ai=chua")
    assert (">Gấp của tôi<" in page, ">Gấp của tôi<" in after) == (True, False)


def test_a_list_is_not_kept_without_a_name() -> None:
    office = make_office()

    office.mai.post("/xu-ly/viec/giu/", {"name": " ", "query": "ai=toi"}, follow=False)

    assert "Hãy đặt tên cho danh sách" in text_of(office.mai, "/xu-ly/viec/")


def test_the_steps_that_still_come_are_shown_above_the_open_one() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())

    page = text_of(office.mai, address(code))

    titles = re.findall(r":</span> ([^<]+)</div>", page)
    assert titles == ["Ký giấy xác nhận", "Trình lãnh đạo", "Thẩm định"]


def test_somebody_who_opens_a_dossier_twice_a_day_is_one_line() -> None:
    office = make_office()
    code = make_received(office.commune, at=now())
    text_of(office.mai, address(code))
    text_of(office.mai, address(code))

    trail = text_of(office.mai, f"{address(code)}?phan=nhat-ky")

    assert "xem · 3 lần trong ngày" in " ".join(trail.split())


def test_the_monitor_begins_with_what_is_late_in_the_whole_province() -> None:
    office = make_office()
    late = make_received(office.commune, at=MONDAY)
    monitor, _ = signed_in("Lường Văn Sát", "sat", make_provincial(), PostRole.PROVINCE_MONITOR)

    pages = [text_of(monitor, f"/xu-ly/{path}") for path in ("", "viec/?han=qua")]

    assert [late in page for page in pages] == [True, True]


def make_provincial() -> int:
    """Return the top unit of the province's own committee."""
    province = make_agency(
        "H18",
        "UBND tỉnh Điện Biên",
        kind=AgencyKind.PROVINCE_COMMITTEE,
        level=Level.PROVINCE,
        place_code="11",
    )
    return root_of(province).pk


def test_a_unit_of_another_agency_is_named_with_its_agency() -> None:
    office = make_office()
    dossier = get_dossier(make_received(office.commune, at=now()))
    other = next(a for a in organisation.tree().agencies() if a.code == "H18.102")

    named = [parts.unit_name(one, dossier) for one in (other.root_unit_id, office.commune.root_id)]

    assert named == ["Lãnh đạo, UBND xã Nà Tấu", "Lãnh đạo"]
