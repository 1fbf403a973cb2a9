"""What may go wrong with mailboxes."""

from motcua.lib.errors import Anticipated, NotFound


class MailError(Anticipated):
    """The message is not in a state in which this can be done."""


class NoSuchMail(NotFound):
    """There is no such message, or it came to another agency."""


class NoSuchMailbox(NotFound):
    """The agency has no mailbox here, or there is no such agency."""


class BoxAway(Anticipated):
    """The mailbox cannot be read now; the words say why."""
