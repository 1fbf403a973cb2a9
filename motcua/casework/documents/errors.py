"""What may go wrong with documents."""

from motcua.lib.errors import Anticipated, BadInput, Conflict, NotFound


class DocumentError(Anticipated):
    """The document is not in a state in which this can be done."""


class NoSuchDocument(NotFound):
    """There is no such document, or the person may not know of it."""


class MoveNotAllowed(DocumentError):
    """The document may not go from where it is to where it should."""


class BookClosed(DocumentError):
    """The book was closed; nothing is entered any more."""


class SecretDocument(BadInput):
    """A state secret must not come into this system."""


class AlreadyRegistered(Conflict):
    """Somebody else registered the document meanwhile."""


class NoSuchBook(NotFound):
    """There is no such book, or it is another agency's."""


class BookUnfinished(DocumentError):
    """The book cannot be closed yet: a number is missing or being given."""
