"""Own papers on their way to the signature of who brings them: a citizen, a business."""

from typing import Any

from django.db import models
from django.db.models import Q

from motcua.foundation.files.api import StoredFile
from motcua.foundation.signing.choices import OwnState

OWN_OPEN = (
    OwnState.ASKED,
    OwnState.CHOOSING,
    OwnState.PREPARED,
    OwnState.WAITING,
    OwnState.GRANTED,
    OwnState.SIGNED,
)


class OwnSigning(models.Model):
    """One time somebody signs own papers at a remote service, all with one consent.

    Born when its owner begins; its state only moves forward. `owner` names the thing above whose
    papers they are (“draft:…”), which is no key. Who the person is at the service, and its
    permission, are kept sealed and only while it is open; a PIN is never kept.
    """

    token = models.CharField("mã", max_length=40, unique=True)
    owner = models.CharField("của", max_length=120)
    account_id = models.BigIntegerField("tài khoản")
    account_name = models.CharField("người ký", max_length=200)
    service_code = models.CharField("dịch vụ", max_length=60)
    service_name = models.CharField("tên dịch vụ", max_length=200)
    state = models.CharField("tình trạng", max_length=10, choices=OwnState.choices)
    sealed_user = models.TextField("tên ở dịch vụ (đã mã hóa)", blank=True)
    key_ref = models.CharField("chứng thư ở dịch vụ", max_length=200, blank=True)
    keys: "models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]" = models.JSONField(
        "chứng thư để chọn", default=list
    )
    certificates: "models.JSONField[list[str], list[str]]" = models.JSONField(
        "chứng thư và chuỗi", default=list
    )
    subject_name = models.CharField("tên trên chứng thư", max_length=300, blank=True)
    consent = models.CharField("cách cho phép", max_length=12, blank=True)
    sealed_grant = models.TextField("giấy phép ký (đã mã hóa)", blank=True)
    tries = models.PositiveSmallIntegerField("số lần thử", default=0)
    next_try_at = models.DateTimeField("làm tiếp lúc", null=True)
    latest_error = models.CharField("lỗi gần nhất", max_length=500, blank=True)
    begun_at = models.DateTimeField("bắt đầu lúc")
    expires_at = models.DateTimeField("quá hạn lúc")
    ended_at = models.DateTimeField("kết thúc lúc", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="signing_own_state_is_known", condition=Q(state__in=OwnState.values)
            ),
            models.CheckConstraint(
                name="signing_own_ended_holds_no_secret",
                condition=Q(state__in=OWN_OPEN, ended_at__isnull=True)
                | (
                    ~Q(state__in=OWN_OPEN)
                    & Q(ended_at__isnull=False, sealed_user="", sealed_grant="")
                ),
            ),
            models.UniqueConstraint(
                name="signing_own_one_open_of_an_owner",
                fields=["owner"],
                condition=Q(state__in=OWN_OPEN),
            ),
        ]
        indexes = [
            models.Index(name="signing_own_of_owner", fields=["owner", "id"]),
            models.Index(
                name="signing_own_due",
                fields=["next_try_at", "id"],
                condition=Q(next_try_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner} ({self.state})"

    @property
    def is_open(self) -> bool:
        """Say whether it has not come to an end."""
        return self.state in OWN_OPEN


class OwnPaper(models.Model):
    """One paper of it: as it was shown and frozen, half signed, signed.

    `ref` is what the thing above calls it there.
    """

    pk = models.CompositePrimaryKey("signing_id", "seq")
    signing = models.ForeignKey(
        OwnSigning, on_delete=models.CASCADE, related_name="papers", db_index=False
    )
    seq = models.PositiveSmallIntegerField("thứ tự")
    ref = models.CharField("chỗ của giấy", max_length=60)
    name = models.CharField("tên giấy tờ", max_length=500)
    file_name = models.CharField("tên tệp", max_length=200)
    is_ours = models.BooleanField("có ô ký của hệ thống", default=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    tail = models.BinaryField("phần nối thêm", null=True)
    document_digest = models.BinaryField("dấu vân tay văn bản", null=True)
    reserved_start = models.PositiveIntegerField("chỗ chữ ký từ", null=True)
    reserved_end = models.PositiveIntegerField("chỗ chữ ký đến", null=True)
    attributes = models.BinaryField("thuộc tính được ký", null=True)
    raw = models.BinaryField("chữ ký", null=True)
    signed_file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", null=True
    )

    def __str__(self) -> str:
        return f"{self.signing_id}#{self.seq} {self.ref}"
