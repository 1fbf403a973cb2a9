"""The ratings given."""

from django.db import models
from django.db.models import Q

from .choices import Level


class Rating(models.Model):
    """What one applicant says of the handling of one dossier (đánh giá).

    Born once the dossier has a result or an end; never changed.
    """

    dossier = models.OneToOneField(
        "dossiers.Dossier", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    agency_id = models.BigIntegerField("cơ quan giải quyết")
    procedure_id = models.BigIntegerField("thủ tục")
    overall = models.PositiveSmallIntegerField("chung", choices=Level.choices)
    convenience = models.PositiveSmallIntegerField("thuận tiện", choices=Level.choices)
    timeliness = models.PositiveSmallIntegerField("kịp thời", choices=Level.choices)
    attitude = models.PositiveSmallIntegerField("thái độ", choices=Level.choices)
    comment = models.CharField("ý kiến", max_length=2000, blank=True)
    rated_at = models.DateTimeField("lúc")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ratings_levels_are_three",
                condition=Q(overall__in=Level.values)
                & Q(convenience__in=Level.values)
                & Q(timeliness__in=Level.values)
                & Q(attitude__in=Level.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.overall}"
