"""Documents are read by those who may know of them, and by nobody else."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import Document, RouteIn
from motcua.casework.documents.tests.make import other
from motcua.casework.tasks import api as tasks
from motcua.casework.tasks.api import Origin
from motcua.channels.registry.reading.showing import due_badge
from motcua.foundation.access import api as access
from motcua.lib import work
from motcua.lib.clock import now

from .make import Office, make_arrival, make_office, text_of

pytestmark = pytest.mark.django_db


def spent(client: Client, path: str) -> int:
    """Return how many statements a page costs, the sign-in included."""
    with work.metered() as meter, CaptureQueriesContext(connection) as queries:
        text_of(client, path)
    return meter.statements + len(queries)


@pytest.mark.parametrize(
    ("due", "word"),
    [
        (datetime(2026, 3, 2, 16, 0, tzinfo=UTC), "Hôm nay"),
        (datetime(2026, 3, 2, 23, 0, tzinfo=UTC), "03/03/2026 06:00"),
    ],
)
def test_today_is_the_day_in_hanoi(due: datetime, word: str) -> None:
    badge = due_badge(due, datetime(2026, 3, 2, 13, 0, tzinfo=UTC))

    assert badge is not None
    assert badge.word == word


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


def waiting_for_hoa(office: Office) -> Document:
    """Register a document now, and bring it before the leader."""
    dung = access.actor_now(office.accounts["dung"], at=now()).actor
    document = make_arrival(office)
    to = RouteIn(office.root_id, words="Kính trình")
    return documents.register(document.code, by=dung, at=now(), to=to)


def test_what_waits_is_marked_until_it_is_opened() -> None:
    office = make_office()
    document = waiting_for_hoa(office)

    before = [text_of(office.hoa, path) for path in ("/van-ban/", "/van-ban/den/")]
    text_of(office.hoa, f"/van-ban/vb/{document.code}/")
    after = [text_of(office.hoa, path) for path in ("/van-ban/", "/van-ban/den/")]

    assert ["Chưa đọc: " in page for page in before] == [True, True]
    assert ["Chưa đọc: " in page for page in after] == [False, False]
    assert "1 việc chờ, 1 chưa đọc" in before[0]


def test_opening_by_somebody_else_leaves_the_mark() -> None:
    office = make_office()
    document = waiting_for_hoa(office)

    text_of(office.dung, f"/van-ban/vb/{document.code}/")

    assert "Chưa đọc: " in text_of(office.hoa, "/van-ban/den/")


def test_the_day_shows_ones_own_tasks_beside_documents() -> None:
    office = make_office()
    tuan = access.actor_now(office.accounts["tuan"], at=now()).actor
    facts = tasks.TaskIn(
        "Rà soát quỹ đất",
        office.agency_id,
        lead_unit_id=office.division_id,
        lead_account_id=tuan.id,
        origin_kind=Origin.OWN,
    )
    before = spent(office.tuan, "/van-ban/")
    tasks.give_task(facts, by=tuan, at=now())

    page = text_of(office.tuan, "/van-ban/")

    assert "Rà soát quỹ đất" in page
    assert spent(office.tuan, "/van-ban/") == before
