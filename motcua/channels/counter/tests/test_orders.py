"""An order at the desk: asked for, shown, taken in cash into the open drawer."""

from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.casework.cashbook import api as cashbook
from motcua.casework.contracts.tests.make import make_post
from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.tests.make import get_dossier, make_filed
from motcua.casework.payments import api as payments
from motcua.casework.payments.api import OrderState
from motcua.casework.receipts import api as receipts
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now

from .make import Desk, make_desk, sign_in_dung
from .test_receipts import collects

pytestmark = pytest.mark.django_db
FEE_FIRST = ("amount_vnd: 15000,", "amount_vnd: 15000, collected: at_filing,")


def asked(desk: Desk) -> tuple[str, payments.Order]:
    """Return a dossier whose fee was asked for at the desk, and its order."""
    code = make_filed(desk.commune)
    desk.client.post(reverse("counter:charge", args=[code]))
    return code, payments.orders_of(dossiers.subject_of(code))[0]


def open_drawer(desk: Desk) -> None:
    held = {str(Power.TAKE_CASH): frozenset({desk.commune.desk_id})}
    agency_id = desk.commune.agency_id
    binh = Actor(id=desk.binh.pk, name="Trần Văn Bình", agency_id=agency_id, powers=held)
    cashbook.open_drawer(cashbook.DrawerIn(desk.commune.desk_id, 0), by=binh, at=now())


def test_an_order_is_shown_and_paid_in_cash() -> None:
    desk = make_desk(text_change=FEE_FIRST)
    code, order = asked(desk)
    address = reverse("counter:order", args=[order.code])
    closed = desk.client.get(address).content.decode()
    open_drawer(desk)

    shown = desk.client.get(address).content.decode()
    charge = desk.client.get(reverse("counter:charge", args=[code])).content.decode()
    desk.client.post(address, {"how": "cash"})

    paid = desk.client.get(address).content.decode()
    assert ("mở ca thu</a> trước" in closed, "Thu tiền mặt 30.000 đồng" in shown) == (True, True)
    assert ("Thu tiền mặt 30.000 đồng" in charge, "đã nộp đủ" in paid) == (True, True)
    assert get_dossier(code).sub_state == "paid"


def test_the_receipts_of_an_order_stand_beside_it_for_the_desk_and_the_payer() -> None:
    desk = make_desk(text_change=FEE_FIRST)
    collects(desk)
    _, order = asked(desk)
    open_drawer(desk)
    address = reverse("counter:order", args=[order.code])
    desk.client.post(address, {"how": "cash"})

    receipts.issue_for(order.code, at=now())

    number = receipts.receipts_of(order.code)[0].number_words
    for page in (address, reverse("portal:pay", args=[order.token])):
        assert number in desk.client.get(page).content.decode()


def test_an_order_that_expired_is_given_more_time() -> None:
    desk = make_desk(text_change=FEE_FIRST)
    code, order = asked(desk)
    payments.expire_due(at=now() + timedelta(days=16))
    address = reverse("counter:charge", args=[code])
    shown = desk.client.get(address).content.decode()

    desk.client.post(address, {"how": "more_time"})

    again = desk.client.get(address).content.decode()
    assert [payments.get_order(order.code).state, "Cho nộp thêm" in shown] == ["open", True]
    assert "Cho nộp thêm" not in again


def test_cash_for_an_order_that_expired_is_taken_at_the_desk() -> None:
    desk = make_desk(text_change=FEE_FIRST)
    code, order = asked(desk)
    open_drawer(desk)
    payments.expire_due(at=now() + timedelta(days=16))

    desk.client.post(reverse("counter:order", args=[order.code]), {"how": "cash"})

    assert payments.get_order(order.code).state == OrderState.PAID
    assert get_dossier(code).sub_state == "paid"


def test_another_commune_finds_no_order() -> None:
    _, order = asked(make_desk(text_change=FEE_FIRST))

    answer = sign_in_dung().get(reverse("counter:order", args=[order.code]))

    assert answer.status_code == 404


