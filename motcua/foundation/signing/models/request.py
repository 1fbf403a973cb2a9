"""One document on its way to its signatures."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.foundation.access.api import ScopeRow, newest_first, one_row_per_unit
from motcua.foundation.files.api import StoredFile
from motcua.foundation.signing.choices import DocumentKind, Level, MadeBy, RequestState

LIVING = (RequestState.DRAFT, RequestState.OPEN)
# What officers hand in themselves, with no dossier behind it.
HANDED_IN = (DocumentKind.MODULE_PDF, DocumentKind.COPY, DocumentKind.ATTACHMENT)


class SigningRequest(models.Model):
    """One document that somebody has to sign, from the asking to the last signature.

    Born when its owner asks; its state only moves forward; its number is given once, with its day,
    when it is sealed; a document of others may bear both in print. `placing` says where the fields
    of such a document stand (`rules.placing`). `owner` names the thing above that asked
    (“dossier:…#3”), which is no key.
    """

    code = models.CharField("mã", max_length=32, unique=True)
    document_kind = models.CharField("loại văn bản", max_length=20, choices=DocumentKind.choices)
    owner = models.CharField("của", max_length=120)
    title = models.CharField("tên văn bản", max_length=500)
    about = models.CharField("về việc", max_length=500, blank=True)
    agency_id = models.BigIntegerField("cơ quan ban hành")
    unit_id = models.BigIntegerField("đơn vị soạn")
    state = models.CharField("tình trạng", max_length=10, choices=RequestState.choices)
    level = models.CharField("mức", max_length=5, choices=Level.choices)
    number_series = models.CharField("sổ số", max_length=100, blank=True)
    notation = models.CharField("ký hiệu", max_length=60, blank=True)
    number = models.PositiveIntegerField("số", null=True)
    numbered_on = models.DateField("ngày ban hành", null=True)
    printed_number = models.CharField("số ghi sẵn", max_length=100, blank=True)
    printed_on = models.DateField("ngày ghi sẵn", null=True)
    placing = models.JSONField("chỗ của các ô", default=dict)
    valid_until = models.DateField("giá trị đến hết ngày", null=True)
    paper_token = models.CharField("mã trên QR", max_length=40, unique=True)
    is_apart = models.BooleanField("mỗi người chỉ ký một lượt", default=True)
    version = models.PositiveIntegerField("số lần thay đổi", default=0)
    latest_seq = models.PositiveSmallIntegerField("bản mới nhất", default=0)
    sort_at = models.DateTimeField("yêu cầu lúc")
    secrecy = models.SmallIntegerField("độ mật", default=0)
    created_by_id = models.BigIntegerField("mã người yêu cầu")
    created_by_name = models.CharField("người yêu cầu", max_length=200)
    ended_at = models.DateTimeField("kết thúc lúc", null=True)
    ended_reason = models.CharField("lý do kết thúc", max_length=1000, blank=True)
    lift_at = models.DateTimeField("nâng mức hoặc gia hạn lúc", null=True)
    lift_tries = models.PositiveSmallIntegerField("số lần thử nâng mức", default=0)
    lift_error = models.CharField("vì sao chưa nâng mức", max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="signing_request_state_is_known", condition=Q(state__in=RequestState.values)
            ),
            models.CheckConstraint(
                name="signing_request_numbered_with_a_day",
                condition=Q(number__isnull=True, numbered_on__isnull=True)
                | Q(number__isnull=False, numbered_on__isnull=False),
            ),
            models.CheckConstraint(
                name="signing_request_ended_with_a_moment",
                condition=Q(state__in=LIVING, ended_at__isnull=True)
                | ~Q(state__in=LIVING) & Q(ended_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="signing_one_open_request_of_an_owner",
                fields=["owner"],
                condition=Q(state=RequestState.OPEN),
            ),
            models.UniqueConstraint(
                name="signing_number_given_once",
                fields=["number_series", "number"],
                condition=Q(number__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="signing_newest", fields=["-sort_at", "-id"]),
            models.Index(name="signing_of_owner", fields=["owner"]),
            models.Index(
                name="signing_handed_in",
                fields=["created_by_id", "-id"],
                condition=Q(document_kind__in=HANDED_IN),
            ),
            models.Index(
                name="signing_handed_in_at",
                fields=["agency_id", "-id"],
                condition=Q(document_kind__in=HANDED_IN),
            ),
            models.Index(
                name="signing_to_lift",
                fields=["lift_at", "id"],
                condition=Q(lift_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.state})"

    @property
    def number_words(self) -> str:
        """Return number and notation as printed, nothing before it was given."""
        given = f"{self.number:02d}/{self.notation}" if self.number else ""
        return given or self.printed_number


class DocumentVersion(models.Model):
    """One state of the document; each continues the bytes of the one before.

    Only what is drafted begins anew: the first one, and one in which another signer is printed
    because the turn was handed on before anybody had signed.
    """

    pk = models.CompositePrimaryKey("request_id", "seq")
    request = models.ForeignKey(
        SigningRequest, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    seq = models.PositiveSmallIntegerField("bản")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    made_by = models.CharField("hình thành", max_length=10, choices=MadeBy.choices)
    level = models.CharField("mức", max_length=5, choices=Level.choices, blank=True)
    at = models.DateTimeField("lúc")

    def __str__(self) -> str:
        return f"{self.request_id} v{self.seq} {self.made_by}"


class SigningScope(ScopeRow):
    """One unit's or person's part in one request: what lists read and object pages ask."""

    SUBJECT: ClassVar[str] = "request"

    request = models.ForeignKey(
        SigningRequest, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [one_row_per_unit("request", "signing_scope_once")]
        indexes = [newest_first("request", "signing_scope_newest")]

    def __str__(self) -> str:
        return f"{self.unit_id} → {self.request_id} ({self.role})"
