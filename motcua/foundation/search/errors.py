"""What may go wrong with a search."""

from motcua.lib.errors import NotFound


class NoSuchSource(NotFound):
    """No room brings things of that kind."""
