"""Read which cash days desks forgot to close, and which shifts were left open overnight.

Source: docs/law/money.md
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from motcua.casework.cashbook.models import Drawer
from motcua.lib import work
from motcua.lib.clock import HANOI, local_day

# A desk that moved cash and did not count its safe since; a book that passed on has no desks.
_DAYS = """
SELECT u.agency_id, u.unit_id, min(d."on"), max(d."on") FROM (
  SELECT a.id, a.agency_id, split_part(a.detail, ':', 2)::bigint AS unit_id
  FROM cashbook_account a
  WHERE a.kind = 'drawer' AND (%(agencies)s::bigint[] IS NULL OR a.agency_id = ANY(%(agencies)s))
    AND NOT EXISTS (SELECT FROM cashbook_bookheir h WHERE h.agency_id = a.agency_id)) u
CROSS JOIN LATERAL (
  SELECT max(c."on") AS counted FROM cashbook_deskclosing c WHERE c.unit_id = u.unit_id) c
JOIN cashbook_accountday d ON d.account_id = u.id
  AND d."on" > coalesce(c.counted, date '0001-01-01') AND d."on" < %(today)s
GROUP BY 1, 2
"""
_SHIFTS = """
SELECT agency_id, unit_id, min(opened_at), max(opened_at) FROM cashbook_drawer
WHERE state <> 'closed' AND opened_at < %(midnight)s
  AND (%(agencies)s::bigint[] IS NULL OR agency_id = ANY(%(agencies)s))
GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A desk whose cash was not counted: since which day, lastly on which, whose shifts."""

    agency_id: int
    unit_id: int
    first_on: date
    latest_on: date
    shifts: tuple[Drawer, ...] = ()


def forgotten_days(today: date, agency_ids: Collection[int] | None = None) -> Sequence[Forgotten]:
    """Return desks that took cash before today and have not closed their day, the oldest first.

    Of these agencies, or of all. Costs: two queries, and one where shifts were left open.
    """
    params = {
        "today": today,
        "midnight": _midnight(today),
        "agencies": None if agency_ids is None else sorted(agency_ids),
    }
    spans = {
        (agency, unit): (first, latest) for agency, unit, first, latest in work.fetch(_DAYS, params)
    }
    left = work.fetch(_SHIFTS, params)
    for agency, unit, first_at, latest_at in left:
        days = local_day(first_at), local_day(latest_at)
        known = spans.get((agency, unit), days)
        spans[agency, unit] = (min(known[0], days[0]), max(known[1], days[1]))
    shifts = _left_open([unit for _, unit, _, _ in left], params["midnight"]) if left else {}
    found = [
        Forgotten(agency, unit, first, latest, tuple(shifts.get(unit, ())))
        for (agency, unit), (first, latest) in spans.items()
    ]
    return sorted(found, key=lambda one: (one.first_on, one.unit_id))


def _left_open(unit_ids: Sequence[int], before: object) -> dict[int, list[Drawer]]:
    found: dict[int, list[Drawer]] = {}
    rows = Drawer.objects.filter(unit_id__in=unit_ids, opened_at__lt=before)
    for one in rows.exclude(state="closed").order_by("id"):
        found.setdefault(one.unit_id, []).append(one)
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), HANOI)


def cashiers_on(unit_id: int, first: date, latest: date) -> list[int]:
    """Return the accounts of those who had a shift at a desk in these days."""
    begin, end = _midnight(first), _midnight(latest + timedelta(days=1))
    rows = Drawer.objects.filter(unit_id=unit_id)
    found = rows.filter(opened_at__gte=begin, opened_at__lt=end) | rows.exclude(state="closed")
    return sorted(set(found.values_list("cashier_id", flat=True)))
