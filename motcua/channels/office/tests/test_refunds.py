"""Money goes back when a second person has agreed."""

import pytest
from django.urls import reverse

from motcua.casework.payments import api as payments
from motcua.casework.payments.tests.make import LAN, MONDAY, Till, make_order, make_till
from motcua.foundation.organisation.api import PostRole

from .make import signed_in, text_of

pytestmark = pytest.mark.django_db


def test_a_head_of_the_desk_decides_and_notes_the_transfer() -> None:
    till = make_till()
    order = make_order(till)
    came = payments.PaymentIn(payments.Channel.TRANSFER, 190_000, "FT1", MONDAY)
    payments.take_payment(order.code, came, by=LAN, at=MONDAY)
    client, _ = signed_in("Vì Thị Oanh", "oanh", till.desk_id, PostRole.DESK_HEAD)
    listed = text_of(client, reverse("office:refunds"))
    [refund] = payments.whole_order(payments.get_order(order.code)).refunds
    address = reverse("office:refund", args=[refund.code])

    shown = text_of(client, address)
    client.post(address, {"how": "approve", "words": "Đồng ý"})
    client.post(address, {"how": "transfer", "document": "UNC 7"})

    assert (refund.code in listed, "Duyệt hoàn tiền" in shown) == (True, True)
    assert payments.get_order(order.code).state == "paid"
    assert payments.explain(order.code).endswith("đã hoàn 40.000 đồng.")


def paid_order(till: Till) -> payments.Order:
    order = make_order(till)
    came = payments.PaymentIn(payments.Channel.TRANSFER, 150_000, "FT2", MONDAY)
    payments.take_payment(order.code, came, by=LAN, at=MONDAY)
    return order


def test_the_office_asks_for_a_line_of_an_order_and_does_not_decide_itself() -> None:
    till = make_till()
    order = paid_order(till)
    client, _ = signed_in("Vì Thị Oanh", "oanh", till.desk_id, PostRole.DESK_HEAD)
    address = reverse("office:ask_refund") + f"?don={order.code}"
    wish = {"amount": "50.000", "lines": "2", "reason": "Thu sai đối tượng", "way": "cash"}

    offered = reverse("office:ask_refund") in text_of(client, reverse("office:refunds"))
    too_much = client.post(address, {**wish, "amount": "60.000"})
    client.post(address, wish)

    [refund] = payments.whole_order(order).refunds
    assert (refund.amount_vnd, refund.lines, refund.channel) == (50_000, [2], "cash")
    assert (offered, too_much.status_code) == (True, 422)
    assert "chỉ còn giữ 50.000 đồng" in too_much.content.decode()
    assert "Duyệt hoàn tiền" not in text_of(client, reverse("office:refund", args=[refund.code]))


def test_nobody_asks_for_money_of_another_commune() -> None:
    till = make_till()
    order = paid_order(till)
    other = till.dung.unit_ids[0]
    client, _ = signed_in("Cà Văn Dũng", "dung", other, PostRole.DESK_HEAD)

    answer = client.post(reverse("office:ask_refund") + f"?don={order.code}", {"amount": "1.000"})

    assert (answer.status_code, payments.whole_order(order).refunds) == (422, [])
    assert "Không tìm thấy đơn nộp tiền" in answer.content.decode()
