"""What is told to other systems, and how far the telling is."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """The kinds of news somebody may ask for; the words are part of the interface."""

    DOSSIER_FILED = "dossier.filed", "Hồ sơ được nộp"
    DOSSIER_RECEIVED = "dossier.received", "Hồ sơ được tiếp nhận, hẹn trả"
    DOSSIER_REFUSED = "dossier.refused", "Hồ sơ không được tiếp nhận"
    DOSSIER_STEP_DONE = "dossier.step_done", "Một bước xử lý xong"
    DOSSIER_SUPPLEMENT_ASKED = "dossier.supplement_asked", "Hồ sơ cần bổ sung"
    DOSSIER_SUPPLIED = "dossier.supplied", "Người nộp đã bổ sung"
    DOSSIER_PAYMENT_ASKED = "dossier.payment_asked", "Hồ sơ cần nộp tiền"
    DOSSIER_PROMISED = "dossier.promised", "Ngày hẹn trả thay đổi"
    DOSSIER_DECIDED = "dossier.decided", "Hồ sơ có kết quả"
    DOSSIER_RETURNED = "dossier.returned", "Đã trả kết quả"
    DOSSIER_WITHDRAWN = "dossier.withdrawn", "Hồ sơ được rút"
    DOSSIER_STOPPED = "dossier.stopped", "Hồ sơ dừng giải quyết"
    DOSSIER_CHANGED = "dossier.changed", "Việc khác trên hồ sơ"
    DOCUMENT_RECEIVED = "document.received", "Văn bản đến"
    DOCUMENT_SENT = "document.sent", "Văn bản được phát hành, gửi đi"
    DOCUMENT_CHANGED = "document.changed", "Việc khác trên văn bản"
    ORDER_PAID = "order.paid", "Đơn nộp tiền đã nộp đủ"
    ORDER_REFUNDED = "order.refunded", "Đã hoàn tiền"
    ORDER_CHANGED = "order.changed", "Đơn nộp tiền thay đổi"


PING = "ping"  # what the button “Gửi thử” sends


class SubscriptionState(TextChoices):
    """Whether a subscriber is told."""

    ON = "on", "Đang báo"
    PAUSED = "paused", "Tạm dừng"
    FAILING = "failing", "Tự dừng vì không gửi được"
    ENDED = "ended", "Đã bỏ"


class TellingState(TextChoices):
    """How far one message is on its way."""

    WAITING = "waiting", "Đang chờ gửi"
    DONE = "done", "Đã nhận"
    DEAD = "dead", "Không giao được"
    HIDDEN = "hidden", "Không còn quyền xem"
    DROPPED = "dropped", "Đã bỏ"
