"""Who may sign what a desk certifies."""

from datetime import date

from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole, Seat

_SIGN = (PostRole.AGENCY_LEADER, PostRole.DESK_HEAD, PostRole.UNIT_HEAD)


def certifiers(desk_unit_id: int, day: date) -> list[Seat]:
    """Return the held posts whose holders sign certified copies, the leaders of the agency first.

    Source: docs/law/one-stop.md
    Costs: two queries.
    """
    tree = organisation.tree()
    agency = tree.agency(tree.unit(desk_unit_id).agency_id)
    seats = organisation.seats_of_units(tree.descendants(agency.root_unit_id), day, roles=_SIGN)
    held = [seat for seat in seats if seat.officer_id is not None]
    return sorted(held, key=lambda seat: (_SIGN.index(seat.role), seat.post_code))
