"""One decision for many dossiers: a list, one number, one signature."""

from django.db import models
from django.db.models import Q

from .dossier import Dossier


class CollectedDecision(models.Model):
    """One decision whose list names many applicants; a draft until it is signed.

    Signed digitally (`is_digital`) it is one file, and each applicant's result an extract of that.
    """

    agency_id = models.BigIntegerField("cơ quan")
    unit_id = models.BigIntegerField("đơn vị lập")
    procedure_id = models.BigIntegerField("thủ tục")
    spec_code = models.CharField("mã kết quả trong quy trình", max_length=60)
    title = models.CharField("trích yếu", max_length=300)
    made_at = models.DateTimeField("lập lúc")
    made_by_name = models.CharField("người lập", max_length=200)
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    signed_by_name = models.CharField("người ký", max_length=200, blank=True)
    signed_by_title = models.CharField("chức vụ người ký", max_length=200, blank=True)
    signed_by_capacity = models.CharField("tư cách ký", max_length=400, blank=True)
    decided_at = models.DateTimeField("ký lúc", null=True)
    is_digital = models.BooleanField("ký số", default=False, db_default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dossiers_collected_signed_has_number",
                condition=Q(decided_at__isnull=True) | ~Q(number=""),
            ),
        ]
        indexes = [
            models.Index(name="dossiers_collected_of_agency", fields=["agency_id", "-id"]),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.title} (dự thảo)"


class CollectedDossier(models.Model):
    """One line of the list; a dossier stands in one decision only.

    When the list is signed the line keeps what it says: whoever corrects the dossier later changes
    neither the decision nor an extract of it.
    """

    decision = models.ForeignKey(CollectedDecision, on_delete=models.PROTECT, related_name="+")
    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField("số thứ tự")
    as_signed = models.JSONField("nội dung dòng khi ký", default=dict, db_default={})

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "place"], name="dossiers_collected_place_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}/{self.place}"
