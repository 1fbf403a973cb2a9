"""Places and their dated versions."""

from datetime import date
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from motcua.lib.dated import Dated, days_in_order, holding_on, one_at_a_time

from .choices import PlaceChange, PlaceKind


class Place(models.Model):
    """One place over time (đơn vị hành chính): everything that may change stands in its versions.

    Born when it is founded by law; a place founded from others is a new one, even under an old
    code. Never deleted: its latest version ends.
    """

    origin = models.CharField("nguồn", max_length=200, blank=True)

    def __str__(self) -> str:
        return f"Địa danh {self.pk}"


class PlaceVersionQuerySet(models.QuerySet["PlaceVersion"]):
    def on(self, day: date) -> Self:
        return self.filter(holding_on(day))


class PlaceVersion(Dated):
    """What one place was called, where it belonged and which code it had, for some days.

    Born with a change of law; only its last day is written later. Its code may have been another
    place's before: the key is (code, first day).
    """

    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="+", verbose_name="địa danh"
    )
    code = models.CharField("mã", max_length=5)
    name = models.CharField("tên", max_length=120)
    kind = models.CharField("loại", max_length=20, choices=PlaceKind.choices)
    parent = models.ForeignKey(
        Place,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="thuộc",
    )
    basis = models.CharField("căn cứ", max_length=200, blank=True)
    name_exact = models.CharField("tên để tìm đúng dấu", max_length=160)
    name_folded = models.CharField("tên để tìm không dấu", max_length=160)
    sort_key = models.CharField("khóa sắp xếp", max_length=300)

    objects = PlaceVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            days_in_order("places_days_in_order"),
            one_at_a_time("places_one_place_per_code", "code"),
            one_at_a_time("places_one_version_at_a_time", "place"),
            models.CheckConstraint(
                name="places_kind_is_known", condition=Q(kind__in=PlaceKind.values)
            ),
            models.CheckConstraint(
                name="places_code_is_digits",
                condition=Q(code__regex=r"^([0-9]{2}|[0-9]{3}|[0-9]{5})$"),
            ),
            models.CheckConstraint(
                name="places_only_a_province_has_no_parent",
                condition=Q(kind=PlaceKind.PROVINCE, parent__isnull=True)
                | (~Q(kind=PlaceKind.PROVINCE) & Q(parent__isnull=False)),
            ),
        ]
        indexes = [
            GinIndex(name="places_exact", fields=["name_exact"], opclasses=["gin_trgm_ops"]),
            GinIndex(name="places_folded", fields=["name_folded"], opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class PlaceSuccession(models.Model):
    """One link from a place to one that came after it on a day.

    Born with the law that changes the map, never changed. Without `to_place`, nothing came after.
    """

    from_place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="+", verbose_name="từ"
    )
    to_place = models.ForeignKey(
        Place,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="thành",
    )
    kind = models.CharField("loại thay đổi", max_length=20, choices=PlaceChange.choices)
    on = models.DateField("ngày")
    basis = models.CharField("căn cứ", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="places_one_link_per_pair",
                fields=["from_place", "to_place", "on"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="places_change_is_known", condition=Q(kind__in=PlaceChange.values)
            ),
            models.CheckConstraint(
                name="places_only_the_abolished_have_no_successor",
                condition=Q(kind=PlaceChange.ABOLISH, to_place__isnull=True)
                | (~Q(kind=PlaceChange.ABOLISH) & Q(to_place__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_place_id} → {self.to_place_id} ({self.kind}, {self.on:%d/%m/%Y})"
