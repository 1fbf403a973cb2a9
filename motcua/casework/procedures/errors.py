from motcua.lib.errors import BadInput, Conflict, NotFound


class BadDefinition(BadInput):
    """The text of a procedure version cannot be used; says which part and why."""


class DraftMoved(Conflict):
    """Somebody else has saved the draft since it was read, or it is no draft any more."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class NoSuchProcedure(NotFound):
    """There is no such procedure, or none in force on that day."""


class NotForFiling(BadInput):
    """The procedure is shown here but cannot be filed here; says where it can."""


class SourceBroken(BadInput):
    """A source of procedures cannot be read at all; says why."""


class RowBroken(BadInput):
    """One row of a source cannot be read; the others can."""


class NoSuchTemplate(NotFound):
    """There is no such Word template of an outcome."""


class BadTemplate(BadInput):
    """A Word template asks for fields that there are not, or cannot be set; says which."""
