"""What can go wrong with books and drawers; each message is for the person who will read it."""

from motcua.lib.errors import Anticipated, BadInput, Conflict, NotFound


class BadEntry(BadInput):
    """An entry that is none: it does not balance, or says nothing."""


class EntryDiffers(Conflict):
    """Something else was already booked under the same source and number."""


class NoSuchEntry(NotFound):
    """There is no such entry, account or paper, or it is not for this person."""


class BadCount(BadInput):
    """The notes counted cannot be right, or a difference has no reason."""


class DrawerNotOpen(BadInput):
    """Cash is taken and given only by somebody with an open drawer."""


class NotEnoughCash(BadInput):
    """More is to be taken out than there is."""


class DrawerMoved(Conflict):
    """The drawer is no longer as it was: closed, handed over, or opened by somebody."""


class DayNotReady(BadInput):
    """The day or quarter cannot be closed yet; says what is missing."""


class BooksOutOfBalance(Anticipated):
    """The books do not agree with themselves: the nightly look stops with this, for operators."""


class BadHanding(BadInput):
    """What goes to the budget cannot be listed or booked like that; says what to do."""


class HandingMoved(Conflict):
    """A list for the treasury is no longer as it was."""


class BadShare(BadInput):
    """A part of fees to be kept cannot be like that."""


class BadHeir(BadInput):
    """A book cannot pass to that agency, or not yet; says why."""
