"""Units inside agencies: identities, dated versions, links, closure, calendars."""

from django.db import models
from django.db.models import F, Q

from motcua.foundation.organisation.choices import Standing, UnitKind
from motcua.foundation.organisation.rules.codes import UNIT_CODE
from motcua.lib.dated import Dated, days_in_order, one_at_a_time

from .agency import Agency
from .keys import LivingKey
from .succession import Succession, link_constraints


def unit_constraints(table: str) -> list[models.BaseConstraint]:
    """Return what both the identity and its versions promise."""
    return [
        models.CheckConstraint(
            name=f"{table}_kind_is_known", condition=Q(kind__in=UnitKind.values)
        ),
        models.CheckConstraint(name=f"{table}_code_is_lawful", condition=Q(code__regex=UNIT_CODE)),
    ]


class UnitFields(models.Model):
    """What may change about a unit."""

    code = models.CharField("mã", max_length=35)
    name = models.CharField("tên", max_length=200)
    short_name = models.CharField("tên ngắn", max_length=80, blank=True)
    kind = models.CharField("loại", max_length=30, choices=UnitKind.choices)
    parent = models.ForeignKey(
        "organisation.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="thuộc đơn vị",
    )

    class Meta:
        abstract = True


class Unit(UnitFields):
    """One unit of one agency over time (đơn vị), with today's version repeated.

    It stays in its agency for life: what moves elsewhere ends and has an heir there. The root
    unit of an agency, the only one without a parent, is born and ends with it.
    """

    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan"
    )
    standing = models.CharField(
        "tình trạng", max_length=10, choices=Standing.choices, default=Standing.PLANNED
    )
    calendar = models.ForeignKey(
        "calendar.WorkCalendar",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="lịch làm việc riêng",
    )

    class Meta:
        constraints = [
            *unit_constraints("organisation_unit"),
            models.CheckConstraint(
                name="organisation_unit_standing_is_known",
                condition=Q(standing__in=Standing.values),
            ),
            models.CheckConstraint(
                name="organisation_unit_is_not_its_own_parent", condition=~Q(parent=F("id"))
            ),
            models.UniqueConstraint(
                name="organisation_one_root_unit_per_agency",
                fields=["agency"],
                condition=Q(parent__isnull=True),
            ),
            models.UniqueConstraint(
                name="organisation_one_living_unit_per_code",
                fields=["code"],
                condition=Q(standing=Standing.LIVING),
            ),
            models.UniqueConstraint(
                name="organisation_unit_in_its_agency", fields=["id", "agency"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class UnitVersion(UnitFields, Dated):
    """What one unit was called and which unit it belonged to, for some days.

    Born with a decision; only its last day is written later.
    """

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị"
    )
    basis = models.CharField("căn cứ", max_length=200, blank=True)

    class Meta:
        constraints = [
            *unit_constraints("organisation_unit_version"),
            days_in_order("organisation_unit_days_in_order"),
            one_at_a_time("organisation_one_unit_version_at_a_time", "unit"),
            one_at_a_time("organisation_one_unit_per_code", "code"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code}) từ {self.valid_from:%d/%m/%Y}"


class UnitSuccession(Succession):
    """One link from a unit to one that came after it, in this or another agency."""

    from_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="từ"
    )
    to_unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="thành",
    )

    class Meta:
        constraints = link_constraints("organisation_units", "from_unit", "to_unit")

    def __str__(self) -> str:
        return f"{self.from_unit_id} → {self.to_unit_id} ({self.kind}, {self.on:%d/%m/%Y})"


class CalendarUse(Dated):
    """Which calendar a unit and all below it use, for some days; an agency's stands at its root.

    Without a row, the unit uses what the unit or agency above it uses.
    """

    unit = LivingKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    calendar = models.ForeignKey(
        "calendar.WorkCalendar",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="lịch làm việc",
    )
    basis = models.CharField("căn cứ", max_length=200, blank=True)

    class Meta:
        constraints = [
            days_in_order("organisation_calendar_use_days_in_order"),
            one_at_a_time("organisation_one_calendar_at_a_time", "unit"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} dùng lịch {self.calendar_id} từ {self.valid_from:%d/%m/%Y}"


class UnitClosure(models.Model):
    """Today's tree inside an agency: one row for each unit and each of its ancestors and itself.

    Rewritten for an agency whenever one of its units changes; past trees come from the versions.
    """

    ancestor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    descendant = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    depth = models.PositiveSmallIntegerField("số bậc")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="organisation_closure_once", fields=["descendant", "ancestor"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ancestor_id} ⊇ {self.descendant_id} ({self.depth})"


class TreeVersion(models.Model):
    """The one row that says which state of the tree is in force; caches compare it.

    Its numbers come from a sequence, so that none is ever used twice, not even after a rollback.
    """

    id = models.SmallIntegerField(primary_key=True)
    version = models.BigIntegerField("phiên bản")

    class Meta:
        constraints = [
            models.CheckConstraint(name="organisation_one_tree", condition=Q(id=1)),
        ]

    def __str__(self) -> str:
        return f"Cây tổ chức {self.version}"
