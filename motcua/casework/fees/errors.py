"""What can go wrong with fee tables; each message is for the person who will read it."""

from motcua.lib.errors import BadInput, Conflict, NotFound


class BadFeeTable(BadInput):
    """The table cannot be published; says what is missing or wrong, cell by cell."""


class NoSuchTable(NotFound):
    """There is no such table, or none in force on that day."""


class TableMoved(Conflict):
    """Somebody else has saved or published it in the meantime."""
