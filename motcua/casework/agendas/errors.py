"""What can go wrong with calendars; each message is for the person who will read it."""

from motcua.lib.errors import Anticipated, Conflict, NotFound


class AgendaError(Anticipated):
    """Anything expected that a calendar refuses."""


class NoSuchEntry(NotFound, AgendaError):
    """There is no such entry, or the person may not know of it."""


class NoSuchFeed(NotFound, AgendaError):
    """The secret address is not, or no longer, one."""


class EntryDecided(Conflict, AgendaError):
    """The entry has gone on in the meantime."""
