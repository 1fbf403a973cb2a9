"""What may be wrong with a list of places."""

from motcua.lib.errors import BadInput


class BadPlaces(BadInput):
    """The list of places contradicts itself or what is already known."""
