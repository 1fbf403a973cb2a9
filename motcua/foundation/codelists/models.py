"""Tables of shared code lists."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value


class _Days(Func):
    """The days from the first to the last, both included; an absent last day is for ever."""

    function = "daterange"


def _days() -> _Days:
    return _Days(F("valid_from"), F("valid_to"), Value("[]"))


class CodeList(models.Model):
    """One list of codes shared by several rooms or partners (danh mục dùng chung).

    Known by its code; its entries change by published versions.
    """

    code = models.SlugField("mã", max_length=60, unique=True)
    name = models.CharField("tên", max_length=200)

    def __str__(self) -> str:
        return self.code


class CodeListVersion(models.Model):
    """One publication of a list: from when, on what basis, by whom. Never changed."""

    code_list = models.ForeignKey(CodeList, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("phiên bản")
    valid_from = models.DateField("áp dụng từ ngày")
    legal_basis = models.CharField("căn cứ", max_length=300, blank=True)
    published_at = models.DateTimeField("công bố lúc")
    published_by = models.CharField("người công bố", max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="codelists_version_numbers_are_unique", fields=["code_list", "number"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.code_list_id} v{self.number}"


class CodeItem(models.Model):
    """One code with its meaning, for as long as both stay the same.

    Born with a version; a later version ends it with a day. Never two meanings on one day.
    """

    code_list = models.ForeignKey(CodeList, on_delete=models.PROTECT, related_name="items")
    introduced_in = models.ForeignKey(CodeListVersion, on_delete=models.PROTECT, related_name="+")
    code = models.CharField("mã", max_length=60)
    name = models.CharField("tên", max_length=500)
    description = models.CharField("giải thích", max_length=1000, blank=True)
    position = models.PositiveIntegerField("thứ tự")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="codelists_item_days_in_order",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            ExclusionConstraint(
                name="codelists_item_one_meaning_a_day",
                expressions=[
                    ("code_list", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (_days(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class CodeMapping(models.Model):
    """What a code of one list is called in another, for as long as that holds."""

    source = models.ForeignKey(CodeList, on_delete=models.PROTECT, related_name="+")
    source_code = models.CharField("mã nguồn", max_length=60)
    target = models.ForeignKey(CodeList, on_delete=models.PROTECT, related_name="+")
    target_code = models.CharField("mã đích", max_length=60)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="codelists_mapping_one_target_a_day",
                expressions=[
                    ("source", RangeOperators.EQUAL),
                    ("target", RangeOperators.EQUAL),
                    ("source_code", RangeOperators.EQUAL),
                    (_days(), RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_code} → {self.target_code}"
