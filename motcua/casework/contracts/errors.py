"""What can go wrong with contracts; each message is for the person who will read it."""

from motcua.lib.errors import BadInput, Conflict, NotAllowed, NotFound


class BadContract(BadInput):
    """A contract cannot be kept as it is written; says what is wrong."""


class ContractOverlaps(Conflict):
    """Another contract holds for the same channel and agency on some of these days."""


class ContractMoved(Conflict):
    """Somebody else has changed the contract in the meantime."""


class NoSuchContract(NotFound):
    """There is no such contract or partner."""


class NoPrice(NotFound):
    """No contract sets a price for that channel on that day."""


class ShutOut(NotAllowed):
    """The account is bound to no contract that still holds."""


class NotToBeSettled(BadInput):
    """A month cannot be settled, or not any more; says why."""
