"""What may go wrong when people are arranged."""

from motcua.lib.errors import BadInput, Conflict, NotFound


class NoSuchAbsence(NotFound):
    """There is no such absence, or it has ended."""


class NoSuchSeat(NotFound):
    """There is no such post of a desk, stand-by or sitting."""


class SeatTaken(Conflict):
    """Somebody stands in at this post already."""


class TermNotLawful(BadInput):
    """The days of a secondment are not what the law allows."""
