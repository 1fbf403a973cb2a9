"""What may go wrong with reconciliation; each message is for the person who will read it."""

from motcua.lib.errors import Anticipated, BadInput, Conflict, NotFound


class BadStatement(BadInput):
    """The file is no statement that can be read; says what to do instead."""


class NoSuchStatement(NotFound):
    """There is no such statement, or it is not for this person."""


class NoSuchDifference(NotFound):
    """There is no such difference, or it is not for this person."""


class CannotSettle(Anticipated):
    """The difference cannot be settled like this; says why."""


class SettledMeanwhile(Conflict):
    """Somebody else settled it, or a later statement did."""


class MoneyDisagrees(Anticipated):
    """Orders, ledger and receipts do not agree: the nightly proof stops, for operators to see."""


class BadNotice(BadInput):
    """What a bank told cannot be used."""
