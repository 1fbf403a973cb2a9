"""Add counts, and throw them away to be built anew."""

from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from .models import RollUp, Standing
from .rules import Count, summed

_BY_DAY = """
INSERT INTO indicators_rollup AS r (unit_id, measure, day, value)
SELECT * FROM unnest(%s::bigint[], %s::text[], %s::date[], %s::bigint[])
ON CONFLICT (unit_id, measure, day) DO UPDATE SET value = r.value + excluded.value
"""
_STANDING = """
INSERT INTO indicators_standing AS s (unit_id, measure, value)
SELECT * FROM unnest(%s::bigint[], %s::text[], %s::bigint[])
ON CONFLICT (unit_id, measure) DO UPDATE SET value = s.value + excluded.value
"""


def add_counts(counts: Iterable[Count]) -> None:
    """Add counts to the roll-ups; call inside the transaction of a projection.

    Locks: the rows touched, in the order of their keys.
    """
    totals = sorted(summed(counts), key=lambda c: (c.unit_id, c.measure, str(c.day)))
    dated = [count for count in totals if count.day is not None]
    open_ = [count for count in totals if count.day is None]
    with connection.cursor() as cursor:
        if dated:
            cursor.execute(
                _BY_DAY,
                [
                    [c.unit_id for c in dated],
                    [c.measure for c in dated],
                    [c.day for c in dated],
                    [c.value for c in dated],
                ],
            )
        if open_:
            cursor.execute(
                _STANDING,
                [
                    [c.unit_id for c in open_],
                    [c.measure for c in open_],
                    [c.value for c in open_],
                ],
            )


@transaction.atomic
def rebuild(measures: Sequence[str], batches: Iterable[Iterable[Count]]) -> None:
    """Throw the roll-ups of these measures away and count again from a room's own history."""
    RollUp.objects.filter(measure__in=measures).delete()
    Standing.objects.filter(measure__in=measures).delete()
    for counts in batches:
        add_counts(counts)
