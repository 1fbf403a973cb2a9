"""Pay on the portal: whoever holds the address sees and pays; only a partner's word counts."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from motcua.casework.payments import api as payments
from motcua.casework.payments.api import Channel
from motcua.casework.payments.tests.make import MONDAY, Partner, make_order, make_till, raw, said
from motcua.lib.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def partner() -> Iterator[Partner]:
    """Return the only partner there is for one test."""
    real = payments.gateways()
    for channel in Channel:
        payments.unregister_gateway(channel)
    one = Partner()
    payments.register_gateway(one)
    yield one
    payments.unregister_gateway(one.channel)
    for other in real:
        payments.register_gateway(other)


def order_now() -> payments.Order:
    return make_order(make_till(), at=now(), expires_at=now() + timedelta(days=3))


def notice_url() -> str:
    return reverse("portal:pay_notice", args=["vnpay"])


def test_the_page_says_what_why_and_how() -> None:
    order = order_now()

    page = Client().get(reverse("portal:pay", args=[order.token])).content.decode()

    told = ["150.000 đồng", "Bảng 1, dòng 2", "Giảm 50%", "Cổng VNPAY", order.code]
    assert [one for one in told if one not in page] == []


def test_a_browser_may_be_led_to_the_pages_of_the_partners_offered_and_nowhere_else() -> None:
    order = order_now()

    policy = Client().get(reverse("portal:pay", args=[order.token]))["Content-Security-Policy"]

    allowed = next(one for one in policy.split("; ") if one.startswith("form-action"))
    assert allowed == "form-action 'self' https://cong.example"


def test_the_payer_goes_to_the_partner_and_its_word_pays_the_order() -> None:
    order = order_now()
    client = Client()
    gone = client.post(reverse("portal:pay", args=[order.token]), {"cach": "vnpay"})
    ref = gone.headers["Location"].rpartition("/")[2]
    back = reverse("portal:pay_return", args=["vnpay"])

    client.get(back, {"don": order.token, "vnp_ResponseCode": "00"})
    before = payments.get_order(order.code).state
    notice = raw(said(ref, paid_at=now()))
    told = client.post(notice_url(), notice.body, content_type="application/json")

    assert (before, told.content, payments.get_order(order.code).state) == (
        "open",
        b"confirmed",
        "paid",
    )
    page = client.get(back, {"don": order.token}).content.decode()
    assert "Đã nộp đủ" in page


def test_a_notice_needs_no_session_and_has_a_bound() -> None:
    client = Client(enforce_csrf_checks=True)

    unreadable = client.post(notice_url(), b"<x/>", content_type="text/xml")
    huge = client.post(notice_url(), b"x" * 70_000, content_type="text/xml")
    unknown = client.get(reverse("portal:pay_notice", args=["nobody"]))
    closed = client.get(reverse("portal:pay_notice", args=["vnpt_pay"]))

    answers = (unreadable.content, huge.status_code, unknown.status_code, closed.status_code)
    assert answers == (b"error", 413, 404, 404)


def test_nobody_guesses_an_order() -> None:
    order = order_now()

    assert Client().get(reverse("portal:pay", args=[order.code])).status_code == 404
    assert Client().get(reverse("portal:pay_return", args=["vnpay"])).status_code == 200


def test_an_order_that_is_over_offers_nothing() -> None:
    order = make_order(make_till(), at=MONDAY)
    payments.expire_due(at=now())

    page = Client().get(reverse("portal:pay", args=[order.token]))
    refused = Client().post(reverse("portal:pay", args=[order.token]), {"cach": Channel.VNPAY})

    assert ("Chọn cách nộp" in page.content.decode(), refused.status_code) == (False, 422)


class Bank(Partner):
    """Transfers: a code instead of a page."""

    def begin(self, attempt: payments.AttemptInfo, *, at: datetime) -> payments.Begun:  # noqa: ARG002 -- the port's form
        """Return a code."""
        return payments.Begun(qr=f"000201{attempt.ref}")


def test_only_a_demo_leads_to_the_bank_it_plays(settings: Settings, tmp_path: Path) -> None:
    payments.register_gateway(Bank(channel=Channel.TRANSFER))
    order = order_now()
    address = reverse("portal:pay", args=[order.token])
    client = Client()
    client.post(address, {"cach": Channel.TRANSFER})
    link = "Chuyển khoản ở ngân hàng minh họa"
    (tmp_path / "port").write_text("4711")

    nowhere = client.get(address).content.decode()
    settings.PLAYED_BANK_FILE = str(tmp_path / "port")
    another_bank = client.get(address).content.decode()
    settings.PLAYED_BANK_BIN = payments.whole_order(order).attempts[0].bank_bin
    shown = client.get(address).content.decode()

    assert [link in one for one in (nowhere, another_bank, shown)] == [False, False, True]
    assert "http://127.0.0.1:4711/chuyen-khoan/?ma=" in shown


@pytest.mark.parametrize(
    ("typed", "kept", "words"),
    [
        ("lan@example.vn", "lan@example.vn", "Khi biên lai được ký số"),
        ("lan", "", "chưa đúng"),
    ],
)
def test_who_pays_without_an_account_may_have_the_receipt_mailed(
    typed: str, kept: str, words: str
) -> None:
    payer = payments.Payer("Lò Thị Lan")
    order = make_order(make_till(), at=now(), payer=payer, expires_at=now() + timedelta(days=3))
    where = reverse("portal:pay_mail", args=[order.token])

    page = Client().post(where, {"email": typed}, follow=True).content.decode()

    assert "Nhận biên lai qua thư điện tử" in page
    assert words in page
    assert payments.get_order(order.code).payer_email == kept
