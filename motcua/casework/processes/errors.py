from motcua.lib.errors import BadInput


class BadProcess(BadInput):
    """The definition of a process cannot be used; says which step and why."""
