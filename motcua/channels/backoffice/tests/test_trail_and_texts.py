"""The trail, texts of messages and shared lists on the screen."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from motcua.foundation.audit import api as audit
from motcua.foundation.codelists import api as codelists
from motcua.foundation.notifications import api as notifications
from motcua.foundation.people import api as people
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now

from .people import page_of

pytestmark = pytest.mark.django_db
BINH = Actor(3, "Trần Văn Bình", title="Chuyên viên")
TEA = notifications.Kind("tea.ready", "Chè đã pha", "Chè của {name}", "Mời {name} uống chè.")
NUMBER = "011199000123"
REASONS = "thieu | Thiếu giấy tờ\nsai | Giấy tờ chưa đúng | Ghi rõ chỗ sai"


@pytest.fixture
def _tea() -> Iterator[None]:
    """Declare a kind of messages that every page of this test knows."""
    notifications.declare(TEA)
    yield
    del notifications.kinds[TEA.code]


def post(client: Client, path: str, **values: str) -> str:
    """Send a form and return where it leads, or what the page says."""
    answer = client.post(f"/quan-tri/{path}", {"request_key": str(uuid4()), **values})
    return answer.headers.get("Location") or answer.content.decode()


@pytest.mark.parametrize("path", ["nhat-ky/", "nhat-ky/da-xem/", "thong-bao/", "danh-muc/"])
def test_these_pages_are_for_the_whole_province_only(
    quan: Client, xuan: Client, dung: Client, path: str
) -> None:
    pages = [page_of(person, path) for person in (quan, xuan, dung)]

    assert ["<h1>" in pages[0], *pages[1:]] == [True, "403", "403"]


@pytest.mark.parametrize(
    ("query", "is_there"),
    [("subject=parcel:7", True), ("subject=parcel:8", False), ("actor_name=bình", True)],
)
def test_the_trail_is_searched(quan: Client, query: str, *, is_there: bool) -> None:
    audit.record_access("parcels.open", "parcel:7", by=BINH, at=now())
    page = page_of(quan, f"nhat-ky/da-xem/?{query}")

    assert ("parcels.open" in page) is is_there


def test_who_asked_for_what_they_may_not_know_is_found_at_once(quan: Client) -> None:
    audit.record_attempt("dossier:H18.101-1", by=BINH, at=now(), asked="GET office:dossier")
    audit.record_access("dossiers.view", "dossier:H18.101-2", by=BINH, at=now())
    page = page_of(quan, "nhat-ky/?action=access.refused")

    assert [code in page for code in ("H18.101-1", "H18.101-2")] == [True, False]


def test_what_an_administrator_did_stands_in_the_trail(quan: Client) -> None:
    post(quan, "can-bo/them/", full_name="Trần Văn Bình", code="CB0001", joined_on="1/7/2026")

    page = page_of(quan, "nhat-ky/?subject=officer:CB0001")

    assert ("Thêm cán bộ" in page, "Vũ Thị Quản" in page) == (True, True)


def test_days_far_apart_are_complained_about(quan: Client) -> None:
    answer = quan.get("/quan-tri/nhat-ky/", {"earliest": "1/1/2025", "latest": "1/1/2026"})

    assert (answer.status_code, "nhiều nhất 92 ngày" in answer.content.decode()) == (422, True)


def test_the_trail_costs_one_statement(
    quan: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page_of(quan, "nhat-ky/")

    with django_assert_num_queries(1):
        page_of(quan, "nhat-ky/")


def test_who_saw_a_person_is_found_by_number_and_the_search_is_noted(quan: Client) -> None:
    facts = people.PersonFacts("Nguyễn Thị Lan", NUMBER)
    lan = people.remember_person(facts, by=BINH, at=now())
    audit.record_access("parcels.open", "parcel:7", by=BINH, at=now(), person_id=lan.pk)
    audit.record_access("parcels.open", "parcel:9", by=BINH, at=now(), person_id=lan.pk + 1)
    today = f"{local_day(now()):%d/%m/%Y}"

    page = post(quan, "nhat-ky/da-xem/", personal_id=NUMBER, earliest=today, latest=today)

    assert ("parcel:7" in page, "parcel:9" in page) == (True, False)
    assert audit.accesses_to_person(lan.pk)[0].purpose == "audit.accesses"


@pytest.mark.usefixtures("_tea")
def test_a_text_is_published_from_a_day_on(quan: Client) -> None:
    went = post(
        quan,
        "thong-bao/tea.ready/",
        subject="Chè nóng của {name}",
        body="Mời {name}.",
        valid_from="1/1/2026",
    )

    text = notifications.text_on(TEA, local_day(now()))
    assert (went, text.subject, text.body, text.english) == (
        "/quan-tri/thong-bao/",
        "Chè nóng của {name}",
        "Mời {name}.",
        None,
    )


@pytest.mark.usefixtures("_tea")
def test_a_text_with_an_unknown_place_is_complained_about(quan: Client) -> None:
    page = post(
        quan, "thong-bao/tea.ready/", subject="Chè", body="Mời {ten}.", valid_from="1/1/2026"
    )

    assert ('id="id_body-error"' in page, "Mời {ten}." in page) == (True, True)


def test_reasons_are_published_and_shown_in_order(quan: Client) -> None:
    added = post(quan, "danh-muc/them/", name="Lý do yêu cầu bổ sung", code="ly-do-bo-sung")
    went = post(quan, "danh-muc/ly-do-bo-sung/", entries=REASONS, valid_from="1/1/2026")

    codelists.lists()
    codes = [code.code for code in codelists.codes("ly-do-bo-sung", on=local_day(now()))]
    assert (added, went) == ("/quan-tri/danh-muc/ly-do-bo-sung/",) * 2
    assert codes == ["thieu", "sai"]


def test_a_line_without_a_name_is_complained_about(quan: Client) -> None:
    post(quan, "danh-muc/them/", name="Lý do yêu cầu bổ sung", code="ly-do-bo-sung")

    page = post(quan, "danh-muc/ly-do-bo-sung/", entries="thieu", valid_from="1/1/2026")

    assert "Dòng 1 phải có mã và tên" in page


def test_an_unknown_list_is_not_found(quan: Client) -> None:
    assert page_of(quan, "danh-muc/khong-co/") == "404"
