"""Pictures that stand in visible signatures."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from motcua.foundation.files.api import StoredFile
from motcua.foundation.trust.choices import ImageKind, ImageState
from motcua.lib.dated import Dated, days_in_order, one_at_a_time


class SignatureImage(Dated):
    """One picture of a handwriting or of a seal, with its real size, valid for some days.

    Born when an administrator proposes it, used when another one has approved it; never deleted:
    papers of the past bear it. `ink_percent` is how much of what is drawn has the colour asked for.

    Source: docs/law/signatures.md
    """

    kind = models.CharField("loại", max_length=12, choices=ImageKind.choices)
    officer_id = models.BigIntegerField("cán bộ", null=True)
    agency_id = models.BigIntegerField("cơ quan", null=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    width_mm = models.PositiveSmallIntegerField("rộng (mm)")
    height_mm = models.PositiveSmallIntegerField("cao (mm)")
    ink_percent = models.PositiveSmallIntegerField("đúng màu (%)", default=100)
    state = models.CharField(
        "tình trạng", max_length=10, choices=ImageState.choices, default=ImageState.APPROVED
    )
    kept_by_id = models.BigIntegerField("mã người đưa vào", default=0)
    kept_by_name = models.CharField("người đưa vào", max_length=200)
    kept_at = models.DateTimeField("lúc")
    approved_by_id = models.BigIntegerField("mã người duyệt", null=True)
    approved_by_name = models.CharField("người duyệt", max_length=200, blank=True)
    approved_at = models.DateTimeField("duyệt lúc", null=True)

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
                condition=Q(kind=ImageKind.HANDWRITING, state=ImageState.APPROVED),
            ),
            one_at_a_time(
                "trust_one_seal_at_a_time",
                "agency_id",
                condition=Q(kind=ImageKind.SEAL, state=ImageState.APPROVED),
            ),
            models.CheckConstraint(
                name="trust_image_state_is_known", condition=Q(state__in=ImageState.values)
            ),
            models.CheckConstraint(
                name="trust_image_approved_by_another",
                condition=Q(approved_by_id__isnull=True) | ~Q(approved_by_id=F("kept_by_id")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.width_mm}×{self.height_mm} mm"

    def is_ahead_of(self, day: date) -> bool:
        """Say whether it is used on that day or some day after it."""
        return self.valid_to is None or day <= self.valid_to
