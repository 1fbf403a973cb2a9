"""The tree, agencies, units, posts and officers on the screen."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from motcua.channels.backoffice.staff_files import blank
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.tests.make import (
    make_agency,
    make_officer,
    make_post,
    make_unit,
    root_of,
)
from motcua.lib import work

from .people import page_of

pytestmark = pytest.mark.django_db
DIVISION = {
    "name": "Phòng Kinh tế",
    "short_name": "",
    "code": "H18.101.KT",
    "kind": "division",
    "parent": "",
    "valid_from": "1/7/2026",
    "valid_to": "",
    "basis": "QĐ 12/QĐ-UBND",
}
ROOM = "don-vi/H18.101.KT/"


def post(client: Client, path: str, **values: str) -> str:
    """Send a form and return where it leads, or what is complained about."""
    data = {"request_key": str(uuid4()), **values}
    answer = client.post(f"/quan-tri/{path}", data)
    return answer.headers.get("Location") or answer.content.decode()


def test_the_tree_shows_the_agencies_below_each_other(
    quan: Client, commune: organisation.Agency
) -> None:
    page = page_of(quan, "to-chuc/")

    assert [name in page for name in ("UBND tỉnh Điện Biên", commune.name)] == [True, True]


def test_agencies_stand_in_the_order_people_count(
    quan: Client, province: organisation.Agency
) -> None:
    for code in ("H18.11", "H18.101", "H18.9"):
        make_agency(code, parent=province)

    page = page_of(quan, "to-chuc/")

    assert list(dict.fromkeys(re.findall(r"H18\.\d+", page)))[-3:] == ["H18.9", "H18.11", "H18.101"]


def test_the_tree_of_a_day_before_the_reform_is_empty(
    quan: Client, commune: organisation.Agency
) -> None:
    page = page_of(quan, "to-chuc/?ngay=30/6/2025")

    assert ("Không có cơ quan nào vào ngày này." in page, commune.name in page) == (True, False)


def test_a_day_that_is_none_is_complained_about(quan: Client) -> None:
    answer = quan.get("/quan-tri/to-chuc/", {"ngay": "31/2/2026"})

    assert (answer.status_code, "Không có ngày 31/2/2026." in answer.content.decode()) == (
        422,
        True,
    )


def test_a_unit_is_found_without_tones(quan: Client, commune: organisation.Agency) -> None:
    make_unit(commune)

    assert "Phòng Kinh tế" in page_of(quan, "to-chuc/?q=kinh te")


def test_the_tree_costs_the_same_for_one_agency_or_many(
    quan: Client, commune: organisation.Agency, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_unit(commune)
    page_of(quan, "to-chuc/")

    with work.metered() as meter, django_assert_num_queries(0):
        page_of(quan, "to-chuc/")

    assert meter.statements == 1


@pytest.mark.parametrize(
    "path", ["", "to-chuc/", "co-quan/H18.101/", "don-vi/H18.101.LD/", "can-bo/", "to-chuc/nhap/"]
)
def test_an_officer_without_powers_sees_none_of_it(dung: Client, path: str) -> None:
    assert page_of(dung, path) == "403"


def test_a_stranger_is_led_to_the_sign_in(client: Client, commune: organisation.Agency) -> None:
    answer = client.get(f"/quan-tri/co-quan/{commune.code}/")

    assert answer.headers["Location"].startswith("/tai-khoan/dang-nhap/")


def test_an_unknown_agency_is_not_found(quan: Client) -> None:
    assert page_of(quan, "co-quan/H18.999/") == "404"


def test_an_agency_is_founded_below_another(quan: Client, province: organisation.Agency) -> None:
    went = post(
        quan,
        "co-quan/them/",
        name="UBND xã Nà Tấu",
        code="H18.102",
        kind="commune_committee",
        level="commune",
        parent=str(province.pk),
        valid_from="1/7/2026",
    )

    found = organisation.get_agency("H18.102")
    assert (went, found.parent_id) == ("/quan-tri/co-quan/H18.102/", province.pk)


def test_a_commune_administrator_founds_no_agency(xuan: Client) -> None:
    values = {"name": "UBND xã Nà Tấu", "code": "H18.102", "valid_from": "1/7/2026"}
    answer = xuan.post(
        "/quan-tri/co-quan/them/",
        values | {"kind": "commune_committee", "level": "commune", "parent": ""},
    )

    assert answer.status_code == 403


def test_a_unit_is_set_up_once_however_often_the_form_arrives(
    xuan: Client, commune: organisation.Agency
) -> None:
    path, values = f"co-quan/{commune.code}/them-don-vi/", {**DIVISION, "request_key": "a"}

    went = [post(xuan, path, **values), post(xuan, path, **values)]

    assert went == [f"/quan-tri/{ROOM}"] * 2
    assert len(organisation.versions_of_unit(organisation.get_unit("H18.101.KT").pk)) == 1


def test_a_refused_unit_keeps_what_was_typed(xuan: Client, commune: organisation.Agency) -> None:
    page = post(xuan, f"co-quan/{commune.code}/them-don-vi/", **DIVISION | {"code": "kinh tế"})

    assert "chỉ được dùng chữ số, chữ hoa A–Z và dấu chấm" in page
    assert 'value="QĐ 12/QĐ-UBND"' in page


def test_no_unit_is_set_up_in_an_agency_of_others(
    xuan: Client, province: organisation.Agency
) -> None:
    answer = xuan.post(f"/quan-tri/co-quan/{province.code}/them-don-vi/", DIVISION)

    assert answer.status_code == 403


def test_a_temporary_body_has_a_last_day(xuan: Client, commune: organisation.Agency) -> None:
    council = {"name": "Hội đồng xét duyệt", "code": "H18.101.HD1", "kind": "council"}
    post(
        xuan,
        f"co-quan/{commune.code}/them-don-vi/",
        **DIVISION | council | {"valid_to": "31/12/2026"},
    )

    unit = organisation.get_unit("H18.101.HD1")
    [version] = organisation.versions_of_unit(unit.pk)
    assert (unit.kind, version.valid_to) == ("council", date(2026, 12, 31))


def test_a_unit_changes_from_a_day_on(xuan: Client, commune: organisation.Agency) -> None:
    unit = make_unit(commune)
    values = {"name": "Phòng Kinh tế – Hạ tầng", "valid_from": "1/9/2026"}

    went = post(xuan, f"{ROOM}thay-doi/", **DIVISION | values)

    names = [version.name for version in organisation.versions_of_unit(unit.pk)]
    assert (went, names) == (f"/quan-tri/{ROOM}", ["Phòng Kinh tế – Hạ tầng", "Phòng Kinh tế"])


def test_a_unit_ends_with_a_day(xuan: Client, commune: organisation.Agency) -> None:
    unit = make_unit(commune)

    post(xuan, f"{ROOM}cham-dut/", on="31/8/2026", basis="QĐ 5")

    [version] = organisation.versions_of_unit(unit.pk)
    assert version.valid_to == date(2026, 8, 31)


def test_a_unit_is_merged_into_another(xuan: Client, commune: organisation.Agency) -> None:
    unit, heir = make_unit(commune), make_unit(commune, "H18.101.VP", "Văn phòng")

    post(xuan, f"{ROOM}ke-tuc/", kind="merge", to="H18.101.VP", on="1/9/2026")

    [link] = organisation.successions_of_unit(unit.pk)
    assert (link.kind, link.to_unit_id) == ("merge", heir.pk)


def test_an_heir_nobody_knows_is_complained_about(
    xuan: Client, commune: organisation.Agency
) -> None:
    make_unit(commune)

    page = post(xuan, f"{ROOM}ke-tuc/", kind="merge", to="H18.101.X", on="1/9/2026")

    assert "Không có đơn vị nào mang mã “H18.101.X”." in page


def test_a_post_is_set_up_and_filled(xuan: Client, commune: organisation.Agency) -> None:
    make_unit(commune)
    make_officer("Trần Văn Bình", code="CB0001")

    went = post(
        xuan, f"{ROOM}them-vi-tri/", title="Chuyên viên", role="handler", valid_from="1/7/2026"
    )
    post(xuan, "vi-tri/H18.101.KT-01/giao/", officer="CB0001", valid_from="1/7/2026")

    assert went == "/quan-tri/vi-tri/H18.101.KT-01/"
    assert "Trần Văn Bình" in page_of(xuan, "vi-tri/H18.101.KT-01/")


def test_a_post_is_not_filled_twice(xuan: Client, commune: organisation.Agency) -> None:
    held = make_post(make_unit(commune), holder=make_officer())
    make_officer("Lê Thị Hoa", code="CB0002")

    page = post(xuan, f"vi-tri/{held.code}/giao/", officer="CB0002", valid_from="1/7/2026")

    assert "Trần Văn Bình đang giữ vị trí này trong thời gian đó." in page


def test_a_post_is_left_and_ended(xuan: Client, commune: organisation.Agency) -> None:
    held = make_post(make_unit(commune), holder=make_officer())

    post(xuan, f"vi-tri/{held.code}/thoi-giu/", on="31/7/2026")
    post(xuan, f"vi-tri/{held.code}/cham-dut/", on="31/8/2026")

    [holding] = organisation.holdings_of_post(held.pk)
    assert holding.valid_to == date(2026, 7, 31)
    assert organisation.get_post(held.code).valid_to == date(2026, 8, 31)


def test_an_officer_joins_and_gets_a_post(xuan: Client, commune: organisation.Agency) -> None:
    held = make_post(make_unit(commune))

    went = post(
        xuan, "can-bo/them/", full_name="Trần Văn Bình", code="CB0001", joined_on="1/7/2026"
    )
    post(xuan, "can-bo/CB0001/giao-vi-tri/", post=held.code, valid_from="2/7/2026")

    assert went == "/quan-tri/can-bo/CB0001/"
    [holding] = organisation.holdings_of_post(held.pk)
    assert holding.officer.code == "CB0001"


def test_the_list_of_officers_stays_inside_the_agency(
    xuan: Client, province: organisation.Agency
) -> None:
    make_post(root_of(province), holder=make_officer("Nguyễn Thị Tỉnh", code="CB0009"))

    page = page_of(xuan, "can-bo/?q=thi")

    assert ("Lò Thị Xuân" in page, "Nguyễn Thị Tỉnh" in page) == (True, False)


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_of_officers_costs_one_statement(
    quan: Client, how_many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(how_many):
        make_officer(code=f"CB{number}")
    page_of(quan, "can-bo/")

    with django_assert_num_queries(1):
        page_of(quan, "can-bo/")


def test_an_officer_who_left_yesterday_has_no_account_any_more(
    quan: Client, dung: Client, commune: organisation.Agency
) -> None:
    before = page_of(dung, "").split()[:1]

    went = post(quan, "can-bo/CB-dung/thoi-viec/", on="20/11/2025", basis="QĐ 9")

    assert (before, went) == (["403"], "/quan-tri/can-bo/CB-dung/")
    assert page_of(dung, f"co-quan/{commune.code}/") == "302"


def test_the_start_page_of_a_commune_hides_the_state_of_the_system(
    quan: Client, xuan: Client
) -> None:
    pages = page_of(quan, ""), page_of(xuan, "")

    assert ["Tình trạng hệ thống" in page for page in pages] == [True, False]


def test_only_the_province_sends_a_dead_letter_again(quan: Client, xuan: Client) -> None:
    answers = [person.post("/quan-tri/gui-lai/99/").status_code for person in (quan, xuan)]

    assert answers == [404, 403]


@pytest.mark.usefixtures("commune")
def test_a_spreadsheet_is_rehearsed_and_then_carried_out(quan: Client) -> None:
    sheet = SimpleUploadedFile("can-bo.xlsx", blank())

    report = quan.post("/quan-tri/to-chuc/nhap/", {"file": sheet}).content.decode()
    found = re.search(r'name="token" value="([^"]+)"', report)
    before = organisation.find_officer("CB0001")
    went = post(quan, "to-chuc/nhap/thuc-hien/", token=found[1] if found else "")

    assert ("Chạy thử đạt" in report, before, went) == (True, None, "/quan-tri/can-bo/")
    assert organisation.get_officer("CB0001").full_name == "Nguyễn Văn Mẫu"


def test_a_file_that_is_no_spreadsheet_is_refused_beside_the_field(quan: Client) -> None:
    sheet = SimpleUploadedFile("can-bo.xlsx", b"khong phai bang tinh")

    answer = quan.post("/quan-tri/to-chuc/nhap/", {"file": sheet})

    assert (answer.status_code, 'id="id_file-error"' in answer.content.decode()) == (422, True)


def test_the_template_is_handed_out(quan: Client) -> None:
    answer = quan.get("/quan-tri/to-chuc/nhap/mau/")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="mau-nhap-can-bo.xlsx"'


@pytest.mark.parametrize("code", ["CB 01", "CB/01", "cán-bộ"])
def test_a_code_that_would_break_addresses_is_refused_beside_its_field(
    quan: Client, code: str
) -> None:
    answer = quan.post(
        "/quan-tri/can-bo/them/",
        {"full_name": "Lò Văn Ban", "code": code, "joined_on": "1/7/2026"},
    )

    assert (answer.status_code, "không có dấu cách hay" in answer.content.decode()) == (422, True)
