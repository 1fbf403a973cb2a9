"""VNPAY 2.1.0: the payer goes to its page, it tells us by GET, we may ask and give back.

Shape: docs/reference/payments.md
"""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from hmac import digest as hmac_digest
from urllib.parse import quote_plus

from motcua.casework.payments import api as payments
from motcua.lib.vietqr import without_tones

from .partners import Partner, asked, known_partner, pages_of, partner
from .wording import (
    amount_in,
    is_same,
    moment,
    moment_in,
    piped,
    plain,
    shown,
    told,
    unbelieved,
)

VERSION, HUNDREDTHS, PAID = "2.1.0", 100, "00"
SIGNED_BESIDE = ("vnp_SecureHash", "vnp_SecureHashType")
_NO_IP = "127.0.0.1"
_NOT_FOUND, _REPEATED = "91", "94"
_UNDER_WAY, _ON_ITS_WAY, _REFUSED = "05", "06", "09"
_OPEN = "01"
REPLIES: Mapping[payments.Outcome, tuple[str, str]] = {
    payments.Outcome.CONFIRMED: ("00", "Confirm Success"),
    payments.Outcome.NO_ORDER: ("01", "Order not found"),
    payments.Outcome.ALREADY: ("02", "Order already confirmed"),
    payments.Outcome.NOT_ALLOWED: ("03", "IP not allowed"),
    payments.Outcome.WRONG_AMOUNT: ("04", "Invalid amount"),
    payments.Outcome.BAD_SIGNATURE: ("97", "Invalid signature"),
    payments.Outcome.ERROR: ("99", "Unknown error"),
}
WORDS = {
    "00": "Giao dịch thành công",
    "07": "Đã trừ tiền, giao dịch bị nghi ngờ",
    "09": "Thẻ hoặc tài khoản chưa đăng ký Internet Banking",
    "10": "Xác thực sai quá 3 lần",
    "11": "Hết thời gian chờ thanh toán",
    "12": "Thẻ hoặc tài khoản bị khóa",
    "13": "Sai mật khẩu xác thực giao dịch (OTP)",
    "24": "Người nộp hủy giao dịch",
    "51": "Tài khoản không đủ số dư",
    "65": "Vượt hạn mức giao dịch trong ngày",
    "75": "Ngân hàng đang bảo trì",
    "79": "Sai mật khẩu thanh toán quá số lần",
    "99": "Lỗi khác của cổng",
}
_QUERY = ("RequestId", "Version", "Command", "TmnCode", "TxnRef", "TransactionDate")
_QUERY_ORDER = (*_QUERY, "CreateDate", "IpAddr", "OrderInfo")
_REFUND_ORDER = (
    *("RequestId", "Version", "Command", "TmnCode", "TransactionType", "TxnRef", "Amount"),
    *("TransactionNo", "TransactionDate", "CreateBy", "CreateDate", "IpAddr", "OrderInfo"),
)
_SAID = ("ResponseId", "Command", "ResponseCode", "Message", "TmnCode", "TxnRef", "Amount")
_ASKED_ORDER = (
    *(*_SAID, "BankCode", "PayDate", "TransactionNo", "TransactionType", "TransactionStatus"),
    *("OrderInfo", "PromotionCode", "PromotionAmount"),
)
_REFUNDED_ORDER = (
    *(*_SAID, "BankCode", "PayDate", "TransactionNo", "TransactionType", "TransactionStatus"),
    "OrderInfo",
)


def secure_hash(secret: bytes, said: Mapping[str, str]) -> str:
    """Return the digest over what is said: empty values left out, sorted by name, as in a URL."""
    return hmac_digest(secret, _joined(said).encode(), "sha512").hex()


def _joined(said: Mapping[str, str]) -> str:
    return "&".join(
        f"{quote_plus(name)}={quote_plus(said[name])}"
        for name in sorted(said)
        if said[name] and name not in SIGNED_BESIDE
    )


