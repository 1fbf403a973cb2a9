from motcua.lib.errors import BadInput


class BadForm(BadInput):
    """The definition of a form cannot be used; says which part and why."""
