"""When a desk opens, see who is not there and tell its head, once."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from motcua.foundation.identity import api as identity
from motcua.foundation.notifications import api as notifications
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole
from motcua.foundation.staffing.models import DeskTold
from motcua.foundation.staffing.queries.seats import SeatToday, desk_today, opening_of
from motcua.lib import work
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import local_day

from . import message_kinds as kinds

LOOKED_FOR = timedelta(hours=1)  # after the opening; who leaves later is known to the desk
PAGE = "/mot-cua/bo-tri/"


@work.story
def look_at_desks(*, at: datetime) -> int:
    """Tell the heads of desks that have just opened of posts without anybody; return how many.

    Only posts for which a stand-by is named: there is something to do with one press.

    Costs: seven queries for all desks, and two with the notices for each that lacks somebody.
    """
    opened = [
        unit.id
        for unit in organisation.tree().desks()
        if (opens := opening_of(unit.id, at)) and opens <= at < opens + LOOKED_FOR
    ]
    if not opened:
        return 0
    lacking: defaultdict[int, list[SeatToday]] = defaultdict(list)
    day = local_day(at)
    found = [one for one in desk_today(opened, at) if one.needs_somebody and one.stand_by]
    told = set(
        DeskTold.objects.filter(day=day, post__in=[one.seat.post_id for one in found]).values_list(
            "post_id", flat=True
        )
    )
    for one in found:
        if one.seat.post_id not in told:
            lacking[one.seat.unit_id].append(one)
    for unit_id, seats in lacking.items():
        _tell(unit_id, seats, at=at)
    return sum(map(len, lacking.values()))


def _tell(unit_id: int, seats: Collection[SeatToday], *, at: datetime) -> None:
    DeskTold.objects.bulk_create(
        [DeskTold(post_id=one.seat.post_id, day=local_day(at)) for one in seats],
        ignore_conflicts=True,
    )
    heads = organisation.seats_of_units([unit_id], local_day(at), roles=[PostRole.DESK_HEAD])
    officers = [one.officer_id for one in heads if one.officer_id is not None]
    posts = "; ".join(f"{one.seat.title} ({one.seat.officer_name})" for one in seats)
    values = {
        "unit": organisation.tree().unit(unit_id).name,
        "posts": posts,
        "count": len(seats),
    }
    accounts = set(identity.accounts_of_officers(officers).values())
    notifications.notify(accounts, kinds.NOT_IN, values, by=SYSTEM, at=at, link=PAGE)
