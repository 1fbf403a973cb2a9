"""What may go wrong and is expected to: the message is for the person who will read it."""


class Anticipated(Exception):
    """A refusal that is part of the job; its text is shown as it is, in Vietnamese."""


class NotAllowed(Anticipated):
    """The person may know of the thing but may not do this to it."""


class NotFound(Anticipated):
    """There is no such thing, or the person may not know of it.

    `hidden` names what exists but is not for the person: it goes into the trail, not to them.
    """

    def __init__(self, message: str = "", *, hidden: str = "") -> None:
        super().__init__(message)
        self.hidden = hidden


class Conflict(Anticipated):
    """Somebody else was faster: the thing has changed since it was read."""


class BadInput(Anticipated):
    """What was entered cannot be used; says what to do instead.

    `field` names the input concerned, so that a page can show the message beside it.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field
