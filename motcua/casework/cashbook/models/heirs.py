"""Whose book an agency that ended has become."""

from collections.abc import Collection

from django.db import models
from django.db.models import F, Q

from motcua.lib import work

_BEFORE = """
WITH RECURSIVE way(agency_id) AS (
  SELECT agency_id FROM cashbook_bookheir WHERE heir_id = ANY(%s::bigint[])
  UNION ALL
  SELECT h.agency_id FROM way w JOIN cashbook_bookheir h ON h.heir_id = w.agency_id
) SELECT agency_id FROM way ORDER BY 1
"""


class BookHeir(models.Model):
    """The book of an agency that ended, passed on to its successor by a decision.

    From then on nothing is booked there: what is meant for it is booked with the heir. Never
    changed or deleted.
    """

    agency_id = models.BigIntegerField("cơ quan", primary_key=True)
    heir_id = models.BigIntegerField("cơ quan kế tục", db_index=True)
    decision = models.CharField("quyết định", max_length=200)
    on = models.DateField("ngày chuyển sổ")
    by_id = models.BigIntegerField("mã người chuyển")
    by_name = models.CharField("người chuyển", max_length=200)
    at = models.DateTimeField("chuyển lúc")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cashbook_heir_is_another", condition=~Q(agency_id=F("heir_id"))
            ),
            models.CheckConstraint(name="cashbook_heir_by_decision", condition=~Q(decision="")),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} → {self.heir_id}"


def books_before(agency_ids: Collection[int]) -> tuple[int, ...]:
    """Return the agencies whose books have passed to these: closed, and read by them."""
    return tuple(row[0] for row in work.fetch(_BEFORE, [sorted(agency_ids)]))
