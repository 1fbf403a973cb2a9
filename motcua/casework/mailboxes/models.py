"""Tables of mailboxes."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from motcua.foundation.files.api import StoredFile

from .choices import BoxKind, MailState, Sender


class Mailbox(models.Model):
    """The mailbox to which people write to an agency's registry (hộp thư văn thư).

    `mark` is how far it was read; `secret` is sealed with the site's own key and never shown.
    """

    agency_id = models.BigIntegerField("cơ quan", unique=True)
    address = models.CharField("địa chỉ thư", max_length=254)
    kind = models.CharField("đọc bằng", max_length=8, choices=BoxKind.choices)
    host = models.CharField("máy chủ", max_length=253, blank=True)
    port = models.PositiveIntegerField("cổng", default=993)
    user = models.CharField("tên đăng nhập", max_length=254, blank=True)
    secret = models.CharField("mật khẩu (đã mã hóa)", max_length=1000, blank=True)
    folder = models.CharField("ngăn thư", max_length=100, default="INBOX")
    trusted = models.CharField("máy chủ được tin khi xác minh", max_length=253, blank=True)
    is_on = models.BooleanField("đang đọc", default=True)
    mark = models.CharField("đã đọc đến", max_length=300, blank=True)
    read_at = models.DateTimeField("đọc lần gần nhất", null=True)
    told_at = models.DateTimeField("báo văn thư lần gần nhất", null=True)
    trouble = models.CharField("trở ngại", max_length=500, blank=True)
    changed_at = models.DateTimeField("sửa lúc")
    changed_by_name = models.CharField("người sửa", max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mailboxes_server_is_named",
                condition=~Q(kind=BoxKind.IMAP) | (~Q(host="") & ~Q(user="")),
            )
        ]

    def __str__(self) -> str:
        return self.address


class MailMessage(models.Model):
    """One message that came to a registry: it waits until a clerk takes it in or refuses it.

    Nothing of it is ever thrown away: `raw` is what came, byte by byte; a message too large to be
    fetched has its head alone.
    """

    code = models.CharField("mã", max_length=20, unique=True)
    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency_id = models.BigIntegerField("cơ quan")
    digest = models.CharField("mã băm", max_length=64)
    message_id = models.CharField("Message-ID", max_length=255, blank=True)
    from_name = models.CharField("người gửi", max_length=200, blank=True)
    from_address = models.CharField("địa chỉ gửi", max_length=254, blank=True)
    sender = models.CharField("xác minh", max_length=10, choices=Sender.choices)
    subject = models.CharField("tiêu đề", max_length=1000, blank=True)
    sent_at = models.DateTimeField("gửi lúc", null=True)
    taken_at = models.DateTimeField("nhận lúc")
    size = models.PositiveBigIntegerField("cỡ")
    text = models.TextField("lời thư", blank=True)
    findings = ArrayField(models.CharField(max_length=500), default=list, verbose_name="lưu ý")
    raw = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    same_as = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    state = models.CharField("tình trạng", max_length=8, choices=MailState.choices)
    document_code = models.CharField("văn bản đến", max_length=20, blank=True)
    ended_at = models.DateTimeField("xong lúc", null=True)
    ended_by_name = models.CharField("người làm", max_length=200, blank=True)
    reason = models.CharField("lý do không tiếp nhận", max_length=1000, blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="mailboxes_message_once", fields=["mailbox", "digest"]),
            models.CheckConstraint(
                name="mailboxes_ended_at_a_time",
                condition=Q(state=MailState.WAITING, ended_at__isnull=True)
                | ~Q(state=MailState.WAITING) & Q(ended_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="mailboxes_newest", fields=["agency_id", "-taken_at", "-id"]),
            models.Index(
                name="mailboxes_waiting",
                fields=["agency_id", "taken_at", "id"],
                condition=Q(state=MailState.WAITING),
            ),
            models.Index(
                name="mailboxes_message_ids",
                fields=["agency_id", "message_id"],
                condition=~Q(message_id=""),
            ),
            models.Index(
                name="mailboxes_of_document",
                fields=["document_code"],
                condition=~Q(document_code=""),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class MailFile(models.Model):
    """One file of a message: kept after every check, or named with the reason why it was not."""

    pk = models.CompositePrimaryKey("message_id", "seq")
    message = models.ForeignKey(
        MailMessage, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    seq = models.PositiveIntegerField("thứ tự")
    name = models.CharField("tên tệp", max_length=255)
    size = models.PositiveBigIntegerField("cỡ")
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    refusal = models.CharField("vì sao không giữ", max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.message_id}#{self.seq}"
