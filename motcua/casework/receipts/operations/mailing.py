"""Mail a receipt to who paid without an account: its number and where it is fetched.

The mail has no attachment, because the queue of mails keeps none, and names nobody: the link leads
to the signed XML and the PDF.

Source: docs/law/receipts.md
"""

from datetime import datetime

from django.conf import settings

from motcua.casework.payments import api as payments
from motcua.casework.receipts.errors import NotMailed
from motcua.casework.receipts.models import Receipt
from motcua.foundation.notifications import api as notifications
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.money import in_dong
from motcua.lib.tongue import said

MOST = 5
_NEXT = """
INSERT INTO receipts_receiptmail (receipt_id, seq, at, by_name)
SELECT %s, coalesce(max(seq), 0) + 1, %s, %s FROM receipts_receiptmail WHERE receipt_id = %s
HAVING coalesce(max(seq), 0) < %s
ON CONFLICT (receipt_id, seq) DO NOTHING RETURNING seq
"""
_BODY = """{agency} đã lập biên lai {number}, số tiền {amount}, cho đơn nộp tiền {order}.

Xem, tải tệp đã ký số (XML) và bản in (PDF) tại:
{link}

Mã tra cứu: {code}

Thư này gửi tự động theo địa chỉ ghi khi nộp tiền. Nếu không phải ông/bà nộp, xin bỏ qua.
"""


@work.story
def mail_first(receipt: Receipt, *, by: Actor, at: datetime) -> bool:
    """Mail a receipt once to the address given with its order; say whether it was mailed now."""
    return _mail(receipt, 1, by=by, at=at)


@work.story
def mail_again(code: str, *, by: Actor, at: datetime) -> Receipt:
    """Mail a receipt again, at most five times in all; whoever calls saw to it that he may.

    Raises: NotMailed, which says why.
    """
    receipt = Receipt.objects.select_related("series").get(code=code)
    if receipt.signed_at is None:
        raise NotMailed(
            said("Biên lai đang chờ con dấu của cơ quan thu; thư sẽ tự gửi khi ký xong.")
        )
    if not _mail(receipt, MOST, by=by, at=at):
        message = said(
            "Biên lai này đã gửi thư %(most)s lần; hãy in hoặc đọc mã tra cứu cho người nộp.",
            most=MOST,
        )
        raise NotMailed(message)
    return receipt


def mail_order(code: str, address: str, *, by: Actor, at: datetime) -> int:
    """Keep where the receipts of an order are mailed, and mail those signed; return how many.

    What is signed later is mailed then. Raises: NotMailed, BadInput for what is no address.
    """
    payments.set_payer_email(code, address, by=by, at=at)
    signed = Receipt.objects.filter(order_code=code, signed_at__isnull=False).order_by("id")
    codes = list(signed.values_list("code", flat=True))
    for one in codes:
        mail_again(one, by=by, at=at)
    return len(codes)


def _mail(receipt: Receipt, most: int, *, by: Actor, at: datetime) -> bool:
    address = payments.payer_emails([receipt.order_code]).get(receipt.order_code)
    if not address:
        raise NotMailed(said("Đơn nộp tiền chưa ghi thư điện tử của người nộp."))
    if not work.fetch(_NEXT, [receipt.pk, at, by.name[:200], receipt.pk, most]):
        return False
    words = _BODY.format(
        agency=organisation.name_of_agency(receipt.agency_id),
        number=receipt.number_words,
        amount=in_dong(receipt.amount_vnd),
        order=receipt.order_code,
        link=f"{settings.SITE_ADDRESS}/bien-lai/{receipt.code}/",
        code=receipt.code,
    )
    subject = f"Biên lai {receipt.number_words}"
    notifications.queue_mail(address, subject, words, by=by, at=at)
    return True
