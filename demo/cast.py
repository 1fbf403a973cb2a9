"""The officers of the demo as actors: who receives, handles, approves and signs where."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache

from motcua.foundation.access.api import ROLE_POWERS
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole, Seat
from motcua.lib.actor import SYSTEM, Actor
from motcua.lib.clock import local_day

from .scans import Scans

# Officers without an account act in the demo's past under a number no account will have.
BEYOND_ACCOUNTS = 10**9


@dataclass(frozen=True)
class Cast:
    """Everybody with a seat on one day, and the pages that people hand in."""

    seats: tuple[Seat, ...]
    accounts: dict[int, int]
    scans: Scans = field(default_factory=Scans)

    def in_unit(self, unit_id: int, role: PostRole) -> Actor:
        """Return the officer of the unit in that role, else of the unit above it in its agency.

        Raises: LookupError.
        """
        for place in organisation.tree().ancestors(unit_id):
            for seat in self.seats:
                if (seat.unit_id, seat.role) == (place, role):
                    return self.actor(seat)
        message = f"nobody is {role} in or above unit {unit_id}"
        raise LookupError(message)

    def at_post(self, post_code: str) -> Actor:
        """Return who holds the post. Raises: LookupError."""
        for seat in self.seats:
            if seat.post_code == post_code:
                return self.actor(seat)
        message = f"nobody holds {post_code}"
        raise LookupError(message)

    def actor(self, seat: Seat) -> Actor:
        """Return the holder of a seat as an actor who leaves traces but sends no message."""
        tree, officer_id = organisation.tree(), seat.officer_id or 0
        units = tree.descendants(seat.unit_id)
        return Actor(
            id=self.accounts.get(officer_id, BEYOND_ACCOUNTS + officer_id),
            name=seat.officer_name,
            title=seat.title,
            agency_id=tree.agency_of(seat.unit_id).id,
            unit_ids=(seat.unit_id,),
            powers=dict.fromkeys(ROLE_POWERS[seat.role], units),
            is_silent=True,
        )


def aloud(actor: Actor) -> Actor:
    """Return the officer as one whose acts have all their consequences, messages among them."""
    return replace(actor, is_silent=False)


def gather(at: datetime) -> Cast:
    """Return everybody who has a seat on that day."""
    tree = organisation.tree()
    units = [unit.id for agency in tree.agencies() for unit in tree.units_of(agency.id)]
    seats = organisation.seats_of_units(units, local_day(at))
    held = identity.Account.objects.filter(officer_id__isnull=False)
    accounts = dict(held.values_list("officer_id", "pk"))
    return Cast(tuple(seat for seat in seats if seat.officer_id), accounts)


@lru_cache(maxsize=1)
def founder() -> Actor:
    """Return the hand that sets the demo up."""
    powers = frozenset(ROLE_POWERS[PostRole.ADMINISTRATOR])
    return Actor(
        id=SYSTEM.id,
        name="Dựng tỉnh mẫu",
        kind=SYSTEM.kind,
        province_powers=powers,
        is_silent=True,
    )
