"""The pages for people who write programs."""

import pytest
from django.test import Client

from motcua.channels.api.describing import SUBJECTS
from motcua.channels.api.guide import subjects_of
from motcua.channels.api.urls import interface

pytestmark = pytest.mark.django_db


def test_every_endpoint_belongs_to_a_subject_of_the_guide(client: Client) -> None:
    text = client.get("/api/openapi.json").json()

    count = sum(len(methods) for methods in text["paths"].values())
    assert sum(number for _, _, number in subjects_of(interface)) == count


def test_the_guide_leads_to_every_subject(client: Client) -> None:
    page = client.get("/api/").content.decode()

    assert [name for name in SUBJECTS if f'href="/api/muc/{name}/"' not in page] == []


@pytest.mark.parametrize("subject", sorted(SUBJECTS))
def test_a_subject_shows_its_endpoints_with_examples(client: Client, subject: str) -> None:
    page = client.get(f"/api/muc/{subject}/").content.decode()

    assert page.count("curl -X") >= 1


def test_a_subject_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get("/api/muc/khong-co/").status_code == 404


def test_an_unknown_address_of_the_interface_is_answered_as_a_problem(client: Client) -> None:
    answer = client.get("/api/v1/nowhere")

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
