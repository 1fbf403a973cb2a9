"""Transfers by VietQR: no partner is asked; the money shows in a bank's notice or statement."""

from datetime import datetime

from motcua.casework.payments import api as payments
from motcua.lib.vietqr import Transfer, payload_of


class Transfers:
    """Implements `payments.Gateway`: a code to scan, and nothing that could be asked."""

    channel = payments.Channel.TRANSFER
    begins_here = True

    def pages(self) -> frozenset[str]:
        """Return none: the code is shown on our own page."""
        return frozenset()

    def begin(self, attempt: payments.AttemptInfo, *, at: datetime) -> payments.Begun:  # noqa: ARG002 -- of the port
        """Return the code that every bank's app reads. Raises: GatewayAway, BadInput."""
        account = attempt.beneficiary
        if account is None:
            raise payments.GatewayAway("Chưa khai báo tài khoản thụ hưởng; hãy báo quản trị.")
        transfer = Transfer(account.bank_bin, account.number, attempt.amount_vnd, attempt.purpose)
        return payments.Begun(qr=payload_of(transfer))

    def read(self, notice: payments.RawNotice, *, at: datetime) -> payments.NoticeIn:  # noqa: ARG002 -- of the port
        """Refuse: banks tell of lines of an account, at an address of their own."""
        raise payments.NoticeUnreadable(
            "Ngân hàng báo có tại địa chỉ /ngan-hang/bao-co/, không phải ở đây."
        )

    def answer(self, outcome: payments.Outcome) -> payments.Reply:
        """Return a plain reply."""
        return payments.Reply(200, "text/plain", outcome.value.encode())

    def ask(self, attempt: payments.AttemptInfo, *, at: datetime) -> payments.NoticeIn | None:  # noqa: ARG002 -- of the port
        """Know nothing: only the statement tells."""
        return None

    def refund(self, refund: payments.RefundInfo, *, at: datetime) -> payments.Refunded:  # noqa: ARG002 -- of the port
        """Refuse: a transfer goes back by a transfer order of the accountant."""
        words = "Tiền chuyển khoản được hoàn bằng lệnh chuyển tiền của kế toán."
        return payments.Refunded(is_done=False, is_refused=True, words=words)
