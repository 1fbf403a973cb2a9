"""Who collects for agencies, and by which ways."""

from django.db.models import TextChoices


class PartnerKind(TextChoices):
    """What sort of body a partner is."""

    BANK = "bank", "Ngân hàng"
    GATEWAY = "gateway", "Trung gian thanh toán"
    PLATFORM = "platform", "Nền tảng thanh toán quốc gia"
    POST = "post", "Bưu chính"


class PaidBy(TextChoices):
    """Ways to pay that stand on a contract; cash at the desk needs none."""

    TRANSFER = "transfer", "Chuyển khoản, VietQR"
    VNPAY = "vnpay", "VNPAY"
    VNPT_PAY = "vnpt_pay", "VNPT Pay"
    NATIONAL = "national", "Nền tảng thanh toán quốc gia"
    COD = "cod", "Thu hộ qua bưu chính (COD)"


class Stage(TextChoices):
    """Where the settlement of a month stands; it follows from who agreed, and is not stored."""

    DRAFT = "draft", "Chưa đồng ý"
    WAITING = "waiting", "Chờ bên nhận đồng ý"
    DISPUTED = "disputed", "Bên nhận không đồng ý"
    SETTLED = "settled", "Hai bên đã đồng ý"


class SettlementAct(TextChoices):
    """What was done about the settlement of a month."""

    RECKON = "reckon", "Tính bảng quyết toán"
    AGREE = "agree", "Bên giao đồng ý"
    PARTNER_AGREE = "partner_agree", "Bên nhận đồng ý"
    DISPUTE = "dispute", "Bên nhận không đồng ý"
    ANSWER = "answer", "Bên giao trả lời"
    REOPEN = "reopen", "Mở lại"


class Standing(TextChoices):
    """How a contract stands on a day; nothing of it is stored."""

    COMING = "coming", "Chưa đến ngày"
    IN_FORCE = "in_force", "Đang có hiệu lực"
    PAUSED = "paused", "Tạm dừng"
    ENDED = "ended", "Đã hết hiệu lực"
