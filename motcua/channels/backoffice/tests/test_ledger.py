"""The ledger on the administrators' screen."""

import pytest
from django.test import Client
from pytest_django import Settings

from motcua.foundation.ledger import api as ledger
from motcua.foundation.ledger.tests.make import MONDAY, make_fact, settle, use_key, write
from motcua.lib.clock import now

from .people import page_of

pytestmark = pytest.mark.django_db
PATH = "so-cam-ket/"


def test_the_ledger_is_for_the_whole_province_only(
    quan: Client, xuan: Client, dung: Client
) -> None:
    pages = [page_of(person, PATH) for person in (quan, xuan, dung)]

    assert ["<h1>" in pages[0], *pages[1:]] == [True, "403", "403"]


def test_a_missing_key_is_said_on_both_pages(quan: Client) -> None:
    assert "Chưa có khóa ký" in page_of(quan, PATH)
    assert "Đầu sổ cam kết không được ký." in page_of(quan, "")


def test_a_stopped_stream_is_said_on_both_pages_with_its_reason(
    quan: Client, settings: Settings
) -> None:
    use_key(settings)
    why = "Gốc của 1 lá không còn như lúc niêm phong."
    trail = ledger.Stream.objects.filter(pk="trail")
    trail.update(state="stopped", stopped_at=now(), stopped_why=why)

    pages = [page_of(quan, path) for path in (PATH, "")]

    assert [why in page for page in pages] == [True, True]


@pytest.mark.django_db(transaction=True)
def test_heads_are_listed_with_who_signed_them(quan: Client, settings: Settings) -> None:
    write(make_fact())
    settle()
    use_key(settings)
    write(make_fact(2))
    settle(at=MONDAY + ledger.EVERY)

    page = page_of(quan, PATH)

    assert "UBND tỉnh Điện Biên" in page
    assert "chưa ký" in page
