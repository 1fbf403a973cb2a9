"""Finding a procedure and reading it."""

from datetime import datetime
from http import HTTPStatus

import pytest
from django.test import Client

from motcua.casework.dossiers.tests.make import make_commune
from motcua.casework.procedures.tests.make import (
    PAPERS_ELSEWHERE,
    TEXT,
    WITHOUT_UNIT,
    bring_text,
    make_procedure,
)
from motcua.channels.portal.desks import desk_of_agency
from motcua.channels.portal.guide import case_for, facts_from, guide_to
from motcua.foundation.identity.tests.make import make_account
from motcua.lib.clock import HANOI

from .make import QUESTIONS, definition_from

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_home_page_asks_what_is_to_be_done(client: Client) -> None:
    make_commune()

    page = text_of(client, "/")

    assert page.count("kit-tiles__tile") == 8
    assert "Bà con cần làm việc gì?" in page
    assert "Trung tâm Phục vụ hành chính công" in page


@pytest.mark.parametrize("asked", ["độc thân", "doc than", "tinh trang hon nhan", "1.004873"])
def test_a_procedure_is_found_with_and_without_tones(client: Client, asked: str) -> None:
    make_procedure()

    page = client.get("/thu-tuc/", {"q": asked}).content.decode()

    assert page.count("portal-results__name") == 1


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ({"su-kien": "ket-hon"}, 1),
        ({"su-kien": "qua-doi"}, 0),
        ({"linh-vuc": "G15-HT"}, 1),
        ({"linh-vuc": "G10-DD"}, 0),
        ({"cap": "commune"}, 1),
        ({"cap": "province"}, 0),
        ({"co-quan": "H18.101"}, 1),
    ],
)
def test_the_list_is_narrowed(client: Client, narrowed: dict[str, str], found: int) -> None:
    make_procedure()
    make_commune()

    page = client.get("/thu-tuc/", narrowed).content.decode()

    assert page.count("portal-results__name") == found


def test_nothing_found_says_what_to_try(client: Client) -> None:
    page = client.get("/thu-tuc/", {"q": "xyz"}).content.decode()

    assert "Chưa thấy thủ tục nào như vậy." in page


def test_an_unknown_procedure_is_a_page_with_a_sentence(client: Client) -> None:
    answer = client.get("/thu-tuc/9.999999/")

    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert "Không có thủ tục mang mã" in answer.content.decode()


def test_the_page_of_a_procedure_shows_what_the_law_lists(client: Client) -> None:
    make_procedure()
    make_commune()

    page = text_of(client, "/thu-tuc/1.004873/")

    shown = ("Xin giấy xác nhận độc thân", "3 ngày làm việc", "15.000 đồng", "60/2014/QH13")
    assert [words for words in shown if words not in page] == []
    assert 'href="/nop-ho-so/1.004873/"' in page


def test_a_procedure_of_another_system_is_shown_and_linked_only(client: Client) -> None:
    make_procedure(
        text=TEXT + 'processing_system: G01\noutside_link: "https://dvc.example/ly-lich"\n'
    )

    page = text_of(client, "/thu-tuc/1.004873/")

    assert 'href="https://dvc.example/ly-lich"' in page
    assert "/nop-ho-so/" not in page


def test_a_demo_procedure_says_so(client: Client) -> None:
    make_procedure(text=TEXT + "demo: true\n")

    assert "Dữ liệu minh họa" in text_of(client, "/thu-tuc/1.004873/")


def test_answers_lead_to_the_case_and_its_papers() -> None:
    definition = definition_from(TEXT + QUESTIONS)

    guide = guide_to(0, definition, {"cap_lai": "true", "ho_ngheo": "true"})

    assert guide.case is not None
    assert guide.case.code == "cap-lai"
    assert [paper["name"] for paper in guide.papers] == [
        "Tờ khai theo mẫu",
        "Giấy xác nhận đã cấp",
        "Giấy tờ tùy thân",
    ]
    assert dict(guide.five)["Bao nhiêu tiền"] == "Được miễn"


def test_strange_answers_are_left_out() -> None:
    definition = definition_from(TEXT + QUESTIONS)

    facts = facts_from(definition, {"cap_lai": "maybe", "ho_ngheo": "false", "other": "1"})

    assert facts == {"ho_ngheo": False}


def test_without_answers_the_case_stays_open() -> None:
    definition = definition_from(TEXT + QUESTIONS)

    assert case_for(definition, {}) is None


@pytest.mark.parametrize(
    ("at", "opens_next"),
    [
        (datetime(2026, 3, 2, 9, tzinfo=HANOI), ""),
        (datetime(2026, 3, 2, 6, tzinfo=HANOI), "7 giờ 30, hôm nay"),
        (datetime(2026, 3, 6, 18, tzinfo=HANOI), "7 giờ 30, thứ Hai, 09/03/2026"),
    ],
)
def test_the_desk_says_when_it_opens_next(at: datetime, opens_next: str) -> None:
    commune = make_commune()

    desk = desk_of_agency(commune.agency_id, at)

    assert desk is not None
    assert (desk.is_open, desk.opens_next) == (opens_next == "", opens_next)


def test_the_chosen_commune_is_remembered(client: Client) -> None:
    make_commune("H18.101", "UBND xã Mường Phăng")
    make_commune("H18.102", "UBND phường Mường Thanh", first=11)

    answer = client.get("/noi-o/", {"xa": "H18.102", "tiep": "/"})

    assert answer.headers["Location"] == "/"
    assert "UBND phường Mường Thanh\n" in text_of(client, "/")


def test_a_stranger_address_is_not_followed(client: Client) -> None:
    answer = client.get("/noi-o/", {"tiep": "https://evil.example/"})

    assert answer.headers["Location"] == "/"


def test_an_unclear_procedure_is_found_and_read_but_not_filed(client: Client) -> None:
    bring_text(cach_thuc_thuc_hien=WITHOUT_UNIT)

    found = text_of(client, "/thu-tuc/?q=nuoi+chim")
    page = text_of(client, "/thu-tuc/1.900001/")

    said = (
        "Thời hạn không có đơn vị: “7”",
        "Chưa nộp được ở đây",
        "Chưa rõ: 7",
        "Trực tuyến",
        "Xem trên Cổng Dịch vụ công quốc gia",
    )
    assert found.count("portal-results__name") == 1
    assert [words for words in said if words not in page] == []
    assert "/nop-ho-so/1.900001/" not in page


def test_papers_nobody_could_read_are_not_said_to_be_none(client: Client) -> None:
    bring_text(thanh_phan_ho_so=PAPERS_ELSEWHERE)

    page = text_of(client, "/thu-tuc/1.900001/")

    assert ("Chưa rõ, đang chờ xác nhận; xem nguyên lời" in page, "Không phải nộp" in page) == (
        True,
        False,
    )


def test_an_unclear_procedure_cannot_be_begun(client: Client) -> None:
    bring_text(cach_thuc_thuc_hien=WITHOUT_UNIT)
    client.force_login(make_account(username="lan"))

    answer = client.get("/nop-ho-so/1.900001/")

    assert answer.headers["Location"] == "/thu-tuc/1.900001/"


def test_sectors_and_agencies_are_doors_to_the_catalogue(client: Client) -> None:
    make_procedure()
    make_commune()

    page = text_of(client, "/linh-vuc/")

    doors = ("?linh-vuc=G15-HT", "?co-quan=H18.101", "?su-kien=ket-hon")
    assert [door for door in doors if door not in page] == []
