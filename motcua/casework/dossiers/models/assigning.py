"""Who gets new work of a unit by itself."""

from django.db import models
from django.db.models import Q

from motcua.casework.dossiers.choices import AssignmentWay


class AssignmentRule(models.Model):
    """One officer's part in the automatic assignment of a unit's new work.

    Written by the head of the unit; whoever is away gets nothing. Rules by area come first, then
    those by turn or by load. No rule: the work waits to be taken.
    """

    unit_id = models.BigIntegerField("đơn vị")
    way = models.CharField("cách phân công", max_length=8, choices=AssignmentWay.choices)
    account_id = models.BigIntegerField("tài khoản")
    name = models.CharField("cán bộ", max_length=200)
    area = models.CharField("địa bàn", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự")
    is_away = models.BooleanField("đang vắng", default=False)
    latest_at = models.DateTimeField("được giao gần nhất", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit_id", "position"], name="dossiers_assignment_position_once"
            ),
            models.CheckConstraint(
                name="dossiers_assignment_by_area_names_it",
                condition=~Q(way=AssignmentWay.AREA) | ~Q(area=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}#{self.position} {self.name} ({self.way})"
