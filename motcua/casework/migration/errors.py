"""What may go wrong with what another system hands over."""

from motcua.lib.errors import BadInput, Conflict, NotFound


class Unreadable(BadInput):
    """A table that cannot be read; the text says why and what to do."""


class NoSuchSource(NotFound):
    """A source, a file of one or a run that is not known."""


class RunBusy(Conflict):
    """What is asked of a run does not fit where it stands."""
