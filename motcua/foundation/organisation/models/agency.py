"""Agencies: identities, dated versions, links of succession."""

from django.db import models
from django.db.models import Q

from motcua.foundation.organisation.choices import AgencyKind, Level, Standing
from motcua.foundation.organisation.rules.codes import LEGACY_CODE, NEW_CODE
from motcua.lib.dated import Dated, days_in_order, one_at_a_time

from .succession import Succession, link_constraints


def agency_constraints(table: str) -> list[models.BaseConstraint]:
    """Return what both the identity and its versions promise.

    Source: docs/law/organisation.md
    """
    return [
        models.CheckConstraint(
            name=f"{table}_kind_is_known", condition=Q(kind__in=AgencyKind.values)
        ),
        models.CheckConstraint(name=f"{table}_level_is_known", condition=Q(level__in=Level.values)),
        models.CheckConstraint(
            name=f"{table}_code_is_lawful",
            condition=Q(code__regex=NEW_CODE) | Q(code__regex=LEGACY_CODE),
        ),
        models.CheckConstraint(
            name=f"{table}_legacy_code_is_lawful",
            condition=Q(legacy_code="") | Q(legacy_code__regex=LEGACY_CODE),
        ),
    ]


class AgencyFields(models.Model):
    """What may change about an agency."""

    code = models.CharField("mã định danh", max_length=35)
    legacy_code = models.CharField("mã định danh cũ", max_length=13, blank=True)
    name = models.CharField("tên", max_length=200)
    short_name = models.CharField("tên ngắn", max_length=80, blank=True)
    kind = models.CharField("loại", max_length=30, choices=AgencyKind.choices)
    level = models.CharField("cấp", max_length=10, choices=Level.choices)
    place_code = models.CharField("mã địa bàn", max_length=5, blank=True)
    parent = models.ForeignKey(
        "organisation.Agency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="cơ quan cấp trên",
    )

    class Meta:
        abstract = True


class Agency(AgencyFields):
    """One agency over time (cơ quan), with today's version repeated for display and search.

    Born when its founding is entered, also ahead of time; follows its versions from day to day;
    never deleted: it ends.
    """

    standing = models.CharField(
        "tình trạng", max_length=10, choices=Standing.choices, default=Standing.PLANNED
    )

    class Meta:
        constraints = [
            *agency_constraints("organisation_agency"),
            models.CheckConstraint(
                name="organisation_agency_standing_is_known",
                condition=Q(standing__in=Standing.values),
            ),
            models.UniqueConstraint(
                name="organisation_one_living_agency_per_code",
                fields=["code"],
                condition=Q(standing=Standing.LIVING),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class AgencyVersion(AgencyFields, Dated):
    """What one agency was called, where it belonged and which codes it had, for some days.

    Born with a decision; only its last day is written later.
    """

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan"
    )
    basis = models.CharField("căn cứ", max_length=200, blank=True)

    class Meta:
        constraints = [
            *agency_constraints("organisation_agency_version"),
            days_in_order("organisation_agency_days_in_order"),
            one_at_a_time("organisation_one_agency_version_at_a_time", "agency"),
            one_at_a_time("organisation_one_agency_per_code", "code"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code}) từ {self.valid_from:%d/%m/%Y}"


class AgencySuccession(Succession):
    """One link from an agency to one that came after it; never changed."""

    from_agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", verbose_name="từ"
    )
    to_agency = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="thành",
    )

    class Meta:
        constraints = link_constraints("organisation_agencies", "from_agency", "to_agency")

    def __str__(self) -> str:
        return f"{self.from_agency_id} → {self.to_agency_id} ({self.kind}, {self.on:%d/%m/%Y})"
