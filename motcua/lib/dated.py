"""What holds from a first to a last day, both included; without last day, until further notice."""

from datetime import date
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q


class Period(Func):
    """The days from `valid_from` to `valid_to` as one range of the database."""

    function = "DATERANGE"
    output_field = DateRangeField()


class Dated(models.Model):
    """A row that holds for some days; a rule about these days stands in each heir's `Meta`."""

    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        """Say whether the row holds on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def holding_on(day: date, path: str = "") -> Q:
    """Return the condition that a dated row, reached by `path`, holds on that day."""
    begun = Q(**{f"{path}valid_from__lte": day})
    return begun & (Q(**{f"{path}valid_to__isnull": True}) | Q(**{f"{path}valid_to__gte": day}))


def days_in_order(name: str) -> models.CheckConstraint:
    """Return the constraint that the last day is not before the first."""
    condition = Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
    return models.CheckConstraint(name=name, condition=condition)


def one_at_a_time(name: str, *fields: str, condition: Q | None = None) -> ExclusionConstraint:
    """Return the constraint that rows equal in `fields` never hold on the same day."""
    period = Period(
        "valid_from", "valid_to", RangeBoundary(inclusive_lower=True, inclusive_upper=True)
    )
    expressions: list[tuple[Any, str]] = [(field, RangeOperators.EQUAL) for field in fields]
    return ExclusionConstraint(
        name=name,
        expressions=[*expressions, (period, RangeOperators.OVERLAPS)],
        condition=condition,
    )
