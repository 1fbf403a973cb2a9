"""What can go wrong with receipts; each message is for the person who will read it."""

from motcua.lib.errors import Anticipated, BadInput, Conflict, NotFound


class BadReceipt(BadInput):
    """The receipt cannot be made like this; says what is missing or wrong."""


class NotTakenOver(Anticipated):
    """A contract delegates receipts, but nobody has registered their range of numbers."""


class BadSeries(BadInput):
    """The series, the collecting body or the delegation cannot be kept like this."""


class NoSuchReceipt(NotFound):
    """There is no such receipt, or it is not for this person."""


class ReceiptMoved(Conflict):
    """The receipt was adjusted, replaced or cancelled in the meantime."""


class TableMoved(Conflict):
    """The table of the day has changed since it was shown."""


class NotMailed(BadInput):
    """A receipt cannot be mailed, or not again; says what to do."""
