"""What officers keep about their own lists."""

from django.db import models


class SavedView(models.Model):
    """One narrowing of a work list that an officer has given a name; belongs to the account."""

    account_id = models.BigIntegerField("tài khoản")
    name = models.CharField("tên", max_length=60)
    query = models.CharField("điều kiện", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account_id", "name"], name="dossiers_view_named_once"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.name}"
