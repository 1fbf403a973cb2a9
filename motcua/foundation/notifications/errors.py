"""What may go wrong with messages."""

from motcua.lib.errors import BadInput, Conflict, NotFound


class NoSuchKind(NotFound):
    """Nobody has declared messages of that kind."""


class NoSuchNotice(NotFound):
    """There is no such notice, or it is somebody else's."""


class OddText(BadInput):
    """The text names values that messages of its kind do not have, or says nothing."""


class TextInForce(Conflict):
    """A text that begins on that day or later has been published."""
