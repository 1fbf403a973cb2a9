"""Who paid without an account hears of the receipt by mail: once, and again when asked."""

from datetime import timedelta

import pytest

from motcua.casework.payments import api as payments
from motcua.casework.payments.tests.make import MONDAY, Till, make_order, make_till
from motcua.casework.receipts.errors import NotMailed
from motcua.casework.receipts.events import ReceiptSigned
from motcua.casework.receipts.models import Receipt, ReceiptMail
from motcua.casework.receipts.operations.issuing import issue_for
from motcua.casework.receipts.operations.mailing import mail_again, mail_order
from motcua.casework.receipts.operations.notifying import tell_payers
from motcua.foundation.notifications.api import Mail
from motcua.foundation.outbox.api import ReadFact
from motcua.lib.actor import SYSTEM
from motcua.lib.errors import BadInput

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)
LAN = "lan@example.vn"


def signed(till: Till, *, email: str = LAN) -> Receipt:
    """Return a receipt of an order paid without an account, as the seal would leave it."""
    order = make_order(till, payer=payments.Payer("Lò Thị Lan"))
    payments.set_payer_email(order.code, email, by=till.binh, at=MONDAY)
    payments.pay_cash(order.code, amount_vnd=order.amount_vnd, by=till.binh, at=MONDAY)
    issue_for(order.code, at=LATER)
    return Receipt.objects.filter(order_code=order.code).order_by("id")[0]


def told(receipt: Receipt) -> None:
    fact = ReadFact(
        id=1,
        topic=ReceiptSigned.topic,
        aggregate_id=receipt.pk,
        seq=1,
        at=LATER,
        version=1,
        aggregate="receipt",
        by_id=0,
        is_silent=False,
        payload={"code": receipt.code},
    )
    tell_payers([fact])


def test_the_receipt_is_mailed_once_with_its_number_and_link() -> None:
    receipt = signed(make_till())

    told(receipt)
    told(receipt)

    [mail] = Mail.objects.filter(address=LAN)
    assert f"/bien-lai/{receipt.code}/" in mail.body
    assert receipt.payer_name not in mail.body
    assert ReceiptMail.objects.get().seq == 1


def test_without_an_address_nothing_is_mailed() -> None:
    told(signed(make_till(), email=""))

    assert Mail.objects.count() == 0


def test_what_waits_for_the_seal_is_not_mailed_by_hand() -> None:
    receipt = signed(make_till())

    with pytest.raises(NotMailed, match="chờ con dấu"):
        mail_again(receipt.code, by=SYSTEM, at=LATER)


def test_an_address_for_what_is_not_signed_yet_is_kept() -> None:
    till = make_till()
    receipt = signed(till, email="")

    assert mail_order(receipt.order_code, f" {LAN} ", by=till.binh, at=LATER) == 0
    assert payments.payer_emails([receipt.order_code]) == {receipt.order_code: LAN}


@pytest.mark.parametrize("address", ["lan", "lan@", "a@b", "lan@example.vn, x@y.vn", "x\n@y.vn"])
def test_what_is_no_address_is_refused(address: str) -> None:
    till = make_till()
    order = make_order(till)

    with pytest.raises(BadInput, match="chưa đúng"):
        payments.set_payer_email(order.code, address, by=till.binh, at=MONDAY)
