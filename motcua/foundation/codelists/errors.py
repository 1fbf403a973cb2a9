"""What may go wrong with a list of codes."""

from motcua.lib.errors import BadInput, Conflict, NotFound


class NoSuchList(NotFound):
    """There is no list of that name."""


class OddEntries(BadInput):
    """The entries of a new version contradict each other."""


class AlreadyInForce(Conflict):
    """A version that begins on that day or later has been published."""
