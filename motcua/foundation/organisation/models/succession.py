"""What links between predecessors and successors share."""

from django.db import models
from django.db.models import Q

from motcua.foundation.organisation.choices import Change


class Succession(models.Model):
    """One link from what ended or gave a part to what came after it; never changed."""

    kind = models.CharField("loại thay đổi", max_length=20, choices=Change.choices)
    on = models.DateField("ngày")
    basis = models.CharField("căn cứ", max_length=200, blank=True)

    class Meta:
        abstract = True


def link_constraints(room: str, old: str, new: str) -> list[models.BaseConstraint]:
    """Return what every table of links promises."""
    is_last = Q(**{f"{new}__isnull": True})
    return [
        models.UniqueConstraint(
            name=f"{room}_one_link_per_pair", fields=[old, new, "on"], nulls_distinct=False
        ),
        models.CheckConstraint(name=f"{room}_change_is_known", condition=Q(kind__in=Change.values)),
        models.CheckConstraint(
            name=f"{room}_only_the_abolished_have_no_heir",
            condition=(Q(kind=Change.ABOLISH) & is_last) | (~Q(kind=Change.ABOLISH) & ~is_last),
        ),
    ]
