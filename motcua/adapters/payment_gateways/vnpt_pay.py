"""A gateway in the shape of VNPT Pay: JSON, digests over values in the order of their names.

Shape: docs/reference/payments.md
"""

from collections.abc import Mapping
from datetime import datetime
from secrets import token_hex

from motcua.casework.payments import api as payments
from motcua.lib.vietqr import without_tones

from .partners import Partner, asked, known_partner, pages_of, partner
from .wording import (
    amount_in,
    by_name,
    is_same,
    json_of,
    moment,
    moment_in,
    plain,
    shown,
    told,
    unbelieved,
)

VERSION, DONE, OPEN, UNKNOWN, UNDER_WAY = "1.0.6", "00", "01", "02", "03"
DIGEST = "secure_code"
REPLIES: Mapping[payments.Outcome, tuple[str, str]] = {
    payments.Outcome.CONFIRMED: ("00", "success"),
    payments.Outcome.ALREADY: ("02", "already confirmed"),
    payments.Outcome.NO_ORDER: ("01", "transaction not found"),
    payments.Outcome.NOT_ALLOWED: ("03", "address not allowed"),
    payments.Outcome.WRONG_AMOUNT: ("04", "wrong amount"),
    payments.Outcome.BAD_SIGNATURE: ("97", "wrong secure_code"),
    payments.Outcome.ERROR: ("99", "error"),
}


class VnptPay:
    """Implements `payments.Gateway`."""

    channel = payments.Channel.VNPT_PAY
    begins_here = False

    def pages(self) -> frozenset[str]:
        """Return where the payer goes, each as scheme://host."""
        return pages_of("vnpt_pay")

    def begin(self, attempt: payments.AttemptInfo, *, at: datetime) -> payments.Begun:  # noqa: ARG002 -- of the port
        """Register the attempt and return the page to which the payer goes. Raises: GatewayAway."""
        said = {
            "addition_fee": "0",
            "client_id": "",
            "client_ip": attempt.ip or "127.0.0.1",
            "command": "INIT",
            "created_at": moment(attempt.created_at),
            "description": attempt.purpose,
            "expires_at": moment(attempt.expires_at),
            "return_url": attempt.return_url,
            "trans_amount": f"{attempt.amount_vnd}",
            "transaction_id": attempt.ref,
        }
        found = self._asked(attempt.terminal, said)
        if found.get("response_code") != DONE or not found.get("redirect_url"):
            raise payments.GatewayAway(
                f"VNPT Pay không mở được giao dịch ({shown(found.get('message', ''))})."
            )
        return payments.Begun(url=found["redirect_url"])

    def read(self, notice: payments.RawNotice, *, at: datetime) -> payments.NoticeIn:
        """Return what a notice says. Raises: NoticeUnreadable."""
        said = json_of(notice)
        if "transaction_id" not in said:
            raise payments.NoticeUnreadable("Báo cáo không theo dạng của VNPT Pay.")
        is_allowed = known_partner("vnpt_pay").may_call_from(notice.ip)
        if not self._is_ours(said):
            words = "Chữ ký không đúng."
            return unbelieved(said["transaction_id"], words, at=at, is_allowed=is_allowed)
        return _understood(said, at, is_allowed=is_allowed)

    def answer(self, outcome: payments.Outcome) -> payments.Reply:
        """Return the reply that the partner understands."""
        return told(*REPLIES[outcome], names=("response_code", "message"))

    def ask(self, attempt: payments.AttemptInfo, *, at: datetime) -> payments.NoticeIn | None:
        """Ask what has become of an attempt. Raises: GatewayAway."""
        said = {
            "command": "QUERY",
            "transaction_id": attempt.ref,
            "created_at": moment(at),
            "client_id": "",
        }
        found = self._asked(attempt.terminal, said)
        if found.get("response_code") in (OPEN, UNKNOWN):
            return None
        if "trans_amount" not in found:
            raise payments.GatewayAway("VNPT Pay trả lời điều không hiểu được; sẽ hỏi lại sau.")
        return _understood(found, at, is_allowed=True)

    def refund(self, refund: payments.RefundInfo, *, at: datetime) -> payments.Refunded:
        """Give money back; the same `refund_id` is given back once. Raises: GatewayAway."""
        said = {
            "command": "REFUND",
            "transaction_id": refund.attempt.ref,
            "partner_transaction_id": refund.payment_partner_ref,
            "refund_id": refund.ref,
            "trans_amount": f"{refund.amount_vnd}",
            "description": without_tones(refund.reason)[:100],
            "created_at": moment(at),
            "client_id": "",
        }
        found = self._asked(refund.attempt.terminal, said)
        code, words = found.get("response_code", ""), shown(found.get("message", ""))
        if code == "99":
            raise payments.GatewayAway(f"VNPT Pay chưa hoàn được tiền ({words}).")
        return payments.Refunded(
            is_done=code == DONE,
            is_refused=code not in (DONE, UNDER_WAY),
            partner_ref=found.get("partner_refund_id", ""),
            words=words,
        )

    def _asked(self, terminal: str, said: dict[str, str]) -> dict[str, str]:
        """Ask and return a genuine answer to this very question. Raises: GatewayAway."""
        shop = partner("vnpt_pay", terminal)
        sent = {**said, "client_id": shop.client, "version": VERSION, "nonce": token_hex(8)}
        sent[DIGEST] = by_name(shop.secret, sent, DIGEST)
        found = plain(asked(shop.api, sent))
        if found.get("nonce") != sent["nonce"] or not _is_signed(shop, found):
            raise payments.GatewayAway("Trả lời của VNPT Pay sai chữ ký; sẽ hỏi lại sau.")
        return found

    def _is_ours(self, said: Mapping[str, str]) -> bool:
        try:
            return _is_signed(partner("vnpt_pay", said.get("client_id", "")), said)
        except payments.GatewayAway:
            return False


def _is_signed(shop: Partner, said: Mapping[str, str]) -> bool:
    return is_same(by_name(shop.secret, said, DIGEST), said.get(DIGEST, ""))


def _understood(said: Mapping[str, str], at: datetime, *, is_allowed: bool) -> payments.NoticeIn:
    code = said.get("response_code", "")
    return payments.NoticeIn(
        is_genuine=True,
        attempt_ref=said["transaction_id"],
        amount_vnd=amount_in(said.get("trans_amount", "")),
        is_paid=code == DONE,
        partner_ref=said.get("partner_transaction_id", ""),
        paid_at=moment_in(said.get("pay_date", ""), at),
        code=code,
        words=shown(said.get("message", "")),
        is_allowed=is_allowed,
    )
