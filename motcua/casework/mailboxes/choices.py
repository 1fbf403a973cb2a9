"""The closed lists of mailboxes, with their Vietnamese labels."""

from django.db.models import TextChoices


class BoxKind(TextChoices):
    """How a mailbox is read."""

    IMAP = "imap", "Máy chủ thư (IMAP, có mã hóa)"
    FOLDER = "folder", "Thư mục tệp .eml trên máy chủ này"


class MailState(TextChoices):
    """What became of a message."""

    WAITING = "waiting", "Chờ xem"
    TAKEN = "taken", "Đã đưa vào văn bản đến"
    REFUSED = "refused", "Không tiếp nhận"


class Sender(TextChoices):
    """What is known of who sent a message."""

    UNVERIFIED = "unverified", "Chưa xác minh"
    VERIFIED = "verified", "Máy chủ thư xác nhận tên miền"
