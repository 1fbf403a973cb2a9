"""Who is away on which days."""

from collections.abc import Collection, Sequence
from datetime import date
from time import monotonic

from motcua.foundation.staffing.errors import NoSuchAbsence
from motcua.foundation.staffing.models import Absence
from motcua.lib import work
from motcua.lib.dated import holding_on

_FRESH_SECONDS = 5.0
_kept: dict[date, tuple[float, frozenset[int]]] = {}
_AWAY = (
    "SELECT account_id FROM staffing_absence WHERE ended_at IS NULL AND account_id IS NOT NULL"
    " AND valid_from <= %s AND valid_to >= %s"
)


def accounts_away(on: date) -> frozenset[int]:
    """Return the accounts of who is away on that day, kept in memory for a few seconds.

    Costs: nothing, or one statement.
    """
    made, found = _kept.get(on, (-_FRESH_SECONDS, frozenset[int]()))
    if monotonic() - made >= _FRESH_SECONDS:
        found = frozenset(row[0] for row in work.fetch(_AWAY, [on, on]))
        _kept.clear()
        _kept[on] = (monotonic(), found)
    return found


def forget_away() -> None:
    """Drop what is kept in memory, after a change in this process."""
    _kept.clear()


def officers_away(officer_ids: Collection[int], on: date) -> dict[int, Absence]:
    """Return the absence of each of these officers who is away on that day. Costs: one query."""
    found = Absence.objects.filter(holding_on(on), officer__in=officer_ids, ended_at=None)
    return {one.officer_id: one for one in found}


def absences_of(officer_id: int, *, since: date, limit: int = 50) -> Sequence[Absence]:
    """Return one officer's absences that have not ended before the day. Costs: one query."""
    found = Absence.objects.filter(officer=officer_id, valid_to__gte=since, ended_at=None)
    return list(found.order_by("valid_from", "pk")[:limit])


def absences_among(
    officer_ids: Collection[int], *, since: date, limit: int = 200
) -> Sequence[Absence]:
    """Return absences of these officers that reach the day or ended after it, the newest first.

    Costs: one query.
    """
    found = Absence.objects.filter(officer__in=officer_ids, valid_to__gte=since)
    return list(found.order_by("-valid_from", "-pk")[:limit])


def get_absence(absence_id: int) -> Absence:
    """Raises: NoSuchAbsence."""
    found = Absence.objects.filter(pk=absence_id).first()
    if found is None:
        raise NoSuchAbsence("Không tìm thấy lần vắng mặt này.")
    return found


def beginning_to_share(on: date, *, limit: int = 50) -> Sequence[Absence]:
    """Return absences in force whose work is to be shared by itself. Costs: one query."""
    found = Absence.objects.filter(
        holding_on(on), ended_at=None, shares_work=True, account_id__isnull=False
    )
    return list(found.order_by("pk")[:limit])
