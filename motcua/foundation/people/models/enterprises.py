"""Enterprises and other bodies, and who acts for them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    ArrayField,
    DateRangeField,
    RangeBoundary,
    RangeOperators,
)
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q

from motcua.foundation.people.choices import EnterpriseKind, MemberRole
from motcua.foundation.people.rules.names import name_keys

from .persons import Person

PERIOD = Func(
    F("valid_from"),
    F("valid_to"),
    RangeBoundary(inclusive_upper=True),
    function="daterange",
    output_field=DateRangeField(),
)


class Enterprise(models.Model):
    """One body that acts through people (doanh nghiệp, hộ kinh doanh, hợp tác xã, tổ chức).

    Born when first named; known by its tax code, which never passes to another.
    """

    tax_code = models.CharField("mã số thuế", max_length=14, unique=True)
    kind = models.CharField("loại", max_length=30, choices=EnterpriseKind.choices)
    name = models.CharField("tên", max_length=300)
    short_name = models.CharField("tên viết tắt", max_length=100, blank=True)
    sort_key = models.CharField("khóa sắp xếp", max_length=900)
    name_folded = models.CharField("tên không dấu để tìm", max_length=300)
    name_words = ArrayField(models.TextField(), verbose_name="các từ của tên")
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    email = models.EmailField("thư điện tử", max_length=254, blank=True)
    address = models.CharField("trụ sở", max_length=300, blank=True)
    place_code = models.CharField("mã xã, phường", max_length=10, blank=True)
    ended_on = models.DateField("chấm dứt ngày", null=True, blank=True)
    created_at = models.DateTimeField("ghi nhận lúc")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_enterprise_kind_is_known", condition=Q(kind__in=EnterpriseKind.values)
            )
        ]
        indexes = [GinIndex(fields=["name_words"], name="people_enterprise_words")]

    def __str__(self) -> str:
        return self.name

    def rename(self, name: str) -> None:
        """Set the name and everything made from it. Does not save."""
        keys = name_keys(name)
        self.name = keys.full_name
        self.sort_key = keys.title_sort_key
        self.name_folded = keys.folded
        self.name_words = keys.words


class Membership(models.Model):
    """One role of one person in one enterprise for some time; it ends with a day, never deleted."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField("vai trò", max_length=20, choices=MemberRole.choices)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_membership_role_is_known", condition=Q(role__in=MemberRole.values)
            ),
            models.CheckConstraint(
                name="people_membership_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            ExclusionConstraint(
                name="people_membership_once_at_a_time",
                expressions=[
                    ("enterprise", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (PERIOD, RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of enterprise {self.enterprise_id}: person {self.person_id}"
