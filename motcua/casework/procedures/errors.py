from motcua.lib.errors import BadInput, NotFound


class BadDefinition(BadInput):
    """The text of a procedure version cannot be used; says which part and why."""


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
