"""Tables of files: what is kept, and what is on its way."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.lib.actor import Actor

from .choices import ScanState
from .rules import KINDS

_SHOWN = frozenset(kind.media_type for kind in KINDS if kind.is_shown)


class StoredFile(models.Model):
    """One content, kept once however many rooms hold a key to it.

    Born when a file passes every check or is made here; only what is known about viruses changes;
    it goes when it was never used. Its name is known to those who hold it: the same content may
    have many. What turned out to be a state secret loses its bytes; the row stays, so that the same
    content is known if it comes again.
    """

    sha256 = models.CharField("dấu vân tay SHA-256", max_length=64, unique=True)
    size = models.BigIntegerField("số byte")
    media_type = models.CharField("loại", max_length=100)
    pages = models.PositiveIntegerField("số trang", default=0)
    has_preview = models.BooleanField("có ảnh xem trước", default=False)
    bears_signature = models.BooleanField("có chữ ký số", default=False)
    scan_state = models.CharField("vi-rút", max_length=20, choices=ScanState.choices)
    scanned_at = models.DateTimeField("quét lúc", null=True, blank=True)
    first_seen_at = models.DateTimeField("có từ lúc")
    purged_at = models.DateTimeField("xóa nội dung lúc", null=True, blank=True)
    keep_until = models.DateField("lưu đến ngày", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="files_size_is_positive", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="files_hash_is_a_hash", condition=Q(sha256__regex="^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="files_scan_state_is_known", condition=Q(scan_state__in=ScanState.values)
            ),
            models.CheckConstraint(
                name="files_scanned_means_a_moment",
                condition=Q(
                    scan_state__in=(ScanState.CLEAN, ScanState.INFECTED), scanned_at__isnull=False
                )
                | Q(
                    scan_state__in=(ScanState.NOT_SCANNED, ScanState.MADE_HERE),
                    scanned_at__isnull=True,
                ),
            ),
        ]
        indexes = [
            models.Index(
                name="files_not_scanned",
                fields=["id"],
                condition=Q(scan_state=ScanState.NOT_SCANNED),
            )
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} ({self.media_type}, {self.size} byte)"

    @property
    def is_locked(self) -> bool:
        """Whether nobody may open it: a virus was found later, or its content is gone."""
        return self.scan_state == ScanState.INFECTED or self.purged_at is not None

    @property
    def is_shown(self) -> bool:
        """Whether a browser may show it in place instead of saving it."""
        return self.media_type in _SHOWN


class UploadQuerySet(models.QuerySet["Upload"]):
    def of(self, by: Actor) -> Self:
        """Return what the actor sends, not what another application does under the account."""
        return self.filter(owner_id=by.doer_id, application_id=by.application_id)

    def unfinished(self) -> Self:
        return self.filter(stored_file__isnull=True)


class Upload(models.Model):
    """One file on its way in parts, from the first byte until a room holds its content.

    Born when an account asks to send a file; it grows part by part, then points to what was kept;
    swept some days later. Nobody but its owner may know of it. `owner_id` is the number of an
    account, `application_id` that of the application that sends under it, none for a person; no
    foreign keys: both live above.
    """

    token = models.CharField("mã", max_length=64, unique=True)
    owner_id = models.BigIntegerField("tài khoản gửi")
    application_id = models.BigIntegerField("ứng dụng gửi", null=True, blank=True)
    name = models.CharField("tên tệp", max_length=200)
    size = models.BigIntegerField("số byte sẽ gửi")
    offset = models.BigIntegerField("số byte đã nhận", default=0)
    begun_at = models.DateTimeField("bắt đầu lúc")
    expires_at = models.DateTimeField("hết hạn lúc")
    stored_file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="files_upload_grows_to_its_size",
                condition=Q(size__gt=0, offset__gte=0, offset__lte=models.F("size")),
            ),
            models.CheckConstraint(
                name="files_upload_is_kept_when_complete",
                condition=Q(stored_file__isnull=True) | Q(offset=models.F("size")),
            ),
        ]
        indexes = [
            models.Index(name="files_upload_of_owner", fields=["owner_id"]),
            models.Index(name="files_upload_expiry", fields=["expires_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.offset}/{self.size})"

    @property
    def is_complete(self) -> bool:
        return self.offset == self.size


def most_bytes() -> int:
    """Return how large one file may be."""
    limit: int = settings.FILES_MOST_BYTES
    return limit
