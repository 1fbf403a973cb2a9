"""Who is away on which days."""

from collections.abc import Collection, Sequence
from datetime import date
from time import monotonic

from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.staffing.errors import NoSuchAbsence
from motcua.foundation.staffing.models import Absence
from motcua.lib import work
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.dated import holding_on

_LEADING = (Power.ARRANGE_DESKS, Power.ASSIGN_DOSSIERS)
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


def absences_for(by: Actor, unit_id: int, *, on: date, since: date) -> Sequence[Absence]:
    """Return who of a unit is or was away since a day, for whoever leads it.

    Raises: NotAllowed. Costs: three queries.
    """
    by.require(Power.ARRANGE_DESKS, unit_id=unit_id)
    officers = organisation.officers_of_units([unit_id], on)
    return absences_among([one.pk for one in officers], since=since)


def get_absence_for(by: Actor, absence_id: int, *, on: date) -> Absence:
    """Return an absence the actor may know of: the own, or of who sits where the actor leads.

    Why somebody is away is nobody else's business. Raises: NoSuchAbsence.
    Costs: one query, or three.
    """
    found = Absence.objects.filter(pk=absence_id).first()
    if found is None or not _is_known_to(by, found, on):
        hidden = f"absence:{absence_id}" if found else ""
        raise NoSuchAbsence("Không tìm thấy lần vắng mặt này.", hidden=hidden)
    return found


def _is_known_to(by: Actor, absence: Absence, on: date) -> bool:
    is_own = absence.account_id == by.id and not by.on_behalf_of
    if by.kind == ActorKind.SYSTEM or is_own:
        return True
    days = {on, absence.valid_from}
    held = {
        post.unit_id for day in days for post in organisation.posts_held_by(absence.officer_id, day)
    }
    return any(by.can(power, unit_id=unit) for unit in held for power in _LEADING)


def beginning_to_share(on: date, *, after: int = 0, limit: int = 50) -> Sequence[Absence]:
    """Return absences in force whose work is to be shared by itself, those after a number.

    Costs: one query.
    """
    found = Absence.objects.filter(
        holding_on(on), pk__gt=after, ended_at=None, shares_work=True, account_id__isnull=False
    )
    return list(found.order_by("pk")[:limit])