def test_the_desk_asks_that_money_goes_back_and_somebody_else_decides() -> None:
    desk = make_desk(text_change=FEE_FIRST)
    _, order = asked(desk)
    open_drawer(desk)
    address = reverse("counter:order", args=[order.code])
    desk.client.post(address, {"how": "cash"})
    wish = {"how": "refund", "amount": "10.000", "reason": "Thu nhầm"}

    refused = desk.client.post(address, {**wish, "amount": "nhiều"})
    too_much = desk.client.post(address, {**wish, "amount": "90.000"})
    desk.client.post(address, wish)

    [refund] = payments.whole_order(order).refunds
    assert (refund.amount_vnd, refund.state, refund.to_name) == (10_000, "asked", order.payer_name)
    assert (refused.status_code, too_much.status_code) == (422, 422)
    assert "Thu nhầm" in refused.content.decode()
    assert f"{refund.code} (10.000 đồng, chờ duyệt)" in desk.client.get(address).content.decode()


def test_an_order_that_is_over_gets_another_day() -> None:
    desk = make_desk(text_change=FEE_FIRST)
    _, order = asked(desk)
    payments.expire_due(at=now() + timedelta(days=20))
    address = reverse("counter:order", args=[order.code])
    past, next_week = local_day(now()) - timedelta(days=1), local_day(now()) + timedelta(days=7)

    late = desk.client.post(address, {"how": "prolong", "until": f"{past:%d/%m/%Y}"})
    desk.client.post(address, {"how": "prolong", "until": f"{next_week:%d/%m/%Y}"})

    found = payments.get_order(order.code)
    assert (late.status_code, found.state) == (422, "open")
    assert found.expires_at is not None
    assert local_day(found.expires_at) == next_week


def test_the_desk_writes_where_the_receipt_is_mailed() -> None:
    desk = make_desk(text_change=FEE_FIRST)
    _, order = asked(desk)
    payments.Order.objects.filter(pk=order.pk).update(payer_account_id=None)
    where = reverse("counter:order_mail", args=[order.code])

    page = desk.client.post(where, {"email": "lan@example.vn"}, follow=True).content.decode()
    bad = desk.client.post(where, {"email": "lan@"}, follow=True).content.decode()

    assert "Biên lai sẽ gửi khi con dấu ký" in page
    assert "chưa đúng" in bad
    assert payments.get_order(order.code).payer_email == "lan@example.vn"


def test_an_item_goes_by_post_against_payment() -> None:
    desk = make_desk(text_change=FEE_FIRST)
    _, order = asked(desk)
    address = reverse("counter:order", args=[order.code])
    without = desk.client.get(address).content.decode()
    make_post()
    values = {"how": "cod", "item_number": "CB123456789VN", "name": "Lò Thị Lan"}

    shown = desk.client.get(address).content.decode()
    wrong = desk.client.post(address, values)
    desk.client.post(address, {**values, "address": "Bản Cang, xã Mường Phăng"})

    sent = desk.client.get(address).content.decode()
    assert ("thu hộ 30.000 đồng" in without, "thu hộ 30.000 đồng" in shown) == (False, True)
    assert wrong.status_code == 422
    assert ("CB123456789VN" in sent, "Đang giao" in sent) == (True, True)


@pytest.mark.parametrize(
    ("given", "words", "state"),
    [
        ("50.000", "Nhận 50.000 đồng, trả lại 20.000 đồng", "paid"),
        ("30.000", "Đã thu tiền mặt 30.000 đồng", "paid"),
        ("20.000", "còn thiếu 10.000 đồng; chưa thu đồng nào", "open"),
        ("năm mươi", "bằng chữ số", "open"),
    ],
)
def test_the_cashier_is_told_what_goes_back_over_the_counter(
    given: str, words: str, state: str
) -> None:
    desk = make_desk(text_change=FEE_FIRST)
    _, order = asked(desk)
    open_drawer(desk)
    where = reverse("counter:order", args=[order.code])

    page = desk.client.post(where, {"how": "cash", "given": given}, follow=True).content.decode()

    assert words in page
    assert payments.get_order(order.code).state == state
