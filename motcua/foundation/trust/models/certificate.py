"""The certificates we know."""

from django.db import models
from django.db.models import Q

from motcua.foundation.trust.choices import (
    AnswerKind,
    CertificateState,
    HolderKind,
    KnownState,
    Way,
)
from motcua.foundation.trust.rules.certificates import common_name_in


class Certificate(models.Model):
    """One certificate (chứng thư số) of somebody who signs here, of a service, or of an authority.

    Born when it is registered; only its state changes, and what its authority said of it the latest
    time (`known_…`; `asked_at` is when it was asked). `key_ref` names the key at the holder of
    keys `service_code`, and is never a secret. Officers, agencies and persons are those of then.
    """

    der = models.BinaryField("chứng thư")
    sha256 = models.CharField("dấu vân tay SHA-256", max_length=64, unique=True)
    subject = models.CharField("chủ thể", max_length=500)
    subject_name = models.CharField("tên trên chứng thư", max_length=300)
    issuer = models.CharField("nơi cấp", max_length=500)
    serial = models.CharField("số sê-ri", max_length=64)
    not_before = models.DateTimeField("hiệu lực từ")
    not_after = models.DateTimeField("hiệu lực đến")
    key_kind = models.CharField("loại khóa", max_length=8)
    key_bits = models.PositiveIntegerField("độ dài khóa")
    holder_kind = models.CharField("của ai", max_length=10, choices=HolderKind.choices)
    officer_id = models.BigIntegerField("cán bộ", null=True)
    agency_id = models.BigIntegerField("cơ quan", null=True)
    person_id = models.BigIntegerField("cá nhân", null=True)
    way = models.CharField("khóa ở đâu", max_length=10, choices=Way.choices, blank=True)
    service_code = models.CharField("nơi giữ khóa", max_length=40, blank=True)
    key_ref = models.CharField("tên khóa", max_length=200, blank=True)
    state = models.CharField(
        "tình trạng",
        max_length=10,
        choices=CertificateState.choices,
        default=CertificateState.ACTIVE,
    )
    state_reason = models.CharField("lý do", max_length=500, blank=True)
    state_at = models.DateTimeField("đổi tình trạng lúc", null=True)
    added_by_name = models.CharField("người thêm", max_length=200)
    added_at = models.DateTimeField("thêm lúc")
    alarmed_days = models.PositiveSmallIntegerField("đã nhắc trước (ngày)", null=True)
    known_state = models.CharField(
        "nơi cấp nói", max_length=8, choices=KnownState.choices, blank=True
    )
    known_by = models.CharField("theo", max_length=4, choices=AnswerKind.choices, blank=True)
    known_at = models.DateTimeField("nơi cấp nói lúc", null=True)
    known_since = models.DateTimeField("thu hồi, tạm dừng từ", null=True)
    asked_at = models.DateTimeField("hỏi nơi cấp lúc", null=True)
    ask_error = models.CharField("vì sao chưa biết", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="trust_certificate_state_is_known",
                condition=Q(state__in=CertificateState.values),
            ),
            models.CheckConstraint(
                name="trust_certificate_known_state_has_a_source",
                condition=Q(known_state="", known_by="", known_at__isnull=True)
                | ~Q(known_state="") & ~Q(known_by="") & Q(known_at__isnull=False),
            ),
            models.CheckConstraint(
                name="trust_certificate_names_its_holder",
                condition=Q(holder_kind=HolderKind.OFFICER, officer_id__isnull=False)
                | Q(holder_kind=HolderKind.AGENCY, agency_id__isnull=False)
                | Q(holder_kind__in=(HolderKind.CITIZEN, HolderKind.SERVICE, HolderKind.AUTHORITY)),
            ),
            models.CheckConstraint(
                name="trust_certificate_server_key_is_named",
                condition=~Q(way=Way.SERVER) | (~Q(service_code="") & ~Q(key_ref="")),
            ),
            models.UniqueConstraint(
                name="trust_certificate_one_per_key",
                fields=["service_code", "key_ref"],
                condition=Q(state=CertificateState.ACTIVE) & ~Q(key_ref=""),
            ),
        ]
        indexes = [
            models.Index(
                name="trust_certificate_of_officer",
                fields=["officer_id"],
                condition=Q(officer_id__isnull=False),
            ),
            models.Index(
                name="trust_certificate_of_agency",
                fields=["agency_id"],
                condition=Q(agency_id__isnull=False),
            ),
            models.Index(
                name="trust_certificate_ending",
                fields=["not_after"],
                condition=Q(state=CertificateState.ACTIVE),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_name} ({self.serial})"

    @property
    def issuer_name(self) -> str:
        """Return the common name of who issued it, the whole name if it has none."""
        return common_name_in(self.issuer)
