"""What authorities say was revoked."""

from django.db import models
from django.db.models import Q

from motcua.foundation.trust.choices import AnswerKind
from motcua.foundation.trust.rules.certificates import common_name_in


class RevocationAnswer(models.Model):
    """One signed list or answer of an authority, as it came; kept as evidence, never changed.

    `fetched_at` is when it was seen last: asked again, an authority may have nothing newer.
    """

    kind = models.CharField("loại", max_length=4, choices=AnswerKind.choices)
    issuer_key_hash = models.CharField("dấu vân tay khóa nơi cấp", max_length=64)
    issuer = models.CharField("nơi cấp", max_length=500)
    serial = models.CharField("số sê-ri được hỏi", max_length=64, blank=True)
    der = models.BinaryField("nội dung")
    this_update = models.DateTimeField("lập lúc")
    next_update = models.DateTimeField("lập lại trước", null=True)
    fetched_at = models.DateTimeField("nhận lúc")
    source = models.CharField("lấy từ", max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="trust_answer_kind_is_known", condition=Q(kind__in=AnswerKind.values)
            ),
            models.UniqueConstraint(
                name="trust_answer_once",
                fields=["kind", "issuer_key_hash", "serial", "this_update"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.issuer} {self.this_update:%Y-%m-%d}"

    @property
    def issuer_name(self) -> str:
        """Return the common name of the authority."""
        return common_name_in(self.issuer)
