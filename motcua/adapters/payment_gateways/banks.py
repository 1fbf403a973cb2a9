"""What a bank tells at once of money that came in: read, and known by the bank's own key.

Shape: docs/reference/payments.md
"""

from datetime import datetime

from motcua.casework.payments import api as payments
from motcua.casework.reconciliation import api as reconciliation
from motcua.lib.text import tidy

from .partners import bank_secret
from .wording import amount_in, by_name, is_same, json_of, moment_in

DIGEST = "signature"
OK, KNOWN, NOT_OURS, NOT_ALLOWED, FORGED, ERROR = "00", "02", "01", "03", "97", "99"


class Forged(Exception):
    """The notice is not the bank's, or not from where the bank is; `code` is what it hears."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_bank_notice(notice: payments.RawNotice, *, at: datetime) -> reconciliation.LineIn:
    """Return the line of the account that a notice tells of; a bank speaks for its own accounts.

    Raises: NoticeUnreadable, Forged, BadNotice, GatewayAway if the bank is not entered.
    """
    said = json_of(notice)
    bank, account = said.get("bank", ""), said.get("account", "")[:40]
    secret, origins = bank_secret(bank)
    if not is_same(by_name(secret, said, DIGEST), said.get(DIGEST, "")):
        raise Forged(FORGED)
    if origins and notice.ip not in origins:
        raise Forged(NOT_ALLOWED)
    if not payments.Beneficiary.objects.filter(bank_bin=bank, number=account).exists():
        raise reconciliation.BadNotice(
            f"Tài khoản {account} không phải tài khoản nhận tiền đã khai báo tại ngân hàng {bank}."
        )
    return reconciliation.LineIn(
        row=0,
        account=account,
        ref=said.get("ref", "")[:100],
        booked_at=moment_in(said.get("booked_at", ""), at),
        amount_vnd=amount_in(said.get("amount", "")),
        words=tidy(said.get("words", ""))[:500],
        payer=tidy(said.get("payer_name", ""))[:200],
        bank=bank,
    )
