"""Words of payments, as stored in the database."""

from django.db import models

from motcua.lib.tongue import said


class Channel(models.TextChoices):
    """By which way money comes to us, or goes back."""

    CASH = "cash", said("Tiền mặt tại quầy")
    TRANSFER = "transfer", said("Chuyển khoản (VietQR)")
    VNPAY = "vnpay", said("Cổng VNPAY")
    VNPT_PAY = "vnpt_pay", said("Cổng VNPT Pay")
    NATIONAL = "national", said("Nền tảng thanh toán quốc gia")
    COD = "cod", said("Bưu điện thu hộ")
    PAPER = "paper", said("Biên lai giấy (ghi tay)")

    @property
    def is_gateway(self) -> bool:
        """Say whether a partner tells us of the money by notices."""
        return self in _GATEWAYS


_GATEWAYS = frozenset({Channel.VNPAY, Channel.VNPT_PAY, Channel.NATIONAL})


class LineKind(models.TextChoices):
    """What a line of an order is in law; dues of other bodies get no receipt of ours."""

    FEE = "fee", "Phí"
    CHARGE = "charge", "Lệ phí"
    OTHER = "other", "Khoản khác"


class OrderState(models.TextChoices):
    """Where an order stands; it follows from its sums (`rules.states`)."""

    OPEN = "open", said("Chờ nộp")
    PARTLY = "partly", said("Đã nộp một phần")
    PAID = "paid", said("Đã nộp đủ")
    OVERPAID = "overpaid", said("Nộp thừa")
    EXPIRED = "expired", said("Hết hạn")
    CANCELLED = "cancelled", said("Đã hủy")
    REFUNDING = "refunding", said("Đang hoàn tiền")
    REFUNDED = "refunded", said("Đã hoàn tiền")


class OrderAct(models.TextChoices):
    """What was done to an order; each is one row of its history."""

    OPEN = "open", "Lập đơn nộp tiền"
    PAY = "pay", "Nhận tiền"
    RECORD = "record", "Ghi nhận khoản đã thu bằng biên lai giấy"
    EXPIRE = "expire", "Hết hạn nộp"
    PROLONG = "prolong", "Gia hạn nộp"
    CANCEL = "cancel", "Hủy đơn"
    ASK_REFUND = "ask_refund", "Đề nghị hoàn tiền"
    APPROVE_REFUND = "approve_refund", "Duyệt hoàn tiền"
    REFUSE_REFUND = "refuse_refund", "Không duyệt hoàn tiền"
    REFUND = "refund", "Đã hoàn tiền"
    REFUND_FAILED = "refund_failed", "Hoàn tiền không thành"


class AttemptState(models.TextChoices):
    """Where one attempt to pay by a partner stands."""

    OPEN = "open", "Đang chờ"
    PAID = "paid", "Đã trả"
    FAILED = "failed", "Không thành"
    LAPSED = "lapsed", "Hết hạn, không có tiền"


class RefundState(models.TextChoices):
    """Where giving money back stands."""

    ASKED = "asked", "Chờ duyệt"
    REFUSED = "refused", "Không duyệt"
    APPROVED = "approved", "Đã duyệt, chờ chi"
    FAILED = "failed", "Đối tác từ chối, chi cách khác"
    DONE = "done", "Đã hoàn"


class Outcome(models.TextChoices):
    """What we made of a notice; the adapter says it in its partner's words."""

    CONFIRMED = "confirmed", "Đã ghi nhận"
    ALREADY = "already", "Đã ghi nhận từ trước"
    NO_ORDER = "no_order", "Không có lần thanh toán này"
    WRONG_AMOUNT = "wrong_amount", "Số tiền khác đơn"
    BAD_SIGNATURE = "bad_signature", "Chữ ký không đúng"
    NOT_ALLOWED = "not_allowed", "Không từ địa chỉ của đối tác"
    ERROR = "error", "Không xử lý được"


class ParcelState(models.TextChoices):
    """Where a parcel is for which the post collects money."""

    SENT = "sent", "Đang giao"
    COLLECTED = "collected", "Đã thu tiền"
    RETURNED = "returned", "Không giao được"


class ObligationState(models.TextChoices):
    """Where a due of another body stands."""

    DUE = "due", "Chờ nộp"
    MET = "met", "Đã nộp, có chứng từ"
    LIFTED = "lifted", "Được miễn hoặc không phải nộp"
