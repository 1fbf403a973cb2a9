"""Of what people were warned already."""

from django.db import models

from motcua.casework.documents.choices import AlarmKind


class DocumentAlarm(models.Model):
    """One warning sent about one step or one message, so that nobody is warned of it twice.

    `subject` names the step (“42#3000”) or the message and the agency (“GT-H18-2026-1@7”).
    """

    subject = models.CharField("về", max_length=120)
    kind = models.CharField("loại", max_length=12, choices=AlarmKind.choices)
    at = models.DateTimeField("lúc")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="documents_alarm_once", fields=["subject", "kind"])
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.kind}"
