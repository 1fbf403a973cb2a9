"""What is expected to go wrong with the ledger; messages are for the person who reads them."""

from motcua.lib.errors import Anticipated, BadInput, NotFound


class LedgerError(Anticipated):
    """Any refusal of this room."""


class NoSuchHead(LedgerError, NotFound):
    """No head of this size was ever published."""


class NoSuchProof(LedgerError, NotFound):
    """Code and secret word do not belong together, or nothing of it is in the ledger."""


class BadCountersignature(LedgerError, BadInput):
    """The signature is not that of a known agency over this head."""


class NotStopped(LedgerError):
    """Only a stopped stream goes on again."""