class Vnpay:
    """Implements `payments.Gateway`."""

    channel = payments.Channel.VNPAY
    begins_here = True

    def pages(self) -> frozenset[str]:
        """Return where the payer goes, each as scheme://host."""
        return pages_of("vnpay")

    def begin(self, attempt: payments.AttemptInfo, *, at: datetime) -> payments.Begun:  # noqa: ARG002 -- of the port
        """Return the page to which the payer goes. Raises: GatewayAway."""
        shop = self._partner(attempt.terminal)
        said = {
            "vnp_Version": VERSION,
            "vnp_Command": "pay",
            "vnp_TmnCode": shop.client,
            "vnp_Amount": f"{attempt.amount_vnd * HUNDREDTHS}",
            "vnp_CurrCode": "VND",
            "vnp_TxnRef": attempt.ref,
            "vnp_OrderInfo": attempt.purpose,
            "vnp_OrderType": "other",
            "vnp_Locale": "vn",
            "vnp_ReturnUrl": attempt.return_url,
            "vnp_IpAddr": attempt.ip or _NO_IP,
            "vnp_CreateDate": moment(attempt.created_at),
            "vnp_ExpireDate": moment(attempt.expires_at),
        }
        digest = secure_hash(shop.secret, said)
        return payments.Begun(url=f"{shop.address}?{_joined(said)}&vnp_SecureHash={digest}")

    def read(self, notice: payments.RawNotice, *, at: datetime) -> payments.NoticeIn:
        """Return what a notice says. Raises: NoticeUnreadable."""
        said = {name: value for name, value in notice.query.items() if name.startswith("vnp_")}
        if "vnp_TxnRef" not in said:
            raise payments.NoticeUnreadable("Báo cáo không theo dạng của VNPAY.")
        shop = known_partner("vnpay")
        is_allowed = shop.may_call_from(notice.ip)
        if not self._is_ours(said):
            words = _why_not(shop, said)
            return unbelieved(said["vnp_TxnRef"], words, at=at, is_allowed=is_allowed)
        return _understood(said, at, is_allowed=is_allowed)

    def answer(self, outcome: payments.Outcome) -> payments.Reply:
        """Return the reply that VNPAY understands."""
        return told(*REPLIES[outcome], names=("RspCode", "Message"))

    def ask(self, attempt: payments.AttemptInfo, *, at: datetime) -> payments.NoticeIn | None:
        """Ask what has become of an attempt. Raises: GatewayAway."""
        shop = self._partner(attempt.terminal)
        said = {
            "vnp_RequestId": f"{attempt.ref}{moment(at)}"[-32:],
            "vnp_Version": VERSION,
            "vnp_Command": "querydr",
            "vnp_TmnCode": shop.client,
            "vnp_TxnRef": attempt.ref,
            "vnp_OrderInfo": f"Truy van {attempt.ref}",
            "vnp_TransactionDate": moment(attempt.created_at),
            "vnp_CreateDate": moment(at),
            "vnp_IpAddr": _NO_IP,
        }
        found = self._asked(shop, said, _QUERY_ORDER, _ASKED_ORDER)
        if found.get("vnp_ResponseCode") == _NOT_FOUND:
            return None
        _check_answer(found)
        if found.get("vnp_TransactionStatus") == _OPEN:
            return None
        return _understood(found, at, is_allowed=True)

    def refund(self, refund: payments.RefundInfo, *, at: datetime) -> payments.Refunded:
        """Give money back; the same request twice is known by its number. Raises: GatewayAway."""
        attempt = refund.attempt
        shop = self._partner(attempt.terminal)
        is_whole = refund.amount_vnd == attempt.amount_vnd
        said = {
            "vnp_RequestId": sha256(refund.ref.encode()).hexdigest()[:32],
            "vnp_Version": VERSION,
            "vnp_Command": "refund",
            "vnp_TmnCode": shop.client,
            "vnp_TransactionType": "02" if is_whole else "03",
            "vnp_TxnRef": attempt.ref,
            "vnp_Amount": f"{refund.amount_vnd * HUNDREDTHS}",
            "vnp_TransactionNo": refund.payment_partner_ref,
            "vnp_TransactionDate": moment(attempt.created_at),
            "vnp_CreateBy": without_tones(refund.by_name)[:50] or "motcua",
            "vnp_CreateDate": moment(at),
            "vnp_IpAddr": _NO_IP,
            "vnp_OrderInfo": without_tones(f"{refund.ref} {refund.reason}")[:100],
        }
        return _refunded(self._asked(shop, said, _REFUND_ORDER, _REFUNDED_ORDER))

    def _asked(
        self,
        shop: Partner,
        said: dict[str, str],
        order: tuple[str, ...],
        answered: tuple[str, ...],
    ) -> dict[str, str]:
        """Ask VNPAY's programs and return a genuine answer. Raises: GatewayAway."""
        digest = piped(shop.secret, (said[f"vnp_{one}"] for one in order), "sha512")
        found = plain(asked(shop.api, {**said, "vnp_SecureHash": digest}))
        wanted = piped(shop.secret, (found.get(f"vnp_{one}", "") for one in answered), "sha512")
        if not is_same(wanted, found.get("vnp_SecureHash", "")):
            raise payments.GatewayAway("Trả lời của cổng thanh toán sai chữ ký; sẽ hỏi lại sau.")
        if found.get("vnp_ResponseCode") == PAID and found.get("vnp_TxnRef") != said["vnp_TxnRef"]:
            raise payments.GatewayAway("Cổng thanh toán trả lời về một giao dịch khác.")
        return found

    def _is_ours(self, said: Mapping[str, str]) -> bool:
        """Say whether VNPAY wrote this, to a shop of ours."""
        try:
            shop = self._partner(said.get("vnp_TmnCode", ""))
        except payments.GatewayAway:
            return False
        return is_same(secure_hash(shop.secret, said), said.get("vnp_SecureHash", ""))

    def _partner(self, terminal: str = "") -> Partner:
        return partner("vnpay", terminal)


