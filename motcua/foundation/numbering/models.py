from django.db import models


class Series(models.Model):
    """One run of numbers without gaps, named by what it numbers, whose book, and which day or year.

    Born with its first number; only `allocate_number` raises it; it is never lowered or deleted.
    """

    key = models.CharField("dãy số", max_length=120, primary_key=True)
    latest = models.PositiveBigIntegerField("số mới nhất")

    def __str__(self) -> str:
        return f"{self.key}: {self.latest}"
