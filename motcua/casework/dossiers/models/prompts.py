"""What the province says before anybody asks: once, and never to who does not want it."""

from django.db import models
from django.db.models import Q

from motcua.casework.dossiers.choices import PromptKind


class Prompt(models.Model):
    """One reminder to one account, with an application that is prepared and not filed.

    `key` names what it is about, so that it comes once; `draft_token` the prepared draft, empty
    until its owner wants it. Nothing is ever filed by a prompt.
    """

    account_id = models.BigIntegerField("tài khoản")
    kind = models.CharField("loại", max_length=8, choices=PromptKind.choices)
    key = models.CharField("về việc", max_length=80)
    procedure_code = models.CharField("thủ tục", max_length=40)
    due_on = models.DateField("ngày")
    draft_token = models.CharField("bản nháp soạn sẵn", max_length=32, blank=True)
    told_at = models.DateTimeField("nhắc lúc")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account_id", "key"], name="dossiers_prompt_once"),
            models.CheckConstraint(
                name="dossiers_prompt_kind_is_known", condition=Q(kind__in=PromptKind.values)
            ),
        ]
        indexes = [
            models.Index(name="dossiers_prompts_of", fields=["account_id", "-told_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.key}"


class PromptRefused(models.Model):
    """Somebody who does not want to be reminded of a procedure any more."""

    account_id = models.BigIntegerField("tài khoản")
    procedure_code = models.CharField("thủ tục", max_length=40)
    at = models.DateTimeField("từ lúc")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account_id", "procedure_code"], name="dossiers_prompt_refused_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.procedure_code}"
