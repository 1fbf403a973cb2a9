"""What goes wrong when somebody acts for another."""

from motcua.lib.errors import Anticipated, BadInput, Conflict, NotFound


class NoSuchMandate(NotFound):
    """There is no such mandate, or it is not the asker's."""


class NoSuchHelper(NotFound):
    """There is no such helper, or another commune's."""


class NotAHelper(Anticipated):
    """The account is not that of somebody whom a commune has appointed."""


class TooManyCodes(Anticipated):
    """So many codes were asked for, or typed wrongly, that it has to wait."""


class WrongCode(BadInput):
    """The code is not the one that was sent, or not any more."""


class TooMany(Conflict):
    """A helper has as many households as one person can serve."""


class OutsideMandate(Conflict):
    """The client has not allowed this."""
