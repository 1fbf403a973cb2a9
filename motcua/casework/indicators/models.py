from django.db import models


class RollUp(models.Model):
    """How often something happened at one unit on one day; 0 stands for the whole province.

    Changed only by projections, in the same transaction as their position; can be rebuilt from
    the rooms' own history at any time.
    """

    unit_id = models.BigIntegerField("đơn vị")
    measure = models.CharField("chỉ số", max_length=60)
    day = models.DateField("ngày")
    value = models.BigIntegerField("số lần", default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit_id", "measure", "day"], name="indicators_one_row_per_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} @{self.unit_id} {self.day:%d/%m/%Y}: {self.value}"


class Standing(models.Model):
    """How many of something stand open at one unit now; 0 stands for the whole province."""

    unit_id = models.BigIntegerField("đơn vị")
    measure = models.CharField("chỉ số", max_length=60)
    value = models.BigIntegerField("số lượng", default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit_id", "measure"], name="indicators_one_standing_row"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} @{self.unit_id}: {self.value}"
