"""Stored words of exchange."""

from typing import Self

from django.db import models


class BusinessKind(models.TextChoices):
    """What a document message does; `number` is how edXML says it."""

    NEW = "new", "Văn bản mới"
    RECALL = "recall", "Thu hồi"
    UPDATE = "update", "Cập nhật"
    REPLACE = "replace", "Thay thế"

    @property
    def number(self) -> int:
        """Return BussinessDocType."""
        return list(type(self)).index(self)

    @classmethod
    def numbered(cls, number: int) -> Self:
        """Raises: IndexError."""
        if number < 0:
            raise IndexError(number)
        return list(cls)[number]


class Status(models.TextChoices):
    """What a status message says of a document, by its official code."""

    ARRIVED = "01", "Đã đến"
    REFUSED = "02", "Từ chối tiếp nhận"
    ACCEPTED = "03", "Đã tiếp nhận"
    ASSIGNED = "04", "Phân công"
    PROCESSING = "05", "Đang xử lý"
    FINISHED = "06", "Hoàn thành"
    ASKED_BACK = "13", "Lấy lại"
    AGREED = "15", "Đồng ý cập nhật, lấy lại"
    DECLINED = "16", "Từ chối cập nhật, lấy lại"

    @property
    def needs_reason(self) -> bool:
        """Whether the receiver must say why."""
        return self in (Status.REFUSED, Status.DECLINED, Status.ASKED_BACK)


class Transport(models.TextChoices):
    """Where a message is on its way to one receiver; says nothing of what they think of it."""

    QUEUED = "queued", "Chờ gửi"
    UNROUTED = "unrouted", "Chờ chọn nơi nhận"
    SENT = "sent", "Đã gửi"
    DELIVERED = "delivered", "Đã đến nơi"
    FAILED = "failed", "Gửi không được"
    CANCELLED = "cancelled", "Đã hủy trước khi gửi"


class Axis(models.TextChoices):
    """Which of the three states of a recipient a move changes."""

    TRANSPORT = "transport", "Đường truyền"
    STATUS = "status", "Nghiệp vụ"
    SIDE = "side", "Lấy lại, cập nhật"


class Alarm(models.TextChoices):
    """What a legal clock says of one receiver."""

    NONE = "", "Đúng hạn"
    SEND_DUE = "send_due", "Quá giờ phải gửi"
    SEND_LATE = "send_late", "Gửi muộn"
    REGISTER_DUE = "register_due", "Quá giờ phải vào sổ"
    REGISTER_LATE = "register_late", "Vào sổ muộn"


class Way(models.TextChoices):
    """How a partner is reached."""

    PEER = "peer", "Hệ thống cùng loại"
    VXP = "vxp", "Trục liên thông văn bản quốc gia"
    LGSP = "lgsp", "Nền tảng LGSP"


class Delivery(models.TextChoices):
    """Who moves what we have for a partner."""

    PUSH = "push", "Ta gửi sang"
    PULL = "pull", "Đối tác tự lấy về"


class MessageKind(models.TextChoices):
    """Which of the two kinds of messages goes over a line; each is counted by itself."""

    DOCUMENT = "document", "Văn bản"
    STATUS = "status", "Trạng thái"


class ArrivalState(models.TextChoices):
    """What became of something that came from outside."""

    KEPT = "kept", "Đã nhận, chờ đọc"
    READ = "read", "Đã đọc"
    KNOWN = "known", "Trùng gói tin đã nhận"
    TROUBLE = "trouble", "Vướng mắc"
    CLOSED = "closed", "Đã xử lý"
