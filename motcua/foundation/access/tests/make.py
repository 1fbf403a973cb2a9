"""Actors for tests of rooms above."""

from collections.abc import Iterable
from typing import Any

from motcua.foundation.access.choices import Power
from motcua.lib.actor import Actor, ActorKind


def make_actor(
    *powers: Power,
    account_id: int = 1,
    name: str = "Trần Văn Bình",
    unit_ids: Iterable[int] = (10,),
    **more: Any,
) -> Actor:
    """Return an officer who holds the powers in these units."""
    units = tuple(unit_ids)
    return Actor(
        id=account_id,
        name=name,
        title="Chuyên viên",
        unit_ids=units,
        powers={power: frozenset(units) for power in powers},
        **more,
    )


def make_citizen(
    *, account_id: int = 100, person_id: int = 100, name: str = "Nguyễn Thị Lan"
) -> Actor:
    """Return a citizen who has signed in."""
    return Actor(id=account_id, name=name, kind=ActorKind.CITIZEN, person_id=person_id)
