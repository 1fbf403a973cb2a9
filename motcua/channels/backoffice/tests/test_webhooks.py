"""Administrators of the province look after those who are told."""

from uuid import uuid4

import pytest
from django.test import Client

from motcua.casework.webhooks.api import SubscriptionState, Telling, TellingState
from motcua.casework.webhooks.tests.make import make_lan, make_subscription
from motcua.foundation.organisation import api as organisation

from .people import page_of

pytestmark = pytest.mark.django_db
URL = "https://he-thong.vn/nhan"


def posted(client: Client, path: str, **values: str) -> int:
    answer = client.post(f"/quan-tri/{path}", {"request_key": str(uuid4()), **values})
    return answer.status_code


def test_a_subscription_is_found_tried_paused_and_its_messages_sent_again(quan: Client) -> None:
    make_lan()
    row, secret = make_subscription(URL, name="Kho dữ liệu")
    here = f"bao-tin/{row.code}/"

    tried = posted(quan, f"{here}viec/gui-thu/")
    Telling.objects.update(state=TellingState.DEAD)
    listed, page, start = page_of(quan, "bao-tin/"), page_of(quan, here), page_of(quan, "")
    message_id = Telling.objects.get().message_id
    again = posted(quan, f"{here}tin/{message_id}/")
    paused = posted(quan, f"{here}viec/tam-dung/")

    row.refresh_from_db()
    assert (tried, again, paused, row.state) == (302, 302, 302, SubscriptionState.PAUSED)
    assert Telling.objects.get().state == TellingState.WAITING
    assert all(words in text for words, text in (("Kho dữ liệu", listed), ("Gửi thử", page)))
    assert ("1 tin không giao được" in start, secret in page) == (True, False)


def test_everything_since_a_day_is_sent_again_and_a_wrong_day_is_refused(quan: Client) -> None:
    make_lan()
    row, _ = make_subscription(URL)
    here = f"bao-tin/{row.code}/gui-lai/"

    assert (posted(quan, here, day="32/13/2026"), posted(quan, here, day="02/03/2026")) == (
        422,
        302,
    )


def test_pages_of_one_state_and_unknown_things(quan: Client) -> None:
    make_lan()
    row, _ = make_subscription(URL)
    here = f"bao-tin/{row.code}/"

    assert "Chưa có tin nào" in page_of(quan, f"{here}?trang-thai=dead&truoc=7")
    assert page_of(quan, "bao-tin/wh_khong/") == "404"
    assert posted(quan, f"{here}viec/an-trom/") == 404
    assert posted(quan, f"{here}bo/") == 302
    assert posted(quan, f"{here}viec/bat-lai/") == 404


def test_it_is_for_the_province_alone(
    xuan: Client, dung: Client, commune: organisation.Agency
) -> None:
    make_lan()
    row, _ = make_subscription(URL)

    answers = {
        page_of(client, path)
        for client in (xuan, dung)
        for path in ("bao-tin/", f"bao-tin/{row.code}/", f"bao-tin/{row.code}/gui-lai/")
    }

    assert (answers, commune.pk > 0) == ({"403"}, True)
