"""Posts, officers, and who held which post when."""

from django.db import models
from django.db.models import F, Q

from motcua.foundation.organisation.choices import PostRole
from motcua.foundation.organisation.rules.codes import STAFF_CODE
from motcua.lib.dated import Dated, days_in_order, one_at_a_time

from .keys import LivingKey
from .unit import Unit


class Officer(models.Model):
    """One civil servant or employee over time (cán bộ, công chức, viên chức).

    Born on joining; leaves on a day; never deleted. The account for signing in is another room's.
    """

    code = models.CharField("mã cán bộ", max_length=30, unique=True)
    full_name = models.CharField("họ và tên", max_length=120)
    sort_key = models.CharField("khóa sắp xếp", max_length=300, db_index=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    joined_on = models.DateField("vào làm ngày")
    left_on = models.DateField("làm đến hết ngày", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="organisation_officer_code_is_lawful", condition=Q(code__regex=STAFF_CODE)
            ),
            models.CheckConstraint(
                name="organisation_officer_leaves_after_joining",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.code})"


class Post(Dated):
    """One seat in a unit (vị trí việc làm): a title and a role, held by one officer at a time."""

    code = models.CharField("mã vị trí", max_length=45, unique=True)
    unit = LivingKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    title = models.CharField("chức vụ", max_length=120)
    role = models.CharField("vai trò", max_length=20, choices=PostRole.choices)

    class Meta:
        constraints = [
            days_in_order("organisation_post_days_in_order"),
            models.CheckConstraint(
                name="organisation_post_code_is_lawful", condition=Q(code__regex=STAFF_CODE)
            ),
            models.CheckConstraint(
                name="organisation_post_role_is_known", condition=Q(role__in=PostRole.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"


class PostHolding(Dated):
    """One officer in one post for some days; the database refuses a second holder."""

    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="+", verbose_name="vị trí"
    )
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="+", verbose_name="cán bộ"
    )
    basis = models.CharField("căn cứ", max_length=200, blank=True)

    class Meta:
        constraints = [
            days_in_order("organisation_holding_days_in_order"),
            one_at_a_time("organisation_one_holder_at_a_time", "post"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} ← {self.officer_id} từ {self.valid_from:%d/%m/%Y}"
