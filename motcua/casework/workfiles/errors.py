"""What may go wrong with work files."""

from motcua.lib.errors import Anticipated, BadInput, NotFound


class WorkFileError(Anticipated):
    """The work file or list is not in a state in which this can be done."""


class NoSuchWorkFile(NotFound):
    """There is no such work file, list or hand-over, or the person may not know of it."""


class MoveNotAllowed(WorkFileError):
    """The work file may not go from where it is to where it should."""


class BadList(BadInput):
    """The spreadsheet cannot be read as a list of files."""


class NotInOrder(BadInput):
    """Something in the file lacks what its table of contents must say."""
