"""Pictures that stand in visible signatures."""

from django.db import models
from django.db.models import Q

from motcua.foundation.files.api import StoredFile
from motcua.foundation.trust.choices import ImageKind
from motcua.lib.dated import Dated, days_in_order, one_at_a_time


class SignatureImage(Dated):
    """One picture of a handwriting or of a seal, with its real size, valid for some days.

    Source: docs/law/signatures.md
    """

    kind = models.CharField("loại", max_length=12, choices=ImageKind.choices)
    officer_id = models.BigIntegerField("cán bộ", null=True)
    agency_id = models.BigIntegerField("cơ quan", null=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    width_mm = models.PositiveSmallIntegerField("rộng (mm)")
    height_mm = models.PositiveSmallIntegerField("cao (mm)")
    kept_by_name = models.CharField("người đưa vào", max_length=200)
    kept_at = models.DateTimeField("lúc")

    class Meta:
        constraints = [
            days_in_order("trust_image_days_in_order"),
            models.CheckConstraint(
                name="trust_image_belongs_to_one",
                condition=Q(
                    kind=ImageKind.HANDWRITING, officer_id__isnull=False, agency_id__isnull=True
                )
                | Q(kind=ImageKind.SEAL, agency_id__isnull=False, officer_id__isnull=True),
            ),
            models.CheckConstraint(
                name="trust_image_has_a_size",
                condition=Q(width_mm__gt=0, height_mm__gt=0),
            ),
            one_at_a_time(
                "trust_one_handwriting_at_a_time",
                "officer_id",
                condition=Q(kind=ImageKind.HANDWRITING),
            ),
            one_at_a_time(
                "trust_one_seal_at_a_time", "agency_id", condition=Q(kind=ImageKind.SEAL)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.width_mm}×{self.height_mm} mm"
