"""The work of somebody who is away, shared among colleagues: which act, which pieces."""

from django.db import models
from django.db.models import Q

from .dossier import Dossier


class WorkShare(models.Model):
    """One time the open work of an absent officer was shared out; the absence is staffing's.

    Without `done_at` it was broken off, and the worker goes on.
    """

    absence_id = models.BigIntegerField("lần vắng mặt", db_index=True)
    from_id = models.BigIntegerField("tài khoản người vắng")
    from_name = models.CharField("người vắng", max_length=200)
    at = models.DateTimeField("chia lúc")
    by_id = models.BigIntegerField("tài khoản người chia")
    by_name = models.CharField("người chia", max_length=200)
    done_at = models.DateTimeField("chia xong lúc", null=True)

    def __str__(self) -> str:
        return f"absence {self.absence_id}: {self.from_name}"


class SharedStep(models.Model):
    """One step that went to a colleague; `version` is the dossier's move that says so.

    It may come back as long as who got it has done nothing with the dossier since.
    """

    share = models.ForeignKey(WorkShare, on_delete=models.PROTECT, related_name="+")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+", db_index=False)
    step_seq = models.PositiveIntegerField("bước")
    unit_id = models.BigIntegerField("đơn vị")
    to_id = models.BigIntegerField("tài khoản người nhận")
    to_name = models.CharField("người nhận", max_length=200)
    version = models.PositiveIntegerField("lần thay đổi của hồ sơ")
    back_at = models.DateTimeField("về lại lúc", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["share", "dossier", "step_seq"], name="dossiers_shared_once"
            ),
            models.CheckConstraint(name="dossiers_shared_by_a_move", condition=Q(version__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}#{self.step_seq} → {self.to_name}"
