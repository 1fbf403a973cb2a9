"""A statement that the database gives up is told as slow, not as a database that is away."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture(params=["statement_timeout", "lock_timeout"])
def held_up(client: Client, request: pytest.FixtureRequest) -> Iterator[None]:
    """Let somebody hold what every page needs, and the database wait no longer than 50 ms."""
    client.get("/thu-tuc/")
    holder = connection.copy()
    holder.set_autocommit(False)
    with holder.cursor() as cursor:
        cursor.execute("LOCK TABLE procedures_procedure, identity_account, identity_signinpolicy")
    with connection.cursor() as cursor:
        cursor.execute(f"SET {request.param} = '50ms'")
    yield
    holder.rollback()
    holder.close()
    connection.close()


@pytest.mark.usefixtures("held_up")
def test_a_page_that_takes_too_long_says_so_and_what_to_do(client: Client) -> None:
    answer = client.get("/thu-tuc/?q=khai+sinh")

    page = answer.content.decode()
    assert (answer.status_code, "mất quá nhiều thời gian" in page) == (503, True)
    assert ("thu hẹp" in page, "khởi động lại" in page) == (True, False)


@pytest.mark.usefixtures("held_up")
def test_what_was_typed_is_kept_and_there_is_a_way_back_to_it(client: Client) -> None:
    place = "http://testserver/tai-khoan/dang-nhap/"

    answer = client.post(
        "/tai-khoan/dang-nhap/",
        {"login": "lan", "password": "sai"},
        headers={"referer": place, "host": "testserver"},
    )

    page = answer.content.decode()
    assert (answer.status_code, "những gì đã nhập vẫn còn" in page) == (503, True)
    assert ("data-passing" in page, f'href="{place}"' in page) == (True, True)


@pytest.mark.usefixtures("held_up")
def test_the_interface_says_so_too(client: Client) -> None:
    typed = {"username": "lan", "password": "sai"}

    answer = client.post("/api/v1/sessions", typed, content_type="application/json")

    assert (answer.status_code, answer.json()["title"]) == (
        503,
        "Việc này mất quá nhiều thời gian",
    )
