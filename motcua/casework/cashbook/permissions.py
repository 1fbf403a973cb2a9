"""Who takes cash at a desk, who reads and who keeps the book of an agency.

Source: docs/law/money.md
"""

from motcua.casework.cashbook.models import books_before
from motcua.foundation.access.api import Power, agencies_reached
from motcua.foundation.organisation import api as organisation
from motcua.lib.actor import Actor
from motcua.lib.errors import NotAllowed


def check_cashier(unit_id: int, by: Actor) -> None:
    """Raises: NotAllowed unless the actor takes cash at this desk."""
    if not by.can(Power.TAKE_CASH, unit_id=unit_id):
        raise NotAllowed("Ông/bà không được giao thu tiền tại quầy này.")


def check_keeper(agency_id: int, by: Actor) -> None:
    """Raises: NotAllowed unless the actor keeps the agency's book."""
    if agency_id not in agencies_kept(by):
        raise NotAllowed("Chỉ kế toán của cơ quan mới làm được việc này.")


def check_reader(agency_id: int, by: Actor) -> None:
    """Raises: NotAllowed unless the actor reads the agency's book."""
    if agency_id not in agencies_read(by):
        raise NotAllowed("Ông/bà không được xem sổ quỹ của cơ quan này.")


def can_keep(agency_id: int, by: Actor) -> bool:
    """Say whether the actor keeps the agency's book."""
    return agency_id in agencies_kept(by)


def cash_units(by: Actor) -> tuple[int, ...]:
    """Return the desks at which the actor takes cash."""
    held = by.powers.get(Power.TAKE_CASH, frozenset())
    return tuple(sorted(held & {desk.id for desk in organisation.tree().desks()}))


def agencies_read(by: Actor) -> tuple[int, ...]:
    """Return the agencies whose book the actor reads: the power is held at their root.

    Books that passed to one of them are read with it. Costs: one query.
    """
    return _with_inherited(agencies_reached(Power.READ_CASHBOOK, by))


def agencies_kept(by: Actor) -> tuple[int, ...]:
    """Return the agencies whose book the actor keeps, and those whose books passed to them."""
    return _with_inherited(agencies_reached(Power.KEEP_CASHBOOK, by))


def _with_inherited(agency_ids: tuple[int, ...]) -> tuple[int, ...]:
    before = books_before(agency_ids) if agency_ids else ()
    return (*agency_ids, *(one for one in before if one not in agency_ids))
