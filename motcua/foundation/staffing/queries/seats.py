"""The posts of a desk on a day: whose they are, who is in, who is ready, who sits there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from motcua.foundation.calendar import api as calendar
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole, Seat
from motcua.foundation.staffing.models import Absence, Sitting, StandBy
from motcua.lib import work
from motcua.lib.clock import HANOI, local_day
from motcua.lib.dated import holding_on

from .absences import officers_away

DESK_ROLES = (PostRole.DESK_OFFICER, PostRole.DESK_HEAD)
_SITS = """
SELECT p.unit_id, p.role, p.title FROM staffing_sitting s
JOIN organisation_post p ON p.id = s.post_id
WHERE s.officer_id = %s AND s.ended_at IS NULL AND s.valid_from <= %s AND s.valid_to >= %s
  AND p.valid_from <= %s AND (p.valid_to IS NULL OR p.valid_to >= %s)
ORDER BY s.id
"""


@dataclass(frozen=True, slots=True)
class SeatToday:
    """One post of a desk today."""

    seat: Seat
    is_in: bool
    absence: Absence | None
    stand_by: StandBy | None
    sitting: Sitting | None
    stand_by_is_away: bool
    sitting_is_away: bool = False

    @property
    def needs_somebody(self) -> bool:
        """Say whether the holder is not there and nobody sits in his place."""
        is_gone = self.absence is not None or not self.is_in
        return self.seat.officer_id is not None and is_gone and not self.is_sat_in

    @property
    def can_be_filled(self) -> bool:
        """Say whether a stand-by is named and not away, and nobody sits there yet."""
        return not self.is_sat_in and self.stand_by is not None and not self.stand_by_is_away

    @property
    def is_sat_in(self) -> bool:
        """Say whether somebody sits there who is not away himself."""
        return self.sitting is not None and not self.sitting_is_away


def posts_sat_in(officer_id: int, day: date) -> Sequence[tuple[int, str, str]]:
    """Return unit, role and title of the posts the officer sits in for somebody.

    Costs: one prepared statement.
    """
    rows = work.fetch(_SITS, [officer_id, day, day, day, day])
    return [(row[0], row[1], row[2]) for row in rows]


def desk_today(unit_ids: Collection[int], at: datetime) -> list[SeatToday]:
    """Return the posts of these desks as they stand now, by unit and post code.

    Costs: seven queries, however many posts.
    """
    day = local_day(at)
    seats = organisation.seats_of_units(unit_ids, day, roles=DESK_ROLES)
    posts = [seat.post_id for seat in seats]
    ready = stand_bys_of(posts, day)
    sitting = {
        one.post_id: one
        for one in Sitting.objects.filter(
            holding_on(day), post__in=posts, ended_at=None
        ).select_related("officer")
    }
    officers = {seat.officer_id for seat in seats if seat.officer_id is not None}
    others = {one.officer_id for one in ready.values()}
    others |= {one.officer_id for one in sitting.values()}
    away = officers_away(officers | others, day)
    inside = officers_in(officers, at)
    return [
        SeatToday(
            seat,
            is_in=seat.officer_id in inside,
            absence=away.get(seat.officer_id or 0),
            stand_by=ready.get(seat.post_id),
            sitting=sitting.get(seat.post_id),
            stand_by_is_away=seat.post_id in ready and ready[seat.post_id].officer_id in away,
            sitting_is_away=seat.post_id in sitting and sitting[seat.post_id].officer_id in away,
        )
        for seat in seats
    ]


def officers_in(officer_ids: Collection[int], at: datetime) -> frozenset[int]:
    """Return which of these officers were at work in the system today. Costs: two queries."""
    accounts = identity.accounts_of_officers(officer_ids)
    morning = datetime.combine(local_day(at), time(0), tzinfo=HANOI)
    seen = identity.accounts_seen(accounts.values(), since=morning)
    return frozenset(officer for officer, account in accounts.items() if account in seen)


def stand_bys_of(post_ids: Collection[int], day: date) -> dict[int, StandBy]:
    """Return who is ready to take over each of these posts on that day. Costs: one query."""
    found = StandBy.objects.filter(holding_on(day), post__in=post_ids)
    return {one.post_id: one for one in found.select_related("officer")}


def sittings_at(unit_ids: Collection[int], *, limit: int = 50) -> Sequence[Sitting]:
    """Return who sat in the posts of these desks, the newest first. Costs: one query."""
    found = Sitting.objects.filter(post__unit__in=unit_ids).select_related("post", "officer")
    return list(found.order_by("-pk")[:limit])


def opening_of(unit_id: int, at: datetime) -> datetime | None:
    """Return when the unit opens on that day, None on a day without work."""
    day = local_day(at)
    facts = calendar.facts_of(organisation.tree().unit(unit_id).calendar_id)
    if not calendar.is_working_day(day, facts):
        return None
    return calendar.next_working_moment(datetime.combine(day, time(0), tzinfo=HANOI), facts)
