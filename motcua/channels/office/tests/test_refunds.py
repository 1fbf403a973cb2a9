"""Money goes back when a second person has agreed."""

import pytest
from django.urls import reverse

from motcua.casework.payments import api as payments
from motcua.casework.payments.tests.make import LAN, MONDAY, make_order, make_till
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
