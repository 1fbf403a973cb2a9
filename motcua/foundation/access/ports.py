"""Posts in which somebody sits for a while beside the own ones; a room above says which."""

from collections.abc import Callable, Sequence
from datetime import date

Seats = Callable[[int, date], Sequence[tuple[int, str, str]]]
registry: list[Seats] = []


def further_seats(found: Seats) -> Seats:
    """Register who else sits where: of an officer and a day, unit, role and title of each post.

    A change must raise the version of the officer's account, as any change of posts does.
    """
    registry.append(found)
    return found
