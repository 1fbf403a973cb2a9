"""Read the roll-ups: each screen sums a few rows and computes nothing else."""

from collections.abc import Collection
from datetime import date

from django.db.models import Sum

from motcua.lib import work

from .models import RollUp

_STANDING = """
SELECT measure, sum(value)::bigint FROM indicators_standing
WHERE unit_id = ANY(%s) GROUP BY measure
"""
_TOTALS = """
SELECT measure, sum(value)::bigint FROM indicators_rollup
WHERE unit_id = ANY(%s) AND measure = ANY(%s) AND day BETWEEN %s AND %s GROUP BY measure
"""


def standing(unit_ids: Collection[int]) -> dict[str, int]:
    """Return how many of each thing stand open at these units together.

    Costs: one prepared statement.
    """
    return dict(work.fetch(_STANDING, [list(unit_ids)]))


def totals(
    unit_ids: Collection[int], measures: Collection[str], first: date, latest: date
) -> dict[str, int]:
    """Return how often each thing happened at these units between two days, both counted.

    Costs: one prepared statement.
    """
    return dict(work.fetch(_TOTALS, [list(unit_ids), list(measures), first, latest]))


def totals_by_unit(
    unit_ids: Collection[int], measures: Collection[str], first: date, latest: date
) -> dict[int, dict[str, int]]:
    """Return the same for each unit apart.

    Costs: one query.
    """
    rows = RollUp.objects.filter(
        unit_id__in=unit_ids, measure__in=measures, day__range=(first, latest)
    )
    found: dict[int, dict[str, int]] = {}
    for unit_id, measure, value in rows.values_list("unit_id", "measure").annotate(Sum("value")):
        found.setdefault(unit_id, {})[measure] = value
    return found


def by_day(unit_id: int, measure: str, first: date, latest: date) -> dict[date, int]:
    """Return one measure of one unit day by day.

    Costs: one query.
    """
    rows = RollUp.objects.filter(unit_id=unit_id, measure=measure, day__range=(first, latest))
    return dict(rows.order_by("day").values_list("day", "value"))
