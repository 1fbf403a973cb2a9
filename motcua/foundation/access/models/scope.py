"""Scope rows: who takes part in what."""

from typing import ClassVar

from django.db import models


class ScopeRow(models.Model):
    """One unit's part in one subject: what lists read and object pages ask.

    A room that has lists derives its own table, adds the key to its subject and whatever columns
    its lists filter by, and names the key in `SUBJECT`. Its operations write one row for each unit
    with an interest and for each of that unit's ancestors inside the agency, in the transaction
    that creates the interest; `sort_at` never changes. A unit has at most one row per subject, and
    there is an index on (unit_id, sort_at, subject), newest first: `one_row_per_unit` and
    `newest_first` give both.

    `unit_id` is no foreign key: a negative one is an account, for what concerns one person.
    What is kept closely (`NEED_TO_KNOW`) is seen through rows alone, also by who sees the whole
    province, and its room writes fewer of them; what is `NAMED` is seen through personal ones only.
    A room whose lists are read by the province has an index on those few (`kept_closely`).
    """

    SUBJECT: ClassVar[str]

    unit_id = models.BigIntegerField("đơn vị")
    role = models.CharField("vai trò", max_length=20)
    secrecy = models.SmallIntegerField("độ mật", default=0)
    sort_at = models.DateTimeField("xếp theo lúc")

    class Meta:
        abstract = True


def one_row_per_unit(subject: str, name: str) -> models.UniqueConstraint:
    """Return the constraint every scope table has; it also serves the object page."""
    return models.UniqueConstraint(fields=[subject, "unit_id"], name=name)


def newest_first(subject: str, name: str) -> models.Index:
    """Return the index that every list reads."""
    return models.Index(fields=["unit_id", "-sort_at", f"-{subject}"], name=name)


def kept_closely(subject: str, name: str) -> models.Index:
    """Return the index by which who sees the whole province finds what concerns the own units."""
    fields = ["unit_id", "-sort_at", f"-{subject}"]
    return models.Index(fields=fields, name=name, condition=models.Q(secrecy__gt=0))
