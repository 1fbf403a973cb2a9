from motcua.lib.errors import BadInput, Conflict


class BadForm(BadInput):
    """The definition of a form cannot be used; says which part and why."""


class FormMoved(Conflict):
    """The part to be changed is not what it was when it was seen: somebody else was faster."""
