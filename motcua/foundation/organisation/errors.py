"""What may go wrong when the organisation is read or changed."""

from motcua.lib.errors import BadInput, Conflict, NotFound


class NoSuchUnit(NotFound):
    """There is no unit or agency with this number or code."""


class BadOrganisation(BadInput):
    """What was entered contradicts the law of codes, the tree or its dates."""


class LaterVersion(Conflict):
    """A later change is already on record; it has to be withdrawn first."""


class PostTaken(Conflict):
    """Somebody else holds the post on one of these days."""


class BrokenSpreadsheet(BadInput):
    """The file is not a spreadsheet we can read safely."""
