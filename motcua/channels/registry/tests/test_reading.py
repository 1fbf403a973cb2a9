"""Documents are read by those who may know of them, and by nobody else."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.casework.documents.tests.make import other
from motcua.lib import work

from .make import make_arrival, make_office, text_of

pytestmark = pytest.mark.django_db


def spent(client: Client, path: str) -> int:
    """Return how many statements a page costs, the sign-in included."""
    with work.metered() as meter, CaptureQueriesContext(connection) as queries:
        text_of(client, path)
    return meter.statements + len(queries)


def test_the_clerk_sees_what_waits_to_be_registered() -> None:
    office = make_office()
    document = make_arrival(office)

    page = text_of(office.dung, "/van-ban/")

    assert document.subject in page
    assert "Chờ đăng ký" in page


def test_an_officer_of_another_agency_finds_no_such_document() -> None:
    office = make_office()
    stranger = make_office("H18.102", "UBND xã Nà Tấu", tag="2")
    document = make_arrival(office)

    assert stranger.hoa.get(f"/van-ban/vb/{document.code}/").status_code == 404
    assert document.subject not in text_of(stranger.hoa, "/van-ban/den/")


def test_the_leader_reads_the_entry_and_the_history() -> None:
    office = make_office()
    document = make_arrival(office)

    page = text_of(office.hoa, f"/van-ban/vb/{document.code}/")

    assert "0123/SNV-CCHC" in page
    assert "khớp từ việc đầu" in page


@pytest.mark.parametrize("path", ["den/", "di/"])
def test_a_list_costs_the_same_for_one_document_and_for_four(path: str) -> None:
    office = make_office()
    make_arrival(office)
    text_of(office.hoa, f"/van-ban/{path}")
    with_one = spent(office.hoa, f"/van-ban/{path}")

    for number in range(3):
        make_arrival(office, other(number=str(number)))

    assert spent(office.hoa, f"/van-ban/{path}") == with_one


def test_a_citizen_is_not_let_in() -> None:
    client = Client()

    assert client.get("/van-ban/").status_code == 302
