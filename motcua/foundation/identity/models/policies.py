"""The rules of signing in, as dated data."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from motcua.foundation.identity.rules.limits import DEFAULT, Limits
from motcua.lib.dated import holding_on


class SignInPolicyQuerySet(models.QuerySet["SignInPolicy"]):
    def limits_on(self, day: date) -> Limits:
        """Return the limits that hold on the day, the strict defaults if nobody set any."""
        policy = self.filter(holding_on(day)).first()
        if policy is None:
            return DEFAULT
        return Limits(**{name: getattr(policy, name) for name in Limits.__slots__})


class SignInPolicy(models.Model):
    """One set of limits on signing in, for some time, with its legal basis.

    A change is a new row that begins where the former one ends.
    """

    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    basis = models.CharField("căn cứ", max_length=300)
    failures = models.PositiveSmallIntegerField("số lần sai thì khóa", default=5)
    lock_minutes = models.PositiveIntegerField("số phút khóa", default=15)
    idle_minutes_staff = models.PositiveSmallIntegerField("phút không thao tác, cán bộ", default=15)
    idle_minutes_citizen = models.PositiveSmallIntegerField(
        "phút không thao tác, công dân", default=30
    )
    absolute_hours = models.PositiveSmallIntegerField("giờ tối đa một phiên", default=12)
    idle_days = models.PositiveSmallIntegerField("ngày không đăng nhập thì khóa", default=45)
    password_length = models.PositiveSmallIntegerField("độ dài mật khẩu", default=14)
    password_length_second_factor = models.PositiveSmallIntegerField(
        "độ dài mật khẩu khi có xác thực hai lớp", default=8
    )
    passwords_remembered = models.PositiveSmallIntegerField("số mật khẩu cũ bị cấm", default=10)

    objects = SignInPolicyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="identity_policy_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            ExclusionConstraint(
                name="identity_policy_one_at_a_time",
                expressions=[
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            RangeBoundary(inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    )
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"from {self.valid_from}"
