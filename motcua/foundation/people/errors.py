"""What may go wrong with people."""

from motcua.lib.errors import BadInput, Conflict, NotAllowed, NotFound


class NoSuchPerson(NotFound):
    """There is no such person."""


class NoSuchEnterprise(NotFound):
    """There is no such enterprise."""


class NumberNotUsable(BadInput):
    """The number cannot be a personal number, a tax code or a paper's number."""


class NumberAbsent(Conflict):
    """The person has no personal number to show."""


class RevealNotAllowed(NotAllowed):
    """Who asks need not know the number."""
