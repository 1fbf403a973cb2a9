"""After a crash of the database each kept connection is dead once; nobody meets a 500."""

from http import HTTPStatus

import pytest
from django.db import OperationalError, connection
from django.test import Client

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def lose_connection() -> None:
    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


def test_a_page_is_asked_for_again_on_a_new_connection(client: Client) -> None:
    client.get("/thu-tuc/")
    lose_connection()

    assert client.get("/thu-tuc/").status_code == HTTPStatus.OK


def test_what_was_sent_is_not_sent_again_and_the_page_says_what_to_do(client: Client) -> None:
    client.get("/thu-tuc/")
    lose_connection()

    answer = client.post("/thu-tuc/")
    connection.close()

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "gửi hai lần vẫn chỉ thành một hồ sơ" in answer.content.decode()


def test_the_interface_answers_with_a_problem(client: Client) -> None:
    client.get("/thu-tuc/")
    lose_connection()

    typed = {"username": "lan", "password": "sai"}
    answer = client.post("/api/v1/sessions", typed, content_type="application/json")
    connection.close()

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
