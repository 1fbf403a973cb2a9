"""Decisions to move running dossiers onto a new version of their procedure, and what became of it.

Source: docs/adr/0074-running-dossiers-move-by-decision.md
"""

from typing import Any

from django.db import models
from django.db.models import Q

from motcua.casework.dossiers.choices import RebasedState, RebasingState
from motcua.casework.procedures.api import Procedure, ProcedureVersion


class Rebasing(models.Model):
    """One decision: from which version to which, by whom, with which steps in place of others.

    `step_map` names, for steps that the new version lacks, the step to go on at.
    """

    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, related_name="+", verbose_name="thủ tục"
    )
    version_was = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="+", verbose_name="phiên bản cũ"
    )
    version_now = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="+", verbose_name="phiên bản mới"
    )
    agency_id = models.BigIntegerField("chỉ của cơ quan", null=True)
    decision_number = models.CharField("số quyết định", max_length=100)
    decision_on = models.DateField("ngày quyết định")
    reason = models.CharField("lý do", max_length=1000)
    step_map: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        "bước thay", default=dict
    )
    state = models.CharField("trạng thái", max_length=8, choices=RebasingState.choices)
    by_id = models.BigIntegerField("mã người quyết định")
    by_name = models.CharField("người quyết định", max_length=200)
    by_title = models.CharField("chức danh", max_length=200, blank=True)
    begun_at = models.DateTimeField("bắt đầu lúc")
    ended_at = models.DateTimeField("xong lúc", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dossiers_rebasing_state_is_known",
                condition=Q(state__in=RebasingState.values),
            ),
            models.UniqueConstraint(
                name="dossiers_one_rebasing_runs",
                fields=["procedure"],
                condition=Q(state=RebasingState.RUNNING),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id}: {self.version_was_id} → {self.version_now_id}"


class RebasedDossier(models.Model):
    """One dossier of such a decision: moved, or kept and why. No key to the dossier: many rows.

    `tries` counts what failed though nobody foresaw it.
    """

    pk = models.CompositePrimaryKey("rebasing_id", "dossier_id")
    rebasing = models.ForeignKey(
        Rebasing, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    dossier_id = models.BigIntegerField("hồ sơ")
    state = models.CharField("kết quả", max_length=8, choices=RebasedState.choices)
    why = models.CharField("vì sao", max_length=2000, blank=True)
    at = models.DateTimeField("lúc", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("số lần lỗi", default=0, db_default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dossiers_rebased_state_is_known", condition=Q(state__in=RebasedState.values)
            ),
        ]
        indexes = [
            models.Index(
                name="dossiers_rebased_by_state", fields=["rebasing", "state", "dossier_id"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.rebasing_id}: {self.dossier_id} {self.state}"
