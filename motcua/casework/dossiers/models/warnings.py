"""Which warnings have gone out."""

from django.db import models

from motcua.casework.dossiers.choices import WarningKind

from .dossier import Dossier


class DueWarning(models.Model):
    """One warning about one promise: that its end is near, or has passed.

    Born when handlers and heads are told, so that they are told once; a new promise may have its
    own. Never changed.
    """

    pk = models.CompositePrimaryKey("dossier_id", "kind", "due_at")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField("loại", max_length=4, choices=WarningKind.choices)
    due_at = models.DateTimeField("hẹn trả")
    at = models.DateTimeField("lúc")

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.kind} {self.due_at:%Y-%m-%d %H:%M}"
