"""What may go wrong with the library of reasons."""

from motcua.lib.errors import NotFound


class NoSuchReason(NotFound):
    """There is no such reason, or it is not the actor's to keep."""
