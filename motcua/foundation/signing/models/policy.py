"""What a kind of document needs."""

from django.db import models
from django.db.models import Q

from motcua.foundation.signing.choices import DocumentKind, Level
from motcua.lib.dated import Dated, days_in_order, one_at_a_time


class SigningPolicy(Dated):
    """What the documents of one kind need, for all agencies or one, all procedures or one, dated.

    `turns` are the roles in the order in which they sign, `initials` who gives each initial among
    them; `is_apart` forbids that one person gives two of the signatures before the seal. The
    narrowest row in force counts: of agency and procedure, of the procedure, of the agency, of
    all. Zero and nothing mean all.
    """

    document_kind = models.CharField("loại văn bản", max_length=20, choices=DocumentKind.choices)
    agency_id = models.BigIntegerField("cơ quan", default=0)
    procedure_code = models.CharField("thủ tục", max_length=40, blank=True)
    level = models.CharField("mức", max_length=5, choices=Level.choices)
    turns: "models.JSONField[list[str], list[str]]" = models.JSONField("các lượt ký")
    initials: "models.JSONField[list[str], list[str]]" = models.JSONField(
        "ai ký nháy", default=list, blank=True
    )
    is_apart = models.BooleanField("mỗi người chỉ ký một lượt", default=True)
    is_required = models.BooleanField("bắt buộc ký số")
    basis = models.CharField("căn cứ", max_length=500, blank=True)

    class Meta:
        constraints = [
            days_in_order("signing_policy_days_in_order"),
            models.CheckConstraint(
                name="signing_policy_kind_is_known",
                condition=Q(document_kind__in=DocumentKind.values),
            ),
            models.CheckConstraint(
                name="signing_policy_level_is_known", condition=Q(level__in=Level.values)
            ),
            one_at_a_time(
                "signing_one_policy_at_a_time", "document_kind", "agency_id", "procedure_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_kind} {self.level} ({'bắt buộc' if self.is_required else 'tùy'})"
