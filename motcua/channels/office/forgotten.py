"""Cash days that desks forgot, as accountants and leaders see them."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from motcua.casework.cashbook import api as cashbook
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now


class ForgottenShown(NamedTuple):
    """A desk that did not close its cash day."""

    desk: str
    first_on: date
    latest_on: date
    shifts: str


def forgotten_for(actor: Actor) -> list[ForgottenShown]:
    """Return the cash days forgotten in the agencies whose book the actor reads."""
    if not actor.can(Power.READ_CASHBOOK) or actor.sees_all:
        return []
    agencies = cashbook.agencies_read(actor)
    return forgotten_at(agencies) if agencies else []


def forgotten_at(agency_ids: Sequence[int]) -> list[ForgottenShown]:
    """Return the cash days forgotten in some agencies. Costs: two queries."""
    return [
        ForgottenShown(
            organisation.name_of_unit(one.unit_id),
            one.first_on,
            one.latest_on,
            ", ".join(f"{shift.code} – {shift.cashier_name}" for shift in one.shifts),
        )
        for one in cashbook.forgotten_days(local_day(now()), agency_ids)
    ]
