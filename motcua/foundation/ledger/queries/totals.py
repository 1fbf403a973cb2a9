"""Read the totals of the public stream, as they stand on the portal.

Source: docs/law/ledger.md
"""

from collections.abc import Sequence
from dataclasses import dataclass

from motcua.foundation.ledger.choices import LeafKind
from motcua.foundation.ledger.models import Total
from motcua.foundation.ledger.rules.totals import ON_TIME

_ENDED = (LeafKind.WITHDRAWN, LeafKind.STOPPED, LeafKind.REFUSED)


@dataclass(frozen=True, slots=True)
class MonthOfAgency:
    """What one agency promised and kept in one month, by the leaves alone."""

    agency_code: str
    month: str
    received: int
    decided: int
    on_time: int
    redated: int
    ended: int


def months_of_agencies(month: str) -> Sequence[MonthOfAgency]:
    """Return the totals of a month (`2026-11`), by the agency's code.

    Costs: one query.
    """
    found: dict[str, dict[str, int]] = {}
    for row in Total.objects.filter(month=month).order_by("agency_code"):
        found.setdefault(row.agency_code, {})[row.kind] = row.count
    return [_row(code, month, sums) for code, sums in found.items()]


def counted_months(limit: int = 24) -> Sequence[str]:
    """Return the months for which there are totals, the latest first."""
    months = Total.objects.order_by("-month").values_list("month", flat=True).distinct()
    return list(months[:limit])


def _row(code: str, month: str, sums: dict[str, int]) -> MonthOfAgency:
    return MonthOfAgency(
        agency_code=code,
        month=month,
        received=sums.get(LeafKind.RECEIVED, 0),
        decided=sums.get(LeafKind.DECIDED, 0),
        on_time=sums.get(ON_TIME, 0),
        redated=sums.get(LeafKind.REDATED, 0),
        ended=sum(sums.get(kind, 0) for kind in _ENDED),
    )
