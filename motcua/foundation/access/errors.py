"""What may go wrong with powers."""

from motcua.lib.errors import BadInput, NotAllowed, NotFound


class NoSuchDelegation(NotFound):
    """There is no such delegation for this person on this day."""


class DelegationNotAllowed(NotAllowed):
    """Only the holder of the post or an administrator delegates it."""


class DelegationOverlaps(BadInput):
    """The same person already stands in for the post on some of these days."""