def _why_not(shop: Partner, said: Mapping[str, str]) -> str:
    """Return why a notice is not believed; the way of old sites is told by name."""
    old = sha256(shop.secret + _joined(said).encode()).hexdigest()
    if is_same(old, said.get("vnp_SecureHash", "")):
        return "Ký theo cách cũ (SHA-256), không còn được nhận."
    return "Chữ ký không đúng."


def _understood(said: Mapping[str, str], at: datetime, *, is_allowed: bool) -> payments.NoticeIn:
    hundredths = amount_in(said.get("vnp_Amount", ""))
    if hundredths % HUNDREDTHS:
        raise payments.NoticeUnreadable("Số tiền trong báo cáo không phải đồng chẵn.")
    code = said.get("vnp_ResponseCode", "")
    status = said.get("vnp_TransactionStatus", "")
    told_code = code if code != PAID else status
    return payments.NoticeIn(
        is_genuine=True,
        attempt_ref=said["vnp_TxnRef"],
        amount_vnd=hundredths // HUNDREDTHS,
        is_paid=(code, status) == (PAID, PAID),
        partner_ref=said.get("vnp_TransactionNo", ""),
        paid_at=moment_in(said.get("vnp_PayDate", ""), at),
        code=told_code,
        words=WORDS.get(told_code, shown(f"Mã {told_code} của cổng")),
        is_allowed=is_allowed,
    )


def _check_answer(found: Mapping[str, str]) -> None:
    code = found.get("vnp_ResponseCode", "")
    if code != PAID:
        words = shown(found.get("vnp_Message", ""))
        raise payments.GatewayAway(f"Cổng thanh toán chưa trả lời được (mã {code}: {words}).")


def _refunded(found: Mapping[str, str]) -> payments.Refunded:
    code = found.get("vnp_ResponseCode", "")
    status = found.get("vnp_TransactionStatus", "")
    ref, words = found.get("vnp_TransactionNo", ""), shown(found.get("vnp_Message", ""))
    if code == _REPEATED or (code == PAID and status == _UNDER_WAY):
        return payments.Refunded(is_done=False, partner_ref=ref, words=words)
    if code == PAID and status in (PAID, _ON_ITS_WAY):
        return payments.Refunded(is_done=True, partner_ref=ref, words=words)
    if code == "99":
        raise payments.GatewayAway(f"Cổng thanh toán chưa hoàn được tiền ({words}).")
    return payments.Refunded(is_done=False, is_refused=True, partner_ref=ref, words=words)
